from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.compare import Comparison, Group, Side, Standing, compare, still_corrected
from scoring.evaluate import evaluate
from scoring.model import Answers, Response
from tests.scoring.builders import ratings
from tests.scoring.strategies import answers_to, checklists, promise
from tests.scoring.versions import FIRST, SECOND

SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)
LINKS = ("https://ci.example/run",)


def a_side(answers: Answers | None = None, day: date = SPRING, **changes: object) -> Side:
    side = Side("churn", day.strftime("%B"), answers or Answers(), "1", day)
    return replace(side, **changes)  # type: ignore[arg-type]


def a_pair(before: Response, after: Response, corrected: frozenset[str] = frozenset(), **changes: object) -> Comparison:
    """March and September of one system, with one answer each to "kept"."""
    sides = a_side(Answers({"kept": before})), a_side(Answers({"kept": after}), AUTUMN, **changes)
    return compare(FIRST, *sides, corrected)


def groups(comparison: Comparison) -> dict[str, Group]:
    return {one.item: one.group for one in comparison.differences}


def shown_until(day: date | None, rating: int = 3) -> Response:
    return Response.rated(rating, evidence=LINKS, valid_until=day)


def test_another_answer_is_a_changed_practice_and_says_which_way() -> None:
    comparison = a_pair(Response.rated(2), Response.rated(4))
    assert [(one.item, one.group, one.kind) for one in comparison.differences] == [("kept", "practice", "raised")]
    assert comparison.same == 0


@pytest.mark.parametrize("other", [Response(), Response.unknown(), Response.not_applicable("other")])
def test_an_answer_on_one_side_only_is_part_of_practice(other: Response) -> None:
    assert groups(a_pair(other, Response.rated(3))) == {"kept": "practice"}
    assert groups(a_pair(Response.rated(3), other)) == {"kept": "practice"}


def test_the_same_answer_is_counted_whatever_its_note() -> None:
    comparison = a_pair(Response.rated(2), Response.rated(2, "a new note"))
    assert (comparison.differences, comparison.same) == ((), 1)


def test_a_marked_answer_is_corrected_and_no_change_of_practice() -> None:
    assert groups(a_pair(Response.rated(2), Response.rated(3), frozenset({"kept"}))) == {"kept": "corrected"}


def test_a_mark_on_an_answer_that_is_the_same_says_nothing() -> None:
    assert groups(a_pair(Response.rated(3), Response.rated(3), frozenset({"kept"}))) == {}


def test_evidence_expires_the_day_after_its_last() -> None:
    last = shown_until(AUTUMN)
    assert groups(a_pair(last, last)) == {}
    over = shown_until(date(2026, 8, 31))
    assert groups(a_pair(over, over)) == {"kept": "expired"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (shown_until(None), shown_until(None)),
        (shown_until(date(2026, 1, 1)), shown_until(date(2026, 1, 1))),  # expired before the first day
        (shown_until(date(2026, 5, 1)), shown_until(date(2026, 12, 1))),  # renewed
        (Response.rated(3), shown_until(date(2026, 5, 1))),
        (shown_until(date(2026, 5, 1)), Response.rated(3)),  # taken away, not expired
    ],
)
def test_links_that_count_on_both_days_or_on_none_have_not_expired(before: Response, after: Response) -> None:
    assert groups(a_pair(before, after)) == {}


def test_another_answer_with_expired_links_is_in_one_group_only() -> None:
    assert groups(a_pair(shown_until(date(2026, 5, 1), 3), shown_until(date(2026, 5, 1), 4))) == {"kept": "practice"}


def test_expiry_is_told_by_the_days_and_not_by_the_order_of_the_sides() -> None:
    over = Answers({"kept": shown_until(date(2026, 8, 31))})
    assert groups(compare(FIRST, a_side(over, AUTUMN), a_side(over, SPRING))) == {"kept": "expired"}


# Questions that changed


def test_a_question_that_changed_between_the_versions_says_nothing_about_practice() -> None:
    before, after = a_side(Answers(ratings(kept=2, reworded=2))), a_side(Answers(ratings(kept=3, reworded=4)), AUTUMN)
    comparison = compare(SECOND, before, replace(after, checklist="2"), frozenset({"reworded"}))
    assert groups(comparison) == {"kept": "practice", "reworded": "question"}


def test_between_two_assessments_of_one_version_no_question_changed() -> None:
    sides = [a_side(Answers(ratings(reworded=rating)), day) for rating, day in ((2, SPRING), (3, AUTUMN))]
    assert groups(compare(SECOND, *sides)) == {"reworded": "practice"}


