"""What ratings and areas weigh through a lens: in scores, ranges and gains, and never in coverage."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from checklist.model import Checklist, LeftOut, Lens, Rewording, UnknownItem, Weight
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Target
from scoring.record import as_record
from scoring.weights import shares
from tests.scoring.builders import a_checklist, all_rated, an_item, ratings, the_real_shape
from tests.scoring.strategies import cases, promise

Case = tuple[Checklist, Answers]
HEAVY = a_checklist(
    an_item("data-1", "data", weight=3),
    an_item("data-2", "data"),
    an_item("data-3", "data"),
    an_item("rollback", "deployment"),
    area_weights={"data": 2},
)
LENS = Lens(
    "half", "Half", "For some.", "Less.",
    leaves_out=tuple(LeftOut(f"data-{n}", "Not here.") for n in (1, 2)),
    item_weights=(Weight("governance-1", 4, "It is missed."),),
    area_weights=(Weight("monitoring", 2, "Nobody looks."),),
    words=(Rewording("data-3", question="Other?"),),
)  # fmt: skip


def the_shape_with_a_lens() -> Checklist:
    return replace(the_real_shape(), lenses=(*the_real_shape().lenses, LENS))


def test_a_rating_counts_as_the_weight_of_its_item_says() -> None:
    result = evaluate(HEAVY, Answers(ratings(data_1=1, data_2=5, data_3=5)))
    assert result.area("data").score == Fraction(3 * 1 + 5 + 5, 3 + 1 + 1)


def test_an_area_counts_as_its_weight_says_among_those_that_have_a_score() -> None:
    both = evaluate(HEAVY, Answers(ratings(data_1=2, rollback=5)))
    assert both.score == Fraction(2 * 2 + 5, 3)
    assert evaluate(HEAVY, Answers(ratings(rollback=5))).score == 5


def test_coverage_is_a_count_whatever_weighs_more() -> None:
    result = evaluate(HEAVY, Answers(ratings(data_1=3)))
    assert (result.rated, result.applicable, result.coverage) == (1, 4, Fraction(1, 4))
    assert result.area("data").coverage == Fraction(1, 3)


def test_the_range_of_an_open_item_is_as_wide_as_its_weight() -> None:
    heavy, light = (
        evaluate(HEAVY, Answers(ratings(data_1=3, data_2=3, data_3=3, rollback=3) | {item: Response.unknown()}))
        for item in ("data-1", "data-2")
    )
    assert heavy.range is not None
    assert light.range is not None
    assert (heavy.range.low, heavy.range.high) == (Fraction(11, 5), Fraction(19, 5))
    assert (light.range.low, light.range.high) == (Fraction(41, 15), Fraction(49, 15))


def test_an_item_that_does_not_apply_weighs_nothing() -> None:
    given = Answers(ratings(data_2=2, data_3=4) | {"data-1": Response.not_applicable("other")})
    assert evaluate(HEAVY, given).area("data").score == 3


@promise
@given(cases())
def test_the_shares_of_all_rated_items_make_one_whole(case: Case) -> None:
    checklist, answers = case
    share = shares(checklist, answers)
    rated = {item for item in checklist.order if answers.response(item).rating is not None}
    assert set(share) == rated
    assert sum(share.values()) == (1 if rated else 0)
    score = sum((answers.response(item).rating or 0) * part for item, part in share.items())
    assert score == (evaluate(checklist, answers).score or 0)


# Through a lens


def test_a_result_says_through_which_lens_it_was_seen() -> None:
    seen = the_shape_with_a_lens().through("half")
    result = evaluate(seen, all_rated(seen, 3))
    assert (result.lens, result.applicable, result.score) == ("half", 39, 3)
    assert as_record(seen, "Churn", result)["lens"] == "half"
    assert as_record(seen.whole, "Churn", evaluate(seen.whole, Answers()))["lens"] == "whole"


def test_a_lens_weighs_items_and_areas() -> None:
    seen = the_shape_with_a_lens().through("half")
    given = {**all_rated(seen, 2).responses, "governance-1": Response.rated(5)}
    result = evaluate(seen, Answers(given))
    assert result.area("governance").score == Fraction(4 * 5 + 7 * 2, 11)
    # Data, development and deployment count once, monitoring twice.
    assert result.score == (2 + 2 + 2 + 2 * 2 + Fraction(34, 11)) / 6


def test_answers_of_another_lens_are_left_out_and_not_refused() -> None:
    checklist = the_shape_with_a_lens()
    seen = checklist.through("half")
    everything = Answers(
        all_rated(checklist, 3).responses,
        failures=frozenset({"data-drift", "gone"}),
        target=Target(4, {"data": 5, "gone": 3}),
        health={"fast-rollback": "yes", "gone": "no"},
        accepted=frozenset({"data-1", "data-3"}),
    )
    with pytest.raises(UnknownItem):
        evaluate(seen, everything)
    within = everything.within(seen)
    assert evaluate(seen, within).score == 3
    assert set(within.responses) == set(seen.order)
    assert (within.failures, within.accepted) == ({"data-drift"}, {"data-3"})
    assert (within.target, dict(within.health)) == (Target(4, {"data": 5}), {"fast-rollback": "yes"})
    assert everything.within(checklist.whole).responses == everything.responses
