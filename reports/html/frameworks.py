"""Where do I find in the HTML report which published topics the questions support? Here, framework by framework."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from checklist.model import Framework
from reports import frameworks as words
from reports.document import Report
from reports.frameworks import Relation
from reports.html import marks


def frameworks(report: Report) -> str:
    """What supports what, and that this claims no compliance; nothing for a checklist without relations."""
    found = words.by_framework(report.checklist)
    if not found:
        return ""
    return marks.part(
        "frameworks", "Published frameworks", marks.text(words.CAVEAT), *(_framework(*one) for one in found)
    )


def _framework(framework: Framework, relations: Sequence[Relation]) -> str:
    title = f"{framework.name} ({framework.edition})"
    topics = groupby(relations, key=lambda one: f"{one.topic}: {one.title}")
    rows = ((escape(topic), "".join(_support(one) for one in same)) for topic, same in topics)
    return "".join(
        (
            marks.heading(3, title),
            marks.text(framework.about, "small"),
            f"<p>{marks.link(framework.source, framework.source)}</p>",
            marks.table(f"Topics of {title}", ("Topic", "Supported by"), rows, "pairs"),
        )
    )


def _support(one: Relation) -> str:
    return marks.text(f"{one.item_name}: {one.by}")
