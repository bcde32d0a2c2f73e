"""Where do I find the fixes as a file that Azure Boards imports? Here: one task a row, its key among the tags."""

from collections.abc import Sequence
from html import escape

from reports.ticket import Section, Ticket
from spreadsheet import csv_file

LABEL = "CSV for Azure Boards"
SUFFIX = ".csv"
MIME = "text/csv"

# Boards refuses a file with a column that is no field of the project, so there is none for the key: it is a tag.
HEAD = ("Work Item Type", "Title", "Description", "Priority", "Tags")
PRIORITIES = {"critical": "1", "high": "2", "medium": "3", "low": "4"}


def write(tickets: Sequence[Ticket]) -> bytes:
    """One task for each ticket."""
    return csv_file(HEAD, map(_row, tickets))


def _row(ticket: Ticket) -> tuple[str, ...]:
    tags = "; ".join((*ticket.labels, ticket.key))
    return "Task", ticket.title, description(ticket), PRIORITIES[ticket.priority], tags


def description(ticket: Ticket) -> str:
    """HTML on one line, as the field of Boards holds it."""
    names = "".join(f"<p><b>{what}:</b> {escape(name)}</p>" for what, name in ticket.names)
    return f"{names}{''.join(map(_section, ticket.sections))}<p>Key: {ticket.key}</p>"


def _section(section: Section) -> str:
    outer, inner = ("ul", "li") if section.is_list else ("div", "p")
    lines = "".join(f"<{inner}>{escape(line)}</{inner}>" for line in section.lines)
    return f"<h3>{escape(section.heading)}</h3><{outer}>{lines}</{outer}>"
