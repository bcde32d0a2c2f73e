import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from checklist.loader import the_checklist as the_shipped_checklist
from checklist.model import Tool
from reports.document import FixState
from reports.formats import pdf
from reports.pdf import faces
from reports.pdf.sheet import A4, TOP, Page
from reports.scene import Box, Dot, Line, Shape
from scoring import explain
from scoring.model import Answers, Response, Target
from scoring.trend import Point
from tests.reports.builders import DAY, a_report, rated, read, text_of, the_checklist

HOSTILE = "<para><b>not bold</b> &amp; <img src='http://example.org/x.png'/> {{7*7}} %s"
ALL_FAILURES = frozenset(mode.id for mode in the_checklist().failures)
SKIPPED = {item.id: Response.not_applicable("other", "why") for item in the_checklist().items}
UNKNOWN = {item.id: Response.unknown("who knows") for item in the_checklist().items}

CASES = {
    "all rated": a_report(),
    "nothing answered": a_report({}),
    "nothing applicable": a_report(SKIPPED),
    "everything unknown": a_report(UNKNOWN, system=""),
    "long names": a_report(system="W" * 200, workspace="w" * 200, milestone="m" * 200),
    "a long word": a_report(rated(data_1=Response.rated(1, "x" * 5000, ("y" * 3000,)))),
    "a long note": a_report(rated(data_1=Response.rated(1, "word " * 2000))),
    "hostile text": a_report(rated(data_1=Response.rated(1, HOSTILE)), system=HOSTILE, milestone=HOSTILE),
    "all to fix": a_report(answers=Answers(rated(1), ALL_FAILURES, Target(5))),
}


def a_first_page(report_pages: Sequence[Page]) -> str:
    return " ".join(text.text for text in report_pages[0].texts)


def test_the_cover_says_the_level_as_a_sentence() -> None:
    report = a_report()
    assert explain.headline(report.checklist, "Churn model", report.result) in read(report).pages[
        0
    ].extract_text().replace("\n", " ")


@pytest.mark.parametrize("system", ["W" * 200, "Wahrscheinlichkeitsrechnung " * 7, "模型" * 100])
def test_a_name_that_is_far_too_long_never_hides_the_level(system: str) -> None:
    cover = read(a_report(system=system)).pages[0].extract_text().replace("\n", " ")
    assert "Level 2, Basic." in cover


def test_a_draft_is_named_so() -> None:
    assert "Draft" in a_first_page(pdf.pages(a_report(milestone=None)))


def test_the_contents_name_the_page_of_every_chapter() -> None:
    reader = read(a_report())
    cover = reader.pages[0].extract_text()
    chapters = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert len(chapters) == 10
    for entry in chapters[1:]:
        number = reader.get_destination_page_number(entry)
        assert number is not None
        assert re.search(rf"{re.escape(str(entry.title))}\s+{number + 1}\b", cover)


def test_every_fix_stands_in_the_report() -> None:
    report = a_report()
    text = text_of(report)
    for number, fix in enumerate(report.result.fixes, start=1):
        item = report.checklist.item(fix.item)
        assert f"{number}. {item.name}" in text
        assert explain.fix_reason(report.checklist, fix) in text
    assert text.count(f"To Level 3: {item.remedy.step_to(3)}") == len(report.result.fixes)


def test_every_answer_stands_in_the_report_with_its_note() -> None:
    notes = {item.id: f"Note on {item.id}!" for item in the_checklist().items}
    report = a_report({item: Response.rated(4, note) for item, note in notes.items()})
    text = text_of(report)
    for item in report.checklist.items:
        assert item.answer(4) in text
        assert notes[item.id] in text


def test_an_answer_of_several_people_says_how_it_came_about() -> None:
    origin = "The median of three people, who say 2 to 4."
    assert text_of(a_report(origins={"data-1": origin})).count(origin) == 1
    assert "median" not in text_of(a_report()).partition("How levels come about")[0]


def test_unknown_and_not_applicable_are_said_in_words() -> None:
    text = text_of(a_report(rated(data_1=Response.unknown(), data_2=Response.not_applicable("out-of-scope"))))
    assert "Don’t know." in text
    assert "Not applicable: out of scope." in text


def test_a_question_without_an_answer_is_listed_as_open() -> None:
    report = a_report({"data-1": Response.rated(3)})
    text = text_of(report)
    assert explain.possible(report.checklist, report.result) in text
    assert all(report.checklist.item(item).question in text for item in report.result.find_out)


