from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given

from checklist.model import Checklist, Item
from scoring import fixes
from scoring.evaluate import evaluate
from scoring.model import Answers, Blocker, Fix, Response, Target
from tests.scoring.builders import a_checklist, an_item, ratings
from tests.scoring.strategies import cases, promise

Case = tuple[Checklist, Answers]
NEEDS_SCORE = an_item("score-holder", "governance")


def fixes_of(*items: Item, target: int = 5, **rated: int) -> tuple[Fix, ...]:
    """The fixes of a checklist of these items, with the given ratings and target."""
    return evaluate(a_checklist(*items), Answers(ratings(**rated), target=Target(target))).fixes


def order_of(*items: Item, target: int = 5, **rated: int) -> list[str]:
    return [fix.item for fix in fixes_of(*items, target=target, **rated)]


# Effort.


@pytest.mark.parametrize(
    ("item_effort", "start", "end", "points"),
    [
        ("low", 1, 2, 1),
        ("low", 2, 3, 2),
        ("low", 3, 4, 4),
        ("low", 4, 5, 8),
        ("medium", 1, 3, 9),
        ("high", 1, 5, 120),
        ("high", 3, 3, 0),
    ],
)
def test_each_step_costs_twice_the_one_before(item_effort: str, start: int, end: int, points: int) -> None:
    assert fixes.effort(item_effort, start, end) == points


@pytest.mark.parametrize(
    ("points", "size"), [(1, "low"), (4, "low"), (5, "medium"), (16, "medium"), (17, "high"), (120, "high")]
)
def test_effort_points_have_a_size_in_words(points: int, size: str) -> None:
    assert fixes.effort_size(points) == size


# What is a gap.


def test_only_rated_items_below_their_target_are_gaps() -> None:
    items = [an_item(name) for name in ("below", "at", "above", "open", "skipped")]
    responses = ratings(below=2, at=3, above=4) | {"skipped": Response.not_applicable("other")}
    result = evaluate(a_checklist(*items), Answers(responses, target=Target(3)))
    assert [(fix.item, fix.rating, fix.target) for fix in result.fixes] == [("below", 2, 3)]


def test_an_accepted_risk_leaves_the_list_but_not_the_score() -> None:
    checklist = a_checklist(an_item("one"), an_item("two"))
    answers = Answers(ratings(one=1, two=3), target=Target(4))
    before, after = (
        evaluate(checklist, answers),
        evaluate(checklist, replace(answers, accepted=frozenset({"one"}))),
    )
    assert [fix.item for fix in after.fixes] == ["two"]
    assert (after.accepted, after.score) == (("one",), before.score)


def test_an_accepted_risk_that_is_no_gap_any_more_is_not_listed() -> None:
    answers = Answers(ratings(one=4, two=3), target=Target(4), accepted=frozenset({"one"}))
    assert evaluate(a_checklist(an_item("one"), an_item("two")), answers).accepted == ()


def test_the_gain_is_what_the_overall_score_would_rise_by() -> None:
    (fix, *_) = fixes_of(an_item("one"), an_item("two"), NEEDS_SCORE, one=1, two=3, score_holder=3, target=3)
    assert fix.gain == Fraction(2, 2 * 2)


# Order.


def test_what_caused_a_failure_in_production_comes_first() -> None:
    items = [an_item("urgent", priority="high"), an_item("broken", priority="low", prevents=["data-drift"])]
    answers = Answers(ratings(urgent=1, broken=4), failures=frozenset({"data-drift"}), target=Target(5))
    first, second = evaluate(a_checklist(*items), answers).fixes
    assert (first.item, first.priority, first.failures) == ("broken", "critical", ("data-drift",))
    assert (second.item, second.priority, second.failures) == ("urgent", "high", ())


def test_a_failure_that_an_item_does_not_prevent_leaves_its_priority() -> None:
    answers = Answers(ratings(one=1), failures=frozenset({"data-drift"}))
    (fix,) = evaluate(a_checklist(an_item("one", prevents=["rollback-failures"])), answers).fixes
    assert (fix.priority, fix.failures) == ("medium", ())


def test_priority_comes_before_everything_else() -> None:
    items = [an_item("a", priority="low"), an_item("b", priority="high", effort="high"), an_item("c")]
    assert order_of(*items, a=1, b=4, c=2) == ["b", "c", "a"]


