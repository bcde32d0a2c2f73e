"""The charts: areas on level bands, and scores over time. One style, drawn like the report's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from checklist.model import Checklist
from data.model import OVERALL, Point
from scoring import explain, outlook
from scoring.compare import Comparison
from scoring.model import Result
from scoring.path import Path
from ui import bands, state
from ui.bands import SCALE

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT = 52
# So many numbers fit beside each other on a wide and on a narrow staircase, and from which width on it is wide.
NUMBERS_ACROSS = {"wide": 45, "narrow": 14}
WIDE_FROM = 560
# The staircase without its axis, and how far above its dot a number ends, in pixels.
STAIRS_HEIGHT = 272
NUMBER_REACH = 22
# The staircase shows at least so many levels.
WINDOW = 0.6


@dataclass(frozen=True, slots=True)
class Break:
    """A moment from which on a trend line is about something else, and what that is in a few words."""

    at: datetime
    words: str


def warm_up() -> None:
    """Build each kind of chart once, so that the first visitor does not wait for it."""
    import altair as alt
    import pandas as pd

    alt.Chart(pd.DataFrame({"x": [1.0]})).mark_point().encode(x="x:Q").to_dict()


def areas(checklist: Checklist, result: Result) -> Any:
    """Each area as a dot on the five level bands; a thin line shows what is still possible."""
    import altair as alt
    import pandas as pd

    rows = [
        {
            "area": checklist.area(area.id).name,
            "score": None if area.score is None else float(area.score),
            "low": None if area.range is None else float(area.range.low),
            "high": None if area.range is None else float(area.range.high),
            "words": "no rating yet" if area.score is None else explain.number(area.score),
            "target": result.target.areas.get(area.id),
        }
        for area in result.areas
    ]
    order = [checklist.area(area.id).name for area in result.areas]
    frame = pd.DataFrame(rows)
    ink, muted = bands.ink(), bands.muted()
    y = alt.Y("area:N", sort=order, title=None, axis=_names_axis())
    base = alt.Chart(frame)
    possible = base.mark_rule(color=muted, size=2, opacity=0.8).encode(
        x=alt.X("low:Q", scale=alt.Scale(domain=SCALE)), x2="high:Q", y=y
    )
    dots = (
        base.transform_filter("isValid(datum.score)")
        .mark_circle(size=190, color=ink, opacity=1, stroke=bands.page(), strokeWidth=2)
        .encode(x="score:Q", y=y, tooltip=[alt.Tooltip("area:N", title="Area"), alt.Tooltip("words:N", title="Score")])
    )
    words = (
        base.transform_filter("isValid(datum.score)")
        .mark_text(dy=-18, color=ink, fontSize=13, fontWeight=600)
        .encode(x="score:Q", y=y, text="words:N")
    )
    nothing = (
        base.transform_filter("!isValid(datum.score)")
        .mark_text(dx=8, color=muted, fontSize=12, align="left")
        .encode(x=alt.value(0), y=y, text="words:N")
    )
    targets = (
        base.transform_filter("isValid(datum.target)")
        .mark_tick(color=ink, thickness=2, size=22, opacity=1)
        .encode(
            x=alt.X("target:Q", scale=alt.Scale(domain=SCALE)),
            y=y,
            tooltip=[alt.Tooltip("area:N", title="Area"), alt.Tooltip("target:Q", title="Target level")],
        )
    )
    named = (
        alt.Chart(frame.head(1)).transform_filter("isValid(datum.target)").mark_text(dy=21, color=muted, fontSize=11)
    )
    named = named.encode(x="target:Q", y=y, text=alt.value("target"))
    chart = alt.layer(bands.across(checklist), possible, targets, named, dots, words, nothing).properties(
        height=ROW_HEIGHT * len(rows) + 8
    )
    return _styled(chart)


def dumbbells(checklist: Checklist, comparison: Comparison) -> Any:
    """Overall and each area on the five level bands: a ring for the one side, a dot for the other."""
    import altair as alt
    import pandas as pd

    ends = [("Overall", comparison.stands_before.score, comparison.stands_after.score)]
    ends += [(checklist.area(move.area).name, move.before, move.after) for move in comparison.areas]
    rows = [
        {
            "area": area,
            "before": None if before is None else float(before),
            "after": None if after is None else float(after),
            "before_words": "" if before is None or before == after else explain.number(before),
            "after_words": "" if after is None else explain.number(after),
        }
        for area, before, after in ends
    ]
    ink, muted = bands.ink(), bands.muted()
    names = [area for area, _, _ in ends]
    y = alt.Y("area:N", sort=names, scale=alt.Scale(domain=names), title=None, axis=_names_axis())
    base = alt.Chart(pd.DataFrame(rows))
    neither = base.transform_filter("!isValid(datum.before) && !isValid(datum.after)")
    old, new = (base.transform_filter(f"isValid(datum.{side})") for side in ("before", "after"))
    x_old, x_new = (alt.X(f"{side}:Q", scale=alt.Scale(domain=SCALE)) for side in ("before", "after"))
    tooltip = [
        alt.Tooltip("area:N", title="Area"),
        alt.Tooltip("before_words:N", title=comparison.before.name),
        alt.Tooltip("after_words:N", title=comparison.after.name),
    ]
    way = old.transform_filter("isValid(datum.after)").mark_rule(color=ink, size=3, opacity=0.7)
    rings = old.mark_circle(size=170, color=bands.page(), opacity=1, stroke=ink, strokeWidth=2.5)
    dots = new.mark_circle(size=200, color=ink, opacity=1, stroke=bands.page(), strokeWidth=2)
    return _styled(
        alt.layer(
            bands.across(checklist),
            way.encode(x=x_old, x2="after:Q", y=y),
            rings.encode(x=x_old, y=y, tooltip=tooltip),
            dots.encode(x=x_new, y=y, tooltip=tooltip),
            neither.mark_text(dx=8, color=muted, fontSize=12, align="left").encode(
                x=alt.value(0), y=y, text=alt.value("no score on either side")
            ),
            old.mark_text(dy=17, color=muted, fontSize=12).encode(x=x_old, y=y, text="before_words:N"),
            new.mark_text(dy=-16, color=ink, fontSize=13, fontWeight=600).encode(x=x_new, y=y, text="after_words:N"),
        ).properties(height=ROW_HEIGHT * len(rows) + 8)
    )


def trend(
    checklist: Checklist, points: Sequence[Point], target: int | None = None, breaks: Sequence[Break] = ()
) -> Any:
    """Overall and area scores over time on the level bands; milestones are the dots of the thick line.

    A dashed rule stands at the level that is aimed at. At each of the `breaks` something else was asked.
    """
    import altair as alt
    import pandas as pd

    zone = state.time_zone()
    names = {OVERALL: "Overall"} | {area.id: area.name for area in checklist.areas}
    frame = pd.DataFrame(
        {
            "at": [point.at.astimezone(zone).replace(tzinfo=None) for point in points],
            "part": [names[point.part] for point in points],
            "score": [float(point.score) for point in points],
            "words": [explain.number(point.score) for point in points],
            "milestone": [point.name for point in points],
        }
    )
    # Lines that end at nearly the same score would write their names over each other.
    last = frame.sort_values("at").groupby("part", as_index=False).tail(1).copy()
    last["label_at"] = _spread(dict(zip(last["part"], last["score"], strict=True)), last["part"].tolist())
    overall = frame[frame["part"] == "Overall"]
    ink, muted = bands.ink(), bands.muted()
    x = alt.X(
        "at:T", title=None, axis=alt.Axis(format="%b %Y", labelColor=muted, tickCount=6, grid=False, domain=False)
    )
    y = alt.Y("score:Q", scale=alt.Scale(domain=SCALE), title=None, axis=None)
    tooltip = [
        alt.Tooltip("milestone:N", title="Milestone"),
        alt.Tooltip("part:N", title="Of"),
        alt.Tooltip("words:N", title="Score"),
        alt.Tooltip("at:T", title="Date", format="%d %b %Y"),
    ]
    thin = (
        alt.Chart(frame[frame["part"] != "Overall"])
        .mark_line(strokeWidth=1.5, opacity=0.75, color=muted)
        .encode(x=x, y=y, detail="part:N", strokeDash=alt.StrokeDash("part:N", legend=None, scale=_dashes(names)))
    )
    thick = alt.Chart(overall).mark_line(strokeWidth=3.5, color=ink).encode(x=x, y=y)
    dots = (
        alt.Chart(overall)
        .mark_circle(size=70, color=ink, opacity=1, stroke=bands.page(), strokeWidth=1.5)
        .encode(x=x, y=y, tooltip=tooltip)
    )
    labels = (
        alt.Chart(last)
        .mark_text(align="left", dx=8, fontSize=12, limit=150)
        .encode(
            x=x,
            y=alt.Y("label_at:Q", scale=alt.Scale(domain=SCALE), axis=None),
            text="part:N",
            color=alt.condition("datum.part == 'Overall'", alt.value(ink), alt.value(muted)),
        )
    )
    names_of_bands = bands.names_inside(checklist, unnamed=target)
    goal = [bands.goal(checklist, target, SCALE)] if target else []
    chart = alt.layer(
        bands.behind(checklist), *_broken(breaks, points), *goal, thin, names_of_bands, thick, dots, labels
    ).properties(height=340)
    return _styled(chart)


def staircase(checklist: Checklist, path: Path) -> Any:
    """The score over the effort spent, a stair for each step, on the level bands that the path crosses."""
    import altair as alt
    import pandas as pd

    low, high = _window(path)
    named = {kind: _numbered(path, across) for kind, across in NUMBERS_ACROSS.items()}
    rows: list[dict[str, Any]] = [
        {"spent": 0, "score": float(path.score), "number": "", "step": "Now", "effort": "", "after": "", "under": False}
    ]
    rows += [
        {
            "spent": step.spent,
            "score": float(step.score),
            "number": str(number),
            "step": f"{number}. {checklist.item(step.item).name}, from {step.start} to {step.end}",
            "effort": outlook.effort_of(step),
            "after": outlook.after_step(checklist, step),
            # The number goes under its dot where it would stand in the dashed rule.
            "under": 2 < (path.to - float(step.score)) / (high - low) * STAIRS_HEIGHT < NUMBER_REACH,
            **{kind: number in shown for kind, shown in named.items()},
        }
        for number, step in enumerate(path.steps, start=1)
    ]
    ink, muted = bands.ink(), bands.muted()
    base = alt.Chart(pd.DataFrame(rows))
    x = alt.X(
        "spent:Q",
        scale=alt.Scale(domain=[0, path.effort * 1.04], nice=False),
        title="Effort points spent",
        axis=alt.Axis(
            grid=False, domain=False, ticks=False, labelColor=muted, titleColor=muted, titleFontWeight="normal",
            tickCount=8, format="d", labelFontSize=12, titleFontSize=12,
        ),
    )  # fmt: skip
    y = alt.Y("score:Q", scale=alt.Scale(domain=[low, high], nice=False), title=None, axis=None)
    tooltip = [
        alt.Tooltip("step:N", title="Step"),
        alt.Tooltip("effort:N", title="Effort"),
        alt.Tooltip("after:N", title="Then"),
    ]
    stairs = base.mark_line(interpolate="step-after", strokeWidth=2.5, color=ink).encode(x=x, y=y)
    dots = base.mark_circle(size=90, color=ink, opacity=1, stroke=bands.page(), strokeWidth=1.5).encode(
        x=x, y=y, tooltip=tooltip
    )
    room = alt.expr(f"datum[width < {WIDE_FROM} ? 'narrow' : 'wide'] ? 1 : 0")
    style: dict[str, Any] = {"fontSize": 12, "fontWeight": 600, "color": ink, "opacity": room}
    # Up and to the left of a dot nothing can be: the stairs come from below and go on to the right.
    over = base.transform_filter("!datum.under").mark_text(dx=-5, dy=-13, **style).encode(x=x, y=y, text="number:N")
    under = base.transform_filter("datum.under").mark_text(dx=10, dy=14, **style).encode(x=x, y=y, text="number:N")
    window = (low, high)
    ground = alt.layer(bands.behind(checklist, window), bands.names_beside(checklist, window))
    goal = bands.goal(checklist, path.to, window, path.score < path.to)
    return _styled(alt.layer(ground, goal, stairs, dots, over, under).properties(height=320))


def _numbered(path: Path, across: int) -> set[int]:
    """The steps that have room for their number where `across` fit side by side: the last one, and back from there."""
    shown: set[int] = set()
    next_number = float("inf")
    for number, step in reversed(list(enumerate(path.steps, start=1))):
        if (next_number - step.spent) * across >= path.effort:
            shown.add(number)
            next_number = step.spent
    return shown


def _window(path: Path) -> tuple[float, float]:
    """The part of the scale that the path crosses, with some air; never so little that a stair looks like a cliff."""
    goal, last = float(path.to), float(path.steps[-1].score)
    low, high = min(float(path.score), goal), max(last, goal)
    air = max((high - low) / 8, (WINDOW - (high - low)) / 2)
    return max(low - air, SCALE[0]), min(high + air, SCALE[1])


def _broken(breaks: Sequence[Break], points: Sequence[Point]) -> list[Any]:
    """A rule at each break; the last one of each kind is named, on its side with more room, a line below the other."""
    import altair as alt
    import pandas as pd

    if not breaks:
        return []
    zone = state.time_zone()
    frame = pd.DataFrame({"at": [one.at.astimezone(zone).replace(tzinfo=None) for one in breaks]})
    rule = alt.Chart(frame).mark_rule(color=bands.muted(), strokeDash=[5, 4], size=1.5).encode(x="at:T")
    named = {one.words: (frame.iloc[[place]], one.at) for place, one in enumerate(breaks)}
    first, last = min(point.at for point in points), max(point.at for point in points)
    return [rule, *(_named(words, *found, first, last, line) for line, (words, found) in enumerate(named.items()))]


def _named(words: str, frame: Any, at: datetime, first: datetime, last: datetime, line: int) -> Any:
    import altair as alt

    in_the_left = at - first < last - at
    mark = alt.Chart(frame).mark_text(
        align="left" if in_the_left else "right", dx=6 if in_the_left else -6, dy=12 + 15 * line, fontSize=12,
        color=bands.muted(),
    )  # fmt: skip
    return mark.encode(x="at:T", y=alt.value(0), text=alt.value(words))


def _spread(ends: dict[str, float], order: Sequence[str], room: float = 0.22) -> list[float]:
    """Heights for labels, each at least `room` above the one below, as near to its line's end as that allows."""
    heights: dict[str, float] = {}
    floor = SCALE[0] - room
    for part in sorted(ends, key=lambda part: ends[part]):
        floor = max(ends[part], floor + room)
        heights[part] = floor
    overflow = max(0.0, floor - SCALE[1])
    return [heights[part] - overflow for part in order]


def _dashes(names: dict[str, str]) -> "alt.Scale":
    import altair as alt

    areas = [name for part, name in names.items() if part != OVERALL]
    return alt.Scale(domain=areas, range=[[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4]])


def _names_axis() -> "alt.Axis":
    import altair as alt

    return alt.Axis(
        domain=False, ticks=False, grid=False, labelColor=bands.ink(), labelFontSize=13, labelLimit=150, labelPadding=10
    )


def _styled(chart: Any) -> Any:
    return chart.configure_view(stroke=None).configure(background="transparent", font="Source Sans, sans-serif")
