from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checklist.loader import the_checklist
from checklist.model import RATINGS, Checklist
from scoring.evaluate import evaluate
from scoring.fixes import blockers, effort
from scoring.model import Answers, Response, Target
from scoring.path import NoPath, Path, Step, cheapest_path, raised
from tests.scoring.builders import a_checklist, all_rated, an_item, ratings, the_real_shape, uniform
from tests.scoring.strategies import OPEN, RATED, cases, checklists

REAL = the_checklist()
many = settings(max_examples=250, deadline=None, derandomize=True, database=None)
some = settings(many, max_examples=60)
levels = st.sampled_from(RATINGS)


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[Checklist, Answers, int]:
    """Few enough rated items to try every way; some unknown, some with accepted risks."""
    checklist = draw(checklists())
    ids = [item.id for item in checklist.items]
    chosen = draw(
        st.lists(st.sampled_from([*RATED, *RATED[:3], *RATED[:3], *OPEN[:1]]), min_size=len(ids), max_size=len(ids))
    )
    responses = dict(zip(ids, chosen, strict=True))
    for item in ids[5:]:
        responses[item] = Response.unknown()
    accepted = draw(st.frozensets(st.sampled_from(ids), max_size=1))
    return checklist, Answers(responses, accepted=accepted), draw(levels)


def found(checklist: Checklist, answers: Answers, to: int | None = None) -> Path:
    path = cheapest_path(checklist, answers, to)
    assert isinstance(path, Path), path
    return path


def found_if_any(checklist: Checklist, answers: Answers, to: int | None) -> Path:
    """The path of a drawn case; one that has none is passed over."""
    path = cheapest_path(checklist, answers, to)
    assume(isinstance(path, Path))
    assert isinstance(path, Path)
    return path


def refused(checklist: Checklist, answers: Answers, to: int | None = None) -> NoPath:
    path = cheapest_path(checklist, answers, to)
    assert isinstance(path, NoPath), path
    return path


def ends(path: Path) -> dict[str, int]:
    return {step.item: step.end for step in path.steps}


def steps_of(path: Path) -> list[tuple[str, int, int]]:
    return [(step.item, step.start, step.end) for step in path.steps]


# Against every other way


def every_way(checklist: Checklist, answers: Answers, to: int) -> Iterator[dict[str, int]]:
    """All sets of end ratings that reach the level and respect accepted risks and needs, in no order."""
    start = {item: one.rating for item, one in answers.responses.items() if one.rating is not None}
    free = [item for item in start if item not in answers.accepted]
    for wanted in product(*(range(start[item], 6) for item in free)):
        moved = {item: rating for item, rating in zip(free, wanted, strict=True) if rating > start[item]}
        after = raised(answers, moved)
        if any(blockers(checklist.item(item), after) for item in moved):
            continue
        level = evaluate_level(checklist, after)
        if level is not None and level >= to:
            yield moved


def evaluate_level(checklist: Checklist, answers: Answers) -> int | None:
    """The overall level by the rule's own words, without the code under test or its neighbours."""
    scores, weights = [], []
    for area in checklist.areas:
        rated = [(r, item.weight) for item in area.items if (r := answers.response(item.id).rating) is not None]
        if rated:
            scores.append(Fraction(sum(r * weight for r, weight in rated), sum(weight for _, weight in rated)))
            weights.append(area.weight)
    if not scores:
        return None
    overall = sum(score * weight for score, weight in zip(scores, weights, strict=True)) / sum(weights)
    return min(int(overall), int(min(scores)) + 1)


def price(checklist: Checklist, answers: Answers, moved: dict[str, int]) -> int:
    return sum(
        effort(checklist.item(item).effort, answers.response(item).rating or 0, end) for item, end in moved.items()
    )


@many
@given(small_cases())
def test_no_other_way_is_cheaper_nor_as_cheap_with_fewer_items(case: tuple[Checklist, Answers, int]) -> None:
    checklist, answers, to = case
    path = cheapest_path(checklist, answers, to)
    ways = [(price(checklist, answers, way), len(way)) for way in every_way(checklist, answers, to)]
    if isinstance(path, Path):
        assert (path.effort, len(ends(path))) == min(ways)
    elif path.reason == "out-of-reach":
        assert not ways
    else:
        assert path.reason in ("no-score", "reached")


