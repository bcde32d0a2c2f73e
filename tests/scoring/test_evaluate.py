from dataclasses import replace
from fractions import Fraction

import pytest

from checklist.model import UnknownItem
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Target
from tests.scoring.builders import (
    HEALTH_IDS,
    a_checklist,
    all_rated,
    an_item,
    ratings,
    the_real_shape,
    uniform,
)

CHECKLIST = the_real_shape()
FOUR_AREAS = uniform(CHECKLIST, data=4, development=4, deployment=4, monitoring=4)


# The worked examples of the method, by their numbers.


def test_example_1_everything_rated_3_is_level_3() -> None:
    result = evaluate(CHECKLIST, all_rated(CHECKLIST, 3))
    assert [area.score for area in result.areas] == [3] * 5
    assert (result.score, result.level, result.level_of_score, result.coverage) == (3, 3, 3, 1)
    assert (result.holders, result.provisional, result.rated, result.applicable) == ((), False, 41, 41)


def test_example_2_one_weak_area_holds_the_level() -> None:
    result = evaluate(CHECKLIST, Answers(FOUR_AREAS | uniform(CHECKLIST, governance=1)))
    assert (result.score, result.level_of_score, result.level) == (Fraction(17, 5), 3, 2)
    assert (result.holders, result.held_by) == (("governance",), "governance")


def test_example_2_once_the_weak_area_is_at_2_the_score_decides() -> None:
    result = evaluate(CHECKLIST, Answers(FOUR_AREAS | uniform(CHECKLIST, governance=2)))
    assert (result.score, result.level, result.held_by) == (Fraction(18, 5), 3, None)


def test_example_4_one_area_alone_gives_a_provisional_level() -> None:
    responses = {f"data-{n}": Response.rated(3) for n in range(1, 8)} | ratings(data_8=2)
    result = evaluate(CHECKLIST, Answers(responses))
    assert (result.area("data").score, result.score, result.level) == (Fraction(23, 8), Fraction(23, 8), 2)
    assert (result.coverage, result.provisional) == (Fraction(8, 41), True)
    assert result.thin_areas == ("development", "deployment", "monitoring", "governance")


def test_example_5_one_dont_know_among_fives_leaves_the_low_end_below_5() -> None:
    responses = {**all_rated(CHECKLIST, 5).responses, "data-1": Response.unknown()}
    result = evaluate(CHECKLIST, Answers(responses))
    assert (result.score, result.level) == (5, 5)
    assert result.range is not None
    assert (result.range.low, result.range.high) == (Fraction(49, 10), 5)
    assert (result.range.low_level, result.range.high_level) == (4, 5)


def test_example_6_an_area_without_an_answer_makes_the_level_provisional_and_widens_the_range() -> None:
    result = evaluate(CHECKLIST, Answers(FOUR_AREAS))
    assert (result.score, result.level, result.coverage) == (4, 4, Fraction(33, 41))
    assert (result.provisional, result.thin_areas) == (True, ("governance",))
    assert result.range is not None
    assert (result.range.low, result.range.high) == (Fraction(17, 5), Fraction(21, 5))
    assert (result.range.low_level, result.range.high_level) == (2, 4)


# What counts and what does not.


def test_an_assessment_without_answers_has_no_score() -> None:
    result = evaluate(CHECKLIST, Answers())
    assert (result.score, result.level, result.level_of_score, result.range) == (None, None, None, None)
    assert (result.fixes, result.holders, result.anti_patterns) == ((), (), ())
    assert (result.coverage, len(result.find_out)) == (0, 41)


def test_an_item_that_does_not_apply_counts_nowhere() -> None:
    responses = uniform(CHECKLIST, data=4) | {"data-1": Response.not_applicable("out-of-scope")}
    area = evaluate(CHECKLIST, Answers(responses)).area("data")
    assert (area.score, area.rated, area.applicable, area.coverage) == (4, 7, 7, 1)


def test_an_area_in_which_nothing_applies_is_named_and_weighs_nothing() -> None:
    skipped = {f"governance-{n}": Response.not_applicable("other") for n in range(1, 9)}
    result = evaluate(CHECKLIST, Answers(FOUR_AREAS | skipped))
    area = result.area("governance")
    assert (result.absent_areas, result.provisional, result.level) == (("governance",), False, 4)
    assert (area.score, area.level, area.coverage, area.range) == (None, None, None, None)
    assert result.not_applicable == tuple(skipped)


def test_a_checklist_of_which_nothing_applies_has_no_coverage_and_no_score() -> None:
    skipped = {item.id: Response.not_applicable("other") for item in CHECKLIST.items}
    result = evaluate(CHECKLIST, Answers(skipped))
    assert (result.score, result.coverage, result.range, result.provisional) == (None, None, None, False)


def test_dont_know_and_no_answer_are_both_open_and_neither_is_a_1() -> None:
    responses = uniform(CHECKLIST, data=4) | {"data-1": Response.unknown(), "data-2": Response()}
    result = evaluate(CHECKLIST, Answers(responses))
    assert result.area("data").score == 4
    assert result.find_out[:3] == ("data-1", "data-2", "development-1")


def test_the_range_of_an_area_puts_its_open_items_at_1_and_at_5() -> None:
    responses = uniform(CHECKLIST, data=3) | {"data-1": Response.unknown(), "data-2": Response.unknown()}
    area = evaluate(CHECKLIST, Answers(responses)).area("data")
    assert area.range is not None
    assert (area.range.low, area.range.high) == (Fraction(20, 8), Fraction(28, 8))
    assert (area.range.low_level, area.range.high_level) == (2, 3)


