"""The audit page without a browser: changes in plain words, what to look for, older ones, and the file of them all."""

import csv
import io
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.actors import Actor
from data.store import Store
from exchange import trail
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_system, checklist, the_workspace
from tests.pages.visitor import MARKUP, Visit, text_of

ITEM = checklist().items[0]
PAGE = 50
BEN = Actor("Ben", "editor")


def _changed(store: Store) -> str:
    system = a_system(store)
    draft = a_draft(store, system.id, {ITEM.id: Response.rated(2)})
    store.responses.save(BEN, draft.id, ITEM.id, Response.rated(4, "now in CI"), expected=1)
    store.responses.save_health(OWNER, draft.id, checklist().health[0].id, "yes")
    return system.id


def test_changes_are_told_in_words_with_what_was_before_and_after(visit: Visit, store: Store) -> None:
    _changed(store)
    said = _told(visit("audit"))
    assert f"Ben answered “{ITEM.name}”" in said
    assert "2 → 4, “now in CI” · Churn model" in said
    assert "Olga created the system “Churn model”" in said
    assert f"Olga answered “{checklist().health[0].name}” in the health check yes" in said
    assert ITEM.id not in said.split()


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ({"who": "Ben"}, "Ben answered", "Olga"),
        ({"kind": "systems"}, "created the system", "answered"),
        ({"since": "2035-01-01"}, "No change fits", "answered"),
        ({"until": "2020-01-01"}, "No change fits", "answered"),
        ({"kind": "no-such", "who": "Ben"}, "Ben answered", "Olga"),
    ],
)
def test_the_address_says_what_is_looked_for(
    asked: dict[str, str], there: str, not_there: str, visit: Visit, store: Store
) -> None:
    _changed(store)
    said = _told(visit("audit", **asked))
    assert there in said
    assert not_there not in said


def test_a_page_holds_fifty_and_leads_to_the_older_ones(visit: Visit, store: Store) -> None:
    system = a_system(store).id
    for number in range(PAGE + 5):
        store.systems.describe(OWNER, system, f"Text {number}")
    page = visit("audit", system=system)
    assert _rows(page) == PAGE
    older = next(link for link in page.page_link if link.label == "Older changes")
    mark = store.audit.events(OWNER, system=system, limit=PAGE)[-1].id
    assert f"older={mark}" in older.proto.query_string
    rest = visit("audit", system=system, older=mark)
    assert _rows(rest) == 6
    assert "Older changes" not in text_of(rest)


def _told(page: AppTest) -> str:
    """The changes alone, without the menus and what else is on the page."""
    kinds = ("mc-trail", "mc-lead")
    shown = [one.value for one in page.html if any(kind in one.value for kind in kinds) and "<style" not in one.value]
    return " ".join(re.sub("<[^>]+>", " ", " ".join(shown)).split())


def _rows(page: AppTest) -> int:
    return sum(element.value.count("<li>") for element in page.html if "mc-trail" in element.value)


def test_the_file_holds_every_change_and_nothing_that_a_spreadsheet_would_run(store: Store) -> None:
    system = a_system(store, "=cmd|' /C calc'!A0").id
    store.systems.describe(Actor("@sum(1)", "owner"), system, "\t+1")
    file = trail.csv_file(checklist(), store.audit.events(OWNER, the_workspace(store)))
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert rows[0] == list(trail.HEAD)
    assert len(rows) == len(store.audit.events(OWNER, the_workspace(store))) + 1
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert "'=cmd|' /C calc'!A0" in rows[2]


def test_text_of_a_person_is_never_markup(visit: Visit, store: Store) -> None:
    a_system(store, MARKUP)
    assert f"created the system “{MARKUP}”" in text_of(visit("audit"))


def test_every_event_of_the_store_has_words_of_its_own() -> None:
    source = "\n".join(file.read_text() for file in (Path(trail.__file__).parents[1] / "data").glob("*.py"))
    written = set(re.findall(r'"((?:[a-z]+)-(?:[a-z-]+))"', source))
    known = set(trail.events_of(trail.KINDS))
    events = {name for name in written if re.search(rf'(_leave_event|_tell|_turn|_mark)\([^)]*"{name}"', source)}
    assert events - known == set()
    assert len(events) > 30
