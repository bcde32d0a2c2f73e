"""The settings page without a browser: one person's data can be found, by whom it names."""

import json

from streamlit.testing.v1 import AppTest

from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_system, checklist, the_workspace
from tests.pages.visitor import Visit, button, text_of, unbroken
from ui import custody

ITEM = checklist().items[0].id


def _field(page: AppTest, label: str, text: str) -> None:
    next(field for field in page.text_input if field.label == label).set_value(text)


def _answered_by_ben(store: Store) -> str:
    draft = a_draft(store, a_system(store).id).id
    person = store.respondents.add(OWNER, draft, "Ben", "On call").id
    store.responses.save(OWNER, draft, ITEM, Response.rated(2, "Ask my wife Anna"), respondent=person)
    store.respondents.submit(OWNER, person)
    return draft


def test_what_is_stored_about_a_person_is_found(visit: Visit, store: Store) -> None:
    _answered_by_ben(store)
    page = visit("settings")
    _field(page, "Name or e-mail address", "ben")
    unbroken(button(page, "Find").click().run())
    assert "under: ben" in text_of(page)
    assert button(page, "Erase this person")


def test_the_file_about_a_person_holds_their_own_words_and_no_hash(store: Store) -> None:
    _answered_by_ben(store)
    told = json.dumps(custody.about_person(the_workspace(store), "BEN").rows)
    assert "Ask my wife Anna" in told
    assert "hash" not in told


def test_who_is_not_known_is_told_so(visit: Visit, store: Store) -> None:
    page = visit("settings")
    _field(page, "Name or e-mail address", "nobody@example.org")
    unbroken(button(page, "Find").click().run())
    assert "Nothing in this workspace is stored under “nobody@example.org”" in text_of(page)


def test_the_page_says_when_the_database_was_last_copied(visit: Visit) -> None:
    # In memory there is nothing to copy, and nothing is said of it.
    assert "Last backup" not in text_of(visit("settings"))
