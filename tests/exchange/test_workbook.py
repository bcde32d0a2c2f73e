from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from checklist.model import HEALTH_CHOICES, NOT_APPLICABLE_REASONS, RATINGS
from exchange.answers_file import AnswersError, AnswersFile
from exchange.answers_file import read as read_text
from exchange.answers_file import write as write_text
from exchange.workbook import MAX_BYTES, UNPACKED_BYTES, read
from reports.questionnaire import workbook
from scoring import questionnaire as form
from scoring.model import Answers, Response, Target
from tests.exchange.filled import blank, cell, filled, put, saved
from tests.reports.builders import the_checklist
from tests.scoring.strategies import promise

CHECKLIST = the_checklist()
ITEMS = [item.id for item in CHECKLIST.items]
FILE = "answers.xlsx"

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp")), max_size=30
)
links = st.lists(st.integers(0, 99).map(lambda number: f"https://example.org/{number}"), max_size=3).map(tuple)
states = st.sampled_from(
    [
        *(Response.rated(rating) for rating in RATINGS),
        *(Response.not_applicable(reason) for reason in NOT_APPLICABLE_REASONS),
        Response.unknown(),
        Response(),
    ]
)


@st.composite
def responses(draw: st.DrawFn) -> Response:
    one, evidence = draw(states), draw(links)
    until = draw(st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))) if evidence else None
    return Response(one.state, one.rating, one.reason, draw(texts), evidence, until)


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    ids = [failure.id for failure in CHECKLIST.failures]
    areas = st.dictionaries(st.sampled_from([area.id for area in CHECKLIST.areas]), st.sampled_from(RATINGS))
    questions = st.sampled_from([question.id for question in CHECKLIST.health])
    return Answers(
        responses=draw(st.dictionaries(st.sampled_from(ITEMS), responses(), max_size=12)),
        failures=draw(st.frozensets(st.sampled_from(ids))),
        target=Target(draw(st.none() | st.sampled_from(RATINGS)), draw(areas)),
        health=draw(st.dictionaries(questions, st.sampled_from(HEALTH_CHOICES))),
    )


def _filled(book: Workbook) -> AnswersFile:
    return read(saved(book), FILE, CHECKLIST)


def _refused(content: bytes) -> list[str]:
    with pytest.raises(AnswersError) as refusal:
        read(content, FILE, CHECKLIST)
    return [str(fault) for fault in refusal.value.faults]


def _faults(*changes: tuple[str, str, Any]) -> list[str]:
    """What is said about a form of a named system in which these cells are filled in."""
    book = blank(CHECKLIST, "Churn model")
    for key, head, value in changes:
        put(book, key, head, value)
    return _refused(saved(book))


# What is read


@settings(promise, max_examples=12)
@given(answers())
def test_whatever_is_filled_in_comes_back_as_an_answers_file_would_give_it(given_answers: Answers) -> None:
    said = AnswersFile("Churn model", CHECKLIST.version, given_answers)
    assert read(filled(CHECKLIST, said), FILE, CHECKLIST) == read_text(write_text(said, CHECKLIST), "a", CHECKLIST)


def test_a_blank_form_with_a_name_says_nothing_else() -> None:
    content = workbook.write(CHECKLIST, "Churn model")
    assert read(content, FILE, CHECKLIST) == AnswersFile("Churn model", CHECKLIST.version, Answers())


def test_numbers_days_and_spellings_are_taken_as_people_type_them() -> None:
    book = blank(CHECKLIST, "Churn model")
    put(book, "data-1", form.RATING, 3.0)
    put(book, "data-1", form.NOTE, 42)
    put(book, "data-2", form.RATING, "4 ")
    put(book, "data-3", form.RATING, "don't know")
    put(book, "data-4", form.RATING, "not applicable: Out of scope")
    put(book, "data-5", form.RATING, 1)
    put(book, "data-5", form.EVIDENCE, "https://a.example\n\n https://b.example ")
    put(book, "data-5", form.UNTIL, "2027-01-31")
    put(book, form.TARGET, form.VALUE, "3")
    found = _filled(book).answers
    assert found.responses == {
        "data-1": Response.rated(3, "42"),
        "data-2": Response.rated(4),
        "data-3": Response.unknown(),
        "data-4": Response.not_applicable("out-of-scope"),
        "data-5": Response.rated(1, "", ("https://a.example", "https://b.example"), date(2027, 1, 31)),
    }
    assert found.target == Target(3)


def test_columns_sheets_and_rows_may_be_moved() -> None:
    book = blank(CHECKLIST, "Churn model")
    put(book, "data-1", form.RATING, 2)
    book.move_sheet("Data pipeline", 3)
    book["Data pipeline"].insert_rows(1, 3)
    book["Data pipeline"].insert_cols(1, 2)
    assert _filled(book).answers.responses == {"data-1": Response.rated(2)}