def test_among_equals_the_area_that_holds_the_level_comes_first() -> None:
    items = [
        an_item("cheap", "data"),
        an_item("held", "governance", effort="high"),
        an_item("x", "monitoring"),
    ]
    assert order_of(*items, cheap=4, held=1, x=5) == ["held", "cheap"]


def test_then_comes_more_gain_for_the_effort() -> None:
    items = [an_item("dear", effort="high"), an_item("cheap", effort="low")]
    assert order_of(*items, dear=2, cheap=2, target=3) == ["cheap", "dear"]


def test_then_the_lower_rating() -> None:
    # One of three items from 2 to 3 (1/3 for 2 points) is worth one of four from 1 to 3 (2/4 for 3 points).
    data = [an_item("basic"), an_item("d2"), an_item("d3")]
    monitoring = [an_item(name, "monitoring") for name in ("worse", "m2", "m3", "m4")]
    ordered = fixes_of(*data, *monitoring, target=3, basic=2, d2=5, d3=5, worse=1, m2=5, m3=5, m4=5)
    assert len({fix.gain / fix.effort for fix in ordered}) == 1
    assert [fix.item for fix in ordered] == ["worse", "basic"]


def test_then_checklist_order() -> None:
    assert order_of(an_item("z"), an_item("m"), an_item("a"), z=2, m=2, a=2) == ["z", "m", "a"]


# Prerequisites.


def test_an_unmet_prerequisite_stands_before_what_needs_it_and_takes_over_its_priority() -> None:
    items = [
        an_item("roof", priority="high", needs={"wall": 2}),
        an_item("wall", priority="low"),
        an_item("tree"),
    ]
    wall, roof, tree = fixes_of(*items, roof=1, wall=1, tree=1, target=3)
    assert (wall.item, wall.priority, wall.lifted_by) == ("wall", "high", "roof")
    assert (roof.item, roof.priority, roof.lifted_by) == ("roof", "high", None)
    assert roof.blocked_by == (Blocker("wall", 2, unknown=False),)
    assert (tree.item, tree.priority) == ("tree", "medium")


def test_a_prerequisite_of_a_prerequisite_is_lifted_too() -> None:
    items = [
        an_item("roof", priority="high", needs={"wall": 2}),
        an_item("wall", priority="low", needs={"ground": 2}),
        an_item("ground", priority="medium"),
    ]
    ordered = fixes_of(*items, roof=1, wall=1, ground=1, target=3)
    assert [(fix.item, fix.priority, fix.lifted_by) for fix in ordered] == [
        ("ground", "high", "wall"),
        ("wall", "high", "roof"),
        ("roof", "high", None),
    ]


def test_a_prerequisite_that_is_more_urgent_itself_is_not_moved() -> None:
    items = [an_item("roof", priority="low", needs={"wall": 2}), an_item("wall", priority="high")]
    wall, roof = fixes_of(*items, roof=1, wall=1, target=3)
    assert (wall.item, wall.priority, wall.lifted_by, roof.priority) == ("wall", "high", None, "low")


def test_a_prerequisite_that_is_met_blocks_nothing_and_is_not_lifted() -> None:
    items = [an_item("roof", priority="high", needs={"wall": 2}), an_item("wall", priority="low")]
    roof, wall = fixes_of(*items, roof=1, wall=2, target=3)
    assert (roof.item, roof.blocked_by, wall.priority, wall.lifted_by) == ("roof", (), "low", None)


@pytest.mark.parametrize("response", [Response(), Response.unknown()])
def test_a_prerequisite_that_is_unknown_is_to_be_found_out_first(response: Response) -> None:
    checklist = a_checklist(an_item("roof", needs={"wall": 2}), an_item("wall"))
    (fix,) = evaluate(checklist, Answers(ratings(roof=1) | {"wall": response})).fixes
    assert fix.blocked_by == (Blocker("wall", 2, unknown=True),)


def test_a_prerequisite_that_does_not_apply_counts_as_met() -> None:
    checklist = a_checklist(an_item("roof", needs={"wall": 2}), an_item("wall"))
    (fix,) = evaluate(checklist, Answers(ratings(roof=1) | {"wall": Response.not_applicable("other")})).fixes
    assert fix.blocked_by == ()


