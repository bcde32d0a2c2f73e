"""Where do I find how recorded pages become PDF bytes? Here stands the only canvas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reports.pdf.sheet import A4, Bookmark, Link, Page, Placed, Printed
from reports.scene import Box, Dot, Line, Shape

# Streams stay binary: the armour that keeps a PDF in ASCII costs time and a quarter of the size.
rl_config.useA85 = 0


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a PDF says about itself."""

    title: str
    author: str
    subject: str
    made: datetime


def pressed(pages: Sequence[Page], imprint: Imprint) -> bytes:
    """The pages as a PDF file; the same pages and imprint give the same bytes."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=(A4.width, A4.height), invariant=1, pageCompression=1, lang="en")
    _describe(canvas, imprint)
    for page in pages:
        height = page.stock.height
        canvas.setPageSize((page.stock.width, height))
        _bookmarks(canvas, height, page.bookmarks)
        _shapes(canvas, height, page.shapes)
        _pictures(canvas, height, page.pictures)
        _texts(canvas, height, page.texts)
        _links(canvas, height, page.links)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _describe(canvas: Canvas, imprint: Imprint) -> None:
    canvas.setTitle(imprint.title)
    canvas.setAuthor(imprint.author)
    canvas.setCreator(imprint.author)
    canvas.setSubject(imprint.subject)
    made = f"D:{imprint.made:%Y%m%d%H%M%S}{_offset(imprint.made)}"
    canvas.setDateFormatter(lambda *_: made)
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _offset(moment: datetime) -> str:
    zone = f"{moment:%z}"
    return f"{zone[:3]}'{zone[3:5]}'"


def _bookmarks(canvas: Canvas, height: float, bookmarks: Iterable[Bookmark]) -> None:
    for mark in bookmarks:
        canvas.bookmarkHorizontal(mark.name, 0, height - mark.y + 12)
        canvas.addOutlineEntry(mark.title, mark.name, mark.depth, closed=mark.depth == 0)


def _links(canvas: Canvas, height: float, links: Iterable[Link]) -> None:
    for link in links:
        area = (link.x, height - link.y - link.height, link.x + link.width, height - link.y)
        if link.target.startswith("#"):
            canvas.linkRect("", link.target[1:], area, thickness=0)
        else:
            canvas.linkURL(link.target, area, thickness=0)


_colours: dict[str, Color] = {}


def _colour(name: str) -> Color:
    if name not in _colours:
        _colours[name] = HexColor(name)
    return _colours[name]


def _texts(canvas: Canvas, height: float, texts: Iterable[Printed]) -> None:
    """All text of a page as one text object; face and colour are named only where they change."""
    block = canvas.beginText()
    face, size, colour = "", 0.0, ""
    for printed in texts:
        if (printed.face, printed.size) != (face, size):
            face, size = printed.face, printed.size
            block.setFont(face, size)
        if printed.colour != colour:
            colour = printed.colour
            block.setFillColor(_colour(colour))
        block.setTextOrigin(printed.x, height - printed.y)
        block.textOut(printed.text)
    canvas.drawText(block)


def _shapes(canvas: Canvas, height: float, shapes: Iterable[Shape]) -> None:
    for shape in shapes:
        match shape:
            case Box():
                _box(canvas, height, shape)
            case Line():
                _paint(canvas, None, shape.stroke, shape.thickness)
                canvas.line(shape.x1, height - shape.y1, shape.x2, height - shape.y2)
            case Dot():
                _paint(canvas, shape.fill, shape.stroke, shape.thickness)
                stroked = int(shape.stroke is not None)
                canvas.circle(shape.x, height - shape.y, shape.radius, stroke=stroked, fill=1)


def _pictures(canvas: Canvas, height: float, pictures: Iterable[Placed]) -> None:
    for placed in pictures:
        image = ImageReader(placed.picture)
        canvas.drawImage(image, placed.x, height - placed.y - placed.height, placed.width, placed.height)


def _box(canvas: Canvas, height: float, box: Box) -> None:
    _paint(canvas, box.fill, box.stroke, box.thickness)
    bottom = height - box.y - box.height
    stroked, filled = int(box.stroke is not None), int(box.fill is not None)
    canvas.rect(box.x, bottom, box.width, box.height, stroke=stroked, fill=filled)


def _paint(canvas: Canvas, fill: str | None, stroke: str | None, thickness: float) -> None:
    if fill:
        canvas.setFillColor(_colour(fill))
    if stroke:
        canvas.setStrokeColor(_colour(stroke))
        canvas.setLineWidth(thickness)
