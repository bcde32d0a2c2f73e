"""Where do I find in the HTML report which published topics the questions support? Here, framework by framework."""

from collections.abc import Sequence
from html import escape
from importlib import import_module
from itertools import groupby
from typing import Protocol, cast

from reports.document import Report
from reports.html import marks


class Relation(Protocol):
    """What of an item (`by`) supports a topic of a framework."""

    @property
    def item_name(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def by(self) -> str: ...


class Framework(Protocol):
    """A published framework in one of its editions."""

    @property
    def name(self) -> str: ...
    @property
    def edition(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def source(self) -> str: ...


class Frameworks(Protocol):
    """The sentences about frameworks, where the checklist knows any."""

    CAVEAT: str

    def by_framework(self, checklist: object) -> Sequence[tuple[Framework, Sequence[Relation]]]: ...


def frameworks(report: Report) -> str:
    """What supports what, and that this claims no compliance; nothing for a checklist without relations."""
    words = _words(report)
    if words is None:
        return ""
    found = words.by_framework(report.checklist)
    return marks.part(
        "frameworks", "Published frameworks", marks.text(words.CAVEAT), *(_framework(*one) for one in found)
    )


def _words(report: Report) -> Frameworks | None:
    if not getattr(report.checklist, "references", ()):
        return None
    return cast(Frameworks, import_module("reports.frameworks"))


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
