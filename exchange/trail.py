"""Where do I find how an event of the audit trail is told: who did what, from what to what, through what?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import spreadsheet
from checklist.model import Checklist
from data.model import Event
from scoring.explain import response_words
from scoring.model import Response
from scoring.wording import counted

NOTE_SHOWN = 200
SEVERAL = 3
# Groups of events that one looks for together, in the order in which they are offered.
KINDS = {
    "answers": "Answers",
    "assessments": "Assessments",
    "people": "People who answer",
    "fixes": "Fixes",
    "systems": "Systems",
    "access": "Members, links and tokens",
    "workspace": "The workspace",
}
# Each event: its group, and what follows the name of whoever did it. {} is what it is about.
_EVENTS: dict[str, tuple[str, str]] = {
    "answer": ("answers", "answered {}"),
    "answer-many": ("answers", "answered several questions"),
    "answer-health": ("answers", "answered {} in the health check"),
    "confirm": ("answers", "confirmed answers as still true"),
    "take-answers": ("answers", "took answers from the file {}"),
    "mark-correction": ("answers", "marked the change of {} as a correction"),
    "take-back-correction": ("answers", "no longer marks the change of {} as a correction"),
    "start-draft": ("assessments", "started an assessment"),
    "discard-draft": ("assessments", "discarded the draft"),
    "recover-draft": ("assessments", "brought the draft back"),
    "set-target": ("assessments", "set the target"),
    "set-failures": ("assessments", "said which failures hit production"),
    "set-lens": ("assessments", "chose another lens"),
    "make-milestone": ("assessments", "made the milestone {}"),
    "record-milestone": ("assessments", "recorded the milestone {}"),
    "rename-milestone": ("assessments", "renamed a milestone to {}"),
    "void-milestone": ("assessments", "deleted the milestone {}"),
    "unvoid-milestone": ("assessments", "brought the milestone {} back"),
    "add-person": ("people", "added {} to those who answer"),
    "rename-person": ("people", "renamed somebody who answers to {}"),
    "remove-person": ("people", "took {} off those who answer"),
    "restore-person": ("people", "brought {} back to those who answer"),
    "submit-answers": ("people", "submitted the answers of {}"),
    "reopen-answers": ("people", "opened the answers of {} again"),
    "erase-person": ("people", "erased what was stored about a person"),
    "plan-fix": ("fixes", "planned the fix of {}"),
    "create-system": ("systems", "created the system {}"),
    "rename-system": ("systems", "renamed a system to {}"),
    "describe-system": ("systems", "described the system {}"),
    "edit-system": ("systems", "edited the system {}"),
    "archive-system": ("systems", "archived the system {}"),
    "restore-system": ("systems", "brought the system {} back from the archive"),
    "delete-system": ("systems", "deleted the system {}"),
    "undelete-system": ("systems", "took the deletion of the system {} back"),
    "purge-system": ("systems", "deleted the system {} for good"),
    "invite-member": ("access", "invited {}"),
    "change-member": ("access", "changed the role of {}"),
    "remove-member": ("access", "removed the member {}"),
    "make-link": ("access", "made the link {}"),
    "revoke-link": ("access", "revoked the link {}"),
    "make-way-back": ("access", "made a way back to the form of {}"),
    "make-token": ("access", "made the token {}"),
    "revoke-token": ("access", "revoked the token {}"),
    "create-workspace": ("workspace", "created the workspace {}"),
    "rename-workspace": ("workspace", "renamed the workspace to {}"),
    "archive-workspace": ("workspace", "archived the workspace {}"),
    "restore-workspace": ("workspace", "brought the workspace {} back from the archive"),
    "delete-workspace": ("workspace", "deleted the workspace {}"),
    "undelete-workspace": ("workspace", "took the deletion of the workspace {} back"),
    "import-workspace": ("workspace", "imported the workspace {}"),
    "erase-trail": ("workspace", "deleted a workspace for good"),
}
# What the numbers and words in an event count or say, where that does not go without saying.
_COUNTS = {"submit-answers": "answer", "reopen-answers": "answer", "erase-person": "row", "erase-trail": "event"}
# What a link opens, where people gave it no label of its own.
_SCOPES = {"view": "to look at results", "respond": "to answer questions", "badge": "to show a badge"}
# The days of an event, and what is said before each.
_DAYS = {"due": "due", "review": "to be looked at again", "expires": "works until"}
_EMPTY: tuple[Any, ...] = (None, "", [], {})
HEAD = ("Time (UTC)", "Who", "Role", "What", "About", "System", "From", "To", "Through")


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words: a sentence without its subject, the values before and after, and what it was done through."""

    what: str
    before: str
    after: str
    through: str


def events_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """The names of the events in these groups."""
    wanted = set(kinds)
    return tuple(event for event, (kind, _) in _EVENTS.items() if kind in wanted)


