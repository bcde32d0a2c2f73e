"""What rows of an older schema lack, and what stands there instead: for workspaces that were exported long ago."""

from collections.abc import Mapping, Sequence
from typing import Any

from checklist.model import WHOLE

# Columns by table: the schema that added each, and the value that its migration gave to the rows there were.
ADDED: dict[str, dict[str, tuple[int, Any]]] = {
    "assessments": {"lens": (2, WHOLE)},
    "systems": {"tags": (4, "[]"), "owner": (4, ""), "rhythm_days": (4, 90)},
    "fixes": {"done_at": (4, None)},
    "responses": {"valid_until": (5, None)},
    "respondents": {"subject": (6, None)},
    "audit_events": {"via": (6, None)},
    "share_links": {"parent": (7, None)},
}


def brought_up(
    tables: Mapping[str, Sequence[Mapping[str, Any]]], schema: int
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Rows as `schema` had them, with every column that was added since; what a row has stays."""
    return {table: [_missing(table, schema) | dict(row) for row in rows] for table, rows in tables.items()}


def _missing(table: str, schema: int) -> dict[str, Any]:
    return {column: value for column, (since, value) in ADDED.get(table, {}).items() if since > schema}