def test_a_thin_area_makes_the_level_provisional_although_overall_coverage_is_fine() -> None:
    seven_of_nine = {
        **all_rated(CHECKLIST, 4).responses,
        "deployment-1": Response(),
        "deployment-2": Response(),
    }
    result = evaluate(CHECKLIST, Answers(seven_of_nine))
    assert result.coverage == Fraction(39, 41)
    assert (result.provisional, result.thin_areas) == (True, ("deployment",))


def test_a_summary_line_is_the_mean_of_its_rated_items() -> None:
    responses = ratings(data_1=2, data_2=5) | {"data-3": Response.unknown()}
    line, *others = evaluate(CHECKLIST, Answers(responses)).summary
    assert (line.id, line.score, line.level, line.unknown) == ("data-line", Fraction(7, 2), 3, 1)
    assert {(other.score, other.level, other.unknown) for other in others} == {(None, None, 3)}


def test_an_anti_pattern_shows_when_enough_of_its_items_are_rated_low() -> None:
    enough, too_few = ratings(monitoring_1=2, governance_1=1), ratings(monitoring_1=2, governance_1=3)
    assert evaluate(CHECKLIST, Answers(enough)).anti_patterns == ("black-box",)
    assert evaluate(CHECKLIST, Answers(too_few)).anti_patterns == ()


def test_what_is_unknown_shows_no_anti_pattern() -> None:
    responses = ratings(monitoring_1=1) | {"governance-1": Response.unknown()}
    assert evaluate(CHECKLIST, Answers(responses)).anti_patterns == ()


# What is aimed at.


def test_the_target_is_one_level_up_in_every_area() -> None:
    result = evaluate(CHECKLIST, all_rated(CHECKLIST, 3))
    assert result.target == Target(
        4, dict.fromkeys(("data", "development", "deployment", "monitoring", "governance"), 4)
    )


def test_the_target_is_at_most_5() -> None:
    result = evaluate(CHECKLIST, all_rated(CHECKLIST, 5))
    assert (result.target.overall, result.fixes) == (5, ())


def test_a_target_of_an_area_wins_over_the_overall_one() -> None:
    answers = replace(all_rated(CHECKLIST, 2), target=Target(3, {"data": 5, "monitoring": 2}))
    result = evaluate(CHECKLIST, answers)
    assert result.target.areas == {
        "data": 5,
        "development": 3,
        "deployment": 3,
        "monitoring": 2,
        "governance": 3,
    }
    assert {fix.area for fix in result.fixes} == {"data", "development", "deployment", "governance"}


def test_without_a_level_and_a_wish_there_is_no_target() -> None:
    assert evaluate(CHECKLIST, Answers()).target == Target(None, {})


def test_a_wish_stands_before_anything_is_rated() -> None:
    assert evaluate(CHECKLIST, Answers(target=Target(None, {"data": 3}))).target == Target(None, {"data": 3})
    assert evaluate(CHECKLIST, Answers(target=Target(2))).target.areas["governance"] == 2


# What is refused.


@pytest.mark.parametrize(
    "answers",
    [
        Answers(ratings(no_such_item=3)),
        Answers(accepted=frozenset({"no-such-item"})),
        Answers(failures=frozenset({"no-such-failure"})),
        Answers(target=Target(areas={"no-such-area": 3})),
        Answers(health={"no-such-question": "yes"}),
    ],
)
def test_an_id_that_the_checklist_does_not_have_is_refused_by_name(answers: Answers) -> None:
    with pytest.raises(UnknownItem, match=r'The checklist has no .* "no-such-'):
        evaluate(CHECKLIST, answers)


@pytest.mark.parametrize("rating", [0, 6, -1, 2.5, True, None])
def test_a_rating_off_the_scale_is_refused_in_a_sentence(rating: int) -> None:
    with pytest.raises(ValueError, match=r'Item "data-1" is rated .*; a rating is a whole number from 1 to 5\.'):
        evaluate(CHECKLIST, Answers({"data-1": Response.rated(rating)}))


def test_a_rating_beside_not_applicable_is_refused() -> None:
    with pytest.raises(ValueError, match='Item "data-1" is not-applicable and rated 3'):
        evaluate(CHECKLIST, Answers({"data-1": Response("not-applicable", 3, "other")}))


def test_a_state_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match='Item "data-1" has the state "maybe"'):
        evaluate(CHECKLIST, Answers({"data-1": Response("maybe")}))  # type: ignore[arg-type]


@pytest.mark.parametrize("target", [Target(0), Target(6), Target(areas={"data": 9})])
def test_a_target_off_the_scale_is_refused(target: Target) -> None:
    with pytest.raises(ValueError, match=r"The target of .* a target is a whole number from 1 to 5\."):
        evaluate(CHECKLIST, Answers(target=target))


def test_a_health_answer_other_than_yes_no_unsure_is_refused() -> None:
    with pytest.raises(ValueError, match='is answered "maybe"; use one of yes, no, unsure'):
        evaluate(CHECKLIST, Answers(health={HEALTH_IDS[0]: "maybe"}))


def test_areas_weigh_the_same_however_many_items_they_have() -> None:
    checklist = a_checklist(an_item("one", "data"), an_item("two", "monitoring"), an_item("three", "monitoring"))
    assert evaluate(checklist, Answers(ratings(one=5, two=1, three=1))).score == 3
