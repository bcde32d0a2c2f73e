from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from checklist.model import Checklist
from scoring.evaluate import evaluate
from scoring.levels import COVERAGE_MINIMUM
from scoring.model import Answers, Response
from tests.scoring.builders import all_rated
from tests.scoring.strategies import cases, checklists, promise, rating_values

Case = tuple[Checklist, Answers]


def with_response(answers: Answers, item: str, response: Response) -> Answers:
    return replace(answers, responses={**answers.responses, item: response})


@promise
@given(cases(), st.data())
def test_raising_a_rating_never_lowers_a_score_or_a_level(case: Case, data: st.DataObject) -> None:
    checklist, answers = case
    item = data.draw(st.sampled_from([item.id for item in checklist.items]))
    low, high = sorted((data.draw(rating_values), data.draw(rating_values)))
    before, after = (
        evaluate(checklist, with_response(answers, item, Response.rated(rating))) for rating in (low, high)
    )
    assert before.score is not None
    assert after.score is not None
    assert before.level is not None
    assert after.level is not None
    assert before.score <= after.score
    assert before.level <= after.level
    for area_before, area_after in zip(before.areas, after.areas, strict=True):
        assert (area_before.score or 0) <= (area_after.score or 0)
        assert (area_before.level or 0) <= (area_after.level or 0)


@promise
@given(cases(), st.data())
def test_an_item_that_does_not_apply_moves_no_other_area(case: Case, data: st.DataObject) -> None:
    checklist, answers = case
    item = data.draw(st.sampled_from(checklist.items))
    before = evaluate(checklist, answers)
    after = evaluate(checklist, with_response(answers, item.id, Response.not_applicable("other")))
    others = [area.id for area in checklist.areas if area.id != item.area]
    assert [before.area(area) for area in others] == [after.area(area) for area in others]


@promise
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_is_irrelevant(case: Case, random: Random) -> None:
    checklist, answers = case
    shuffled = list(answers.responses.items())
    random.shuffle(shuffled)
    others = replace(answers, responses=dict(shuffled), health=dict(reversed(answers.health.items())))
    assert evaluate(checklist, others) == evaluate(checklist, answers)


@promise
@given(checklists(), rating_values)
def test_a_uniform_rating_is_its_own_score_and_level(checklist: Checklist, rating: int) -> None:
    result = evaluate(checklist, all_rated(checklist, rating))
    assert (result.score, result.level, result.holders) == (rating, rating, ())
    assert {area.score for area in result.areas} == {Fraction(rating)}
    assert result.range is not None
    assert (result.range.low, result.range.high) == (rating, rating)


@promise
@given(cases())
def test_the_score_lies_on_the_scale_and_inside_its_range(case: Case) -> None:
    result = evaluate(*case)
    assume(result.score is not None)
    assert result.range is not None
    assert result.level is not None
    assert 1 <= result.range.low <= result.score <= result.range.high <= 5
    assert 1 <= result.range.low_level <= result.level <= result.range.high_level <= 5
    for area in result.areas:
        if area.score is not None:
            assert area.range is not None
            assert 1 <= area.range.low <= area.score <= area.range.high <= 5


@promise
@given(cases())
def test_there_is_a_score_exactly_when_something_is_rated(case: Case) -> None:
    result = evaluate(*case)
    exist = {value is not None for value in (result.score, result.level, result.level_of_score, result.range)}
    assert exist == {result.rated > 0}


@promise
@given(cases(), st.data())
def test_the_range_is_what_answering_every_open_question_can_reach(case: Case, data: st.DataObject) -> None:
    checklist, answers = case
    before = evaluate(checklist, answers)
    assume(before.score is not None)
    answered = {item: Response.rated(data.draw(rating_values)) for item in before.find_out}
    after = evaluate(checklist, replace(answers, responses={**answers.responses, **answered}))
    assert before.range is not None
    assert after.score is not None
    assert after.level is not None
    assert before.range.low <= after.score <= before.range.high
    assert before.range.low_level <= after.level <= before.range.high_level


@promise
@given(cases())
def test_the_level_is_never_more_than_one_above_the_weakest_area_nor_above_its_score(case: Case) -> None:
    result = evaluate(*case)
    assume(result.level is not None)
    assert result.level_of_score is not None
    assert result.level is not None
    area_levels = [area.level for area in result.areas if area.level is not None]
    assert result.level == min(result.level_of_score, min(area_levels) + 1)
    assert bool(result.holders) == (result.level < result.level_of_score)


@promise
@given(cases())
def test_a_level_is_provisional_exactly_when_coverage_is_low_overall_or_in_an_area(case: Case) -> None:
    result = evaluate(*case)
    coverages = [result.coverage, *(area.coverage for area in result.areas)]
    assert result.provisional == any(c is not None and c < COVERAGE_MINIMUM for c in coverages)


@promise
@given(cases())
def test_every_item_is_rated_open_or_not_applicable(case: Case) -> None:
    checklist, answers = case
    result = evaluate(checklist, answers)
    assert result.rated + len(result.find_out) + len(result.not_applicable) == len(checklist.items)
    assert result.applicable == result.rated + len(result.find_out)
