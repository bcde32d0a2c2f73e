"""Which gaps to close first: priority, gain, effort and prerequisites of each, in one total order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checklist.model import Checklist, Item
from scoring.model import Answers, Blocker, Fix, Target
from scoring.weights import shares

PRIORITIES = ("critical", "high", "medium", "low")
CRITICAL = PRIORITIES[0]
EFFORT_OF_CLASS = {"low": 1, "medium": 3, "high": 8}
# What one step costs by the rating it leads to: the last mile is the dear one.
EFFORT_OF_STEP = {2: 1, 3: 2, 4: 4, 5: 8}
# How a sum of effort points is called: at most so many points are "low", or "medium"; more are "high".
LOW_EFFORT, MEDIUM_EFFORT = 4, 16


@dataclass(frozen=True, slots=True)
class Gap:
    """A rated item below its target whose risk nobody accepted, before it has its place in the order."""

    item: Item
    rating: int
    target: int
    priority: str
    failures: tuple[str, ...]
    blockers: tuple[Blocker, ...]


def effort(item_effort: str, start: int, end: int) -> int:
    """Effort points from rating `start` to `end` of an item of a class ("low", "medium" or "high")."""
    return EFFORT_OF_CLASS[item_effort] * sum(EFFORT_OF_STEP[rating] for rating in range(start + 1, end + 1))


def effort_size(points: int) -> str:
    """What a sum of effort points amounts to: "low", "medium" or "high"."""
    if points <= LOW_EFFORT:
        return "low"
    return "medium" if points <= MEDIUM_EFFORT else "high"


def below_target(checklist: Checklist, answers: Answers, target: Target) -> tuple[Item, ...]:
    """The rated items below the target of their area, in checklist order, accepted risks among them."""
    return tuple(
        item
        for item in checklist.items
        if (rating := answers.response(item.id).rating) is not None and rating < target.areas.get(item.area, 0)
    )


def blockers(item: Item, answers: Answers) -> tuple[Blocker, ...]:
    """The prerequisites of an item that are not met; one that is not applicable counts as met."""
    found = []
    for need in item.needs:
        response = answers.response(need.item)
        if response.state in ("unknown", "unanswered"):
            found.append(Blocker(need.item, need.rating, unknown=True))
        elif response.rating is not None and response.rating < need.rating:
            found.append(Blocker(need.item, need.rating, unknown=False))
    return tuple(found)


def fixes_in_order(
    checklist: Checklist,
    answers: Answers,
    target: Target,
    holders: Sequence[str],
) -> tuple[Fix, ...]:
    """Every gap whose risk is not accepted, most urgent first, unmet prerequisites before what needs them.

    `target` names the level aimed at in each area, `holders` the areas that hold the overall level.
    """
    gaps = {
        item.id: _gap(item, answers, target)
        for item in below_target(checklist, answers, target)
        if item.id not in answers.accepted
    }
    lifts = _lifts(gaps)
    share = shares(checklist, answers)
    fixes = [_fix(gap, share[gap.item.id], lifts.get(gap.item.id)) for gap in gaps.values()]
    return _prerequisites_first(sorted(fixes, key=lambda fix: _place(fix, holders, checklist)))


def _gap(item: Item, answers: Answers, target: Target) -> Gap:
    failures = tuple(failure for failure in item.prevents if failure in answers.failures)
    priority = CRITICAL if failures else item.priority
    rating = answers.response(item.id).rating or 0
    return Gap(item, rating, target.areas[item.area], priority, failures, blockers(item, answers))


@dataclass(frozen=True, slots=True)
class Lift:
    """The higher priority that a prerequisite takes over, and the item it takes it over from."""

    priority: str
    by: str


def _lifts(gaps: Mapping[str, Gap]) -> dict[str, Lift]:
    """Hand each priority down to unmet prerequisites; most urgent first, so that each is lifted only once."""
    lifts: dict[str, Lift] = {}
    reached: set[str] = set()
    for priority in PRIORITIES:
        waiting = [item for item, gap in gaps.items() if gap.priority == priority]
        reached.update(waiting)
        for needing in waiting:
            for needed in _open_needs(gaps[needing], gaps):
                if needed not in reached:
                    reached.add(needed)
                    lifts[needed] = Lift(priority, needing)
                    waiting.append(needed)
    return lifts


def _open_needs(gap: Gap, gaps: Mapping[str, Gap]) -> list[str]:
    return [blocker.item for blocker in gap.blockers if blocker.item in gaps]


def _fix(gap: Gap, share: Fraction, lift: Lift | None) -> Fix:
    """`share` is the rise of the overall score when the item's rating rises by one."""
    return Fix(
        item=gap.item.id,
        area=gap.item.area,
        priority=lift.priority if lift else gap.priority,
        rating=gap.rating,
        target=gap.target,
        gain=(gap.target - gap.rating) * share,
        effort=effort(gap.item.effort, gap.rating, gap.target),
        blocked_by=gap.blockers,
        failures=gap.failures,
        lifted_by=lift.by if lift else None,
    )


def _place(fix: Fix, holders: Sequence[str], checklist: Checklist) -> tuple[int, bool, Fraction, int, int]:
    urgency = PRIORITIES.index(fix.priority)
    return urgency, fix.area not in holders, -fix.gain / fix.effort, fix.rating, checklist.order[fix.item]


def _prerequisites_first(fixes: Sequence[Fix]) -> tuple[Fix, ...]:
    """The same order, in which a fix waits for the prerequisites it shares the list with.

    Needs in a circle are a content error; here they only lose their say, so that no fix is ever lost.
    """
    waiting = {fix.item: fix for fix in fixes}
    ordered = []
    while waiting:
        ready = (fix for fix in waiting.values() if not any(need.item in waiting for need in fix.blocked_by))
        chosen = next(ready, next(iter(waiting.values())))
        ordered.append(waiting.pop(chosen.item))
    return tuple(ordered)
