"""The server is killed while somebody answers; what the page had shown as saved is there afterwards."""

import pytest

from checklist.model import Item
from tests.e2e.conftest import own_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import a_system, checklist, ratings, stored

pytestmark = pytest.mark.browser

CUTS = 20
# Every so often the person does not reload but waits for the page to find the server again.
WAITS_FOR_RECONNECTION = (4, 14)


server = own_server(a_system)


def test_twenty_kills_lose_no_answer_that_was_shown_as_saved(person: Person, server: Server) -> None:
    shown: dict[str, int] = {}
    person.opens("/checklist")
    for cut in range(CUTS):
        saved, at_risk = _next_two(shown)
        _answers_and_sees_it_saved(person, saved, shown)
        if at_risk.section == saved.section:
            person.answers(at_risk.id, _rating(at_risk))
        _cuts_the_power(person, server, reload=cut not in WAITS_FOR_RECONNECTION)
        _finds_everything(person, saved, shown)
    server.stop()
    kept = ratings(server.with_store(stored))
    assert kept == shown
    assert len(kept) >= CUTS


def _cuts_the_power(person: Person, server: Server, reload: bool) -> None:
    if reload:
        server.kill()
        server.start()
        person.reloads()
    else:
        with person.page.expect_websocket(timeout=PATIENCE):
            server.kill()
            server.start()
        person.settles()


def _next_two(shown: dict[str, int]) -> tuple[Item, Item]:
    open_items = [item for item in checklist().items if item.id not in shown]
    return open_items[0], open_items[1]


def _rating(item: Item) -> int:
    return checklist().order[item.id] % 5 + 1


def _answers_and_sees_it_saved(person: Person, item: Item, shown: dict[str, int]) -> None:
    if not person.key(f"answer-{item.id}").is_visible():
        person.opens_section(item.section)
    person.answers(item.id, _rating(item))
    shown[item.id] = _rating(item)
    person.sees_answered(len(shown))


def _finds_everything(person: Person, last: Item, shown: dict[str, int]) -> None:
    """What was shown before the kill is shown now; the answer on its way may have come through as well."""
    items = checklist().section(last.section).items
    person.eventually(
        lambda: person.answered() == len(shown | person.chosen(items)), "the count says what the form shows"
    )
    now = person.chosen(items)
    before = {item.id: shown[item.id] for item in items if item.id in shown}
    assert before.items() <= now.items()
    assert all(rating == _rating(checklist().item(item)) for item, rating in now.items())
    shown |= now
