"""What can be taken along from the fixes page: a file for each tracker, with the fixes that are open."""

from collections.abc import Callable

import pytest

from data.model import FixState
from data.store import Store
from reports import trackers
from reports.ticket import tickets
from tests.e2e.stories import OWNER, a_draft, a_system, all_rated, checklist
from tests.pages.visitor import Visit
from ui import identity, reporting


def test_the_fixes_page_hands_over_a_file_for_each_tracker(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = a_system(store)
    draft = a_draft(store, system.id, all_rated(2))
    store.fixes.save(OWNER, system.id, "rollback", FixState(state="done"))
    clicked: list[Callable[[], bytes]] = []
    monkeypatch.setattr(identity, "for_later", lambda work: clicked.append(work) or work)
    page = visit("fixes", system=system.id)
    labels = [one.label for one in page.download_button if one.key.startswith("take-along-")]
    assert labels == [
        *(trackers.get(name).LABEL for name in trackers.available()), "Fix pack: report, tickets and kits",
    ]  # fmt: skip
    known = tickets(reporting.report(system, draft), system.id)
    assert "Rollback" not in {one.title.split(":")[0] for one in known}
    assert len(known) == len(checklist().items) - 1
    files = [work() for work in clicked[:-1]]
    assert files == [trackers.get(name).write(known) for name in trackers.available()]


def test_without_a_fix_there_is_nothing_to_take_along(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated(5))
    assert not visit("fixes", system=system).download_button
