"""Where do I find the PDF of a report? Here: the order of its chapters, from cover to method."""

from collections.abc import Sequence
from threading import Lock

from reports.document import Report, day
from reports.pdf import answers, areas, faces, fixes, footer, method, outlook, script, summary
from reports.pdf.cover import cover
from reports.pdf.press import Imprint, pressed
from reports.pdf.sheet import Page, Sheet
from reports.wording import PRODUCT
from scoring import explain

LABEL = "PDF"
SUFFIX = ".pdf"
MIME = "application/pdf"

_pressing = Lock()

CHAPTERS = (summary.add, areas.add, outlook.add, fixes.add, answers.add, method.add)


def write(report: Report) -> bytes:
    """The report as a PDF (A4); the same report gives the same bytes."""
    # A typeface reads its file through one position: two reports that are pressed at once would move it for each other.
    with _pressing:
        return pressed(pages(report), _imprint(report))


def pages(report: Report) -> Sequence[Page]:
    """The pages before printing: what stands where, in points from the top left corner."""
    faces.load()
    sheet = Sheet()
    for chapter in CHAPTERS:
        chapter(sheet, report)
    bound = [cover(report, _contents(sheet.pages)), *sheet.pages]
    footer.add(bound, report)
    return bound


def warm_up() -> None:
    """Load the typefaces (about 0.3 s), so that the first report is as quick as the rest."""
    faces.load()


def _contents(chapters: Sequence[Page]) -> list[tuple[str, str, int]]:
    marks = [(mark, number) for number, page in enumerate(chapters, start=2) for mark in page.bookmarks]
    return [(mark.name, mark.title, number) for mark, number in marks if mark.depth == 0]


def _imprint(report: Report) -> Imprint:
    system = script.one_line(report.system)
    return Imprint(
        title=f"{system}: {script.one_line(report.edition)}, {script.one_line(day(report.date))}",
        author=PRODUCT,
        subject=explain.headline(report.checklist, system, report.result),
        made=report.generated_at,
    )
