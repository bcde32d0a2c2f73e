"""Where do I find the least work that reaches a higher level? The cheapest path, exact, as one-level steps in order."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from checklist.model import Checklist, Item
from scoring.evaluate import evaluate
from scoring.fixes import blockers, effort, fixes_in_order
from scoring.levels import HIGHEST, HOLD_MARGIN, LOWEST, SCALE, held_level
from scoring.model import Answers, Response, Result, Target
from scoring.solver import Bar, Move, cheapest

Reason = Literal["no-score", "highest", "reached", "out-of-reach"]


@dataclass(frozen=True, slots=True)
class Step:
    """One item one level up: its effort, all effort until then, and the overall score and level after it."""

    item: str
    start: int
    end: int
    effort: int
    spent: int
    score: Fraction
    level: int


@dataclass(frozen=True, slots=True)
class Path:
    """The steps from level `start` and its `score` to level `to`, in an order in which prerequisites hold."""

    start: int
    to: int
    score: Fraction
    effort: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class NoPath:
    """Why there is no path.

    "no-score": nothing is rated. "highest": already at the highest level. "reached": level `to` is reached already.
    "out-of-reach": even with every item that may move at 5, the level is only `best_level`, because `accepted` risks
    stay and `waiting` items need one whose rating is unknown (`find_out`).
    """

    reason: Reason
    start: int | None
    to: int | None
    best_level: int | None = None
    best_score: Fraction | None = None
    accepted: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    find_out: tuple[str, ...] = ()


def cheapest_path(checklist: Checklist, answers: Answers, to: int | None = None) -> Path | NoPath:
    """The one-level steps with the least total effort after which the overall level is `to`; the next one by default.

    Only rated items without an accepted risk move, and none before what it needs has its rating. Of equally cheap
    paths the one with the fewest items, then the one that moves what stands first among the fixes. `ValueError` for a
    level off the scale.
    """
    if to is not None and to not in SCALE:
        raise ValueError(f"The level to reach is {to!r}; choose a whole number from 1 to 5.")
    result = evaluate(checklist, answers)
    if result.level is None or result.score is None:
        return NoPath("no-score", None, to)
    if to is None and result.level == HIGHEST:
        return NoPath("highest", result.level, None)
    wanted = result.level + 1 if to is None else to
    if wanted <= result.level:
        return NoPath("reached", result.level, wanted)
    free = _free(checklist, answers)
    best = evaluate(checklist, raised(answers, dict.fromkeys(free, HIGHEST)))
    if best.level is None or best.level < wanted:
        return _out_of_reach(checklist, answers, result, best, wanted, free)
    return _path(checklist, answers, result, wanted, free)


def raised(answers: Answers, ratings: Mapping[str, int]) -> Answers:
    """The same answers with other ratings for some items; notes and links of these items are left out."""
    changed = {item: Response.rated(rating) for item, rating in ratings.items()}
    return replace(answers, responses={**answers.responses, **changed})


def _free(checklist: Checklist, answers: Answers) -> frozenset[str]:
    """The items that can move at all: rated, no accepted risk, and nothing they need is out of reach."""
    free = {
        item.id
        for item in checklist.items
        if answers.response(item.id).rating is not None and item.id not in answers.accepted
    }
    while stuck := {item for item in free if _is_stuck(checklist.item(item), answers, free)}:
        free -= stuck
    return frozenset(free)


def _is_stuck(item: Item, answers: Answers, free: Collection[str]) -> bool:
    return any(needed.item not in free for needed in blockers(item, answers))


def _out_of_reach(
    checklist: Checklist, answers: Answers, result: Result, best: Result, to: int, free: Collection[str]
) -> NoPath:
    """What keeps the level away: the rated items that stay below 5, and what would have to be found out for them."""
    staying = [item for item in checklist.items if item.id not in free and (answers.response(item.id).rating or 5) < 5]
    waiting = [item for item in staying if item.id not in answers.accepted]
    unknown = {one.item for item in waiting for one in blockers(item, answers) if one.unknown}
    return NoPath(
        "out-of-reach",
        result.level,
        to,
        best.level,
        best.score,
        accepted=tuple(item.id for item in staying if item.id in answers.accepted),
        waiting=tuple(item.id for item in waiting),
        find_out=tuple(sorted(unknown, key=checklist.order.__getitem__)),
    )


def _path(checklist: Checklist, answers: Answers, result: Result, to: int, free: Collection[str]) -> Path:
    order = [item for item in _fix_order(checklist, answers, result) if item in free]
    moves = [move for item in order for move in _moves(checklist.item(item), answers)]
    lifts = _lifts(checklist, answers)
    needs = {move: _needed(checklist, move, answers) for move in moves if move.first}
    chosen = cheapest(
        moves,
        _bars(checklist, result, lifts, to),
        [(move, needed) for move, several in needs.items() for needed in several],
    )
    steps = tuple(_in_order(result, lifts, chosen, needs))
    last = evaluate(checklist, raised(answers, {step.item: step.end for step in steps}))
    if (last.score, last.level) != (steps[-1].score, to):
        raise ArithmeticError(f"The path to Level {to} ends at Level {last.level}; the solver's answer is not exact.")
    return Path(result.level or LOWEST, to, _score(result), steps[-1].spent, steps)


def _fix_order(checklist: Checklist, answers: Answers, result: Result) -> list[str]:
    """Every item below 5 as the list of fixes has it, and then those that are at their target already."""
    highest = Target(HIGHEST, {area.id: HIGHEST for area in checklist.areas})
    every = fixes_in_order(checklist, answers, highest, result.holders)
    return list(dict.fromkeys(fix.item for fix in (*result.fixes, *every)))


def _moves(item: Item, answers: Answers) -> Iterator[Move]:
    start = answers.response(item.id).rating or HIGHEST
    for rating in range(start + 1, HIGHEST + 1):
        yield Move(item.id, rating, effort(item.effort, rating - 1, rating), first=rating == start + 1)


def _needed(checklist: Checklist, move: Move, answers: Answers) -> tuple[tuple[str, int], ...]:
    """The ratings that other items have to reach before this move."""
    return tuple((one.item, one.rating) for one in blockers(checklist.item(move.item), answers))


@dataclass(frozen=True, slots=True)
class Lift:
    """What one level of an item adds to the score of its area, and to the overall score."""

    area: str
    in_area: Fraction
    overall: Fraction


def _lifts(checklist: Checklist, answers: Answers) -> dict[str, Lift]:
    """The lift of each rated item: its share in the mean of its area, and that area's in the overall mean."""
    rated = {
        area: {item.id: item.weight for item in area.items if answers.response(item.id).rating is not None}
        for area in checklist.areas
    }
    scored = sum(area.weight for area, items in rated.items() if items)
    lifts = {}
    for area, items in rated.items():
        for item, weight in items.items():
            share = Fraction(weight, sum(items.values()))
            lifts[item] = Lift(area.id, share, share * Fraction(area.weight, scored))
    return lifts