def test_a_question_that_is_asked_on_one_side_only_changed() -> None:
    before = a_side(Answers(ratings(kept=3, dropped=2)))
    after = a_side(Answers(ratings(kept=3, added=4)), AUTUMN, checklist="2")
    assert groups(compare(SECOND, before, after)) == {"added": "question", "dropped": "question"}
    assert groups(compare(SECOND, after, before)) == {"added": "question", "dropped": "question"}


def test_a_question_that_nobody_answered_is_not_listed() -> None:
    assert groups(compare(SECOND, a_side(), a_side(day=AUTUMN, checklist="2"))) == {}


def test_what_is_not_asked_any_more_counts_in_no_score() -> None:
    side = a_side(Answers(ratings(kept=3, dropped=1)))
    assert compare(SECOND, side, replace(side, checklist="2")).stands_before == Standing(
        Fraction(3), 3, {"data": Fraction(3)}
    )


def test_a_side_of_a_newer_checklist_stands_where_it_was_stored() -> None:
    stored = Standing(Fraction(17, 5), 3, {"data": Fraction(17, 5)})
    newer = a_side(Answers(ratings(kept=1, unheard_of=5)), AUTUMN, checklist="3", stored=stored)
    comparison = compare(FIRST, a_side(Answers(ratings(kept=2))), newer)
    assert comparison.stands_after == stored
    assert comparison.areas[0].by == Fraction(7, 5)
    assert groups(comparison)["unheard-of"] == "question"


# Two systems


def test_two_systems_have_no_history_so_everything_only_differs() -> None:
    before = a_side(Answers({"kept": Response.rated(2), "reworded": shown_until(date(2026, 5, 1))}))
    after = a_side(
        Answers({"kept": Response.rated(3), "reworded": shown_until(date(2026, 5, 1))}), AUTUMN, system="ranking"
    )
    comparison = compare(FIRST, before, after, frozenset({"kept"}))
    assert groups(comparison) == {"kept": "differs"}
    assert comparison.same == 1


# Corrections on the way


def test_a_correction_on_the_way_counts_while_its_answer_stays() -> None:
    on_the_way, marked = Answers(ratings(kept=3, reworded=3)), frozenset({"kept", "reworded"})
    later = Answers(ratings(kept=3, reworded=4))
    assert still_corrected(later, [(on_the_way, marked)]) == {"kept"}


# Promises for any answers


@promise
@given(st.data())
def test_every_item_is_in_one_group_or_the_same_or_not_answered_on_both(data: st.DataObject) -> None:
    checklist = data.draw(checklists())
    one, other = data.draw(answers_to(checklist)), data.draw(answers_to(checklist))
    marked = frozenset(data.draw(st.sets(st.sampled_from([item.id for item in checklist.items]))))
    comparison = compare(checklist, a_side(one), a_side(other, AUTUMN), marked)
    items = [difference.item for difference in comparison.differences]
    assert len(items) == len(set(items))
    assert items == sorted(items, key=checklist.order.__getitem__)
    silent = sum({one.response(i.id).state, other.response(i.id).state} == {"unanswered"} for i in checklist.items)
    assert len(items) + comparison.same + silent == len(checklist.items)


@promise
@given(st.data())
def test_the_other_way_round_the_same_items_are_in_the_same_groups(data: st.DataObject) -> None:
    checklist = data.draw(checklists())
    sides = a_side(data.draw(answers_to(checklist))), a_side(data.draw(answers_to(checklist)), AUTUMN)
    there, back = compare(checklist, *sides), compare(checklist, *reversed(sides))
    assert groups(there) == groups(back)
    assert [move.by for move in there.areas] == [None if move.by is None else -move.by for move in back.areas]


@promise
@given(st.data())
def test_nothing_differs_from_itself_and_its_scores_are_those_of_the_result(data: st.DataObject) -> None:
    checklist = data.draw(checklists())
    answers = data.draw(answers_to(checklist))
    comparison, result = compare(checklist, a_side(answers), a_side(answers)), evaluate(checklist, answers)
    assert comparison.differences == ()
    assert (comparison.stands_after.score, comparison.stands_after.level) == (result.score, result.level)
    assert [move.after for move in comparison.areas] == [area.score for area in result.areas]


@promise
@given(st.data())
def test_answers_within_a_checklist_can_always_be_scored_by_it(data: st.DataObject) -> None:
    theirs, ours = data.draw(checklists()), data.draw(checklists())
    answers = data.draw(answers_to(theirs))
    evaluate(ours, answers.within(ours))
    assert answers.within(theirs) == answers
