"""Where do I find in the PDF which published topics the questions support? Here, framework by framework."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

import palette
from checklist.model import Framework
from reports import frameworks as words
from reports.document import Report
from reports.frameworks import Relation
from reports.pdf import styles
from reports.pdf.chapters import begin, listed
from reports.pdf.links import safe_address
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece, Style
from reports.scene import Line, Shape

TOPIC, SUPPORT = Column(0, 168), Column(180, WIDTH - 180)
HEADS = ((TOPIC, "Topic"), (SUPPORT, "Supported by"))
SOURCE = Style("sans", 9, 12.5, palette.ACCENT, before=2)


def add(sheet: Sheet, report: Report) -> None:
    """What supports what, and that this claims no compliance; nothing for a checklist without relations."""
    known = words.by_framework(report.checklist)
    if not known:
        return
    begin(sheet, "frameworks", needs=300)
    sheet.write(words.CAVEAT, styles.BODY)
    for framework, found in known:
        _framework(sheet, framework, found)


def _framework(sheet: Sheet, framework: Framework, found: Sequence[Relation]) -> None:
    def opening() -> None:
        title = f"{framework.name} ({framework.edition})"
        sheet.heading(title, styles.HEADING, mark=f"framework-{framework.id}")
        sheet.write(framework.about, styles.SMALL_MUTED)
        sheet.write(framework.source, SOURCE, link=safe_address(framework.source))
        sheet.skip(8)

    topics = groupby(found, key=lambda one: f"{one.topic}: {one.title}")
    listed(sheet, HEADS, [partial(_topic, sheet, topic, list(same)) for topic, same in topics], opening)


def _topic(sheet: Sheet, topic: str, found: Sequence[Relation]) -> None:
    support = [Piece(f"{one.item_name}: {one.by}", styles.SMALL) for one in found]
    sheet.row([(TOPIC, [Piece(topic, styles.NAME)]), (SUPPORT, support)], _rule)
    sheet.skip(7)


def _rule(x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y - 3, x + WIDTH, y - 3, palette.LINE, 0.5)
