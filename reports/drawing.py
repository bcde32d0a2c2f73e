"""Where do I find the drawings of a result? Here: score band, areas, heat map and trend, each as one scene.

The report prints these scenes and the pages show them as SVG, so that a page and its print are siblings.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise

from checklist.model import Checklist, Level, SummaryLine
from palette import LIGHT, Scheme
from reports.document import day
from reports.scene import Anchor, Box, Dot, Face, Line, Scene, Shape, Words, hatched
from scoring import explain
from scoring.model import AreaResult, Range, Response, Result, SummaryScore
from scoring.trend import Point

TOP_LEVEL = 5
PLAIN: Face = "sans"
SEMIBOLD: Face = "semibold"
# Level 5 is a single point of the scale; on paper it gets this share of the width to be seen.
CAP_SHARE = 0.13


def place(score: Fraction, width: float) -> float:
    """How far from the left a score stands on a band of this width; a score of 5 stands amid the last field."""
    scale = width * (1 - CAP_SHARE)
    if score >= TOP_LEVEL:
        return width - width * CAP_SHARE / 2
    return scale * float(score - 1) / (TOP_LEVEL - 1)


def score_band(checklist: Checklist, result: Result, system: str, width: float = 467, scheme: Scheme = LIGHT) -> Scene:
    """The overall score on the five levels, with the range of what is still possible as a thin line."""
    shapes = _band(checklist.levels, result, width, scheme)
    return Scene(width, BAND_HEIGHT, tuple(shapes), explain.headline(checklist, system, result))


def area_band(checklist: Checklist, area: AreaResult, width: float = 467, scheme: Scheme = LIGHT) -> Scene:
    """The score of one area on the five levels."""
    shapes = _band(checklist.levels, area, width, scheme)
    return Scene(width, BAND_HEIGHT, tuple(shapes), explain.area_sentence(checklist, area))


BAND_TOP, BAND_FOOT, BAND_HEIGHT = 18.0, 40.0, 72.0


def _band(levels: Sequence[Level], result: Result | AreaResult, width: float, scheme: Scheme) -> Iterator[Shape]:
    height = BAND_FOOT - BAND_TOP
    yield from _names(levels, 66, result.level, width, scheme)
    if result.score is None or result.level is None:
        yield from _empty(result.applicable > 0, 0, BAND_TOP, width, height, scheme)
        return
    yield from _fields(levels, 0, BAND_TOP, width, height, scheme)
    yield _frame(result.level, width, scheme)
    if isinstance(result, Result) and result.target.overall is not None:
        yield _goal(result.target.overall, 0, BAND_TOP, BAND_FOOT, width, scheme)
    yield from _mark(result.score, width, scheme)
    if result.range is not None and result.range.low != result.range.high:
        yield from _possible(result.range, 48, width, scheme)


def _empty(unknown: bool, x: float, y: float, width: float, height: float, scheme: Scheme) -> tuple[Shape, ...]:
    """A field without a score: hatched where answers are missing, a mere outline where nothing applies."""
    if unknown:
        return hatched(x, y, width, height, scheme.unknown, scheme.hatch)
    return (Box(x, y, width, height, stroke=scheme.unknown, thickness=0.6),)


def _edges(level: int, width: float) -> tuple[float, float]:
    scale = width * (1 - CAP_SHARE)
    step = scale / (TOP_LEVEL - 1)
    return (scale, width) if level == TOP_LEVEL else ((level - 1) * step, level * step)


def _fields(levels: Sequence[Level], x: float, y: float, width: float, height: float, scheme: Scheme) -> Iterator[Box]:
    for level in levels:
        left, right = _edges(level.number, width)
        yield Box(x + left, y, right - left, height, fill=scheme.levels[level.number - 1])


def _names(
    levels: Sequence[Level],
    y: float,
    reached: int | None,
    width: float,
    scheme: Scheme,
    x: float = 0,
    size: float = 9,
) -> Iterator[Words]:
    """The levels' names below their fields; the one that is reached stands out."""
    for level in levels:
        left, right = _edges(level.number, width)
        colour, face = (scheme.ink, SEMIBOLD) if level.number == reached else (scheme.muted, PLAIN)
        yield Words(x + (left + right) / 2, y, f"{level.number} {level.name}", size, colour, face, "middle")


def _frame(level: int, width: float, scheme: Scheme) -> Box:
    left, right = _edges(level, width)
    return Box(left, BAND_TOP, right - left, BAND_FOOT - BAND_TOP, stroke=scheme.ink, thickness=1.5)


