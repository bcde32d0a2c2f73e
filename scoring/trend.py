"""What changed between two fillings-in of the checklist, item by item, and the points of a trend line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from checklist.model import Checklist
from scoring.model import Answers, Response

Kind = Literal["raised", "lowered", "answered", "cleared", "state"]


@dataclass(frozen=True, slots=True)
class Change:
    """An item that was answered differently before.

    `kind`: "raised" and "lowered" compare two ratings; "answered" is a rating where it was unknown; "cleared"
    has no answer any more; "state" is any other step, such as from a rating to not applicable.
    """

    item: str
    before: Response
    after: Response
    kind: Kind


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone on the trend line: its day, name, score (1 to 5) and level, None when it has none."""

    at: date
    name: str
    score: Fraction | None
    level: int | None


def difference(checklist: Checklist, before: Answers, after: Answers) -> tuple[Change, ...]:
    """What was answered differently, in checklist order; a changed note or evidence alone is no change."""
    return tuple(_changes(checklist, before, after))


def is_same_answer(one: Response, other: Response) -> bool:
    """Whether two responses say the same, whatever their notes and evidence."""
    return (one.state, one.rating, one.reason) == (other.state, other.rating, other.reason)


def _changes(checklist: Checklist, before: Answers, after: Answers) -> Iterator[Change]:
    for item in checklist.items:
        old, new = before.response(item.id), after.response(item.id)
        if not is_same_answer(old, new):
            yield Change(item.id, old, new, _kind(old, new))


def _kind(old: Response, new: Response) -> Kind:
    if old.rating is not None and new.rating is not None:
        return "raised" if new.rating > old.rating else "lowered"
    if new.state == "unanswered":
        return "cleared"
    return "answered" if new.rating is not None and old.state != "not-applicable" else "state"
