"""Where do I find the HTML of a report? Here: one file with style and drawings inside, parts in the chosen order."""

import base64
from collections.abc import Callable, Mapping
from html import escape
from typing import Literal

import palette
from reports.document import Report, day, minute
from reports.html import background, frameworks, look, marks, opening, plan, record, standing
from reports.parts import PARTS
from reports.pdf.logo import opened
from reports.wording import PRODUCT
from scoring import explain

LABEL = "HTML"
ABOUT = "One file for any browser, light and dark, with nothing to install"
SUFFIX = ".html"
MIME = "text/html"

Theme = Literal["light", "dark"]
CHAPTERS: Mapping[str, Callable[[Report], str]] = {
    "cover": opening.cover,
    "summary": opening.summary,
    "areas": standing.areas,
    "lines": standing.lines,
    "fixes": plan.fixes,
    "path": plan.path,
    "history": background.history,
    "disagreement": background.disagreement,
    "patterns": background.patterns,
    "open": background.still_open,
    "answers": record.answers,
    "frameworks": frameworks.frameworks,
    "method": record.method,
}
# The file asks for nothing and runs nothing, whoever shows it.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write(report: Report) -> bytes:
    """The report as one self-contained HTML file; the same report gives the same bytes.

    `WrongChoice` for a logo that cannot be read.
    """
    return page(report).encode()


def page(report: Report, theme: Theme | None = None) -> str:
    """The whole page, in this theme or in that of its reader. A part without content is left out."""
    chapters = {part: CHAPTERS[part](report) for part in report.choice.parts}
    written = {part: chapter for part, chapter in chapters.items() if chapter}
    chosen = f' data-theme="{theme}"' if theme else ""
    return marks.cleaned(
        f'<!DOCTYPE html>\n<html lang="en"{chosen}>{_head(report)}<body>'
        f'<a class="skip" href="#report">To the report</a>{_top(report)}'
        f'<div class="frame body">{_contents(tuple(written))}'
        f'<main id="report" tabindex="-1">{"".join(written.values())}</main></div>{_foot(report)}</body></html>\n'
    )


def within_a_page(report: Report, theme: Theme) -> str:
    """The same page for the `srcdoc` of a frame, where "#fixes" alone would lead to the page around it."""
    return page(report, theme).replace(' href="#', ' href="about:srcdoc#')


def _head(report: Report) -> str:
    title = f"{report.system}: {report.edition}, {day(report.date)}"
    about = explain.headline(report.checklist, report.system, report.result)
    return (
        f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f'<meta name="generator" content="{escape(f"{PRODUCT} {report.app_version}")}">'
        f'<meta name="description" content="{escape(about)}"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title><style>{look.sheet(report.choice.paper)}</style></head>"
    )


def _top(report: Report) -> str:
    line = marks.quoted(report.choice.confidentiality, "secret")
    title = marks.heading(1, f"{report.system} · {report.edition} · {day(report.date)}")
    return (
        f'<header class="frame top"><div><div class="brand">{_sign()}{escape(PRODUCT)}</div>{title}{line}</div>'
        f"{_logo(report.choice.logo)}</header>"
    )


def _sign() -> str:
    bars = zip((0, 8, 16, 24), (9, 14, 20, 28), palette.SIGN, strict=True)
    drawn = "".join(
        f'<rect x="{x}" y="{28 - height}" width="6" height="{height}" fill="{colour}"/>' for x, height, colour in bars
    )
    return f'<svg viewBox="0 0 30 28" aria-hidden="true">{drawn}</svg>'


def _logo(picture: bytes | None) -> str:
    if picture is None:
        return ""
    opened(picture)
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    data = base64.b64encode(picture).decode()
    return f'<img class="logo" alt="Logo" src="data:image/{kind};base64,{data}">'


def _contents(parts: tuple[str, ...]) -> str:
    entries = "".join(f'<li><a href="#{part}">{escape(PARTS[part].name)}</a></li>' for part in parts)
    return f'<nav aria-label="Contents"><ol>{entries}</ol></nav>'


def _foot(report: Report) -> str:
    line = marks.quoted(report.choice.confidentiality, "secret")
    written = marks.text(f"Written {minute(report.generated_at)} by {PRODUCT} {report.app_version}.")
    return f'<footer class="frame">{line}{written}</footer>'
