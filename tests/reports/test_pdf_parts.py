from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from checklist.loader import the_checklist as the_shipped_checklist
from reports.document import FixState, Participant, Report
from reports.formats import pdf
from reports.parts import EVERYTHING, PAPERS, PARTS, PRESETS, Choice, Paper, WrongChoice
from reports.pdf import faces
from reports.pdf.logo import BROKEN, HUGE
from reports.pdf.sheet import A4, LETTER
from reports.scene import Line
from scoring import explain, outlook, voices
from scoring.agree import Person, disagreements
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Target
from scoring.path import Path, cheapest_path
from tests.reports.builders import a_report, rated, read, text_of, the_checklist
from tests.reports.test_pdf import CASES

ANA, BEN = Person("1", "Ana Costa", "Lead"), Person("2", "Ben Ito", "Data scientist")
LONG = "Wahrscheinlichkeitsrechnung " * 7


def a_full_report(**changes: Any) -> Report:
    """A report with people, a path and what they disagree on."""
    checklist = the_checklist()
    answers = changes.pop("answers", None) or Answers(rated())
    answered = {ANA: {"data-1": Response.rated(1)}, BEN: {"data-1": Response.rated(4)}}
    said: dict[str, Any] = {
        "path": cheapest_path(checklist, answers),
        "participants": (Participant("Ana Costa", "Lead"), Participant("Ben Ito", "Data scientist")),
        "disagreements": disagreements(checklist, answered),
    }
    return a_report(answers=answers, **(said | changes))


def chapters(report: Report) -> list[str]:
    """The titles of the outline's first level."""
    return [str(entry.title) for entry in read(report).outline if not isinstance(entry, list)]


def a_logo(kind: str = "PNG", size: tuple[int, int] = (300, 90), mode: str = "RGB") -> bytes:
    file = BytesIO()
    Image.new(mode, size, 1).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("parts", [EVERYTHING, EVERYTHING[::-1], ("fixes", "cover", "summary")])
def test_the_chosen_parts_stand_in_the_chosen_order(parts: tuple[str, ...]) -> None:
    shown = [PARTS[part].name for part in parts if part != "frameworks"]
    named = ["Cover" if name == "cover" else name for name in chapters(a_full_report(choice=Choice(parts)))]
    assert named == shown


@pytest.mark.parametrize("part", [part for part in EVERYTHING if part not in ("cover", "frameworks")])
def test_a_part_can_stand_alone(part: str) -> None:
    assert chapters(a_full_report(choice=Choice((part,)))) == [PARTS[part].name]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_contents_lead_to_each_chapter(paper: Paper) -> None:
    reader = read(a_full_report(choice=Choice(paper=paper)))
    starts = {
        str(entry.title): reader.get_destination_page_number(entry)
        for entry in reader.outline
        if not isinstance(entry, list)
    }
    annotations: Any = reader.pages[0]["/Annots"]
    targets = [link.get_object()["/Dest"][0].get_object() for link in annotations]
    assert {reader.get_page_number(target) for target in targets} == set(starts.values()) - {0}


def test_a_part_with_nothing_to_say_is_left_out_and_a_report_of_nothing_is_its_cover() -> None:
    bare = a_report(choice=Choice(("path", "disagreement")))
    assert chapters(bare) == ["Cover"]
    assert "Path" not in chapters(a_report())


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("answers", ["all at 1", "none", "some", "nothing applies"])
@pytest.mark.parametrize("name", ["Churn model", "W" * 200, LONG, "模型" * 100])
def test_the_executive_report_takes_three_pages(name: str, answers: str, paper: Paper) -> None:
    checklist = the_shipped_checklist()
    items = [item.id for item in checklist.items]
    given = {
        "all at 1": {item: Response.rated(1) for item in items},
        "none": {},
        "some": {item: Response.rated(1) for item in items[::3]},
        "nothing applies": {item: Response.not_applicable("other", name) for item in items},
    }[answers]
    everything = Answers(given, frozenset(mode.id for mode in checklist.failures), Target(5))
    state = FixState(name, date(2026, 12, 18), "doing")
    report = a_report(
        answers=everything,
        checklist=checklist,
        system=name,
        workspace=name,
        milestone=name,
        participants=tuple(Participant(name, name) for _ in range(30)),
        fix_states={fix.item: state for fix in evaluate(checklist, everything).fixes},
        choice=Choice(PRESETS["executive"].parts, paper, "W" * 120, a_logo()),
    )
    pages = pdf.pages(report)
    assert len(pages) == 3
    line = max(shape.y1 for shape in pages[0].shapes if isinstance(shape, Line) and shape.x2 - shape.x1 > 400)
    lowest = max(text.y for text in pages[0].texts if text.y < line)
    assert line - lowest > 8, "The cover's sentences run into its facts."


