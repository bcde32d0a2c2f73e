"""Where do I find the fixes as a file that Jira imports? Here: one task a row, its key as external id and as label."""

import codecs
import re
from collections.abc import Iterator, Sequence

from reports.ticket import Section, Ticket
from spreadsheet import csv_file

LABEL = "CSV for Jira"
SUFFIX = ".csv"
MIME = "text/csv"

# Jira reads several labels from several columns of the same name.
LABELS = 5
HEAD = ("Summary", "Issue Type", "Priority", "External ID", *("Labels",) * LABELS, "Description")
PRIORITIES = {"critical": "Highest", "high": "High", "medium": "Medium", "low": "Low"}
# What Jira's wiki markup would act on.
MARKUP = re.compile(r"([\\{}\[\]*_+^~?!|@#-])")


def write(tickets: Sequence[Ticket]) -> bytes:
    """One task for each ticket; without a mark at the beginning, which would be part of the first column's name."""
    return csv_file(HEAD, map(_row, tickets)).removeprefix(codecs.BOM_UTF8)


def _row(ticket: Ticket) -> tuple[str, ...]:
    labels = (*ticket.labels, ticket.key)
    return ticket.title, "Task", PRIORITIES[ticket.priority], ticket.key, *labels, description(ticket)


def description(ticket: Ticket) -> str:
    """Jira's wiki markup."""
    names = "\n".join(f"*{what}:* {MARKUP.sub(_escaped, name)}" for what, name in ticket.names)
    sections = ("\n".join(_section(section)) for section in ticket.sections)
    return "\n\n".join(filter(None, (names, *sections, f"Key: {ticket.key}")))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[1]}"


def _section(section: Section) -> Iterator[str]:
    yield f"h3. {section.heading}"
    yield from (f"* {line}" if section.is_list else line for line in section.lines)
