"""Where do I find the style sheet of the HTML report? Here: the palette as variables; the rules are beside it."""

from pathlib import Path

import palette
from palette import Scheme

RULES = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")


def _variables(scheme: Scheme, marks: dict[str, str]) -> str:
    names = {
        **{f"l{number}": colour for number, colour in enumerate(scheme.levels, start=1)},
        **{f"on{number}": colour for number, colour in enumerate(scheme.on_levels, start=1)},
        "page": scheme.page,
        "surface": scheme.surface,
        "ink": scheme.ink,
        "muted": scheme.muted,
        "line": scheme.line,
        "accent": scheme.accent,
        "unknown": scheme.unknown,
        "hatch": scheme.hatch,
        **scheme.urgency_text,
        **marks,
    }
    return "".join(f"--{name}:{colour};" for name, colour in names.items())


MARKS = {f"mark-{name}": colour for name, colour in palette.URGENCY.items()}
LIGHT = f"color-scheme:light;--rule:{palette.LINE};{_variables(palette.LIGHT, MARKS)}"
DARK = f"color-scheme:dark;--rule:{palette.RULE_DARK};{_variables(palette.DARK, MARKS)}"
LEVELS = "".join(f".l{level}{{background:var(--l{level});color:var(--on{level})}}" for level in range(1, 6))
WORDS = "".join(f".{name}{{color:var(--{name});--mark:var(--mark-{name})}}" for name in palette.URGENCY)


def sheet(paper: str) -> str:
    """All rules, for a screen as its reader likes it and for this paper."""
    dark = f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{DARK}}}}}"
    chosen = f"@media screen{{:root[data-theme=dark]{{{DARK}}}}}"
    return f":root{{{LIGHT}}}{dark}{chosen}{LEVELS}{WORDS}{RULES}@page{{size:{paper};margin:18mm 17mm 20mm}}"
