"""Where do I find a colour? Here, and only here: pages, charts and reports take theirs from this module.

Colour has two meanings that never mix: maturity is one cool hue that moves away from the paper as the level
rises, urgency is warm. Unknown is never a colour of either scale: draw it hatched or outlined.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Light theme and paper: level 1 is pale, level 5 is deep, so the order survives grey print.
LEVELS_LIGHT: Final = ("#D9E8E6", "#A9CFCB", "#6FB1AB", "#348A86", "#0B5D5E")
# Dark theme: the same order seen on a dark page, level 1 near the page, level 5 brightest.
LEVELS_DARK: Final = ("#203B3A", "#2A5452", "#3A7B77", "#6CB8B2", "#B9E8E2")

# Text on a level's colour, one for each level (at least 4.5:1 everywhere).
ON_LEVELS_LIGHT: Final = ("#1B2625", "#1B2625", "#1B2625", "#000000", "#FFFFFF")
ON_LEVELS_DARK: Final = ("#F2F7F6", "#F2F7F6", "#FFFFFF", "#0C1413", "#0C1413")

PAPER: Final = "#FFFFFF"
PAGE_LIGHT: Final = "#FBFBF9"
PAGE_DARK: Final = "#121817"
SURFACE_LIGHT: Final = "#F1F3F1"
SURFACE_DARK: Final = "#1B2423"

INK: Final = "#1B2625"
INK_DARK: Final = "#E8EEEC"
MUTED: Final = "#5A6665"
MUTED_DARK: Final = "#A3B0AE"
LINE: Final = "#D5DAD8"
LINE_DARK: Final = "#5E6B69"
# A ruler between blocks on the dark page; the edges of controls need the brighter line.
RULE_DARK: Final = "#33403E"

# The one colour of actions and links.
ACCENT: Final = "#1D4F91"
ACCENT_DARK: Final = "#8DB8F0"

# Marks (bars, edges, dots); their word always stands beside them.
URGENCY: Final[Mapping[str, str]] = {
    "critical": "#9C2F1F",
    "high": "#C8612B",
    "medium": "#D9A441",
    "low": "#8A8F98",
}
# The same four as text on the page.
URGENCY_TEXT: Final[Mapping[str, str]] = {
    "critical": "#9C2F1F",
    "high": "#9E4517",
    "medium": "#7A5608",
    "low": "#5C626B",
}
URGENCY_TEXT_DARK: Final[Mapping[str, str]] = {
    "critical": "#F0907F",
    "high": "#EE9A6B",
    "medium": "#E3B862",
    "low": "#A9AFB8",
}

# The app's sign: four rising bars that read on light and dark alike.
SIGN: Final = ("#8FBFBA", "#6FB1AB", "#3F9590", "#1D7F7C")

UNKNOWN_LINE: Final = "#626C6B"
UNKNOWN_LINE_DARK: Final = "#93A09E"
# The diagonals inside an unknown field, fainter than its edge.
HATCH: Final = "#A4AEAC"
HATCH_DARK: Final = "#5A6664"


@dataclass(frozen=True, slots=True)
class Scheme:
    """All colours of one theme, for drawings that exist in both; `levels` starts at level 1."""

    levels: tuple[str, ...]
    on_levels: tuple[str, ...]
    page: str
    surface: str
    ink: str
    muted: str
    line: str
    accent: str
    unknown: str
    hatch: str
    urgency_text: Mapping[str, str]


LIGHT: Final = Scheme(
    levels=LEVELS_LIGHT,
    on_levels=ON_LEVELS_LIGHT,
    page=PAPER,
    surface=SURFACE_LIGHT,
    ink=INK,
    muted=MUTED,
    line=LINE,
    accent=ACCENT,
    unknown=UNKNOWN_LINE,
    hatch=HATCH,
    urgency_text=URGENCY_TEXT,
)
DARK: Final = Scheme(
    levels=LEVELS_DARK,
    on_levels=ON_LEVELS_DARK,
    page=PAGE_DARK,
    surface=SURFACE_DARK,
    ink=INK_DARK,
    muted=MUTED_DARK,
    line=LINE_DARK,
    accent=ACCENT_DARK,
    unknown=UNKNOWN_LINE_DARK,
    hatch=HATCH_DARK,
    urgency_text=URGENCY_TEXT_DARK,
)


def level_colour(level: int, dark: bool = False) -> str:
    """The fill of a maturity level (1 to 5)."""
    return (LEVELS_DARK if dark else LEVELS_LIGHT)[level - 1]


def on_level(level: int, dark: bool = False) -> str:
    """The text colour that reads on a level's fill (1 to 5)."""
    return (ON_LEVELS_DARK if dark else ON_LEVELS_LIGHT)[level - 1]


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two "#rrggbb" colours, 1.0 to 21.0."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