@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("Letter", LETTER)])
def test_pages_have_the_size_of_the_chosen_paper(paper: Paper, size: Any) -> None:
    for page in read(a_report(choice=Choice(paper=paper))).pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((size.width, size.height))


@pytest.mark.parametrize("case", CASES)
def test_nothing_leaves_the_margins_of_a_letter(case: str) -> None:
    report = replace(CASES[case], choice=Choice(paper="Letter", confidentiality="W" * 120))
    printed = {face.name: name for name, face in faces.load().items()}
    for page in pdf.pages(report):
        for text in page.texts:
            assert text.x >= LETTER.left - 0.1
            wide = faces.width(text.text, printed[text.face]) * text.size / 1000
            assert text.x + wide <= LETTER.right + 0.1, text
            assert text.y <= LETTER.height - 24


@pytest.mark.parametrize("line", ["For the board only", "W" * 120, "机密" * 60])
def test_every_page_says_who_may_read_it(line: str) -> None:
    for page in read(a_report(choice=Choice(confidentiality=line))).pages:
        assert line in page.extract_text().replace("\n", "")


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "P"), ("PNG", "LA"), ("JPEG", "L"), ("JPEG", "CMYK")]
)
def test_the_logo_stands_on_the_cover(kind: str, mode: str) -> None:
    report = a_report(choice=Choice(("cover", "summary"), logo=a_logo(kind, mode=mode)))
    assert [len(page.images) for page in read(report).pages] == [1, 0]
    picture = pdf.pages(report)[0].pictures[0]
    assert picture.x + picture.width == pytest.approx(A4.right)
    assert pdf.write(report) == pdf.write(report)


@pytest.mark.parametrize("logo", [a_logo()[:-30], a_logo("JPEG")[:40], b"\x89PNG\r\n\x1a\n" + bytes(500)])
def test_a_damaged_logo_is_refused_in_a_sentence(logo: bytes) -> None:
    with pytest.raises(WrongChoice, match="may be damaged") as refused:
        pdf.write(a_report(choice=Choice(logo=logo)))
    assert str(refused.value) == BROKEN


def test_a_small_file_with_a_huge_picture_is_refused() -> None:
    with pytest.raises(WrongChoice) as refused:
        pdf.write(a_report(choice=Choice(logo=a_logo(size=(4_100, 4_000), mode="1"))))
    assert str(refused.value) == HUGE


def test_the_cover_names_who_took_part() -> None:
    text = " ".join(read(a_full_report()).pages[0].extract_text().split())
    assert "Ana Costa (Lead) Ben Ito (Data scientist)" in text


def test_a_crowd_is_counted_on_the_cover_and_named_where_people_disagree() -> None:
    everybody = tuple(Participant(f"Person {number}", "Tester") for number in range(40))
    text = text_of(a_full_report(participants=everybody, choice=Choice(("cover", "disagreement"))))
    assert "and 35 more" in text
    assert all(f"Person {number} (Tester)" in text for number in range(40))


