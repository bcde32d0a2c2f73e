"""Where do I find the PDF of a report? Here: its chosen parts in their order, each one a chapter."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from reports.document import Report, day
from reports.pdf import (
    answers,
    areas,
    disagreement,
    faces,
    fixes,
    footer,
    frameworks,
    history,
    lines,
    method,
    open,
    path,
    patterns,
    script,
    summary,
)
from reports.pdf.cover import Entry, cover
from reports.pdf.logo import Picture, opened
from reports.pdf.press import Imprint, pressed
from reports.pdf.sheet import STOCKS, Page, Sheet
from reports.wording import PRODUCT
from scoring import explain

LABEL = "PDF"
ABOUT = "To print or to send: page numbers, contents and bookmarks"
SUFFIX = ".pdf"
MIME = "application/pdf"
COVER = "cover"

_pressing = Lock()

# A part that has no chapter here, or nothing to say in this report, is left out.
CHAPTERS: Mapping[str, Callable[[Sheet, Report], None]] = {
    "summary": summary.add,
    "areas": areas.add,
    "lines": lines.add,
    "fixes": fixes.add,
    "path": path.add,
    "history": history.add,
    "disagreement": disagreement.add,
    "patterns": patterns.add,
    "open": open.add,
    "answers": answers.add,
    "frameworks": frameworks.add,
    "method": method.add,
}


def write(report: Report) -> bytes:
    """The report as a PDF; the same report gives the same bytes. `WrongChoice` for a logo that cannot be read."""
    # A typeface reads its file through one position: two reports that are pressed at once would move it for each other.
    with _pressing:
        return pressed(pages(report), _imprint(report))


def pages(report: Report) -> Sequence[Page]:
    """The pages before printing: what stands where, in points from the top left corner."""
    choice = report.choice
    logo = opened(choice.logo) if choice.logo is not None else None
    faces.load()
    sheet = Sheet(STOCKS[choice.paper])
    for part in choice.parts:
        if part == COVER:
            _reserve(sheet)
        elif part in CHAPTERS:
            CHAPTERS[part](sheet, report)
    bound = _bound(sheet, report, logo)
    footer.add(bound, report)
    return bound


def warm_up() -> None:
    """Load the typefaces (about 0.3 s), so that the first report is as quick as the rest."""
    faces.load()


def _reserve(sheet: Sheet) -> None:
    """A page for the cover, which is set last because it names the pages of the others."""
    sheet.chapter()
    sheet.bookmark(COVER, COVER)
    sheet.y = sheet.stock.bottom


def _bound(sheet: Sheet, report: Report, logo: Picture | None) -> list[Page]:
    """All pages with the cover in its place; a report of which nothing is left is its cover."""
    contents = _contents(sheet.pages)

    def finished(page: Page) -> Page:
        is_cover = page.is_empty or any(mark.name == COVER for mark in page.bookmarks)
        return cover(report, contents, logo, sheet.stock) if is_cover else page

    return list(map(finished, sheet.pages))


def _contents(chapters: Sequence[Page]) -> list[Entry]:
    marks = [(mark, number) for number, page in enumerate(chapters, start=1) for mark in page.bookmarks]
    return [Entry(mark.name, mark.title, number) for mark, number in marks if mark.depth == 0 and mark.name != COVER]


def _imprint(report: Report) -> Imprint:
    system = script.one_line(report.system)
    return Imprint(
        title=f"{system}: {script.one_line(report.edition)}, {script.one_line(day(report.date))}",
        author=PRODUCT,
        subject=explain.headline(report.checklist, system, report.result),
        made=report.generated_at,
    )