def _mark(score: Fraction, width: float, scheme: Scheme) -> Iterator[Shape]:
    x = place(score, width)
    yield Dot(x, (BAND_TOP + BAND_FOOT) / 2, 6.5, scheme.ink, scheme.page)
    # Near an edge the label starts or ends there, or it would be cut off.
    edge, anchor = _kept_inside(x, width, 26)
    yield Words(edge, 11, f"{explain.number(score)} of 5", 11, scheme.ink, SEMIBOLD, anchor)


def _goal(level: int, x: float, top: float, foot: float, width: float, scheme: Scheme) -> Line:
    """Where the target begins on a band of this width: a line that reaches a little beyond it."""
    spot = x + place(Fraction(level), width)
    return Line(spot, top - 2, spot, foot + 2, scheme.ink, 1.5)


def _kept_inside(x: float, width: float, half: float) -> tuple[float, Anchor]:
    """Where a label of twice `half` goes that belongs to `x` but must stay between 0 and `width`."""
    if x < half:
        return 0, "start"
    return (width, "end") if x > width - half else (x, "middle")


def _possible(span: Range, y: float, width: float, scheme: Scheme) -> Iterator[Shape]:
    yield from _span(span, 0, y, width, scheme)
    label = f"possible: {explain.number(span.low)} to {explain.number(span.high)}"
    right, left = place(span.high, width), place(span.low, width)
    if right < width - 100:
        yield Words(right + 7, y + 3, label, 8.5, scheme.muted)
    elif left > 100:
        yield Words(left - 7, y + 3, label, 8.5, scheme.muted, PLAIN, "end")


def _span(span: Range, x: float, y: float, width: float, scheme: Scheme, tick: float = 3) -> Iterator[Line]:
    low, high = x + place(span.low, width), x + place(span.high, width)
    yield Line(low, y, high, y, scheme.ink, 1)
    yield Line(low, y - tick, low, y + tick, scheme.ink, 1)
    yield Line(high, y - tick, high, y + tick, scheme.ink, 1)


ROW = 23.0
NAME_WIDTH = 122.0
SCORE_WIDTH = 66.0
# Above the first strip, for the word that names the target.
TARGET_HEAD = 10.0


def areas(checklist: Checklist, result: Result, width: float = 467, scheme: Scheme = LIGHT) -> Scene:
    """The areas as dots on the levels, in checklist order, each with its target; a thin line is what is possible."""
    band = width - NAME_WIDTH - SCORE_WIDTH
    shapes: list[Shape] = []
    goals = result.target.areas
    head = TARGET_HEAD if goals else 0
    for row, area in enumerate(result.areas):
        top = head + row * ROW
        shapes += [*_area_row(checklist, area, top, width, scheme)]
        if area.id in goals:
            shapes.append(_goal(goals[area.id], NAME_WIDTH, top + 3, top + 15, band, scheme))
    shapes += _target_word(result, band, scheme)
    bottom = head + len(result.areas) * ROW
    shapes += _names(checklist.levels, bottom + 7, None, band, scheme, x=NAME_WIDTH, size=7.5)
    numbers = "; ".join(f"{checklist.area(area.id).name}: {_area_words(area, goals)}" for area in result.areas)
    return Scene(width, bottom + 10, tuple(shapes), explain.areas_title(checklist, result), numbers)


def _target_word(result: Result, band: float, scheme: Scheme) -> Iterator[Words]:
    """The word above the first area's target."""
    goal = result.target.areas.get(result.areas[0].id) if result.areas else None
    if goal is not None:
        yield Words(NAME_WIDTH + place(Fraction(goal), band), 7, "target", 7.5, scheme.muted, PLAIN, "middle")


def _area_words(area: AreaResult, goals: Mapping[str, int]) -> str:
    return f"{_score_words(area)}, target {goals[area.id]}" if area.id in goals else _score_words(area)


def _area_row(checklist: Checklist, area: AreaResult, top: float, width: float, scheme: Scheme) -> Iterator[Shape]:
    band = width - NAME_WIDTH - SCORE_WIDTH
    middle = top + 9
    yield Words(0, middle + 3.5, checklist.area(area.id).name, 10, scheme.ink)
    if area.score is not None:
        yield from _fields(checklist.levels, NAME_WIDTH, top + 3, band, 12, scheme)
        yield from _scored(area, area.score, middle, band, scheme)
    else:
        yield from _empty(area.applicable > 0, NAME_WIDTH, top + 3, band, 12, scheme)
    face, ink = (SEMIBOLD, scheme.ink) if area.score is not None else (PLAIN, scheme.muted)
    yield Words(width, middle + 3.5, _score_words(area), 10, ink, face, "end")


