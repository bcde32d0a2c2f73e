import pytest
from hypothesis import given

from checklist.model import Checklist
from scoring.model import Answers, Response
from scoring.trend import Kind, difference
from tests.scoring.builders import a_checklist, an_item
from tests.scoring.strategies import cases, promise

CHECKLIST = a_checklist(an_item("one"), an_item("two"), an_item("three"))
OPEN, DONT_KNOW, SKIPPED = Response(), Response.unknown(), Response.not_applicable("other")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (Response.rated(2), Response.rated(3), "raised"),
        (Response.rated(3), Response.rated(2), "lowered"),
        (OPEN, Response.rated(3), "answered"),
        (DONT_KNOW, Response.rated(3), "answered"),
        (Response.rated(3), OPEN, "cleared"),
        (SKIPPED, OPEN, "cleared"),
        (DONT_KNOW, OPEN, "cleared"),
        (Response.rated(3), SKIPPED, "state"),
        (Response.rated(3), DONT_KNOW, "state"),
        (SKIPPED, Response.rated(3), "state"),
        (OPEN, DONT_KNOW, "state"),
        (SKIPPED, Response.not_applicable("out-of-scope"), "state"),
    ],
)
def test_a_change_has_a_kind(before: Response, after: Response, kind: Kind) -> None:
    (change,) = difference(CHECKLIST, Answers({"two": before}), Answers({"two": after}))
    assert (change.item, change.before, change.after, change.kind) == ("two", before, after, kind)


def test_a_note_or_evidence_alone_is_no_change() -> None:
    before, after = Response.rated(3), Response.rated(3, "a note", ("https://example.org",))
    assert difference(CHECKLIST, Answers({"two": before}), Answers({"two": after})) == ()


def test_an_item_left_out_is_the_same_as_an_unanswered_one() -> None:
    assert difference(CHECKLIST, Answers(), Answers({"two": OPEN})) == ()


def test_changes_come_in_checklist_order() -> None:
    after = Answers({"three": Response.rated(1), "one": Response.rated(1)})
    assert [change.item for change in difference(CHECKLIST, Answers(), after)] == ["one", "three"]


@promise
@given(cases())
def test_nothing_differs_from_itself_and_the_way_back_has_the_same_items(
    case: tuple[Checklist, Answers],
) -> None:
    checklist, answers = case
    there, back = difference(checklist, Answers(), answers), difference(checklist, answers, Answers())
    assert difference(checklist, answers, answers) == ()
    assert [(change.item, change.before, change.after) for change in there] == [
        (change.item, change.after, change.before) for change in back
    ]
