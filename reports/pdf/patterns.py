"""Where do I find the anti-patterns in the PDF? Here: what each one is, where it shows, and the way out."""

from checklist.model import AntiPattern
from reports.document import Report
from reports.pdf import styles
from reports.pdf.chapters import begin, entry
from reports.pdf.sheet import Sheet
from scoring import explain


def add(sheet: Sheet, report: Report) -> None:
    """Those that are seen, or that none is."""
    seen = [report.checklist.anti_pattern(pattern) for pattern in report.result.anti_patterns]
    begin(sheet, "patterns", needs=200 if seen else 90)
    sheet.write(explain.patterns_sentence(report.checklist, report.result), styles.LEAD)
    sheet.skip(6)
    for pattern in seen:
        entry(sheet, pattern.name, _told(report, pattern))


def _told(report: Report, pattern: AntiPattern) -> str:
    shown = explain.anti_pattern_sentence(report.checklist, pattern.id, report.answers)
    return f"{pattern.problem} {shown} {pattern.way_out}"