def test_a_fix_shows_who_does_it_and_when() -> None:
    item = a_report().result.fixes[0].item
    text = text_of(a_report(fix_states={item: FixState("Ana Costa", date(2026, 12, 18), "doing")}))
    assert "Ana Costa Due 18 December 2026 In progress" in text


def test_an_accepted_risk_is_listed_with_its_reason() -> None:
    answers = Answers(rated(), accepted=frozenset({"data-1"}))
    state = FixState("Ana", state="accepted", reason="Batch only.", review=date(2027, 3, 1))
    text = text_of(a_report(answers=answers, fix_states={"data-1": state}))
    assert "Batch only. Accepted by Ana. To be reviewed on 1 March 2027." in text


def test_failures_and_the_health_check_are_reported() -> None:
    question = the_checklist().health[0]
    answers = Answers(rated(), frozenset({"data-drift"}), health={question.id: "no"})
    text = text_of(a_report(answers=answers))
    assert "Data drift" in text
    assert f"No. {question.no}" in text


def test_history_is_told_in_one_sentence_until_there_are_two_points() -> None:
    points = (Point(date(2026, 3, 2), "Spring", Fraction(2), 2), Point(DAY, "Autumn", Fraction(3), 3))
    assert "Up from 2 to 3 of 5" in text_of(a_report(history=points))
    assert "One score so far: 3 of 5: Level 3, Intermediate." in text_of(a_report(history=points[1:]))
    assert "No milestone has a score yet." in text_of(a_report())


def test_the_method_names_the_numbers_of_the_scoring_code() -> None:
    text = text_of(a_report())
    assert "A level is provisional while coverage is below 80 %" in text
    assert "low 1, medium 3, high 8" in text


def test_user_text_is_printed_literally() -> None:
    report = a_report(
        rated(data_1=Response.rated(1, HOSTILE)), system=HOSTILE, fix_states={"data-1": FixState(HOSTILE)}
    )
    text = text_of(report)
    assert text.count(HOSTILE) >= 2


