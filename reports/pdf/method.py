"""Where do I find the method chapter of the PDF? Here; its words are those of `reports.method`."""

from functools import partial

from reports import method
from reports.document import Report
from reports.pdf import styles
from reports.pdf.chapters import begin
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece, Style

NAME, BAND, ABOUT = Column(0, 84), Column(90, 62), Column(158, WIDTH - 158)
# A reference: small enough that all of it stands on one page.
WORDS = Style("sans", 9, 12.5)


def add(sheet: Sheet, report: Report) -> None:
    """How the numbers come about, and what the levels mean."""
    begin(sheet, "method", needs=260)
    for title, words in method.paragraphs(report.checklist):
        sheet.heading(title, styles.SUBHEADING)
        sheet.write(words, WORDS)
    sheet.together(partial(_levels, sheet, report))


def _levels(sheet: Sheet, report: Report) -> None:
    sheet.heading("The five levels", styles.HEADING)
    sheet.skip(4)
    for number, name, band, about in method.bands(report.checklist):
        cells = [
            (NAME, f"{number} {name}", styles.NAME),
            (BAND, band, styles.SMALL),
            (ABOUT, about, styles.SMALL),
        ]
        sheet.row([(column, [Piece(words, style)]) for column, words, style in cells])
        sheet.skip(5)
