"""Share links in a real browser: made, opened in a browser of its own, revoked; two colleagues, and another device."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pypdf import PdfReader

from data.store import Store
from tests.e2e.conftest import AT_HOME, LAPTOP, own_server
from tests.e2e.person import IDLE, PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, by_area, checklist, the_workspace
from tests.e2e.test_hostile_text import HOSTILE, MARKS_LEFT_BEHIND

pytestmark = pytest.mark.browser

DATA = next(area for area in checklist().areas if area.id == "data")
SECTION = DATA.sections[0]
FIRST, SECOND = SECTION.items[:2]
SECRET = re.compile(r"/l/([A-Za-z0-9_-]{43})")
DEAD = "This link does not work any more"
NewBrowser = Callable[[], "Visitor"]


class Visitor(Person):
    """Somebody in a browser of their own who came through a link."""

    def settles(self) -> None:
        """These pages have no side bar to wait for."""
        expect(self.page.locator('[data-testid="stApp"] h1, .st-key-visit-head').first).to_be_attached(timeout=PATIENCE)
        expect(self.page.locator(IDLE)).to_be_attached(timeout=PATIENCE)
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0, timeout=PATIENCE)

    def comes_through(self, address: str) -> None:
        self.page.goto(address)
        self.settles()

    def begins(self, name: str, role: str = "") -> None:
        self.types("Your name", name)
        if role:
            box = self.page.get_by_role("combobox")
            box.click()
            box.fill(role)
            box.press("Enter")
        self.clicks("Begin")
        self.sees(f"These are the answers of {name}")
        self.settles()

    def is_nowhere_told(self, secret: str) -> None:
        """Neither the page, its title, its address, nor where it says that it came from."""
        told = self.page.evaluate("() => [location.href, document.title, document.referrer, document.cookie]")
        assert secret not in " ".join([*told, self.page.content()])


@pytest.fixture
def new_browser(browser: Browser, server: Server) -> Iterator[NewBrowser]:
    """Another browser, in which leaving this machine fails the test."""
    profiles: list[BrowserContext] = []
    strangers: list[str] = []
    referrers: list[str] = []

    def opened() -> Visitor:
        profile = browser.new_context(viewport=LAPTOP, locale="en-GB", timezone_id="Europe/Berlin")
        profiles.append(profile)
        profile.on("request", lambda one: None if one.url.startswith(AT_HOME) else strangers.append(one.url))
        profile.on("request", lambda one: referrers.append(one.headers.get("referer", "")))
        return Visitor(profile.new_page(), server.address)

    yield opened
    for profile in profiles:
        profile.close()
    assert not strangers
    assert not [one for one in referrers if SECRET.search(one)]


def _fill(store: Store) -> dict[str, str]:
    shared, other = a_system(store).id, a_system(store, "Pricing").id
    mixed = by_area(data=4, development=4, deployment=4, monitoring=4, governance=1)
    first = a_milestone(store, shared, "Spring", mixed).id
    hidden = a_milestone(store, other, "Hidden").id
    a_milestone(store, shared, "Summer", by_area(data=5))
    draft = a_draft(store, shared).id
    return {"system": shared, "other": other, "first": first, "hidden": hidden, "draft": draft}


server = own_server(_fill)


def _makes(person: Person, system: str, scope: str = "", label: str = "", areas: tuple[str, ...] = ()) -> str:
    """Make a link on the share page; its address."""
    person.opens("/share", system=system)
    if scope:
        person.page.get_by_role("radio", name=scope).click()
        person.settles()
    for area in areas:
        person.chooses("link-areas", area)
        person.page.keyboard.press("Escape")
    if label:
        person.types("Label (for you)", label)
    person.clicks("Make the link")
    code = person.key("new-link").get_by_test_id("stCode")
    expect(code).to_be_visible(timeout=PATIENCE)
    return code.inner_text().strip()


def _revokes(person: Person) -> None:
    person.clicks("Revoke")
    person.clicks("Revoke it")
    person.sees("no longer opens anything")
    person.settles()


def test_a_link_to_look_shows_results_and_nothing_else_until_it_is_revoked(
    person: Person, new_browser: NewBrowser, server: Server, ids: Mapping[str, str]
) -> None:
    address = _makes(person, ids["system"], label=HOSTILE)
    secret = SECRET.findall(address)[0]
    picture = person.key("new-link").get_by_role("img", name="QR code of this address")
    assert str(picture.get_attribute("src")).startswith("data:image/svg+xml")
    person.clicks("Done")
    person.no_longer_sees(secret)
    person.sees(HOSTILE)
    expect(person.page.locator(MARKS_LEFT_BEHIND)).to_have_count(0, timeout=PATIENCE)

    visitor = new_browser()
    visitor.comes_through(address)
    visitor.sees("Summer")
    visitor.sees("Shared by You")
    visitor.is_nowhere_told(secret)
    assert re.fullmatch(rf"{server.address}/shared\?via=[0-9a-f-]+", visitor.page.url)
    assert visitor.page.locator("a[href]:not([href^='#'])").evaluate_all("all => all.map(one => one.outerHTML)") == []
    for part in ("Fixes", "History", "Report"):
        visitor.page.get_by_role("tab", name=part).click()
        visitor.settles()
        visitor.sees_no_fault()
    with visitor.page.expect_download(timeout=PATIENCE) as download:
        visitor.key("download-pdf").get_by_role("button").click()
    assert "Churn model" in PdfReader(Path(download.value.path())).pages[0].extract_text()
    _knows_nothing_else(visitor, ids)

    person.reloads()
    person.sees("opened 1 time")
    _revokes(person)
    visitor.page.get_by_role("tab", name="Fixes").click()
    visitor.sees(DEAD)
    visitor.no_longer_sees("Churn model")
    visitor.page.goto(address)
    visitor.sees_title("This link does not open anything")
    server.stop()
    assert secret not in server.log
    assert secret.encode() not in server.database.read_bytes()


def _knows_nothing_else(visitor: Visitor, ids: Mapping[str, str]) -> None:
    """Whatever else an address names: the page shows what the link is for, or nothing."""
    via = visitor.page.url.partition("via=")[2]
    for named in ({"system": ids["other"]}, {"assessment": ids["hidden"]}, {"assessment": ids["draft"]}):
        visitor.opens("/shared", via=via, **named)
        visitor.sees("Churn model")
        visitor.no_longer_sees("Pricing")
    visitor.opens("/respond", via=via)
    visitor.sees(DEAD)
    for other in ("", "no-such", ids["system"]):
        visitor.opens("/shared", via=other)
        visitor.sees(DEAD)
    visitor.opens("/shared", via=via)


def test_a_passphrase_is_asked_for_once(person: Person, new_browser: NewBrowser, ids: Mapping[str, str]) -> None:
    person.opens("/share", system=ids["system"])
    person.chooses("link-milestone", next(name for name in _choices(person) if "Spring" in name))
    person.key("link-passphrase").get_by_role("textbox").fill("correct horse")
    person.clicks("Make the link")
    address = person.key("new-link").get_by_test_id("stCode").inner_text().strip()
    visitor = new_browser()
    visitor.page.goto(address)
    visitor.page.get_by_label("Passphrase").fill("correct hose")
    visitor.page.get_by_role("button", name="Open").click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("This is not the passphrase", timeout=PATIENCE)
    visitor.page.get_by_label("Passphrase").fill("correct horse")
    visitor.page.get_by_role("button", name="Open").click()
    visitor.settles()
    visitor.sees("“Spring”")
    visitor.sees("Level 2, Basic")
    visitor.no_longer_sees("Summer")
    assert visitor.page.get_by_role("tab").count() == 3
    visitor.is_nowhere_told(SECRET.findall(address)[0])
    visitor.comes_through(address)
    visitor.sees("“Spring”")


def _choices(person: Person) -> list[str]:
    person.key("link-milestone").get_by_role("combobox").click()
    names = person.page.get_by_role("option").all_inner_texts()
    person.page.keyboard.press("Escape")
    return names


def test_two_colleagues_answer_blind_to_each_other_and_one_goes_on_elsewhere(
    person: Person, new_browser: NewBrowser, server: Server, ids: Mapping[str, str]
) -> None:
    address = _makes(person, ids["system"], "Answer questions")
    ana, ben = new_browser(), new_browser()
    ana.comes_through(address)
    ana.begins(f"Ana {HOSTILE}", HOSTILE)
    expect(ana.page.locator(MARKS_LEFT_BEHIND)).to_have_count(0, timeout=PATIENCE)
    ben.comes_through(address)
    ben.begins("Ben", "Lead")
    ana.opens_section(SECTION.id)
    ana.answers(FIRST.id, 4)
    ana.sees_answered(1)
    ben.opens_section(SECTION.id)
    ben.sees_chosen(SECTION.items, {})
    ben.answers(FIRST.id, 2)
    ben.answers(SECOND.id, 5)
    ben.sees_answered(2)
    ana.sees_chosen(SECTION.items, {FIRST.id: 4})
    assert "Ben" not in ana.reads()
    assert "Ana" not in ben.reads()

    ana.comes_through(address)
    ana.opens_section(SECTION.id)
    ana.sees_chosen(SECTION.items, {FIRST.id: 4})
    ana.clicks("Go on elsewhere")
    ana.clicks("Make my own address")
    code = ana.page.get_by_role("dialog").get_by_test_id("stCode")
    expect(code).to_be_visible(timeout=PATIENCE)
    phone = new_browser()
    phone.comes_through(code.inner_text().strip())
    phone.opens_section(SECTION.id)
    phone.sees_chosen(SECTION.items, {FIRST.id: 4})
    phone.answers(SECOND.id, 3)
    phone.sees_answered(2)
    phone.is_nowhere_told(SECRET.findall(code.inner_text())[0])

    ben.clicks("Look back")
    ben.clicks("Submit my answers")
    ben.sees_title("Thank you, your answers are in")
    person.opens("/people", system=ids["system"])
    person.sees("2 of 41 · submitted")
    person.sees("2 of 41 · not submitted")
    server.stop()
    found = server.with_store(lambda store: _answers(store, ids["draft"]))
    assert found[f"Ana {HOSTILE}"] == {FIRST.id: 4, SECOND.id: 3}
    assert found["Ben"] == {FIRST.id: 2, SECOND.id: 5}
    assert not SECRET.search(server.log)


def _answers(store: Store, draft: str) -> dict[str, dict[str, int]]:
    """Everybody's ratings, from the rows themselves: a form that is not submitted is nobody else's to read."""
    names = {one.id: one.name for one in store.respondents.all(OWNER, draft)}
    given: dict[str, dict[str, int]] = {name: {} for name in names.values()}
    for row in store.transfer.dump(OWNER, the_workspace(store))["responses"]:
        if row["respondent"] in names:
            given[names[row["respondent"]]][row["item"]] = row["rating"]
    return given


def test_a_form_of_one_area_outlives_a_power_cut_and_ends_with_its_link(
    person: Person, new_browser: NewBrowser, server: Server, ids: Mapping[str, str]
) -> None:
    address = _makes(person, ids["system"], "Answer questions", areas=(DATA.name,))
    visitor = new_browser()
    visitor.comes_through(address)
    visitor.sees(f"{len(DATA.items)} questions")
    visitor.begins("Cleo")
    visitor.answers(FIRST.id, 4)
    visitor.sees_answered(1, len(DATA.items))
    server.kill()
    server.start()
    visitor.comes_through(address)
    visitor.sees("These are the answers of Cleo")
    visitor.sees_chosen(SECTION.items, {FIRST.id: 4})
    assert all(area.name not in visitor.reads() for area in checklist().areas if area != DATA)
    person.opens("/share", system=ids["system"])
    _revokes(person)
    visitor.answers(SECOND.id, 3)
    visitor.sees(DEAD)
    visitor.sees_no_fault()
