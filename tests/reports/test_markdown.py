import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reports.document import Report
from reports.formats import markdown
from reports.legible import legible
from reports.marking import cell, line, quoted
from reports.parts import PARTS, PRESETS, Choice
from scoring.model import Response
from tests.reports.builders import a_report, rated, the_checklist
from tests.reports.extremes import (
    EVERY_ANSWER,
    HOSTILE,
    LINKS,
    LONG,
    a_full_report,
    a_hostile_report,
    a_long_report,
    nothing_answered,
    nothing_applies,
)
from tests.scoring.strategies import promise

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# What the format itself writes between its lines.
OURS = ("text", "softbreak", "hardbreak")


def _inline(text: str) -> list[Token]:
    return [part for token in READER.parse(text) for part in token.children or ()]


def _words(text: str) -> str:
    return " ".join("".join(part.content or " " for part in _inline(text)).split())


def _headings(report: Report) -> list[str]:
    tokens = READER.parse(markdown.write(report).decode())
    return [after.content for token, after in pairwise(tokens) if token.type == "heading_open" and token.tag == "h2"]


def test_the_parts_stand_in_the_order_that_was_chosen() -> None:
    assert _headings(a_full_report(choice=Choice(("fixes", "summary")))) == ["Fixes", "Summary"]
    team = _headings(a_full_report(choice=Choice(PRESETS["team"].parts)))
    assert team == [PARTS[part].name for part in PRESETS["team"].parts if part != "cover"]


def test_fixes_are_boxes_to_tick() -> None:
    report = a_full_report()
    boxes = re.findall(r"^- \[( |x)\] \*\*(\d+)", markdown.write(report).decode(), re.MULTILINE)
    assert boxes == [(" ", str(place)) for place, _ in enumerate(report.result.fixes, start=1)]


def test_every_answer_note_link_and_number_is_found() -> None:
    report = a_full_report()
    text = markdown.write(report).decode()
    words = _words(text)
    for item in report.checklist.items:
        assert item.question in words
    for said in ("seen in CI", "ask Ola", "batch only", "Spring review", "Data scientist", "never saw one"):
        assert said in words
    for said in ("Ben", "cheaper to live with", "The median of two people, who say 1 to 3.", "For the board only"):
        assert said in words
    assert "<https://ci.example/run>" in text


def test_a_long_note_and_many_links_are_complete() -> None:
    text = markdown.write(a_long_report()).decode()
    assert LONG in text
    for link in LINKS:
        assert f"- <{link}>\n" in text


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_a_person_is_never_markup(words: str) -> None:
    for written in ("\n".join(quoted(words)), f"# {line(words)}", f"| a |\n|---|\n| {cell(words)} |"):
        kinds = {part.type for part in _inline(written) if part.content != "<br>"}
        assert kinds <= set(OURS)


def test_hostile_text_is_still_there() -> None:
    words = _words(markdown.write(a_hostile_report()).decode())
    for said in EVERY_ANSWER.values():
        assert " ".join(legible(said).split()) in words


@pytest.mark.parametrize("report", [nothing_answered(), nothing_applies()])
def test_a_report_without_ratings_is_complete(report: Report) -> None:
    words = _words(markdown.write(report).decode())
    assert all(item.question in words for item in the_checklist().items)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert markdown.write(a_full_report()) == markdown.write(a_full_report())


@promise
@given(st.text(max_size=80))
def test_any_note_reads_back_as_text(words: str) -> None:
    written = "\n".join(quoted(words))
    assert {part.type for part in _inline(written)} <= set(OURS)
    tokens = READER.parse(written)
    assert {token.type for token in tokens} <= {
        "blockquote_open", "paragraph_open", "inline", "paragraph_close", "blockquote_close",
    }  # fmt: skip
    assert _words(written) == " ".join(legible(words).split())


@promise
@given(st.text(max_size=80))
def test_any_name_leaves_the_document_as_it_is(words: str) -> None:
    report = a_report(rated(data_1=Response.rated(2, words)), system=words)
    kinds = {token.type for token in READER.parse(markdown.write(report).decode())}
    assert not kinds & {"html_block", "code_block", "fence"}
