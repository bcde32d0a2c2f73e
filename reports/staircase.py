"""Where do I find the drawing of a path? Here: score against effort as a staircase on the levels it crosses."""

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.model import Checklist
from palette import LIGHT, Scheme
from reports.scene import Anchor, Box, Dot, Line, Scene, Shape, Words
from scoring import explain, outlook
from scoring.levels import HIGHEST, LOWEST
from scoring.path import Path

HEIGHT, NAMES_WIDTH, FOOT = 170.0, 84.0, 30.0
# The stairs show at least so much of the scale, so that a small step is no cliff.
LEAST_SPAN = 0.6
# A number takes about this much room beside its neighbours, a level's name so much from its edges.
NUMBER_ROOM, NAME_ROOM = 11.0, 12.0
DASH = 8.0


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where effort and scores stand in the drawing."""

    path: Path
    width: float
    low: float
    high: float

    def x(self, spent: int) -> float:
        return 5 + (self.width - 12) * spent / self.path.effort

    def y(self, score: float) -> float:
        inside = min(max(score, self.low), self.high)
        return HEIGHT * (self.high - inside) / (self.high - self.low)


def staircase(checklist: Checklist, path: Path, width: float = 467, scheme: Scheme = LIGHT) -> Scene:
    """The overall score over the effort spent, a numbered stair for each step, and the level to reach."""
    plot = _Plot(path, width - NAMES_WIDTH, *_window(path))
    shapes = (
        *_levels(checklist, plot, scheme),
        *_goal(checklist, plot, scheme),
        *_stairs(plot, scheme),
        *_numbers(plot, scheme),
        *_efforts(plot, scheme),
    )
    told = "; ".join(
        f"{number}. {checklist.item(step.item).name}, from {step.start} to {step.end}: "
        f"{outlook.effort_of(step)}; {outlook.after_step(checklist, step)}"
        for number, step in enumerate(path.steps, start=1)
    )
    return Scene(width, HEIGHT + FOOT, shapes, outlook.path_alt(path), told)


def _window(path: Path) -> tuple[float, float]:
    """The part of the scale that the path crosses, with some air."""
    scores = (float(path.score), float(path.to), *(float(step.score) for step in path.steps))
    low, high = min(scores), max(scores)
    air = max((high - low) / 8, (LEAST_SPAN - (high - low)) / 2)
    return max(low - air, LOWEST), min(high + air, HIGHEST)


def _levels(checklist: Checklist, plot: _Plot, scheme: Scheme) -> Iterator[Shape]:
    for level in checklist.levels:
        top, foot = plot.y(level.number + 1), plot.y(level.number)
        if foot > top:
            yield Box(0, top, plot.width, foot - top, fill=scheme.levels[level.number - 1])
        if foot - top >= NAME_ROOM:
            name = f"{level.number} {level.name}"
            yield Words(plot.width + 8, (top + foot) / 2 + 3, name, 8.5, scheme.muted)


def _goal(checklist: Checklist, plot: _Plot, scheme: Scheme) -> Iterator[Shape]:
    """A dashed line where the level begins that the path leads to, named where the stairs are not yet."""
    y = plot.y(plot.path.to)
    dashes = int(plot.width // DASH) + 1
    yield from (Line(n * DASH, y, min(n * DASH + DASH / 2, plot.width), y, scheme.ink, 1) for n in range(dashes))
    # At the very top of the drawing there is room only below the line.
    at = y - 4 if y > NAME_ROOM else y + 10
    yield Words(4, at, explain.level_name(checklist, plot.path.to), 8.5, _ink(plot, at - 3, scheme), "semibold")


def _stairs(plot: _Plot, scheme: Scheme) -> Iterator[Shape]:
    x, y = plot.x(0), plot.y(float(plot.path.score))
    spots = [(x, y)]
    for step in plot.path.steps:
        right, up = plot.x(step.spent), plot.y(float(step.score))
        yield Line(x, y, right, y, scheme.ink, 1.8)
        yield Line(right, y, right, up, scheme.ink, 1.8)
        x, y = right, up
        spots.append((x, y))
    yield from (Dot(*spot, 3.5, scheme.ink, scheme.page, 1) for spot in spots)


def _numbers(plot: _Plot, scheme: Scheme) -> Iterator[Words]:
    """The step's numbers, up and to the left of its dot, as far as there is room: the last one, and back from there."""
    free = plot.width + NUMBER_ROOM
    for number, step in reversed(list(enumerate(plot.path.steps, start=1))):
        x, y = plot.x(step.spent), plot.y(float(step.score))
        if free - x >= NUMBER_ROOM:
            free = x
            yield _number(plot, number, x, y, scheme)


def _number(plot: _Plot, number: int, x: float, y: float, scheme: Scheme) -> Words:
    """Above its dot; to the right beneath it where the number would stand in the dashed line, or over the edge."""
    crosses = y - 14 < plot.y(plot.path.to) < y - 3
    if y < 13 or crosses:
        return Words(x + 3, y + 13, str(number), 8.5, _ink(plot, y + 10, scheme), "semibold")
    return Words(x - 4, y - 5, str(number), 8.5, _ink(plot, y - 8, scheme), "semibold", "end")


def _ink(plot: _Plot, y: float, scheme: Scheme) -> str:
    """The colour of text on the level that lies behind it."""
    score = plot.high - y / HEIGHT * (plot.high - plot.low)
    return scheme.on_levels[min(max(int(score), LOWEST), HIGHEST) - 1]


def _efforts(plot: _Plot, scheme: Scheme) -> Iterator[Words]:
    ends: tuple[tuple[int, Anchor], ...] = ((0, "start"), (plot.path.effort, "end"))
    for spent, anchor in ends:
        x = 0 if anchor == "start" else plot.width
        yield Words(x, HEIGHT + 12, str(spent), 8.5, scheme.muted, "sans", anchor)
    yield Words(plot.width / 2, HEIGHT + 24, "Effort points spent", 8.5, scheme.muted, "sans", "middle")