def _score(result: Result) -> Fraction:
    return Fraction(LOWEST) if result.score is None else result.score


def _bars(checklist: Checklist, result: Result, lifts: Mapping[str, Lift], to: int) -> list[Bar]:
    """The score has to reach the band of the level, and every scored area the band below it, or it would hold it."""
    bars = [Bar({item: lift.overall for item, lift in lifts.items()}, to - _score(result))]
    for area in result.areas:
        if area.score is not None:
            inside = {item: lift.in_area for item, lift in lifts.items() if lift.area == area.id}
            bars.append(Bar(inside, to - HOLD_MARGIN - area.score))
    return [bar for bar in bars if bar.height > 0]


def _in_order(
    result: Result, lifts: Mapping[str, Lift], chosen: Sequence[Move], needs: Mapping[Move, Sequence[tuple[str, int]]]
) -> Iterator[Step]:
    """The moves as steps: what needs another item waits for it; else the largest gain per effort goes first."""
    waiting = sorted(chosen, key=lambda move: -lifts[move.item].overall / move.effort)
    areas = {area.id: area.score for area in result.areas}
    score, spent = _score(result), 0
    while waiting:
        left = {(move.item, move.rating) for move in waiting}
        move = next(move for move in waiting if not _held_up(move, left, needs.get(move, ())))
        waiting.remove(move)
        lift = lifts[move.item]
        score, spent = score + lift.overall, spent + move.effort
        areas[lift.area] = (areas[lift.area] or 0) + lift.in_area
        yield Step(
            move.item, move.rating - 1, move.rating, move.effort, spent, score, held_level(score, areas.values())
        )


def _held_up(move: Move, left: Collection[tuple[str, int]], needed: Sequence[tuple[str, int]]) -> bool:
    """Whether a move below this one, or one that it needs, is still to be made."""
    return (move.item, move.rating - 1) in left or any(one in left for one in needed)