def _scored(area: AreaResult, score: Fraction, y: float, band: float, scheme: Scheme) -> Iterator[Shape]:
    if area.range is not None and area.range.low != area.range.high:
        # The line runs below the strip: on the dark fields it would vanish.
        yield from _span(area.range, NAME_WIDTH, y + 9, band, scheme, tick=2)
    yield Dot(NAME_WIDTH + place(score, band), y, 5, scheme.ink, scheme.page)


def _score_words(area: AreaResult) -> str:
    if area.score is not None:
        return f"{explain.number(area.score)} of 5"
    return "not answered" if area.applicable else "not applicable"


CELL_HEIGHT = 33.0
CELL_GAP = 2.0


def heat_map(checklist: Checklist, result: Result, width: float = 467, scheme: Scheme = LIGHT) -> Scene:
    """The lines of the one-page view, a column for each group; unknown lines are hatched."""
    scores = {score.id: score for score in result.summary}
    groups = [(name, list(lines)) for name, lines in groupby(checklist.summary, key=lambda line: line.group)]
    column = (width + CELL_GAP) / max(len(groups), 1)
    shapes: list[Shape] = []
    for number, (name, lines) in enumerate(groups):
        shapes.append(Words(number * column, 8, name, 8.5, scheme.ink, SEMIBOLD))
        for row, line in enumerate(lines):
            top = 14 + row * (CELL_HEIGHT + CELL_GAP)
            shapes += _cell(line, scores[line.id], number * column, top, column - CELL_GAP, scheme)
    rows = max((len(lines) for _, lines in groups), default=0)
    numbers = "; ".join(f"{line.name}: {_line_words(scores[line.id])}" for line in checklist.summary)
    height = 14 + rows * (CELL_HEIGHT + CELL_GAP)
    return Scene(width, height, tuple(shapes), explain.summary_title(checklist, result), numbers)


def _cell(line: SummaryLine, score: SummaryScore, x: float, y: float, width: float, scheme: Scheme) -> Iterator[Shape]:
    if score.score is not None and score.level is not None:
        yield Box(x, y, width, CELL_HEIGHT, fill=scheme.levels[score.level - 1])
        ink = scheme.on_levels[score.level - 1]
        yield Words(x + 6, y + 26, explain.number(score.score), 11, ink, SEMIBOLD)
        if score.unknown:
            yield Words(x + width - 6, y + 26, f"{score.unknown} unknown", 7.5, ink, PLAIN, "end")
    else:
        yield Box(x + 0.3, y + 0.3, width - 0.6, CELL_HEIGHT - 0.6, stroke=scheme.unknown, thickness=0.6)
        ink, start = scheme.ink, x + 6
        if score.unknown:
            yield from hatched(x + 6, y + 18, 16, 9, scheme.unknown, scheme.hatch)
            start = x + 27
        yield Words(start, y + 25.5, _line_words(score), 7.5, scheme.ink)
    yield Words(x + 6, y + 12, line.name, 7.5, ink)


def _line_words(score: SummaryScore) -> str:
    if score.score is not None:
        return explain.number(score.score)
    return "unknown" if score.unknown else "not applicable"


PLOT_HEIGHT = 130.0
LEVEL_NAMES_WIDTH = 78.0
DASH = 8.0


def trend(
    checklist: Checklist,
    points: Sequence[Point],
    width: float = 467,
    scheme: Scheme = LIGHT,
    target: int | None = None,
    height: float = PLOT_HEIGHT,
) -> Scene:
    """The overall score over time on the level bands, and the target; the line breaks where there was no score.

    `height` is that of the bands; names and dates of the points stand beneath.
    """
    plot = width - LEVEL_NAMES_WIDTH
    shapes: list[Shape] = [*_stripes(checklist.levels, plot, height, scheme)]
    shapes += [] if target is None else _aim(target, plot, height, scheme)
    for run in _runs(points):
        spots = [(_moment(point, points, plot), height - place(score, height)) for point, score in run]
        shapes += [Line(*start, *end, scheme.ink, 2) for start, end in pairwise(spots)]
        shapes += [Dot(x, y, 4, scheme.ink, scheme.page) for x, y in spots]
    shapes += _dates(points, plot, height, scheme)
    numbers = "; ".join(f"{point.name}, {day(point.at)}: {_point_words(point)}" for point in points)
    return Scene(width, height + 30, tuple(shapes), explain.trend_title(checklist, points), numbers)


