"""The look that the theme's settings cannot say: one style sheet, made from the palette."""

from pathlib import Path

import palette


def _variables(dark: bool) -> dict[str, str]:
    levels = palette.LEVELS_DARK if dark else palette.LEVELS_LIGHT
    on_levels = palette.ON_LEVELS_DARK if dark else palette.ON_LEVELS_LIGHT
    words = palette.URGENCY_TEXT_DARK if dark else palette.URGENCY_TEXT
    return {
        **{f"level-{number}": colour for number, colour in enumerate(levels, start=1)},
        **{f"on-level-{number}": colour for number, colour in enumerate(on_levels, start=1)},
        **{f"urgent-{name}": colour for name, colour in palette.URGENCY.items()},
        **{f"urgent-word-{name}": colour for name, colour in words.items()},
        "ink": palette.INK_DARK if dark else palette.INK,
        "muted": palette.MUTED_DARK if dark else palette.MUTED,
        "rule": palette.RULE_DARK if dark else palette.LINE,
        "line": palette.LINE_DARK if dark else palette.LINE,
        "page": palette.PAGE_DARK if dark else palette.PAGE_LIGHT,
        "surface": palette.SURFACE_DARK if dark else palette.SURFACE_LIGHT,
        "accent": palette.ACCENT_DARK if dark else palette.ACCENT,
        "unknown": palette.UNKNOWN_LINE_DARK if dark else palette.UNKNOWN_LINE,
    }


def _root() -> str:
    """Each colour as one variable that follows the theme a reader has chosen (Streamlit sets color-scheme)."""
    light, dark = _variables(dark=False), _variables(dark=True)
    return "".join(f"--mc-{name}: light-dark({light[name]}, {dark[name]});" for name in light)


def _levels() -> str:
    return "".join(
        f".mc-l{number} {{ background: var(--mc-level-{number}); color: var(--mc-on-level-{number}); }}\n"
        for number in range(1, len(palette.LEVELS_LIGHT) + 1)
    )


def _priorities() -> str:
    return "".join(
        f".mc-p-{name} {{ color: var(--mc-urgent-word-{name}); --mc-mark: var(--mc-urgent-{name}); }}\n"
        for name in palette.URGENCY
    )


RULES = (Path(__file__).parent / "assets" / "style.css").read_text(encoding="utf-8")
SHEET = f"<style>.stApp {{ {_root()} }}\n{_levels()}{_priorities()}{RULES}</style>"