def test_a_prerequisite_at_its_own_target_but_too_low_still_blocks() -> None:
    checklist = a_checklist(an_item("roof", "data", needs={"wall": 3}), an_item("wall", "monitoring"))
    answers = Answers(ratings(roof=1, wall=2), target=Target(3, {"monitoring": 2}))
    (fix,) = evaluate(checklist, answers).fixes
    assert fix.blocked_by == (Blocker("wall", 3, unknown=False),)


def test_a_prerequisite_whose_risk_is_accepted_still_blocks_but_is_not_listed() -> None:
    checklist = a_checklist(an_item("roof", needs={"wall": 2}), an_item("wall"))
    (fix,) = evaluate(checklist, Answers(ratings(roof=1, wall=1), accepted=frozenset({"wall"}))).fixes
    assert (fix.item, fix.blocked_by) == ("roof", (Blocker("wall", 2, unknown=False),))


def test_needs_in_a_circle_lose_their_say_but_no_fix_is_lost() -> None:
    items = [
        an_item("hen", needs={"egg": 2}),
        an_item("egg", needs={"hen": 2}),
        an_item("fox", priority="low"),
    ]
    assert order_of(*items, hen=1, egg=1, fox=1) == ["fox", "hen", "egg"]


# Promises over everything that can be made up.


@promise
@given(cases())
def test_each_gap_is_listed_exactly_once(case: Case) -> None:
    checklist, answers = case
    result = evaluate(checklist, answers)
    gaps = {
        item.id
        for item in checklist.items
        if (rating := answers.response(item.id).rating) and rating < result.target.areas[item.area]
    }
    listed = [fix.item for fix in result.fixes]
    assert len(listed) == len(set(listed))
    assert set(listed) == gaps - answers.accepted
    assert set(result.accepted) == gaps & answers.accepted


@promise
@given(cases())
def test_prerequisites_stand_before_what_needs_them_and_are_at_least_as_urgent(case: Case) -> None:
    result = evaluate(*case)
    place = {fix.item: (number, fixes.PRIORITIES.index(fix.priority)) for number, fix in enumerate(result.fixes)}
    for fix in result.fixes:
        for blocker in fix.blocked_by:
            if blocker.item in place:
                assert place[blocker.item][0] < place[fix.item][0]
                assert place[blocker.item][1] <= place[fix.item][1]


@promise
@given(cases())
def test_priorities_only_fall_down_the_list(case: Case) -> None:
    urgencies = [fixes.PRIORITIES.index(fix.priority) for fix in evaluate(*case).fixes]
    assert urgencies == sorted(urgencies)


@promise
@given(cases())
def test_a_fix_that_waits_for_nothing_never_stands_behind_a_lesser_one(case: Case) -> None:
    checklist, answers = case
    result = evaluate(checklist, answers)

    def worth(fix: Fix) -> tuple[object, ...]:
        urgency = fixes.PRIORITIES.index(fix.priority)
        held = fix.area not in result.holders
        return urgency, held, -fix.gain / fix.effort, fix.rating, checklist.order[fix.item]

    for before, after in pairwise(result.fixes):
        assert worth(before) < worth(after) or before.item in {blocker.item for blocker in after.blocked_by}


@promise
@given(cases())
def test_the_gain_is_exactly_the_rise_of_the_score_when_the_item_reaches_its_target(case: Case) -> None:
    checklist, answers = case
    result = evaluate(checklist, answers)
    assume(result.fixes)
    for fix in result.fixes:
        reached = {**answers.responses, fix.item: Response.rated(fix.target)}
        after = evaluate(checklist, replace(answers, responses=reached))
        assert after.score is not None
        assert result.score is not None
        assert after.score - result.score == fix.gain > 0


@promise
@given(cases())
def test_an_item_is_lifted_only_to_the_priority_of_a_listed_fix_that_needs_it(case: Case) -> None:
    checklist, answers = case
    listed = {fix.item: fix for fix in evaluate(checklist, answers).fixes}
    for fix in listed.values():
        item = checklist.item(fix.item)
        own = "critical" if set(item.prevents) & answers.failures else item.priority
        if fix.lifted_by is None:
            assert fix.priority == own
        else:
            lifter = listed[fix.lifted_by]
            assert fix.item in {blocker.item for blocker in lifter.blocked_by}
            assert fix.priority == lifter.priority != own
