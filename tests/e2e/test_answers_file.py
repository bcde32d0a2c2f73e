"""The answers file in the browser: taken out, changed in a text editor, brought back, decided, and undone."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from data.store import Store
from exchange.answers_file import AnswersFile, write
from scoring.model import Answers, Response
from tests.e2e.conftest import PHONE, NewPerson, own_server
from tests.e2e.person import OVERFLOWS, PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import a_draft, a_system, checklist, stored

pytestmark = pytest.mark.browser

ONE, TWO, THREE, FOUR = checklist().items[:4]
SECTION = checklist().sections[0]
MINE = {ONE.id: Response.rated(2, "from the interview"), TWO.id: Response.rated(3), THREE.id: Response.rated(1)}


def _a_draft(store: Store) -> None:
    a_draft(store, a_system(store).id, MINE)


server = own_server(_a_draft)


def _brings(person: Person, text: str) -> None:
    """Choose a file with this text and wait for what the page says about it."""
    content = {"name": "answers.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    person.page.locator('input[type="file"]').set_input_files(content)  # type: ignore[arg-type]
    expect(person.page.locator(".st-key-comparison, .st-key-faults").first).to_be_visible(timeout=PATIENCE)
    person.settles()


def _choice(person: Person, item_id: str, which: str) -> Locator:
    """The choice of a difference: Keep, or Take."""
    row = person.key(f"difference-item-{item_id}")
    return row.get_by_test_id("stRadioOption").filter(has_text=which)


def _file(responses: dict[str, Response], system: str = "Churn model") -> str:
    return write(AnswersFile(system, checklist().version, Answers(responses)), checklist())


def test_a_file_goes_out_is_edited_and_comes_back_by_decision(person: Person, server: Server, tmp_path: Path) -> None:
    person.opens("/answers-file")
    with person.page.expect_download() as download:
        person.clicks("Download the answers file")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name.startswith("mlops-checkup-churn-model-answers-2")
    assert path.suffix == ".yaml"
    text = path.read_text("utf-8")
    _brings(person, text)
    person.sees("The file and your answers say the same.")

    edited = text.replace("rating: 2", "rating: 4").replace(f"{TWO.id}: 3", f"{TWO.id}: 5")
    _brings(person, f"{edited.replace(f'  {THREE.id}: 1', f'  {THREE.id}: unknown')}")
    # As quickly as a hand can: the choices are the browser's own until they are sent.
    _choice(person, ONE.id, "Take").click()
    _choice(person, TWO.id, "Take").click()
    _choice(person, TWO.id, "Keep").click()
    person.clicks("Save these decisions")
    person.sees("One value is taken from the file, two stay as they were.")
    person.goes_to("Checklist")
    person.sees_chosen(SECTION.items, {ONE.id: 4, TWO.id: 3, THREE.id: 1})
    server.stop()
    assert server.with_store(stored) == {**MINE, ONE.id: Response.rated(4, "from the interview")}


def test_all_is_taken_with_one_click_and_undone_with_another(person: Person, server: Server) -> None:
    person.opens("/answers-file")
    _brings(person, _file({ONE.id: Response.rated(5), FOUR.id: Response.rated(4)}))
    person.clicks("Take everything from the file")
    person.sees("Two values are taken from the file.")
    person.clicks("Undo")
    person.no_longer_sees("Two values are taken from the file.")
    expect(_choice(person, ONE.id, "Keep")).to_be_visible(timeout=PATIENCE)
    server.stop()
    assert server.with_store(stored) == {**MINE, FOUR.id: Response()}


def test_what_another_tab_answers_meanwhile_is_shown_and_stays(new_person: NewPerson, server: Server) -> None:
    first, second = new_person(), new_person()
    first.opens("/answers-file")
    _brings(first, _file({ONE.id: Response.rated(5), TWO.id: Response.rated(5)}))
    second.opens("/checklist")
    second.answers(ONE.id, 3)
    second.sees_chosen(SECTION.items, {ONE.id: 3, TWO.id: 3, THREE.id: 1})
    second.goes_to("Results")
    first.clicks("Take everything from the file")
    first.sees("meanwhile: stored now 3, not 5")
    expect(_choice(first, ONE.id, "Keep")).to_contain_text("3", timeout=PATIENCE)
    server.stop()
    after = server.with_store(stored)
    assert (after[ONE.id].rating, after[TWO.id].rating) == (3, 5)


def test_all_faults_of_a_file_are_shown_and_a_corrected_one_is_compared(person: Person) -> None:
    person.opens("/answers-file")
    _brings(person, _file({ONE.id: Response.rated(4)}) + "target: 7\nlens: 3\n")
    expect(person.key("faults").get_by_role("listitem")).to_have_count(2, timeout=PATIENCE)
    person.page.get_by_test_id("stFileChipDeleteBtn").get_by_role("button").click()
    expect(person.key("faults")).to_have_count(0, timeout=PATIENCE)
    _brings(person, _file({ONE.id: Response.rated(4)}))
    expect(_choice(person, ONE.id, "Take")).to_be_visible(timeout=PATIENCE)


def test_an_address_in_a_note_of_the_file_stays_text(person: Person) -> None:
    person.opens("/answers-file")
    note = "see https://evil.example, www.evil.example, a@evil.example ![x](https://evil.example/x.png)"
    _brings(person, _file({ONE.id: Response.rated(4, note, ("https://evil.example/link",))}))
    expect(_choice(person, ONE.id, "Take")).to_be_visible(timeout=PATIENCE)
    rows = person.page.locator('[class*="st-key-difference-"]')
    assert "evil.example/link" in rows.first.inner_text()
    assert rows.locator("a, img").count() == 0


def test_long_words_of_a_file_stay_within_a_phone(person: Person) -> None:
    person.page.set_viewport_size(PHONE)
    person.opens("/answers-file")
    long = "Prognose" * 40
    _brings(person, _file({ONE.id: Response.rated(4, long, (f"https://{long}.example",))}, system=long[:200]))
    for fold in person.key("comparison").locator("summary").all():
        fold.click()
    assert person.page.evaluate(OVERFLOWS) == []


def test_a_new_system_begins_from_a_file_and_a_known_one_is_compared(person: Person) -> None:
    person.opens("/")
    for name, button, seen in (
        ("Fraud scoring", "Add this system", "“Fraud scoring” is added, with 1 answer from the file."),
        ("Churn model", "Compare", "Comparing with “answers.yaml”."),
    ):
        person.goes_to("Systems")
        person.clicks("Add a system")
        fold = person.key("from-file")
        person.unfolds(fold)
        content = {"name": "answers.yaml", "mimeType": "application/yaml",
                   "buffer": _file({ONE.id: Response.rated(4)}, name).encode()}  # fmt: skip
        fold.locator('input[type="file"]').set_input_files(content)  # type: ignore[arg-type]
        person.clicks(button)
        person.sees(seen)
        person.settles()
        person.sees_no_fault()