def told(checklist: Checklist, event: Event, several: int = SEVERAL) -> Told:
    """The event in words; of what concerns many questions only so many are named."""
    about = _name(checklist, event.subject)
    what = _sentence(event, about)
    stated = (_stated(event.before, event.after), _stated(event.after, event.before))
    before, after = (_value(checklist, event.event, value, several) for value in stated)
    # What is new has its name in the sentence already.
    return Told(what, before, "" if not before and after == about else after, through(event))


def _sentence(event: Event, about: str) -> str:
    _, words = _EVENTS.get(event.event, ("", event.event.replace("-", " ")))
    if event.event in ("make-link", "revoke-link") and about in _SCOPES:
        return words.replace("the link {}", f"a link {_SCOPES[about]}")
    return words.replace("{}", f"“{about}”" if about else "one without a name")


def through(event: Event) -> str:
    """The link or token that was used, by the name that people gave it; "" for neither."""
    if not event.via:
        return ""
    kind = "link" if event.via.startswith("link") else "token"
    return f"{kind} “{event.via_name}”" if event.via_name else f"a {kind}"


def csv_file(checklist: Checklist, events: Iterable[Event]) -> bytes:
    """The events for a spreadsheet, a row each, with everything that was changed."""
    return spreadsheet.csv_file(HEAD, (_row(checklist, event) for event in events))


def _row(checklist: Checklist, event: Event) -> tuple[str, ...]:
    words = told(checklist, event, several=10_000)
    return (
        event.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"), event.actor, event.role, words.what,
        _name(checklist, event.subject), event.system_name or "", words.before, words.after, words.through,
    )  # fmt: skip


def _name(checklist: Checklist, subject: str) -> str:
    """Questions, failures and lenses by their names; what people named stays as they wrote it."""
    if checklist.has(subject):
        return checklist.item(subject).name
    named = [(one.id, one.name) for one in checklist.health]
    named += [(one.id, one.name) for one in checklist.failures] + [(one.id, one.name) for one in checklist.lenses]
    return dict(named).get(subject, subject)


def _stated(value: Any, other: Any) -> Any:
    """The value without the parts that are empty in it and in the other one."""
    if not isinstance(value, dict):
        return value
    there = other if isinstance(other, dict) else {}
    return {key: one for key, one in value.items() if one not in _EMPTY or there.get(key) not in _EMPTY}


def _value(checklist: Checklist, event: str, value: Any, several: int) -> str:
    if value in _EMPTY:
        return ""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() if event in _COUNTS:
            return counted(value, _COUNTS[event])
        case str() | int() | float():
            return f"checklist {value}" if event == "start-draft" else _name(checklist, str(value))
        case list():
            return _shortened([_value(checklist, event, one, several) for one in value], several)
        case {"state": "rated", "rating": int()} | {"state": "not-applicable" | "unknown" | "unanswered"}:
            return _answer(value)
    if isinstance(value, dict):
        return _shortened([_pair(checklist, event, key, one, several) for key, one in value.items()], several)
    return str(value)


def _pair(checklist: Checklist, event: str, key: str, value: Any, several: int) -> str:
    # An answers file names a part and an id, as in "item/data-catalog".
    name = _name(checklist, key.rpartition("/")[2] or key.rpartition("/")[0])
    if key == "scope" and value in _SCOPES:
        return _SCOPES[value]
    if key == "areas" and isinstance(value, list | dict) and value:
        return f"areas: {_areas(checklist, value)}"
    if key in _DAYS and (day := _day(value)):
        return f"{_DAYS[key]} {day}"
    return f"{name.replace('_', ' ')}: {_value(checklist, event, value, several) or 'nothing'}"


def _areas(checklist: Checklist, value: list[Any] | dict[str, Any]) -> str:
    """Areas by name, each with its target where they have one."""
    known = {area.id: area.name for area in checklist.areas}
    targets = value if isinstance(value, dict) else {}
    return ", ".join(f"{known.get(str(one), one)} {targets.get(one, '')}".rstrip() for one in value)


def _day(value: Any) -> str:
    """ "4 March 2026" for a day, and for the midnight that ends it; "" for what is neither."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return ""
    is_a_day = len(str(value)) == len(date.min.isoformat())
    last = moment if is_a_day else moment - timedelta(seconds=1)
    return f"{last.day} {last:%B %Y}"


def _answer(value: Mapping[str, Any]) -> str:
    """A response as the trail has it, without what is empty."""
    links = value["evidence"] if isinstance(value.get("evidence"), list) else []
    said = response_words(Response(value["state"], value.get("rating"), value.get("reason"), "", tuple(links)))
    note = str(value.get("note", ""))
    shown = note if len(note) <= NOTE_SHOWN else f"{note[:NOTE_SHOWN]}…"
    parts = [said, f"“{shown}”" if note else "", counted(len(links), "link") if links else ""]
    return ", ".join(part for part in parts if part)


def _shortened(parts: list[str], several: int) -> str:
    left = len(parts) - several
    return "; ".join(parts[:several]) + (f"; and {left} more" if left > 0 else "")