@many
@given(small_cases())
def test_of_equal_ways_the_one_is_taken_that_moves_what_stands_first_among_the_fixes(
    case: tuple[Checklist, Answers, int],
) -> None:
    checklist, answers, to = case
    path = found_if_any(checklist, answers, to)
    # With every area's target at 5 the list of fixes names each item that can move.
    highest = evaluate(checklist, Answers(answers.responses, target=Target(5), accepted=answers.accepted))
    order = [fix.item for fix in highest.fixes]
    taken = found(checklist, Answers(answers.responses, target=Target(5), accepted=answers.accepted), to)
    equal = [
        way
        for way in every_way(checklist, answers, to)
        if (price(checklist, answers, way), len(way)) == (path.effort, len(ends(path)))
    ]
    best = max(equal, key=lambda way: ([item in way for item in order], [way.get(item, 0) for item in order]))
    assert ends(taken) == best


# What holds on every path


@some
@given(cases(), st.none() | levels)
def test_each_step_is_one_level_of_an_item_that_may_move_and_has_what_it_needs(
    case: tuple[Checklist, Answers], to: int | None
) -> None:
    checklist, answers = case
    path = found_if_any(checklist, answers, to)
    at = answers
    for step in path.steps:
        assert at.response(step.item).rating == step.start == step.end - 1
        assert step.item not in answers.accepted
        assert blockers(checklist.item(step.item), at) == ()
        at = raised(at, {step.item: step.end})


@some
@given(cases(), st.none() | levels)
def test_score_level_and_effort_after_each_step_are_those_of_the_answers_then(
    case: tuple[Checklist, Answers], to: int | None
) -> None:
    checklist, answers = case
    path = found_if_any(checklist, answers, to)
    at, spent, last = answers, 0, path.start
    for step in path.steps:
        at, spent = raised(at, {step.item: step.end}), spent + step.effort
        then = evaluate(checklist, at)
        assert (step.score, step.level, step.spent) == (then.score, then.level, spent)
        assert step.effort == effort(checklist.item(step.item).effort, step.start, step.end)
        assert step.level >= last
        last = step.level
    assert path.effort == spent
    assert path.steps[-1].level == path.to
    assert path.to <= path.steps[-1].score
    assert all(step.level < path.to for step in path.steps[:-1])


@some
@given(cases(), levels)
def test_it_is_never_dearer_than_to_work_through_the_fixes(case: tuple[Checklist, Answers], to: int) -> None:
    checklist, answers = case
    path = found_if_any(checklist, answers, to)
    at, spent = answers, 0
    for fix in evaluate(checklist, answers).fixes:
        if blockers(checklist.item(fix.item), at):
            continue
        at, spent = raised(at, {fix.item: fix.target}), spent + fix.effort
        level = evaluate(checklist, at).level
        if level is not None and level >= to:
            assert path.effort <= spent
            return


@some
@given(cases())
def test_a_level_further_is_never_cheaper(case: tuple[Checklist, Answers]) -> None:
    checklist, answers = case
    paths = [cheapest_path(checklist, answers, to) for to in RATINGS]
    efforts = [path.effort for path in paths if isinstance(path, Path)]
    assert efforts == sorted(efforts)
    assert len(set(efforts)) == len(efforts)
    reasons = [path.reason for path in paths if isinstance(path, NoPath)]
    assert reasons == sorted(reasons, key=("no-score", "reached", "out-of-reach").index)


@some
@given(cases())
def test_the_next_level_is_meant_where_none_is_named(case: tuple[Checklist, Answers]) -> None:
    checklist, answers = case
    level = evaluate(checklist, answers).level
    assume(level is not None and level < 5)
    assert level is not None
    assert cheapest_path(checklist, answers) == cheapest_path(checklist, answers, level + 1)


# The worked example, and small ones one can check by hand


def test_the_worked_example_raises_the_eight_items_of_the_area_that_holds_the_level() -> None:
    checklist = the_real_shape()
    answers = Answers(uniform(checklist, data=4, development=4, deployment=4, monitoring=4, governance=1))
    path = found(checklist, answers)
    assert steps_of(path) == [(f"governance-{n}", 1, 2) for n in range(1, 9)]
    assert (path.start, path.to, path.effort) == (2, 3, 8)
    assert path.steps[-1].score == Fraction(18, 5)