def test_disagreement_says_who_says_what_and_what_counts() -> None:
    origin = "The median of two people, who say 1 to 4."
    report = a_full_report(origins={"data-1": origin})
    text = text_of(report)
    assert voices.agreement(report.disagreements, 2) in text
    assert voices.sentence(report.disagreements[0], True) in text
    assert "Ana Costa (Lead): 1 Ben Ito (Data scientist): 4" in text
    assert text.count(origin) == 2


def test_who_came_through_a_link_reads_nothing_about_people() -> None:
    text = text_of(a_full_report(participants=(), disagreements=()))
    assert "Ana Costa" not in text
    assert "Disagreement" not in text


def test_the_path_tells_every_step_with_its_cost_and_where_it_leads() -> None:
    report = a_full_report()
    path, text = report.path, text_of(report)
    assert isinstance(path, Path)
    assert outlook.path_sentence(report.checklist, path) in text
    for step in path.steps:
        item = report.checklist.item(step.item)
        assert f"{item.name}, from {step.start} to {step.end}" in text
        assert item.remedy.step_to(step.end) in text
        assert f"{step.spent} in all" in text


def test_without_a_path_the_report_says_why() -> None:
    checklist = the_checklist()
    top = Answers(rated(5))
    report = a_full_report(answers=top, path=cheapest_path(checklist, top))
    assert "there is no higher level to reach" in text_of(report)


def test_the_twenty_lines_stand_as_words_too() -> None:
    report = a_report(rated(data_1=Response.rated(5)), choice=Choice(("lines",)))
    text = text_of(report)
    for line, score in zip(report.checklist.summary, report.result.summary, strict=True):
        assert score.score is not None
        assert f"{line.name} {explain.number(score.score)} {score.level}" in text


def test_that_no_anti_pattern_is_seen_is_said() -> None:
    assert "anti-patterns is seen in these answers." in text_of(a_report(rated(5), choice=Choice(("patterns",))))


def test_what_is_not_applicable_or_unknown_stands_with_its_reason() -> None:
    skipped = Response.not_applicable("out-of-scope", "We score in batches.")
    unknown = Response.unknown("Nobody has looked.")
    text = text_of(a_report(rated(data_1=skipped, data_2=unknown), choice=Choice(("open",))))
    assert "Not applicable: out of scope. We score in batches." in text
    assert f"{the_checklist().item('data-2').question} Nobody has looked." in text


def test_a_long_note_and_many_links_are_complete() -> None:
    links = tuple(f"https://example.org/{number}" for number in range(500))
    reader = read(a_report(rated(data_1=Response.rated(1, "word " * 20_000, links)), choice=Choice(("answers",))))
    assert sum(page.extract_text().count("word") for page in reader.pages) >= 20_000
    assert web_links(reader) == set(links)


def web_links(reader: PdfReader) -> set[str]:
    found: Any = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) for note in found if "/A" in note}


def test_a_head_of_a_table_never_stands_without_a_row() -> None:
    heads = {"Question", "Topic", "Item", "What to do"}
    for paper in PAPERS:
        for rating in (1, 2):
            answers = Answers(rated(rating), target=Target(5))
            for page in pdf.pages(a_full_report(answers=answers, choice=Choice(paper=paper))):
                body = [text for text in page.texts if text.y < page.stock.bottom]
                last = max((text.y for text in body), default=0)
                assert all(text.y < last for text in body if text.text in heads)


def test_an_arabic_name_does_not_turn_our_sentence_around() -> None:
    cover = pdf.pages(a_report(system="نموذج"))[0]
    line = next(text for text in cover.texts if "Level 2" in text.text)
    assert line.text.endswith(".") or any(text.text == "." and text.x > line.x for text in cover.texts)
    assert min(text.x for text in cover.texts if text.y == line.y) == pytest.approx(A4.left)


def test_chapters_on_one_page_do_not_meet() -> None:
    for page in pdf.pages(a_full_report()):
        titles = sorted(text.y for text in page.texts if text.size == 24 and text.x == page.stock.left)
        assert all(below - above > 60 for above, below in pairwise(titles))
