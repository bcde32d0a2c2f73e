"""What charts say in words: titles that name the finding, and texts for those who do not see the chart."""

from collections.abc import Sequence
from fractions import Fraction

from checklist.model import Checklist
from scoring.model import Result
from scoring.trend import Point
from scoring.wording import in_words, level_name, listed, number

# More names than this and a title counts them instead.
NAMES_IN_A_TITLE = 2


def areas_title(checklist: Checklist, result: Result) -> str:
    """Which area is furthest behind: "Model governance is furthest behind, at 1 of 5"."""
    scores = {checklist.area(area.id).name: area.score for area in result.areas if area.score is not None}
    if not scores:
        return "No area has a score yet"
    lowest, names = _lowest(scores)
    if len(scores) == 1:
        return f"Only {names[0]} has a score so far: {number(lowest)} of 5"
    if len(names) == len(scores):
        rated = "" if len(scores) == len(result.areas) else " rated"
        return f"All {in_words(len(scores))}{rated} areas are at {number(lowest)} of 5"
    behind = "is furthest behind" if len(names) == 1 else "are furthest behind"
    return f"{listed(names)} {behind}, at {number(lowest)} of 5"


def summary_title(checklist: Checklist, result: Result) -> str:
    """Which lines of the one-page view are lowest: "Lowest: Documentation, at 1 of 5"."""
    names = {line.id: line.name for line in checklist.summary}
    scores = {names[line.id]: line.score for line in result.summary if line.score is not None}
    if not scores:
        return "No line has a score yet"
    lowest, lines = _lowest(scores)
    if len(scores) == 1:
        return f"Only {lines[0]} has a score so far: {number(lowest)} of 5"
    if len(lines) == len(scores):
        rated = "" if len(scores) == len(result.summary) else " rated"
        return f"All {in_words(len(scores))}{rated} lines are at {number(lowest)} of 5"
    some = listed(lines) if len(lines) <= NAMES_IN_A_TITLE else f"{len(lines)} of {len(scores)} lines"
    return f"Lowest: {some}, at {number(lowest)} of 5"


def trend_title(checklist: Checklist, points: Sequence[Point]) -> str:
    """How the score moved over `points` (oldest first), from the first that has one to the last."""
    scored = [(point.score, point.level) for point in points if point.score is not None]
    if not scored:
        return "No milestone has a score yet"
    (first, _), (last, level) = scored[0], scored[-1]
    now = "" if level is None else f": {level_name(checklist, level)}"
    if len(scored) == 1:
        return f"One score so far: {number(last)} of 5{now}"
    start, end = number(first), number(last)
    if start == end:
        return f"Unchanged at {end} of 5{now}"
    return f"{'Up' if last > first else 'Down'} from {start} to {end} of 5{now}"


def areas_alt(checklist: Checklist, result: Result) -> str:
    """What the chart of the areas shows, in one sentence."""
    said = _shown("area", [(checklist.area(area.id).name, area.score) for area in result.areas])
    goals = result.target.areas
    if len(set(goals.values())) == 1:
        return f"{said} The target is {level_name(checklist, next(iter(goals.values())))}."
    own = [f"{checklist.area(area).name} {level}" for area, level in goals.items()]
    return f"{said} Target levels: {', '.join(own)}." if own else said


def summary_alt(checklist: Checklist, result: Result) -> str:
    """What the one-page view shows, in one sentence."""
    names = {line.id: line.name for line in checklist.summary}
    return _shown("line", [(names[line.id], line.score) for line in result.summary])


def trend_alt(points: Sequence[Point]) -> str:
    """What the trend line shows, in one sentence; the names of the points are told as they were given."""
    return _shown("milestone", [(point.name, point.score) for point in points])


def _shown(what: str, scores: Sequence[tuple[str, Fraction | None]]) -> str:
    said = [f"{name} {'no score' if score is None else number(score)}" for name, score in scores]
    return f"Score of 5 by {what}: {', '.join(said)}." if said else f"No {what} to show yet."


def _lowest(scores: dict[str, Fraction]) -> tuple[Fraction, list[str]]:
    lowest = min(scores.values())
    return lowest, [name for name, score in scores.items() if score == lowest]
