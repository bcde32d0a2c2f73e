"""People who click faster than a server runs, and leave at once: what the browser showed is what is stored."""

import random

import pytest
from playwright.sync_api import Locator, expect

from data.store import Store
from tests.e2e.conftest import NewPerson, own_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_system, checklist, ratings, stored, the_workspace

pytestmark = pytest.mark.browser

SECTION = checklist().sections[0]
CLICKS = 40
BETWEEN = 30  # milliseconds, faster than any hand
CLICK_FAST = """async ([targets, pause]) => {
    for (const [box, option, place] of targets) {
        document.querySelector(box).querySelectorAll(option)[place].click();
        await new Promise(resolve => setTimeout(resolve, pause));
    }
}"""
PRESS = 60  # milliseconds that a quick finger rests on the button


server = own_server(a_system)


def _radio(item: str, place: int) -> tuple[str, str, int]:
    return f".st-key-answer-{item}", "label[data-testid=stRadioOption]", place


def _sees_in_another_tab(other: Person, person: Person) -> None:
    """The other tab is reloaded until it shows what this one shows: only what is stored can get there."""

    def same() -> bool:
        other.opens("/checklist")
        shown = person.chosen(SECTION.items), person.marked(SECTION.items)
        return shown == (other.chosen(SECTION.items), other.marked(SECTION.items))

    other.eventually(same, "what one tab shows is what another one finds stored")


def test_forty_fast_clicks_are_all_kept(new_person: NewPerson, server: Server) -> None:
    person, choose = new_person(), random.Random(7)
    targets = [_radio(SECTION.items[click % 4].id, choose.randrange(5)) for click in range(CLICKS)]
    last = {item.id: place + 1 for item, (_, _, place) in zip(SECTION.items, targets[-4:], strict=True)}
    person.opens("/checklist")
    person.page.evaluate(CLICK_FAST, [targets, BETWEEN])
    person.sees_chosen(SECTION.items, last)
    person.sees_answered(4)
    _sees_in_another_tab(new_person(), person)
    server.stop()
    assert ratings(server.with_store(stored)) == last


def test_fast_clicks_between_ratings_and_don_t_know_leave_the_last(new_person: NewPerson, server: Server) -> None:
    person, choose = new_person(), random.Random(11)
    places = [choose.choice([choose.randrange(5), 6]) for _ in range(CLICKS)]
    targets = [_radio(SECTION.items[click % 4].id, place) for click, place in enumerate(places)]
    person.opens("/checklist")
    person.page.evaluate(CLICK_FAST, [targets, BETWEEN])
    person.settles()
    _sees_in_another_tab(new_person(), person)
    wanted = dict(zip((item.id for item in SECTION.items), places[-4:], strict=True))
    server.stop()
    kept = server.with_store(stored)
    assert ratings(kept) == {item: place + 1 for item, place in wanted.items() if place < 5}
    assert {item for item, one in kept.items() if one.state == "unknown"} == {i for i, p in wanted.items() if p == 6}


def _leaves_at_once(person: Person, way_out: Locator) -> None:
    """Off as soon as the choice is marked, without a look at what is saved."""
    way_out.click(delay=PRESS)


@pytest.mark.parametrize("page", ["Results", "Systems", "Health check", "Method"])
def test_an_answer_is_saved_when_a_link_is_clicked_at_once(person: Person, page: str) -> None:
    item = SECTION.items[1]
    person.opens("/checklist")
    person.answers(item.id, 4)
    expect(person.option(item.id, 4)).to_have_attribute("data-selected", "true", timeout=PATIENCE)
    _leaves_at_once(person, person.side_link(page))
    expect(person.page.locator(".st-key-nav-here").get_by_role("link", name=page)).to_be_visible(timeout=PATIENCE)
    person.opens("/checklist")
    person.sees_chosen(SECTION.items, {item.id: 4})


def test_an_answer_is_saved_when_the_next_section_is_opened_at_once(person: Person) -> None:
    item = SECTION.items[3]
    person.opens("/checklist")
    person.answers(item.id, 2)
    _leaves_at_once(person, person.key("next").get_by_role("button"))
    person.sees_answered(1)
    person.opens_section(SECTION.id)
    person.sees_chosen(SECTION.items, {item.id: 2})


@pytest.mark.parametrize("way_out", ["next", "link"])
def test_a_note_is_saved_when_the_page_is_left_at_once(person: Person, server: Server, way_out: str) -> None:
    item = SECTION.items[0]
    person.opens("/checklist")
    person.writes_note(item.id, "Half a sentence, and gone")
    if way_out == "next":
        _leaves_at_once(person, person.key("next").get_by_role("button"))
        person.sees_section(checklist().sections[1].id)
        person.settles()
        person.clicks("Back")
    else:
        _leaves_at_once(person, person.side_link("Results"))
        person.sees_title("Churn model")
        person.goes_to("Checklist")
    expect(person.unfolds_note(item.id)).to_have_value("Half a sentence, and gone", timeout=PATIENCE)
    server.stop()
    assert server.with_store(stored)[item.id].note == "Half a sentence, and gone"


def test_the_fold_stays_open_when_its_note_is_saved(person: Person) -> None:
    item = SECTION.items[0]
    person.opens("/checklist")
    person.writes_note(item.id, "First the note")
    links = person.key(f"more-{item.id}").get_by_label("Links that show it, one a line")
    links.fill("https://example.org/run")
    person.answers(item.id, 3)
    person.sees_answered(1)
    person.sees("With a note and 1 link")
    expect(links).to_have_value("https://example.org/run", timeout=PATIENCE)


def test_a_health_answer_is_saved_when_a_link_is_clicked_at_once(person: Person, server: Server) -> None:
    question = checklist().health[2].id
    person.opens("/health-check")
    person.says(question, "No")
    _leaves_at_once(person, person.side_link("Method"))
    person.sees_title("How levels are computed")
    person.settles()
    server.stop()
    assert server.with_store(_health) == {question: "no"}


def test_a_failure_that_is_ticked_is_saved_when_a_link_is_clicked_at_once(person: Person, server: Server) -> None:
    person.opens("/checklist", section="look-back")
    person.ticks("failure-data-drift")
    _leaves_at_once(person, person.side_link("Method"))
    person.sees_title("How levels are computed")
    person.settles()
    server.stop()
    assert server.with_store(_failures) == {"data-drift"}


def _draft(store: Store) -> str:
    draft = store.assessments.draft(OWNER, store.systems.all(OWNER, the_workspace(store))[0].id)
    assert draft, "There is no draft."
    return draft.id


def _health(store: Store) -> dict[str, str]:
    return dict(store.responses.health(OWNER, _draft(store)))


def _failures(store: Store) -> frozenset[str]:
    return store.assessments.get(OWNER, _draft(store)).failures
