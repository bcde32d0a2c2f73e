"""Where do I find all that closes the gaps of a report as one zip? Here: the report, its tickets and starter kits."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from kits import archive, words
from kits.model import Kit
from reports import formats, trackers
from reports.document import Report
from reports.parts import preset
from reports.ticket import OPEN, tickets

MIME, SUFFIX = "application/zip", ".zip"
FORMATS = ("pdf", "html")
READER = "team"
INDEX = "START.md"


def fitting(report: Report) -> tuple[Kit, ...]:
    """The kits that bring an open fix further, in the order of the fixes."""
    open_fixes = (fix for fix in report.result.fixes if report.fix_state(fix.item).state in OPEN)
    return tuple({kit.id: kit for fix in open_fixes for kit in report.kits_for(fix)}.values())


def write(report: Report, chosen: Collection[str] | None = None, system_id: str = "") -> bytes:
    """The zip, with the kits of these ids, by default all that fit; the same report gives the same bytes."""
    kits = [kit for kit in fitting(report) if chosen is None or kit.id in chosen]
    for_team = replace(report, choice=replace(report.choice, parts=preset(READER).parts))
    files = {INDEX: _index(report, kits).encode()}
    for name in FORMATS:
        kind = formats.get(name)
        files[f"report{kind.SUFFIX}"] = kind.write(for_team)
    found = tickets(report, system_id)
    for name in trackers.available():
        tracker = trackers.get(name)
        files[f"tickets/{name}{tracker.SUFFIX}"] = tracker.write(found)
    for kit in kits:
        contents = archive.contents(kit, report.checklist.whole)
        files |= {f"kits/{kit.id}/{path}": content for path, content in contents.items()}
    return archive.zip_of(files)


def _index(report: Report, kits: list[Kit]) -> str:
    """What is in the zip, and which fix each kit serves; no text of a person stands in it."""
    lines = ["# Fix pack", "", *_contents(), "", "## Starter kits", "", *_listed(report, kits)]
    return "\n".join(lines) + "\n"


def _contents() -> Iterator[str]:
    yield from (f"- `report{formats.get(name).SUFFIX}`: {formats.get(name).LABEL}" for name in FORMATS)
    yield from (
        f"- `tickets/{name}{trackers.get(name).SUFFIX}`: {trackers.get(name).LABEL}" for name in trackers.available()
    )


def _listed(report: Report, kits: list[Kit]) -> Iterator[str]:
    if not kits:
        yield "None of the fixes has a starter kit in this pack."
    for kit in kits:
        yield f"- `kits/{kit.id}/`: {kit.title}. Begin with its `{archive.GUIDE}`."
        for fix in report.result.fixes:
            if kit in report.kits_for(fix):
                name = report.checklist.item(fix.item).name
                yield from (f"  - {name}: {one}" for one in words.offers([kit], fix.item))
