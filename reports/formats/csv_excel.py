"""Where do I find the answers of a report as CSV that Excel opens with every letter right? Here: with a mark."""

import spreadsheet
from reports.document import Report
from reports.formats import csv

LABEL = "CSV for Excel"
ABOUT = "The same lines, with the mark by which Excel knows their letters"
SUFFIX = ".excel.csv"
MIME = spreadsheet.MIME


def write(report: Report) -> bytes:
    """As `reports.formats.csv`, with the mark at the beginning by which Excel knows UTF-8."""
    return csv.lines(report, marked=True)
