"""The questionnaire on the answers-file page: it goes out blank, and comes back filled in like an answers file."""

from streamlit.testing.v1 import AppTest

from data.store import Store
from exchange.answers_file import AnswersFile
from reports import questionnaire
from reports.questionnaire import workbook
from scoring.model import Answers, Response
from tests.e2e.stories import OWNER, a_draft, a_system, checklist
from tests.exchange.filled import filled
from tests.pages.visitor import Visit, clicks, text_of

NAME = "Churn model"
ONE, TWO = (item.id for item in checklist().items[:2])


def _brings(visit: Visit, content: bytes) -> AppTest:
    app = visit("answers-file")
    app.file_uploader[0].set_value(("form.xlsx", content, "application/octet-stream")).run()
    assert not app.exception
    return app


def test_a_questionnaire_filled_in_with_excel_comes_back_like_an_answers_file(store: Store, visit: Visit) -> None:
    draft = a_draft(store, a_system(store, NAME).id, {ONE: Response.rated(2, "mine")}).id
    given = {ONE: Response.rated(4), TWO: Response.unknown("ask Ola")}
    app = _brings(visit, filled(checklist(), AnswersFile(NAME, checklist().version, Answers(given))))
    clicks(app, "Take everything from the file")
    assert {item: saved.response for item, saved in store.responses.of(OWNER, draft).items()} == given


def test_faults_of_a_questionnaire_are_told_with_sheet_and_cell(store: Store, visit: Visit) -> None:
    a_draft(store, a_system(store, NAME).id)
    assert "form.xlsx, sheet “Start here”, cell " in text_of(_brings(visit, workbook.write(checklist())))


def test_a_blank_questionnaire_is_handed_out_in_every_kind(store: Store, visit: Visit) -> None:
    a_draft(store, a_system(store, NAME).id)
    keys = [one.key for one in visit("answers-file").download_button]
    assert keys == ["download-answers", *(f"blank-{suffix.removeprefix('.')}" for suffix in questionnaire.forms())]
