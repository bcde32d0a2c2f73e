"""Where do I find what a drawing is made of? Here: a few plain shapes, and how they become SVG.

A scene is a description, not a picture: the PDF and the pages draw the same one. Lengths are points (in SVG:
pixels), the origin is the top left corner and y grows downwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Face = Literal["sans", "semibold", "italic", "serif", "serif-semibold"]

HATCH_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; without `fill` only its edge shows."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.75


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    thickness: float = 0.75


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str | None = None
    thickness: float = 1.5


@dataclass(frozen=True, slots=True)
class Words:
    """One line of plain text on its baseline; nothing in it is markup."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    face: Face = "sans"
    anchor: Anchor = "start"


Shape = Box | Line | Dot | Words


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing with what it shows in one sentence (`title`) and its numbers in words (`description`)."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    description: str = ""


def moved(shape: Shape, right: float, down: float) -> Shape:
    """The same shape, further right and down."""
    if isinstance(shape, Line):
        return replace(shape, x1=shape.x1 + right, y1=shape.y1 + down, x2=shape.x2 + right, y2=shape.y2 + down)
    return replace(shape, x=shape.x + right, y=shape.y + down)


def hatched(x: float, y: float, width: float, height: float, edge: str, lines: str) -> tuple[Shape, ...]:
    """An outlined box filled with diagonals: the look of "unknown", which no level has."""
    strokes = _diagonals(x, y, width, height, lines)
    return (*strokes, Box(x, y, width, height, stroke=edge, thickness=0.6))


def _diagonals(x: float, y: float, width: float, height: float, colour: str) -> Iterator[Line]:
    offset = HATCH_GAP
    while offset < width + height:
        start, end = min(offset, width), min(offset, height)
        yield Line(x + start, y + offset - start, x + offset - end, y + end, colour, 0.5)
        offset += HATCH_GAP


def svg(scene: Scene) -> str:
    """The scene as one self-contained SVG element with its title and description; all text is escaped."""
    body = "".join(map(_element, scene.shapes))
    described = f"<desc>{_text(scene.description)}</desc>" if scene.description else ""
    title, size = _text(scene.title), f"{_n(scene.width)} {_n(scene.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {size}" width="100%"'
        f' aria-label="{title}"><title>{title}</title>{described}{body}</svg>'
    )


def _element(shape: Shape) -> str:
    match shape:
        case Box():
            places = {"x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height}
            return _tag("rect", places | _paint(shape.fill, shape.stroke, shape.thickness))
        case Line():
            places = {"x1": shape.x1, "y1": shape.y1, "x2": shape.x2, "y2": shape.y2}
            return _tag("line", places | _paint(None, shape.stroke, shape.thickness))
        case Dot():
            places = {"cx": shape.x, "cy": shape.y, "r": shape.radius}
            return _tag("circle", places | _paint(shape.fill, shape.stroke, shape.thickness))
        case Words():
            return _words(shape)


def _words(words: Words) -> str:
    family = "'Source Serif', serif" if words.face.startswith("serif") else "'Source Sans', sans-serif"
    attributes: dict[str, float | str] = {
        "x": words.x,
        "y": words.y,
        "font-size": words.size,
        "fill": words.colour,
        "font-family": family,
        "text-anchor": words.anchor,
        "font-weight": 600 if words.face.endswith("semibold") else 400,
        "font-style": "italic" if words.face == "italic" else "normal",
    }
    return f"{_tag('text', attributes)[:-2]}>{_text(words.text)}</text>"


def _paint(fill: str | None, stroke: str | None, thickness: float) -> dict[str, float | str]:
    edge: dict[str, float | str] = {"stroke": stroke, "stroke-width": thickness} if stroke else {}
    return {"fill": fill or "none"} | edge


def _tag(name: str, attributes: dict[str, float] | dict[str, float | str]) -> str:
    return f"<{name} {' '.join(_attributes(attributes.items()))}/>"


def _attributes(pairs: Iterable[tuple[str, float | str]]) -> Iterator[str]:
    for name, value in pairs:
        yield f'{name}="{_text(value) if isinstance(value, str) else _n(value)}"'


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    # XML has no way at all to write most control characters.
    return escape("".join(" " if ord(char) < 32 else char for char in text))
