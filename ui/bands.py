"""The level bands that charts stand on: their colours, their names, the target's rule, and the inks to draw with."""

from typing import Any

import palette
from checklist.model import Checklist
from scoring import explain
from ui import state

SCALE = (1, 5)
BAND_EDGES = ((1, 2), (2, 3), (3, 4), (4, 5))
# How much of a level's colour its band takes on.
TINT = 0.45
# The part of the height that a band needs for its name.
NAME_ROOM = 0.05


def goal(checklist: Checklist, level: int, domain: tuple[float, float], above: bool = True) -> Any:
    """A dashed rule at the score with which a level begins, named at its left end, above or below."""
    import altair as alt
    import pandas as pd

    y = alt.Y("score:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=None)
    words = f"Target: {explain.level_name(checklist, level)}"
    base = alt.Chart(pd.DataFrame([{"score": level, "words": words}]))
    rule = base.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=ink()).encode(y=y)
    name = base.mark_text(align="left", dx=8, dy=-9 if above else 11, fontSize=12, fontWeight=600, color=ink()).encode(
        x=alt.value(0), y=y, text="words:N"
    )
    return alt.layer(rule, name)


def _all(checklist: Checklist) -> Any:
    import pandas as pd

    levels = palette.LEVELS_DARK if state.is_dark() else palette.LEVELS_LIGHT
    names = [f"{level.number} {level.name}" for level in checklist.levels]
    return pd.DataFrame(
        [
            {
                "low": low,
                "high": high,
                "colour": levels[low - 1],
                "tint": _tint(levels[low - 1]),
                "name": names[low - 1],
            }
            for low, high in BAND_EDGES
        ]
    )


def across(checklist: Checklist) -> Any:
    """Level bands side by side, their names below."""
    import altair as alt

    frame = _all(checklist)
    edges = alt.Axis(
        values=[1, 2, 3, 4, 5], grid=False, domain=False, ticks=False, labelColor=muted(), title=None, format="d",
        labelExpr="{'1': '1 Ad hoc', '2': '2 Basic', '3': '3 Intermediate', '4': '4 Advanced', '5': '5'}[datum.label]",
        labelAlign="left", labelOffset=2, labelFontSize=11,
    )  # fmt: skip
    return alt.layer(
        alt.Chart(frame)
        .mark_rect(opacity=TINT)
        .encode(
            x=alt.X("low:Q", scale=alt.Scale(domain=SCALE, nice=False), axis=edges),
            x2="high:Q",
            color=alt.Color("colour:N", scale=None),
        )
    )


def behind(checklist: Checklist, domain: tuple[float, float] = SCALE) -> Any:
    """Level bands one above the other."""
    import altair as alt

    return (
        alt.Chart(_within(checklist, domain))
        .mark_rect(opacity=TINT)
        .encode(
            y=alt.Y("low:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=None, title=None),
            y2="high:Q",
            color=alt.Color("colour:N", scale=None),
        )
    )


def _within(checklist: Checklist, domain: tuple[float, float]) -> Any:
    frame = _all(checklist)
    frame = frame.assign(low=frame["low"].clip(*domain), high=frame["high"].clip(*domain))
    return frame[frame["high"] > frame["low"]]


def names_inside(checklist: Checklist, unnamed: int | None = None) -> Any:
    """The bands' names at the left edge, each on a halo in its band's tint: lines stop short of the letters."""
    import altair as alt

    frame = _all(checklist)
    base = alt.Chart(frame[frame["low"] != unnamed]).encode(
        x=alt.value(0), y=alt.Y("low:Q", scale=alt.Scale(domain=SCALE, nice=False), axis=None), text="name:N"
    )
    place: dict[str, Any] = {"align": "left", "dx": 6, "dy": -6, "fontSize": 11, "baseline": "bottom"}
    tint = alt.Color("tint:N", scale=None)
    halo = base.mark_text(strokeWidth=5, strokeJoin="round", **place).encode(
        color=tint, stroke=alt.Stroke("tint:N", scale=None)
    )
    return alt.layer(halo, base.mark_text(color=muted(), **place))


def names_beside(checklist: Checklist, domain: tuple[float, float]) -> Any:
    """The bands' names right of the drawing, where no stair can cross them; a sliver of a band goes without."""
    import altair as alt

    frame = _within(checklist, domain)
    frame = frame.assign(middle=(frame["low"] + frame["high"]) / 2)
    return (
        alt.Chart(frame[frame["high"] - frame["low"] >= NAME_ROOM * (domain[1] - domain[0])])
        .mark_text(align="left", dx=6, fontSize=11, color=muted())
        .encode(
            x=alt.value("width"),
            y=alt.Y("middle:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=None),
            text="name:N",
        )
    )


def _tint(colour: str) -> str:
    """The colour as a band shows it: laid on the page."""
    pairs = ((int(colour[at : at + 2], 16), int(page()[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one * TINT + other * (1 - TINT)):02x}" for one, other in pairs)


def ink() -> str:
    return palette.INK_DARK if state.is_dark() else palette.INK


def muted() -> str:
    return palette.MUTED_DARK if state.is_dark() else palette.MUTED


def page() -> str:
    return palette.PAGE_DARK if state.is_dark() else palette.PAGE_LIGHT
