"""Where each system of the home page stands, what to do next with it, and how the list is sorted and filtered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from fractions import Fraction
from typing import Literal

from checklist.model import Checklist
from data.model import FixState, Latest, System
from data.portfolio import Filled, Overview
from scoring import upkeep
from scoring.evaluate import evaluate
from scoring.fixes import CRITICAL
from scoring.model import Answers, Result

Kind = Literal["health", "begin", "go-on", "keep", "rate-again", "review", "due", "fixes"]
# An owner of this name in an address means the systems that have none.
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Standing:
    """A system on the home page: where its newest milestone, or a draft that is complete or the first, puts it.

    All figures are of one assessment, so that level, areas and critical fixes agree; `shows_draft` says whether that
    is a draft which follows a milestone. `recent` are the scores up to it, oldest first.
    `asked` is how many questions its lens asks, of which a draft has answered `draft_answered`; on `draft_open` of
    them nobody has answered or confirmed anything since the draft was started.
    `critical` counts the critical fixes that are neither done nor accepted by now; `rate_again` are the items whose
    fix is done, `reviews` the accepted risks to look at again; `overdue` is since when an assessment is due.
    """

    system: System
    latest: Latest | None
    draft_answered: int | None
    draft_open: int | None
    shows_draft: bool
    asked: int
    score: Fraction | None
    level: int | None
    provisional: bool
    areas: Mapping[str, Fraction]
    critical: int
    recent: tuple[Fraction, ...]
    move: upkeep.Move | None
    last: date | None
    overdue: date | None
    rate_again: tuple[str, ...]
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """The one step to take with a system; `item` is where it begins, if it begins at one."""

    kind: Kind
    item: str | None = None


def standing(checklist: Checklist, found: Overview, today: date, zone: tzinfo) -> Standing:
    """Where a system stands on a day in the reader's zone."""
    latest, draft = found.latest, found.draft
    asked, to_go = _asked(checklist, draft), _open(checklist, draft)
    # A draft that is begun again from a milestone says little about today until somebody went through all of it.
    is_draft = draft is not None and (found.milestone is None or to_go == 0)
    shown = draft if is_draft else found.milestone
    seen = _asked(checklist, shown)
    result = evaluate(seen, shown.answers.within(seen) if shown else Answers())
    stored = None if is_draft else latest
    recent = (*(latest.recent if latest else ()), *((result.score,) if is_draft and result.score is not None else ()))
    score = stored.score if stored else result.score
    last = latest.at.astimezone(zone).date() if latest else None
    return Standing(
        system=found.system,
        latest=latest,
        draft_answered=len(draft.answers.within(asked).responses) if draft else None,
        draft_open=to_go,
        shows_draft=is_draft and latest is not None,
        asked=len(seen.items),
        score=score,
        level=stored.level if stored else result.level,
        provisional=stored.provisional if stored else result.provisional and result.score is not None,
        areas=stored.areas if stored else {area.id: area.score for area in result.areas if area.score is not None},
        critical=_critical(result, found.fixes),
        recent=recent,
        move=upkeep.move(recent) if latest and score is not None else None,
        last=last,
        overdue=upkeep.overdue_since(last, found.system.rhythm_days, today) if last else None,
        rate_again=rate_again(checklist, found.fixes, found.newest.answered_at if found.newest else {}),
        reviews=reviews(checklist, found.fixes, today),
    )


def _asked(checklist: Checklist, filled: Filled | None) -> Checklist:
    """The questions of its lens; answers to others are kept, and not counted."""
    return checklist.through_or_whole(filled.assessment.lens) if filled else checklist


def _open(checklist: Checklist, draft: Filled | None) -> int | None:
    if draft is None:
        return None
    items = (item.id for item in _asked(checklist, draft).items)
    return len(upkeep.to_go(items, draft.answered_at, draft.assessment.started_at))


def rate_again(
    checklist: Checklist, fixes: Mapping[str, FixState], answered_at: Mapping[str, datetime]
) -> tuple[str, ...]:
    """The items whose fix was marked done and which nobody has answered or confirmed since."""
    done = {item: fix.done_at for item, fix in fixes.items() if fix.state == "done" and fix.done_at is not None}
    return upkeep.to_rate_again({item: at for item, at in done.items() if checklist.has(item)}, answered_at)


def reviews(checklist: Checklist, fixes: Mapping[str, FixState], today: date) -> tuple[str, ...]:
    """The items whose accepted risk is to be looked at again."""
    dates = {item: fix.review for item, fix in fixes.items() if fix.state == "accepted" and fix.review is not None}
    return upkeep.to_look_at_again({item: day for item, day in dates.items() if checklist.has(item)}, today)


def next_step(found: Standing) -> Next:
    """What to do next: begin, go on, keep the result, settle what waits, then what pays."""
    if found.draft_answered:
        return Next("go-on" if found.draft_open else "keep")
    if found.latest is None and found.draft_answered is None:
        return Next("health")
    if found.latest is None or found.latest.score is None:
        return Next("begin")
    if found.rate_again:
        return Next("rate-again", found.rate_again[0])
    if found.reviews:
        return Next("review", found.reviews[0])
    return Next("due") if found.overdue else Next("fixes")


def _critical(result: Result, fixes: Mapping[str, FixState]) -> int:
    settled = {item for item, fix in fixes.items() if fix.state in ("done", "accepted")}
    return sum(fix.priority == CRITICAL and fix.item not in settled for fix in result.fixes)


# How the list is arranged


def by_name(found: Standing) -> tuple[object, ...]:
    return (found.system.name.casefold(), found.system.id)


# Each puts first what needs a look; what has no such value comes last, and names break ties.
ORDERS: Mapping[str, tuple[str, Callable[[Standing], tuple[object, ...]]]] = {
    "name": ("Name", by_name),
    "level": ("Lowest level", lambda found: (found.score is None, found.level or 0, found.score or 0)),
    "age": ("Longest ago", lambda found: (found.last is None, found.last or date.min)),
    "critical": ("Most critical fixes", lambda found: (-found.critical,)),
    "trend": ("Falling first", lambda found: (found.move is None, _signed(found))),
}


def _signed(found: Standing) -> Fraction:
    if found.move is None:
        return Fraction(0)
    return -found.move.distance if found.move.direction == "down" else found.move.distance


def arranged(standings: Iterable[Standing], view: Mapping[str, str]) -> list[Standing]:
    """The systems that the view's tag, owner and name leave, in its order; an order that is not known is by name."""
    wanted = [found for found in standings if _fits(found, view)]
    _, order = ORDERS.get(view.get("sort", "name"), ORDERS["name"])
    return sorted(wanted, key=lambda found: (*order(found), *by_name(found)))


def _fits(found: Standing, view: Mapping[str, str]) -> bool:
    tag, owner, name = (view.get(field, "").casefold() for field in ("tag", "owner", "find"))
    has_tag = not tag or tag in (one.casefold() for one in found.system.tags)
    has_owner = not owner or (found.system.owner or NOBODY).casefold() == owner
    return has_tag and has_owner and name in found.system.name.casefold()


def tags_of(standings: Iterable[Standing]) -> list[str]:
    """The tags in use by name, each once however it is capitalised."""
    return _distinct(tag for found in standings for tag in found.system.tags)


def owners_of(standings: Sequence[Standing]) -> list[str]:
    """The owners in use by name, each once however it is capitalised."""
    return _distinct(found.system.owner for found in standings if found.system.owner)


def _distinct(words: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.casefold(), word)
    return [found[key] for key in sorted(found)]
