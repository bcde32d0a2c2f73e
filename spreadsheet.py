"""How rows become a file for spreadsheets: CSV in which no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

MIME = "text/csv; charset=utf-8"
# A cell that begins so is run by a spreadsheet, or hides what comes after.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(text: str) -> str:
    """The text as a cell that is shown as it is; where it would be run, an apostrophe stands before it."""
    # Spreadsheets skip spaces, also those that are none in ASCII, before they look.
    return f"'{text}" if text.startswith(_RUNS) or text.lstrip().startswith(_RUNS) else text


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]], marked: bool = True) -> bytes:
    """The rows as RFC 4180 has them, in UTF-8; `marked` puts a mark first by which spreadsheets know that."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(map(cell, head))
    writer.writerows(tuple(map(cell, row)) for row in rows)
    return written.getvalue().encode("utf-8-sig" if marked else "utf-8")
