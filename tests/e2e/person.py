"""What a person does in the browser, as short verbs; each waits for what the person would wait for."""

import re
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from checklist.loader import the_checklist
from checklist.model import Item

PATIENCE = 60_000  # milliseconds; a slow machine is no fault
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
SIDE_LINK = '[data-testid="stSidebar"] [data-testid="stPageLink"]'
SAVED = ".mc-saved"
FRAME = "() => Promise.race([new Promise(requestAnimationFrame), new Promise(done => setTimeout(done, 50))])"
TRACEBACK = "Traceback (most recent call last)"
INCIDENT = "Something went wrong on our side"
OVERFLOWS = """() => ['html', '[data-testid=stMain]', '[data-testid=stMainBlockContainer]'].map(
    name => name === 'html' ? document.scrollingElement : document.querySelector(name)
).filter(box => box.scrollWidth > box.clientWidth)
.map(box => `${box.tagName} ${box.scrollWidth} > ${box.clientWidth}`)"""


class Person:
    """Somebody in front of one tab of the app at `address`."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        page.set_default_timeout(PATIENCE)

    # Going places

    def opens(self, path: str = "/", **parameters: str) -> None:
        query = f"?{urlencode(parameters)}" if parameters else ""
        self.page.goto(f"{self.address}{path}{query}")
        self.settles()

    def reloads(self) -> None:
        self.page.reload()
        self.settles()

    def settles(self) -> None:
        """Wait until the page is drawn and nothing of the page before is left."""
        # A fresh page is idle before its first run as well; once the side bar is drawn, that run has begun.
        expect(self.page.locator(SIDE_LINK).first).to_be_attached(timeout=PATIENCE)
        expect(self.page.locator(IDLE)).to_be_attached(timeout=PATIENCE)
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0, timeout=PATIENCE)
        expect(self.page.locator('[data-testid="stSkeleton"]')).to_have_count(0, timeout=PATIENCE)

    def goes_to(self, page_name: str) -> None:
        """Follow the side bar's link; the page is there when its link is the marked one."""
        self.side_link(page_name).click()
        expect(self.page.locator(".st-key-nav-here").get_by_role("link", name=page_name, exact=True)).to_be_visible(
            timeout=PATIENCE
        )
        self.settles()

    def side_link(self, page_name: str) -> Locator:
        return self.page.get_by_test_id("stSidebar").get_by_role("link", name=page_name, exact=True)

    # Clicking and typing

    def clicks(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def clicks_next(self) -> None:
        self.key("next").get_by_role("button").click()

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def picks_from_menu(self, key: str, entry: str) -> None:
        self.key(key).get_by_role("button").click()
        self.page.get_by_role("menuitem", name=entry, exact=True).click()

    def chooses(self, key: str, option: str) -> None:
        """Choose from the select box with this key."""
        self.key(key).get_by_role("combobox").click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def ticks(self, key: str) -> None:
        """Tick the check box with this key."""
        self.key(key).get_by_test_id("stCheckbox").locator("label").click()
        expect(self.key(key).get_by_role("checkbox")).to_be_checked(timeout=PATIENCE)

    def key(self, key: str) -> Locator:
        """The widget or container with this key."""
        return self.page.locator(f".st-key-{key}")

    def items_with_key(self, prefix: str) -> list[str]:
        """The items that have a widget or container `prefix-<item>`, from top to bottom."""
        classes: list[str] = self.page.evaluate(
            """prefix => [...document.querySelectorAll(`[class*="st-key-${prefix}-"]`)]
                .flatMap(found => [...found.classList]).filter(name => name.startsWith(`st-key-${prefix}-`))""",
            prefix,
        )
        items = (name.removeprefix(f"st-key-{prefix}-") for name in classes)
        return [item for item in items if the_checklist().has(item)]

    # Seeing

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=False).first).to_be_visible(timeout=PATIENCE)

    def no_longer_sees(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=False)).to_have_count(0, timeout=PATIENCE)

    def sees_title(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible(timeout=PATIENCE)

    def reads(self) -> str:
        """All text of the page, the side bar included; a word broken over two lines is one word."""
        return " ".join(self.page.locator('[data-testid="stApp"]').inner_text().split())

    # The health check and the checklist

    def says(self, question_id: str, choice: str) -> None:
        """Answer a question of the health check: Yes, No or Not sure."""
        choice_button = self.key(f"health-{question_id}").get_by_role("radio", name=choice, exact=True)
        choice_button.click()
        expect(choice_button).to_be_checked(timeout=PATIENCE)

    def answers(self, item_id: str, rating: int) -> None:
        """Click the sentence that stands for the rating."""
        self.option(item_id, rating).click()

    def option(self, item_id: str, rating: int) -> Locator:
        return self.key(f"answer-{item_id}").get_by_test_id("stRadioOption").nth(rating - 1)

    def marks(self, item_id: str, state: str) -> None:
        """Not applicable, or Don’t know."""
        self.key(f"answer-{item_id}").get_by_test_id("stRadioOption").filter(has_text=state).click()

    def writes_note(self, item_id: str, note: str) -> None:
        """Unfold the note and type; leaving the field is up to the next click."""
        self.unfolds_note(item_id).fill(note)

    def unfolds_note(self, item_id: str) -> Locator:
        """The field of the note, unfolded if it was not."""
        more = self.key(f"more-{item_id}")
        field = more.get_by_label("Note", exact=True)
        if not field.is_visible():
            self.unfolds(more)
        expect(field).to_be_visible(timeout=PATIENCE)
        return field

    def unfolds(self, fold: Locator) -> None:
        """Open a fold and wait until it has stopped to move, as a hand would."""
        fold.locator("summary").click()
        expect(fold.locator("details")).to_have_attribute("open", "", timeout=PATIENCE)
        moves = "fold => fold.getAnimations({subtree: true}).filter(one => one.playState === 'running').length"
        self.eventually(lambda: fold.evaluate(moves) == 0, "the fold stands still")

    def sees_answered(self, count: int, total: int = 41) -> None:
        """The line that says how much is saved."""
        expect(self.page.locator(SAVED)).to_contain_text(f"{count} of {total} answered", timeout=PATIENCE)

    def answered(self) -> int:
        """The count that the saved line shows now."""
        found = re.search(r"(\d+) of \d+", self.page.locator(SAVED).inner_text())
        assert found, "The checklist shows no count of answers."
        return int(found[1])

    def opens_section(self, section_id: str) -> None:
        self.key(f"go-{section_id}").get_by_role("button").click()
        self.sees_section(section_id)
        self.settles()

    def sees_section(self, section_id: str) -> None:
        """Wait until the checklist shows this section."""
        name = the_checklist().section(section_id).name
        expect(self.page.locator(".mc-sectionname")).to_have_text(name, timeout=PATIENCE)

    def chosen(self, items: tuple[Item, ...]) -> dict[str, int]:
        """The rating that the form shows for each of these items; items without one are left out."""
        found: dict[str, int | None] = self.page.evaluate(
            """ids => Object.fromEntries(ids.map(id => {
                const radios = [...document.querySelectorAll(`.st-key-answer-${id} input[type=radio]`)];
                const place = radios.findIndex(radio => radio.checked);
                return [id, place < 0 || place > 4 ? null : place + 1];
            }))""",
            [item.id for item in items],
        )
        return {item: rating for item, rating in found.items() if rating is not None}

    def marked(self, items: tuple[Item, ...]) -> dict[str, str]:
        """What the form shows instead of a rating: "Not applicable" or "Don’t know"; items without are left out."""
        found: dict[str, str | None] = self.page.evaluate(
            r"""ids => Object.fromEntries(ids.map(id => {
                const option = document.querySelector(`.st-key-answer-${id} [data-selected]`);
                return [id, option && !/^[1-5]\s/.test(option.innerText) ? option.innerText.trim() : null];
            }))""",
            [item.id for item in items],
        )
        return {item: state for item, state in found.items() if state is not None}

    def sees_chosen(self, items: tuple[Item, ...], ratings: Mapping[str, int]) -> None:
        """Wait until the form shows exactly these ratings."""
        self.eventually(lambda: self.chosen(items) == dict(ratings), f"the form shows {dict(ratings)}")

    def eventually(self, holds: Callable[[], bool], promise: str) -> None:
        """Look, about once an animation frame, until `holds`; a tab in the background may be given no frames."""
        # Not the page's own clock: `holds` may load the page anew.
        end = time.monotonic() + PATIENCE / 1000
        while not holds():
            assert time.monotonic() < end, f"This never became true: {promise}."
            self.page.evaluate(FRAME)

    def meets_a_change_of(self, other: "Person", item: Item, another: Item) -> Locator:
        """Both have the checklist open; the other one answers 2 and goes on, then this one 4. What asks to decide."""
        for one in (other, self):
            one.opens("/checklist")
        other.answers(item.id, 2)
        other.sees_answered(1)
        other.answers(another.id, 5)
        other.sees_answered(2)
        self.answers(item.id, 4)
        return self.sees_clash(item.id, "2", "4")

    def sees_clash(self, item_id: str, theirs: str, mine: str) -> Locator:
        """Both values and the choice between them, where two people have answered one question."""
        clash = self.key(f"clash-{item_id}")
        expect(clash).to_contain_text(f"Stored now: {theirs}", timeout=PATIENCE)
        expect(clash).to_contain_text(f"Your choice: {mine}", timeout=PATIENCE)
        return clash

    # Faults nobody should ever see

    def sees_no_fault(self) -> None:
        text = self.reads()
        for fault in (TRACEBACK, INCIDENT):
            place = text.find(fault)
            assert place < 0, f"The page at {self.page.url} failed: {text[place : place + 300]}"
