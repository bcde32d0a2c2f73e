"""The sentences about the way ahead: the cheapest path or why there is none, the target, and what a what-if changes."""

from collections.abc import Sequence
from fractions import Fraction

from checklist.model import Checklist
from scoring.fixes import effort_size
from scoring.model import Result, Target
from scoring.path import NoPath, Path, Step
from scoring.wording import counted, in_words, level_name, listed, number

# More names than this and a sentence counts the rest.
NAMES_IN_A_SENTENCE = 4


def path_sentence(checklist: Checklist, path: Path | NoPath) -> str:
    """What the way to the level costs, and how far the score rises; or why there is no such way."""
    if isinstance(path, NoPath):
        return no_path_sentence(checklist, path)
    steps, items = len(path.steps), len({step.item for step in path.steps})
    on = f" on {counted(items, 'item')}" if items < steps else ""
    start, to = checklist.level(path.start).name, checklist.level(path.to).name
    bring = "brings" if steps == 1 else "bring"
    cost = f"{counted(path.effort, 'effort point')}{' in all' if steps > 1 else ''}"
    rise = f"The score rises from {number(path.score)} to {number(path.steps[-1].score)} of 5."
    return f"{_count(steps, 'step', 'steps')}{on}, {cost}, {bring} you from {start} to {to}. {rise}"


def no_path_sentence(checklist: Checklist, path: NoPath) -> str:
    """Why no path leads there, and what to do about it."""
    if path.reason == "no-score" or path.start is None:
        return "A path appears here as soon as the first question of the checklist is rated."
    if path.to is None:
        return f"This is {level_name(checklist, path.start)}: there is no higher level to reach."
    if path.reason == "reached":
        return f"{level_name(checklist, path.to)} is reached already. Choose a higher level."
    best = level_name(checklist, path.best_level or path.start)
    parts = [f"No path leads to {level_name(checklist, path.to)}: with every item that can move at 5 it is {best}."]
    if path.accepted:
        parts.append(f"Accepted risks stay as they are: {_named(checklist, path.accepted)}.")
    if path.find_out:
        what = "these questions" if len(path.find_out) > 1 else "this question"
        waiting = _named(checklist, path.waiting)
        wait = "waits" if len(path.waiting) == 1 else "wait"
        parts.append(f"Answer {what} first: {_named(checklist, path.find_out)}; {waiting} {wait} for it.")
    elif path.waiting:
        wait = "waits" if len(path.waiting) == 1 else "wait"
        parts.append(f"{_named(checklist, path.waiting)} {wait} for them.")
    return " ".join(parts)


def path_title(path: Path) -> str:
    """Where the quick wins end: "Half of the rise costs 3 of 23 points"."""
    half = path.score + (path.steps[-1].score - path.score) / 2
    spent = next(step.spent for step in path.steps if step.score >= half)
    if spent == path.effort:
        return f"The whole rise costs {counted(path.effort, 'point')}"
    return f"Half of the rise costs {spent} of {counted(path.effort, 'point')}"


def path_alt(path: Path) -> str:
    """What the staircase shows, in one sentence."""
    return (
        f"Score against effort: {counted(len(path.steps), 'step')} from {number(path.score)} to "
        f"{number(path.steps[-1].score)} of 5 for {counted(path.effort, 'effort point')}."
    )


def after_step(checklist: Checklist, step: Step) -> str:
    """Where the system stands after a step: "2.43 of 5, Level 2, Basic"."""
    return f"{number(step.score)} of 5, {level_name(checklist, step.level)}"


def effort_of(step: Step) -> str:
    """What a step costs, in effort points and in a word: "9 points, medium"."""
    return f"{counted(step.effort, 'point')}, {effort_size(step.effort)}"


def item_moves(path: Path) -> dict[str, tuple[int, int]]:
    """The items that move, in the order of their first step, each with its first and its last rating."""
    moves: dict[str, tuple[int, int]] = {}
    for step in path.steps:
        first, _ = moves.get(step.item, (step.start, step.end))
        moves[step.item] = (first, step.end)
    return moves


def planned_sentence(count: int) -> str:
    """What "make this our plan" has done: "Three fixes are planned."."""
    return f"{_count(count, 'fix', 'fixes')} {'is' if count == 1 else 'are'} planned."


