"""Where do I find how text becomes Markdown that shows it as it is? Here: nothing of a person is ever markup."""

import re
from collections.abc import Iterable, Sequence

from reports.legible import legible

_SIGNS = re.compile(r"[\\`*_\[\]{}|~^$#@]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# GitHub and many wikis make links of bare addresses.
_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")
_FIRST_SIGN = re.compile(r"^([+\-=:])")
_FIRST_NUMBER = re.compile(r"^(\d+)([.)])")
_INDENT = re.compile(r"^\s+")
NO_BREAK = "\u00a0"
# An address that may stand between angle brackets and is a link to click on.
_LINK = re.compile(r"https?://[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{1,2000}")


def line(text: str) -> str:
    """The text on one line."""
    return _escaped(" ".join(legible(text).split()))


def cell(text: str) -> str:
    """The text in a cell of a table, its line breaks kept."""
    return "<br>".join(_escaped(part) for part in legible(text).strip().split("\n"))


def quoted(text: str) -> list[str]:
    """The text as the lines of a quotation, which holds it together however it is made up."""
    return [f"> {_escaped(part)}  ".rstrip(" ") + "  " * bool(part.strip()) for part in legible(text).split("\n")]


def link(text: str) -> str:
    """An evidence link to click on where it is a web address, else as text."""
    return f"<{text}>" if _LINK.fullmatch(text) else line(text)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of cells that are Markdown already."""
    return [_row(heads), _row(["---"] * len(heads)), *map(_row, rows), ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """One line in which every sign that could be markup stands for itself."""
    text = _SIGNS.sub(r"\\\g<0>", text)
    text = "".join(_ENTITIES.get(sign, sign) for sign in text)
    text = _ADDRESS.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", text)
    text = _INDENT.sub(lambda found: NO_BREAK * len(found[0]), text)
    return _FIRST_NUMBER.sub(r"\1\\\2", _FIRST_SIGN.sub(r"\\\1", text))
