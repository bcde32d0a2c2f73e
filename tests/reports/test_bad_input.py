"""Whatever somebody types or brings along: each format is complete, readable and safe, or a sentence says why not."""

import re
import zlib
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reports import formats
from reports.document import Report
from reports.parts import Choice, WrongChoice
from reports.pdf import script
from reports.pdf.logo import BROKEN, HUGE
from tests.reports import readers
from tests.reports.builders import a_report, rated, the_checklist
from tests.reports.extremes import (
    EVERY_ANSWER,
    LINKS,
    LONG,
    a_hostile_report,
    a_long_report,
    nothing_answered,
    nothing_applies,
)

CASES: dict[str, Callable[[], Report]] = {
    "hostile": a_hostile_report,
    "long": a_long_report,
    "a name of 200 signs": lambda: a_report(system="W" * 200, workspace="w" * 200, milestone="m" * 200),
    "a name of 200 letters of three bytes": lambda: a_report(system="模" * 200),
    "no names": lambda: a_report(system="", workspace="", milestone=""),
    "nothing answered": nothing_answered,
    "nothing applies": nothing_applies,
}
# What is sent to whoever opens the file: no format may do more than show.
ACTIVE = ("/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/EmbeddedFile", "/SubmitForm", "/GoToR")


@pytest.mark.parametrize("name", readers.ALL)
@pytest.mark.parametrize("case", CASES)
def test_every_question_is_in_the_file_whatever_was_typed(case: str, name: str) -> None:
    text = readers.single(readers.ALL[name](formats.get(name).write(CASES[case]())))
    assert [item.question for item in the_checklist().items if item.question not in text] == []


@pytest.mark.parametrize("name", readers.ALL)
def test_hostile_notes_are_shown_as_they_were_typed(name: str) -> None:
    written = readers.ALL[name](formats.get(name).write(a_hostile_report()))
    shown = readers.squeezed(written)
    for words in EVERY_ANSWER.values():
        typed = words if name != "pdf" else script.visual(script.clean(words), right_to_left=False)
        # Words from right to left stand in the PDF as they are drawn.
        assert readers.squeezed(re.sub("[\u0590-\u05ff]+.*" if name == "pdf" else "\ufffe", "", typed)) in shown


@pytest.mark.parametrize("name", readers.ALL)
def test_a_hundred_thousand_signs_and_five_hundred_links_are_whole(name: str) -> None:
    text = readers.ALL[name](formats.get(name).write(a_long_report()))
    assert readers.single(text).count("long note") == LONG.count("long note")
    assert "the end" in readers.single(text)
    squeezed = readers.squeezed(text)
    assert [link for link in LINKS if readers.squeezed(link) not in squeezed] == []


@pytest.mark.parametrize("name", ["pdf", "html"])
@pytest.mark.parametrize("size", [200, 10_000])
def test_a_damaged_logo_is_one_sentence(name: str, size: int) -> None:
    report = a_report(choice=Choice(("cover",), logo=b"\x89PNG\r\n\x1a\n" + bytes(size)))
    with pytest.raises(WrongChoice) as refused:
        formats.get(name).write(report)
    assert str(refused.value) == BROKEN


@pytest.mark.parametrize("name", ["pdf", "html"])
def test_a_picture_too_large_to_open_is_one_sentence(name: str) -> None:
    with pytest.raises(WrongChoice) as refused:
        formats.get(name).write(a_report(choice=Choice(("cover",), logo=_a_huge_picture())))
    assert str(refused.value) == HUGE


def _a_huge_picture() -> bytes:
    """The head of a picture of 50,000 points in each direction, in a file of a few bytes."""
    small = b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    head = b"IHDR" + (50_000).to_bytes(4) * 2 + small[24:29]
    return small[:12] + head + zlib.crc32(head).to_bytes(4) + small[33:]


@pytest.mark.parametrize("name", [name for name in readers.FULL if name not in ("pdf", "html")])
def test_formats_without_pictures_do_not_care_for_the_logo(name: str) -> None:
    broken = Choice(logo=b"\x89PNG\r\n\x1a\n" + bytes(200))
    kind = formats.get(name)
    assert kind.write(a_report(choice=broken)) == kind.write(a_report())


def test_the_pdf_of_hostile_words_runs_nothing_and_leads_to_web_addresses_only() -> None:
    content = formats.get("pdf").write(a_hostile_report())
    reader = PdfReader(BytesIO(content))
    objects = " ".join(str(reader.get_object(number)) for number in range(1, len(reader.xref[0]) + 1))
    assert [name for name in ACTIVE if f"'{name}'" in objects] == []
    links = re.findall(r"'/URI': '([^']*)'", objects)
    assert links
    assert all(link.startswith(("https://", "http://")) for link in links)


def test_the_workbook_of_hostile_words_holds_neither_formula_nor_link() -> None:
    book = load_workbook(BytesIO(formats.get("xlsx").write(a_hostile_report())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_the_same_words_in_every_field_are_no_trouble() -> None:
    """A tab alone, a NUL alone, half a pair alone: nothing is left to show, and nothing breaks."""
    for words in ("\t", "\x00", "\ud800", "\u202e", " "):
        report = a_report(
            rated(2, **{"data_1": replace(rated()["data-1"], note=words, evidence=(words,))}), system=words
        )
        for name in readers.ALL:
            assert "Data 1" in readers.ALL[name](formats.get(name).write(report))