def path_words(path: Path | NoPath) -> str:
    """A path in a few words: "9 steps, 23 points"."""
    if isinstance(path, Path):
        return f"{counted(len(path.steps), 'step')}, {counted(path.effort, 'point')}"
    return {"no-score": "nothing rated", "out-of-reach": "out of reach"}.get(path.reason, "reached")


# The target


def target_words(checklist: Checklist, result: Result, wanted: Target) -> str:
    """What is aimed at: "Target: Level 3, Intermediate, one level up; Data pipeline Level 4."."""
    aim = result.target.overall
    if aim is None:
        return "The target is one level up, as soon as there is a level."
    default = " (one level up)" if wanted.overall is None and aim != result.level else ""
    areas = [f"{checklist.area(area).name} Level {level}" for area, level in wanted.areas.items() if level != aim]
    own = f"; {listed(areas)}" if areas else ""
    return f"Target: {level_name(checklist, aim)}{default}{own}."


def low_target_sentence(checklist: Checklist, result: Result, wanted: Target) -> str:
    """A target that is below what is reached already, said in a sentence; empty when none is."""
    low = [
        f"{checklist.area(area.id).name} (Level {wanted.areas[area.id]}, now {area.level})"
        for area in result.areas
        if area.level is not None and area.id in wanted.areas and wanted.areas[area.id] < area.level
    ]
    if wanted.overall is not None and result.level is not None and wanted.overall < result.level:
        low.insert(0, f"the whole (Level {wanted.overall}, now {result.level})")
    if not low:
        return ""
    is_below = "is a target" if len(low) == 1 else "are targets"
    what_to_do = "Nothing has to be done for that; aim higher, or leave it."
    return f"There {is_below} below the present level, for {listed(low)}. {what_to_do}"


def gap_sentence(checklist: Checklist, result: Result) -> str:
    """How far the areas are from their targets: "Model governance is furthest from its target: 1.5 levels"."""
    gaps = {
        area.id: result.target.areas[area.id] - area.score
        for area in result.areas
        if area.score is not None and area.id in result.target.areas
    }
    open_gaps = {area: gap for area, gap in gaps.items() if gap > 0}
    if not open_gaps:
        return "Every rated area has reached its target." if gaps else ""
    widest = max(open_gaps.values())
    names = [checklist.area(area).name for area, gap in open_gaps.items() if gap == widest]
    are = "is" if len(names) == 1 else "are"
    its = "its target" if len(names) == 1 else "their targets"
    return f"{listed(names)} {are} furthest from {its}, by {_gap_words(widest)}."


# What-if


def level_change(checklist: Checklist, before: Result, after: Result) -> tuple[str, str]:
    """The level before and after, each as number and name."""
    return _level(checklist, before), _level(checklist, after)


def holder_change(checklist: Checklist, before: Result, after: Result) -> tuple[str, str]:
    """The areas that hold the level before and after."""
    return _holders(checklist, before), _holders(checklist, after)


def score_change(before: Result, after: Result) -> tuple[str, str]:
    """The score before and after."""
    return _score(before.score), _score(after.score)


def _level(checklist: Checklist, result: Result) -> str:
    return "none" if result.level is None else f"{result.level} {checklist.level(result.level).name}"


def _holders(checklist: Checklist, result: Result) -> str:
    return listed([checklist.area(area).name for area in result.holders]) or "no area"


def _score(score: Fraction | None) -> str:
    return "none" if score is None else number(score)


def _gap_words(gap: Fraction) -> str:
    said = number(gap)
    if said == "0":
        return "less than 0.01 of a level"
    return f"{said} {'level' if said == '1' else 'levels'}"


def _named(checklist: Checklist, items: Sequence[str]) -> str:
    names = [checklist.item(item).name for item in items]
    if len(names) > NAMES_IN_A_SENTENCE:
        names = [*names[: NAMES_IN_A_SENTENCE - 1], f"{in_words(len(names) - NAMES_IN_A_SENTENCE + 1)} more"]
    return listed(names)


def _count(count: int, thing: str, several: str) -> str:
    return f"{in_words(count).capitalize()} {thing if count == 1 else several}"
