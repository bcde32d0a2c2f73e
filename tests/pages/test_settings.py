"""The settings page without a browser: what it tells of the workspace."""

from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_system, checklist
from tests.pages.visitor import Visit, text_of

ITEM = checklist().items[0].id


def test_the_latest_changes_are_told_in_words(visit: Visit, store: Store) -> None:
    system = a_system(store)
    draft = a_draft(store, system.id, {ITEM: Response("rated", 3)})
    asked = checklist().health[0]
    store.responses.save_health(OWNER, draft.id, asked.id, "yes")
    said = text_of(visit("settings"))
    assert f"Answer health {asked.name}" in said
    for word in ("Create system", "Start draft"):
        assert word in said
    assert asked.id not in said
