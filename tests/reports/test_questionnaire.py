from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from checklist.loader import the_checklist as the_real_checklist
from checklist.model import Checklist
from reports import questionnaire
from reports.questionnaire import paper, workbook
from scoring import questionnaire as form
from tests.reports.builders import the_checklist


def _book(checklist: Checklist, system: str = "") -> Workbook:
    return load_workbook(BytesIO(workbook.write(checklist, system)))


def _texts(book: Workbook) -> set[str]:
    return {str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None}


def test_the_form_has_a_sheet_for_each_area_with_every_question_and_its_five_answers() -> None:
    checklist = the_real_checklist()
    book = _book(checklist)
    areas = [area.name for area in checklist.areas]
    assert book.sheetnames == [form.START, *areas, form.HEALTH_SHEET, form.FAILURES_SHEET]
    for area in checklist.areas:
        rows = [[cell.value for cell in row] for row in book[area.name].iter_rows(min_row=2)]
        assert [row[:7] for row in rows] == [[item.name, item.question, *item.answers] for item in area.items]
        assert [row[-1] for row in rows] == [item.id for item in area.items]


def test_a_rating_is_chosen_from_a_list_with_every_reason() -> None:
    book = _book(the_real_checklist())
    for area in the_real_checklist().areas:
        rules = book[area.name].data_validations.dataValidation
        (ratings,) = (rule for rule in rules if rule.type == "list")
        assert ratings.formula1.strip('"').split(",") == list(form.choices())
        assert str(ratings.sqref) == f"H2:H{len(area.items) + 1}"
        # Excel cuts a longer list off.
        assert len(ratings.formula1) <= 255


def test_the_form_asks_the_health_questions_and_for_failures() -> None:
    texts = _texts(_book(the_real_checklist()))
    for question in the_real_checklist().health:
        assert {question.question, question.id} <= texts
    for failure in the_real_checklist().failures:
        assert {failure.question, failure.id} <= texts


@pytest.mark.parametrize("lens", [lens.id for lens in the_real_checklist().lenses])
def test_a_lens_asks_its_own_questions_in_its_own_words(lens: str) -> None:
    checklist = the_real_checklist().through(lens)
    book = _book(checklist)
    ids = {item.id for item in the_real_checklist().items}
    assert _texts(book) & ids == {item.id for item in checklist.items}
    assert {item.question for item in checklist.items} <= _texts(book)
    assert lens in _texts(book)
    assert book.properties.subject == f"Checklist {checklist.version}, lens {lens}"


def test_a_name_that_looks_like_a_formula_is_text() -> None:
    book = _book(the_checklist(), "=1+1\x00")
    assert "=1+1" in _texts(book)
    assert not [cell for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("suffix", questionnaire.forms())
def test_the_same_checklist_gives_the_same_bytes(suffix: str) -> None:
    assert questionnaire.written(suffix, the_checklist()) == questionnaire.written(suffix.upper(), the_checklist())


# On paper


def _pages(checklist: Checklist, system: str = "") -> list[str]:
    reader = PdfReader(BytesIO(paper.write(checklist, system)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_the_paper_holds_every_question_with_its_answers_on_one_page() -> None:
    pages = _pages(the_real_checklist())
    for item in the_real_checklist().items:
        (page,) = [page for page in pages if item.question in page]
        assert all(" ".join(answer.split()) in page for answer in item.answers)
    assert [page.rpartition("Page ")[2] for page in pages[:1]] == [f"1 of {len(pages)}"]


def test_the_paper_has_instructions_health_questions_and_failures() -> None:
    checklist, text = the_real_checklist(), " ".join(_pages(the_real_checklist()))
    assert form.RULE in text
    assert all(question.question in text for question in checklist.health)
    assert all(failure.question in text for failure in checklist.failures)
    assert text.count(form.UNKNOWN) >= len(checklist.items)


def test_the_paper_can_be_found_through_by_area_and_hides_nothing_of_a_name() -> None:
    reader = PdfReader(BytesIO(paper.write(the_real_checklist(), "<b>Churn</b> & co \x00 漢字")))
    titles = [mark.title for mark in reader.outline if not isinstance(mark, list)]
    assert [area.name for area in the_real_checklist().areas] == titles[1:6]
    assert "<b>Churn</b> & co" in reader.pages[0].extract_text()


def test_an_unknown_kind_of_file_is_refused_with_the_known_ones() -> None:
    with pytest.raises(questionnaire.UnknownForm, match=r'There is no questionnaire as ".odt"; choose .*\.xlsx'):
        questionnaire.written(".odt", the_checklist())