@pytest.mark.parametrize(
    ("note", "printed"),
    [
        ("Tiếng Việt, Ελληνικά, Русский", "Tiếng Việt, Ελληνικά, Русский"),
        ("evil \u202egnp.exe\u202c", "evil gnp.exe"),
        ("null\x00 escape\x1b[31m", "null escape[31m"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("ship it 🚀", "ship it [rocket]"),
        ("ไทย", "[Thai: 3 characters]"),
        ("from 🇩🇪 with 1️⃣ and 👍🏽", "from [flag DE] with 1 and [thumbs up sign]"),
        ("rare 㐀 and own \ue000", "rare [U+3400] and own [U+E000]"),
        ("𝐛𝐨𝐥𝐝", "bold"),
        ("王小明, 山田太郎のチーム, 김민준 데이터팀", "王小明, 山田太郎のチーム, 김민준 데이터팀"),
        ("中文笔记", "中文笔记"),
        ("日本語のメモ", "日本語のメモ"),
        ("한국어 메모", "한국어 메모"),
    ],
)
def test_any_note_prints(note: str, printed: str) -> None:
    assert printed in text_of(a_report(rated(data_1=Response.rated(1, note))))


def test_hebrew_stands_in_drawing_order_and_to_the_right() -> None:
    pages = pdf.pages(a_report(rated(data_1=Response.rated(1, "שלום"))))
    word = next(text for page in pages for text in page.texts if text.text == "םולש")
    assert word.x + faces.width(word.text, "italic") * word.size / 1000 == pytest.approx(A4.right)


def test_until_when_evidence_counts_is_printed_beneath_it() -> None:
    shown = Response.rated(1, evidence=("our wiki",), valid_until=date(2026, 12, 31))
    text = text_of(a_report(rated(data_1=shown)))
    assert "This link counts until 31 December 2026." in text


def test_tools_and_web_evidence_are_clickable_and_nothing_else() -> None:
    evidence = ("https://example.org/a?b=1&c=(2)", "javascript:alert(1)", "file:///etc/passwd", "our wiki")
    checklist = the_checklist()
    area = checklist.areas[0]
    section = area.sections[0]
    first = section.items[0]
    tool = replace(first, remedy=replace(first.remedy, tools=(Tool("Tool", "https://tool.example", "helps"),)))
    changed = replace(area, sections=(replace(section, items=(tool, *section.items[1:])),))
    report = a_report(
        rated(data_1=Response.rated(1, evidence=evidence)),
        checklist=replace(checklist, areas=(changed, *checklist.areas[1:])),
    )
    links = {link.target for page in pdf.pages(report) for link in page.links if link.target[0] != "#"}
    assert links == {"https://example.org/a?b=1&c=(2)", "https://tool.example"}
    assert all(address in text_of(report) for address in evidence)


@pytest.mark.parametrize("case", CASES)
def test_every_page_has_its_number_and_the_day(case: str) -> None:
    pages = read(CASES[case]).pages
    for number, page in enumerate(pages, start=1):
        assert f"22 November 2026  ·  Page {number} of {len(pages)}" in page.extract_text()


@pytest.mark.parametrize("case", CASES)
def test_nothing_leaves_the_margins(case: str) -> None:
    for page in pdf.pages(CASES[case]):
        for text in page.texts:
            face = next(name for name, face in faces.load().items() if face.name == text.face)
            assert text.x >= page.stock.left - 0.1
            assert text.x + faces.width(text.text, face) * text.size / 1000 <= page.stock.right + 0.1, text
            assert TOP <= text.y <= page.stock.height - 24
        for shape in page.shapes:
            left, right, bottom = _extent(shape)
            # A dot at the very end of a scale reaches over it by its radius.
            assert left >= page.stock.left - 8
            assert right <= page.stock.right + 8
            assert bottom <= page.stock.bottom + 8


def _extent(shape: Shape) -> tuple[float, float, float]:
    match shape:
        case Box():
            return shape.x, shape.x + shape.width, shape.y + shape.height
        case Line():
            return min(shape.x1, shape.x2), max(shape.x1, shape.x2), max(shape.y1, shape.y2)
        case Dot():
            return shape.x - shape.radius, shape.x + shape.radius, shape.y + shape.radius
    raise AssertionError(f"{shape} should have become text")


@pytest.mark.parametrize("case", CASES)
def test_no_two_lines_of_text_are_printed_over_each_other(case: str) -> None:
    for page in pdf.pages(CASES[case]):
        places = [(round(text.x, 1), round(text.y, 1)) for text in page.texts if text.text.strip()]
        assert len(places) == len(set(places))


@pytest.mark.parametrize("failures", [frozenset(), ALL_FAILURES])
@pytest.mark.parametrize("rating", [1, 2, 4, 5])
def test_the_summary_takes_one_page_and_so_does_each_area(rating: int, failures: frozenset[str]) -> None:
    checklist = the_shipped_checklist()
    answers = Answers({item.id: Response.rated(rating) for item in checklist.items}, failures)
    numbers = {
        mark.name: number
        for number, page in enumerate(pdf.pages(a_report(answers=answers, checklist=checklist)), start=1)
        for mark in page.bookmarks
    }
    assert [numbers[f"area-{area.id}"] for area in checklist.areas] == [3, 4, 5, 6, 7]
    assert numbers["lines"] == 8


def test_a_table_that_goes_on_repeats_its_head() -> None:
    pages = pdf.pages(a_report(rated(data_1=Response.rated(1, "word " * 2000))))
    heads = [
        sum(text.text == "Answer, note, evidence" for text in page.texts)
        for page in pages
        if any(text.text.startswith("word word") for text in page.texts)
    ]
    assert len(heads) >= 3
    assert all(heads)


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    for page in pdf.pages(CASES["all to fix"]):
        headings = [text for text in page.texts if text.face == faces.face("serif-semibold").name]
        lowest = max(text.y for text in page.texts if text.y < A4.bottom)
        assert all(text.y < lowest for text in headings)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert pdf.write(a_report()) == pdf.write(a_report())


def test_reports_written_at_the_same_time_do_not_disturb_each_other() -> None:
    reports = [a_report(system=name) for name in ("One", "Два", "二", "שלוש")] * 2
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(pdf.write, reports))
    assert together == [pdf.write(report) for report in reports]


def test_the_file_says_what_it_is() -> None:
    metadata = read(a_report()).metadata
    assert metadata is not None
    assert metadata.title == "Churn model: Autumn review, 22 November 2026"
    assert metadata.author == "MLOps Checkup"
    assert metadata.subject == "Churn model is at Level 2, Basic."
    assert metadata.creation_date == datetime(2026, 11, 22, 21, 5, tzinfo=UTC)


def test_every_face_but_the_east_asian_ones_travels_with_the_file() -> None:
    resources: list[Any] = [page["/Resources"] for page in read(a_report()).pages]
    fonts = {ref["/BaseFont"]: ref for page in resources for ref in _fonts(page)}
    shipped = [font for name, font in fonts.items() if name != "/Helvetica"]
    assert shipped
    assert all("/FontFile2" in font["/FontDescriptor"] for font in shipped)


def _fonts(resources: Any) -> list[Any]:
    return [reference.get_object() for reference in resources["/Font"].values()]