def test_text_that_looks_like_a_formula_is_text() -> None:
    book = blank(CHECKLIST, "Churn model")
    put(book, "data-1", form.NOTE, "=1+1")
    assert _filled(book).answers.responses["data-1"].note == "=1+1"


# What is refused, with sheet and cell


def test_every_fault_is_told_with_sheet_and_cell() -> None:
    faults = _faults(
        ("data-1", form.RATING, 6),
        ("data-2", form.RATING, "not applicable"),
        ("governance-1", form.UNTIL, "tomorrow"),
        ("governance-1", form.EVIDENCE, "https://a.example"),
        ("fast-rollback", form.HEALTH, "perhaps"),
        ("data-drift", form.HAPPENED, "often"),
        (form.TARGET, form.VALUE, 9),
    )
    said = "\n".join(faults)
    assert len(faults) == 6
    for start in (
        'answers.xlsx, sheet “Data pipeline”, cell H2: "data-1" is answered with "6"; choose from the list: 1 to 5',
        'answers.xlsx, sheet “Data pipeline”, cell H3: "data-2" is answered with "not applicable"',
        'answers.xlsx, sheet “Model governance”, cell K2: The "valid_until" of "governance-1" is "tomorrow"',
        'answers.xlsx, sheet “Health check”, cell C4: This is "perhaps"; write Yes or No or Not sure',
        'answers.xlsx, sheet “Failures”, cell C2: This is "often"; write Yes',
        "answers.xlsx, sheet “Start here”, cell B10: The level aimed at is",
    ):
        assert start in said


def test_a_formula_is_not_worked_out() -> None:
    book = blank(CHECKLIST, "Churn model")
    cell(book, "data-1", form.RATING).value = "=1+1"
    assert _refused(saved(book)) == [
        "answers.xlsx, sheet “Data pipeline”, cell H2: This cell holds a formula, which is not worked out here; "
        "write its value instead."
    ]


def test_ids_that_are_unknown_missing_or_there_twice_are_told() -> None:
    book = blank(CHECKLIST, "Churn model")
    for key, other in (("data-1", "data-99"), ("data-2", None), ("data-3", "data-4")):
        put(book, key, form.RATING, 2)
        put(book, key, form.ID, other)
    said = "\n".join(_refused(saved(book)))
    assert 'cell L2: There is no item "data-99"' in said
    assert "cell H3: This row has no id" in said
    assert 'cell L5: "data-4" stands here a second time' in said


def test_a_form_without_the_name_of_a_system_or_for_a_newer_checklist_is_refused() -> None:
    assert _refused(workbook.write(CHECKLIST)) == [
        "answers.xlsx, sheet “Start here”, cell C9: The name of the system is empty; write at least one character."
    ]
    assert "update the app" in _faults((form.CHECKLIST, form.VALUE, "99"))[0]


def test_a_note_that_is_too_long_is_refused_as_in_an_answers_file() -> None:
    assert "has 10,001 characters" in _faults(("data-1", form.NOTE, "x" * 10_001))[0]


# What is no questionnaire


def _zip(**parts: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _of_another_kind() -> bytes:
    book = Workbook()
    book.active.append(["Name", "Age"])
    return saved(book)


def _declares_entities() -> bytes:
    source, target = ZipFile(BytesIO(workbook.write(CHECKLIST))), BytesIO()
    with ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/sharedStrings.xml":
                content = content.replace(b"<sst", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sst', 1)
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: b"", "no Excel workbook"),
        (lambda: b"system: a", "no Excel workbook"),
        (lambda: workbook.write(CHECKLIST)[:3000], "no Excel workbook"),
        (lambda: _zip(a=b"x"), "no Excel workbook"),
        (lambda: _zip(a=b"0" * (UNPACKED_BYTES + 1)), "unpacks to far more"),
        (lambda: b"0" * (MAX_BYTES + 1), "larger than 4 MB"),
        (_of_another_kind, "no questionnaire"),
        (_declares_entities, "XML that no spreadsheet program writes"),
    ],
)
def test_what_is_no_questionnaire_is_one_sentence(content: Callable[[], bytes], says: str) -> None:
    (fault,) = _refused(content())
    assert fault.startswith("answers.xlsx: ")
    assert says in fault


def test_a_row_a_million_rows_away_costs_nothing() -> None:
    book = blank(CHECKLIST, "Churn model")
    book["Data pipeline"].cell(1_048_576, 16_384, "far away")
    assert _filled(book).answers == Answers()