def _aim(level: int, plot: float, height: float, scheme: Scheme) -> Iterator[Shape]:
    """A dashed line at the score with which the target begins, and its name."""
    y = height - place(Fraction(level), height)
    dashes = int(plot // DASH) + 1
    yield from (Line(n * DASH, y, min(n * DASH + DASH / 2, plot), y, scheme.ink, 1) for n in range(dashes))
    yield Words(4, y - 3, f"Target: Level {level}", 8.5, scheme.ink, SEMIBOLD)


def _stripes(levels: Sequence[Level], plot: float, height: float, scheme: Scheme) -> Iterator[Shape]:
    for level in levels:
        low, high = _edges(level.number, height)
        yield Box(0, height - high, plot, high - low, fill=scheme.levels[level.number - 1])
        middle = height - (low + high) / 2 + 3
        yield Words(plot + 8, middle, f"{level.number} {level.name}", 8.5, scheme.muted)


def _runs(points: Sequence[Point]) -> Iterator[list[tuple[Point, Fraction]]]:
    for scored, run in groupby(points, key=lambda point: point.score is not None):
        if scored:
            yield [(point, point.score) for point in run if point.score is not None]


def _moment(point: Point, points: Sequence[Point], plot: float) -> float:
    first, last = points[0].at.toordinal(), points[-1].at.toordinal()
    share = (point.at.toordinal() - first) / (last - first) if last > first else 0.5
    return 14 + share * (plot - 28)


# A label is about this wide; between two neighbours that are closer the later one gives way.
LABEL_WIDTH = 96.0


def _dates(points: Sequence[Point], plot: float, height: float, scheme: Scheme) -> Iterator[Words]:
    free = -LABEL_WIDTH
    last = _moment(points[-1], points, plot) if points else 0
    for number, point in enumerate(points):
        x = _moment(point, points, plot)
        final = number == len(points) - 1
        if x - free < LABEL_WIDTH or (not final and last - x < LABEL_WIDTH):
            continue
        free = x
        edge, anchor = _kept_inside(x, plot, LABEL_WIDTH / 2)
        yield Words(edge, height + 12, _short(point.name), 8.5, scheme.ink, SEMIBOLD, anchor)
        yield Words(edge, height + 23, day(point.at), 8.5, scheme.muted, PLAIN, anchor)


def _short(name: str, limit: int = 20) -> str:
    return name if len(name) <= limit else f"{name[: limit - 1].rstrip()}…"


def _point_words(point: Point) -> str:
    return "no score" if point.score is None else f"{explain.number(point.score)} of 5"


def rating_mark(response: Response, x: float, y: float, size: float = 18, scheme: Scheme = LIGHT) -> tuple[Shape, ...]:
    """The rating as a square of its level; hatched for unknown, an outline with a dash for not applicable."""
    middle, base = x + size / 2, y + size * 0.7
    if response.state == "rated" and response.rating is not None:
        fill, ink = scheme.levels[response.rating - 1], scheme.on_levels[response.rating - 1]
        digit = Words(middle, base, str(response.rating), size * 0.6, ink, SEMIBOLD, "middle")
        return Box(x, y, size, size, fill=fill), digit
    if response.state == "not-applicable":
        dash = Line(middle - size / 5, y + size / 2, middle + size / 5, y + size / 2, scheme.muted, 1)
        return Box(x, y, size, size, stroke=scheme.unknown, thickness=0.6), dash
    return hatched(x, y, size, size, scheme.unknown, scheme.hatch)


def steps(rating: int, target: int | None, x: float, y: float, scheme: Scheme = LIGHT) -> Iterator[Shape]:
    """Five small fields, filled up to the rating; those with a dark edge are to go until the target."""
    for level in range(1, TOP_LEVEL + 1):
        left = x + (level - 1) * 11
        if level <= rating:
            yield Box(left, y, 9, 6, fill=scheme.levels[rating - 1], stroke=scheme.unknown, thickness=0.4)
        elif target is not None and level <= target:
            yield Box(left, y, 9, 6, stroke=scheme.ink, thickness=0.8)
        else:
            yield Box(left, y, 9, 6, stroke=scheme.line, thickness=0.5)