def test_what_a_cheap_item_needs_may_make_a_dearer_one_the_better_choice() -> None:
    checklist = a_checklist(
        an_item("cheap", needs={"gate": 5}), an_item("gate", effort="high"), an_item("plain", effort="medium")
    )
    path = found(checklist, Answers(ratings(cheap=1, gate=3, plain=1)))
    assert steps_of(path) == [("plain", 1, 2)]


def test_a_prerequisite_is_met_before_what_needs_it() -> None:
    checklist = a_checklist(an_item("needing", needs={"needed": 3}), an_item("needed", effort="high"))
    path = found(checklist, Answers(ratings(needing=1, needed=2)), to=3)
    assert steps_of(path)[0] == ("needed", 2, 3)


def test_the_largest_gain_per_effort_goes_first() -> None:
    checklist = a_checklist(an_item("dear", effort="medium"), an_item("cheap"))
    path = found(checklist, Answers(ratings(dear=1, cheap=1)), to=5)
    order = [(step.item, step.effort) for step in path.steps]
    assert [effort for _, effort in order] == [1, 2, 3, 4, 6, 8, 12, 24]
    assert [item for item, _ in order] == ["cheap", "cheap", "dear", "cheap", "dear", "cheap", "dear", "dear"]


def test_a_prerequisite_that_does_not_apply_counts_as_met() -> None:
    checklist = a_checklist(an_item("needing", needs={"other": 5}), an_item("other"))
    answers = Answers({**ratings(needing=1), "other": Response.not_applicable("other")})
    assert steps_of(found(checklist, answers)) == [("needing", 1, 2)]


def test_level_5_asks_for_everything() -> None:
    answers = all_rated(REAL, 4)
    path = found(REAL, answers, to=5)
    assert len(path.steps) == len(REAL.items)
    assert path.effort == sum(effort(item.effort, 4, 5) for item in REAL.items)


def test_the_real_checklist_has_a_path_from_every_uniform_level_to_every_higher_one() -> None:
    for start in RATINGS:
        for to in RATINGS[start:]:
            assert found(REAL, all_rated(REAL, start), to).to == to


# Where there is none


def test_nothing_rated_has_no_path() -> None:
    assert refused(REAL, Answers()).reason == "no-score"


def test_the_highest_level_has_no_path() -> None:
    assert refused(REAL, all_rated(REAL, 5)).reason == "highest"


@pytest.mark.parametrize("to", [1, 2, 3])
def test_a_level_that_is_reached_has_no_path(to: int) -> None:
    assert refused(REAL, all_rated(REAL, 3), to) == NoPath("reached", 3, to)


@pytest.mark.parametrize("to", [0, 6])
def test_a_level_off_the_scale_is_refused(to: int) -> None:
    with pytest.raises(ValueError, match=f"The level to reach is {to}; choose a whole number from 1 to 5."):
        cheapest_path(REAL, all_rated(REAL, 3), to)


def test_an_accepted_risk_that_keeps_the_level_away_is_named() -> None:
    checklist = a_checklist(an_item("stays"), an_item("moves", "development"))
    answers = Answers(ratings(stays=1, moves=1), accepted=frozenset({"stays"}))
    assert refused(checklist, answers, to=3) == NoPath("out-of-reach", 1, 3, 2, Fraction(3), accepted=("stays",))


def test_what_has_to_be_found_out_first_is_named() -> None:
    checklist = a_checklist(an_item("first", needs={"open": 2}), an_item("open"), an_item("then", needs={"first": 2}))
    answers = Answers({**ratings(first=1, then=1), "open": Response.unknown()})
    assert refused(checklist, answers) == NoPath(
        "out-of-reach", 1, 2, 1, Fraction(1), waiting=("first", "then"), find_out=("open",)
    )


def test_unknown_items_do_not_move_and_do_not_count() -> None:
    checklist = a_checklist(an_item("open"), an_item("rated"))
    path = found(checklist, Answers({**ratings(rated=1), "open": Response.unknown()}))
    assert path.steps == (Step("rated", 1, 2, 1, 1, Fraction(2), 2),)
