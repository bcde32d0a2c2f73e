from datetime import date

import pytest

from data.store import Store
from scoring.model import Response
from tests.data.builders import CHECKLIST, OWNER, a_draft

DAY = date(2026, 12, 31)
LINKS = ("https://ci.example/run",)


@pytest.mark.parametrize(
    "response",
    [
        Response.rated(3, "", LINKS, DAY),
        Response.not_applicable("other", "why", LINKS, DAY),
        Response.unknown("", LINKS, DAY),
        Response(evidence=LINKS, valid_until=DAY),
        Response.rated(3, "", LINKS),
    ],
)
def test_the_day_until_which_links_count_comes_back(store: Store, response: Response) -> None:
    draft = a_draft(store)
    store.responses.save(OWNER, draft.id, "data-1", response)
    store.responses.save_many(OWNER, draft.id, {"data-2": response})
    found = store.responses.of(OWNER, draft.id)
    assert (found["data-1"].response, found["data-2"].response) == (response, response)


def test_another_day_is_a_change_with_its_version_and_event(store: Store) -> None:
    draft = a_draft(store)
    store.responses.save(OWNER, draft.id, "data-1", Response.rated(3, "", LINKS, DAY))
    saved = store.responses.save(OWNER, draft.id, "data-1", Response.rated(3, "", LINKS), expected=1)
    assert (saved.version, saved.response.valid_until) == (2, None)
    event = store.audit.events(OWNER, system=draft.system)[0]
    assert event.before["valid_until"] == "2026-12-31"
    assert "valid_until" not in event.after


def test_the_day_goes_with_the_last_link(store: Store) -> None:
    draft = a_draft(store)
    saved = store.responses.save(OWNER, draft.id, "data-1", Response.rated(3, "", (" ",), DAY))
    assert saved.response == Response.rated(3)


def test_a_new_assessment_carries_the_day_on(store: Store) -> None:
    draft = a_draft(store)
    store.responses.save(OWNER, draft.id, "data-1", Response.rated(3, "", LINKS, DAY))
    store.milestones.make(OWNER, draft.id, "First", CHECKLIST)
    following = store.assessments.start(OWNER, draft.system, "1", from_milestone=True)
    assert store.responses.of(OWNER, following.id)["data-1"].response.valid_until == DAY
