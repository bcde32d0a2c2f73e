"""Where do I find what a fix says as a ticket of an issue tracker? Here, with the key by which it is known again."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import category

from checklist.model import Item
from kits import words
from reports.document import Report, day
from scoring import explain
from scoring.fixes import effort_size
from scoring.model import Fix

LABEL = "mlops-checkup"
OPEN = ("open", "doing")
# What GitHub, Jira and Azure Boards all take as a title.
TITLE_LENGTH = 250
KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, or with a list, whose lines one may tick off where `is_ticked`."""

    heading: str
    lines: tuple[str, ...]
    is_list: bool = False
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """A fix to hand over; all of it is plain text.

    `key` stays the same as long as system, question and target do, so that a second export is known again.
    `names` are the texts of people in it (system, owner), each with what it is; every other word is of the checklist.
    """

    key: str
    title: str
    priority: str
    names: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    labels: tuple[str, ...]


def tickets(report: Report, system_id: str = "") -> tuple[Ticket, ...]:
    """A ticket for each fix that is neither done nor accepted, in their order.

    The keys are made of the system's id, or of its name where it has none, as in an answers file.
    """
    open_fixes = (fix for fix in report.result.fixes if report.fix_state(fix.item).state in OPEN)
    return tuple(_ticket(report, fix, system_id or _plain(report.system)) for fix in open_fixes)


def _ticket(report: Report, fix: Fix, system: str) -> Ticket:
    item = report.checklist.item(fix.item)
    return Ticket(
        key=_key(system, fix),
        title=_title(item, fix, report.system),
        priority=fix.priority,
        names=tuple(_names(report, fix)),
        sections=tuple(_sections(report, item, fix)),
        labels=(LABEL, f"area-{fix.area}", f"priority-{fix.priority}", f"effort-{effort_size(fix.effort)}"),
    )


def _key(system: str, fix: Fix) -> str:
    """One word, so that every tracker finds it as a whole."""
    return "checkup" + sha256("\0".join((system, fix.item, str(fix.target))).encode()).hexdigest()[:KEY_LENGTH]


def _title(item: Item, fix: Fix, system: str) -> str:
    title = f"{item.name}: from level {fix.rating} to {fix.target}"
    name = _plain(system)
    room = TITLE_LENGTH - len(title) - len(" ()")
    return f"{title} ({name if len(name) <= room else name[: room - 1] + '…'})" if name else title


def _names(report: Report, fix: Fix) -> Iterator[tuple[str, str]]:
    if system := _plain(report.system):
        yield "System", system
    state = report.fix_state(fix.item)
    if owner := _plain(state.owner):
        yield "Owner", owner
    if state.due:
        yield "Due", _plain(day(state.due))


def _sections(report: Report, item: Item, fix: Fix) -> Iterator[Section]:
    checklist = report.checklist
    yield Section("Why", (item.why, explain.fix_reason(checklist, fix)))
    if fix.blocked_by:
        yield Section("What has to come before", (explain.blocked_sentence(checklist, fix),))
    yield Section("First step", (item.remedy.first,))
    ratings = range(fix.rating + 1, fix.target + 1)
    yield Section("The way", tuple(f"To level {one}: {item.remedy.step_to(one)}" for one in ratings), is_list=True)
    yield Section("Accepted when", (item.answer(fix.target), f"To show it: {item.show}"), is_list=True, is_ticked=True)
    yield Section("Effort", (f"{explain.effort_words(fix)}; adds {explain.gain_words(fix)} to the overall score.",))
    tools = tuple(f"{tool.name}, {tool.url}: {tool.use}" for tool in item.remedy.tools)
    if tools:
        yield Section("Open-source tools that fit", tools, is_list=True)
    kits = report.kits_for(fix)
    offers = (f"{offer} {words.by_command(kit)}" for kit, offer in zip(kits, words.offers(kits, fix.item), strict=True))
    if kits:
        yield Section("Code to begin with", tuple(offers), is_list=True)


def _plain(text: str) -> str:
    """On one line, without what no file can hold: control characters and halves of characters."""
    kept = (sign if category(sign) not in ("Cc", "Cs") else " " for sign in text)
    return " ".join("".join(kept).split())
