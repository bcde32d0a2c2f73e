"""Where do I find how text becomes HTML in a report? Here; every text is escaped here, and nothing else is markup."""

import re
from collections.abc import Collection, Iterable, Sequence
from html import escape

from palette import Scheme
from reports import scene
from reports.pdf.links import safe_address
from scoring.model import Response

# The drawings take their colours from the style sheet, so that one drawing serves light, dark and paper.
SCHEME = Scheme(
    levels=tuple(f"var(--l{level})" for level in range(1, 6)),
    on_levels=tuple(f"var(--on{level})" for level in range(1, 6)),
    page="var(--page)",
    surface="var(--surface)",
    ink="var(--ink)",
    muted="var(--muted)",
    line="var(--line)",
    accent="var(--accent)",
    unknown="var(--unknown)",
    hatch="var(--hatch)",
    urgency_text={name: f"var(--{name})" for name in ("critical", "high", "medium", "low")},
)
# What no HTML may hold (control characters, halves of pairs, signs that are none), and what turns later text around.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
HALVES = re.compile("[\ud800-\udfff]")


def cleaned(page: str) -> str:
    """The finished page without characters that HTML does not allow, and without those that steer direction."""
    return HALVES.sub("\ufffd", FORBIDDEN.sub("", page))


def text(words: str, kind: str = "", tag: str = "p") -> str:
    """One block of our own words; nothing where there are none. It runs to the right, whatever name it begins with."""
    return f"<{tag}{_class(kind)}>{escape(words)}</{tag}>" if words.strip() else ""


def quoted(words: str, kind: str = "", tag: str = "p") -> str:
    """One block of a person's words; nothing where there are none. It finds its own direction."""
    return f'<{tag}{_class(kind)} dir="auto">{escape(words)}</{tag}>' if words.strip() else ""


def name(words: str) -> str:
    """A person's words within our own line; they find their own direction and turn nothing around them."""
    return f"<bdi>{escape(words)}</bdi>"


def heading(depth: int, words: str, mark: str = "", kind: str = "") -> str:
    """A heading of this depth; `mark` is what links lead to."""
    target = f' id="{escape(mark)}"' if mark else ""
    return f"<h{depth}{target}{_class(kind)}>{escape(words)}</h{depth}>"


def part(name: str, title: str, *content: str, kind: str = "") -> str:
    """A chapter with its heading."""
    top = heading(2, title, f"{name}-title")
    return section(name, top, *content, kind=kind)


def section(name: str, *content: str, kind: str = "") -> str:
    """A chapter that brings its own heading, which has the id `<name>-title`."""
    return f'<section id="{name}"{_class(kind)} aria-labelledby="{name}-title">{"".join(content)}</section>'


def link(words: str, address: str, kind: str = "") -> str:
    """A link to a web address; another address stays text."""
    if not safe_address(address):
        return f'<span{_class(kind)} dir="auto">{escape(words)}</span>'
    there = f'href="{escape(address)}" target="_blank" rel="noopener noreferrer"'
    return f'<a{_class(kind)} {there} dir="auto">{escape(words)}</a>'


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "", numbers: Collection[int] = ()
) -> str:
    """A table with a caption; the first cell of each row is its head. Cells are HTML made by these functions."""
    top = "".join(f'<th scope="col"{_number(place, numbers)}>{escape(head)}</th>' for place, head in enumerate(heads))
    body = "".join(_row(cells, numbers) for cells in rows)
    label = escape(caption)
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{label}"><table{_class(kind)}>'
        f"<caption>{label}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: Sequence[str], numbers: Collection[int]) -> str:
    first, *rest = cells
    others = "".join(f"<td{_number(place, numbers)}>{cell}</td>" for place, cell in enumerate(rest, start=1))
    return f'<tr><th scope="row"{_number(0, numbers)}>{first}</th>{others}</tr>'


def _number(place: int, numbers: Collection[int]) -> str:
    return ' class="n"' if place in numbers else ""


def facts(pairs: Iterable[tuple[str, str]], kind: str = "facts") -> str:
    """Names and values, one pair a line; a pair without a value is left out."""
    rows = (
        f"<div><dt>{escape(label)}</dt><dd><bdi>{escape(value)}</bdi></dd></div>"
        for label, value in pairs
        if value.strip()
    )
    return f'<dl class="{kind}">{"".join(rows)}</dl>'


def drawing(drawn: scene.Scene, kind: str = "") -> str:
    """A drawing with its sentence and its numbers for those who do not see it."""
    label = escape(drawn.title)
    wide = f"drawing {kind}".strip()
    return f'<div class="{wide}" role="group" tabindex="0" aria-label="{label}">{scene.svg(drawn)}</div>'


def rating(response: Response) -> str:
    """The rating on the colour of its level; hatched for unknown, outlined for not applicable."""
    if response.rating is not None:
        return f'<span class="mark l{response.rating}">{response.rating}</span>'
    if response.state == "not-applicable":
        return '<span class="mark aside"><span aria-hidden="true">–</span><span class="sr">Not applicable</span></span>'
    said = "Don’t know" if response.state == "unknown" else "Not answered"
    return f'<span class="mark unknown"><span class="sr">{said}</span></span>'


def level(number: int, name: str) -> str:
    """A level as number and name on its colour."""
    return f'<span class="chip l{number}">{number} {escape(name)}</span>'


def urgency(priority: str, name: str) -> str:
    """A priority's word beside its colour."""
    return f'<span class="word {escape(priority)}">{escape(name)}</span>'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
