"""What the tables look like: their columns, kinds and order, for everything that walks over all of them."""

from typing import Literal

# A question mark allows null.
Kind = Literal["text", "text?", "whole", "whole?", "real", "real?", "flag", "time", "time?", "day?", "json", "json?"]

# Parents first: rows are brought in, and checked for what they refer to, in this order.
TABLES: dict[str, dict[str, Kind]] = {
    "workspaces": {
        "id": "text",
        "name": "text",
        "created_at": "time",
        "archived_at": "time?",
        "deleted_at": "time?",
    },
    "systems": {
        "id": "text",
        "workspace": "text",
        "name": "text",
        "name_key": "text",
        "about": "text",
        "created_at": "time",
        "archived_at": "time?",
        "deleted_at": "time?",
        "tags": "json?",
        "owner": "text?",
        "rhythm_days": "whole?",
    },
    "assessments": {
        "id": "text",
        "system": "text",
        "status": "text",
        "checklist": "text",
        "name": "text",
        "target": "json",
        "failures": "json",
        "accepted": "json",
        "started_at": "time",
        "started_by": "text",
        "made_at": "time?",
        "made_by": "text?",
        "lens": "text",
    },
    "respondents": {
        "id": "text",
        "assessment": "text",
        "name": "text",
        "role": "text",
        "created_at": "time",
        "submitted_at": "time?",
        "removed_at": "time?",
    },
    "responses": {
        "assessment": "text",
        "respondent": "text",
        "item": "text",
        "state": "text",
        "rating": "whole?",
        "reason": "text?",
        "note": "text",
        "evidence": "json",
        "version": "whole",
        "author": "text",
        "saved_at": "time",
        "valid_until": "day?",
    },
    "agreements": {"assessment": "text", "item": "text", "people": "whole"},
    "corrections": {"assessment": "text", "item": "text", "author": "text", "marked_at": "time"},
    "health_answers": {
        "assessment": "text",
        "respondent": "text",
        "question": "text",
        "answer": "text?",
        "version": "whole",
        "author": "text",
        "saved_at": "time",
    },
    "results": {"assessment": "text", "checklist": "text", "record": "json"},
    "assessment_scores": {
        "assessment": "text",
        "checklist": "text",
        "part": "text",
        "system": "text",
        "score_exact": "text",
        "score": "real",
        "level": "whole",
        "coverage_exact": "text?",
        "coverage": "real?",
        "provisional": "flag",
    },
    "system_latest": {"system": "text", "assessment": "text"},
    "fixes": {
        "system": "text",
        "item": "text",
        "owner": "text",
        "due": "day?",
        "state": "text",
        "reason": "text",
        "review": "day?",
        "version": "whole",
        "author": "text",
        "saved_at": "time",
        "done_at": "time?",
    },
    "audit_events": {
        "id": "text",
        "workspace": "text",
        "system": "text?",
        "assessment": "text?",
        "actor": "text",
        "role": "text",
        "event": "text",
        "subject": "text",
        "before_value": "json",
        "after_value": "json",
        "happened_at": "time",
    },
}

KEYS: dict[str, tuple[str, ...]] = {
    "workspaces": ("id",),
    "systems": ("id",),
    "assessments": ("id",),
    "respondents": ("id",),
    "responses": ("assessment", "respondent", "item"),
    "agreements": ("assessment", "item"),
    "corrections": ("assessment", "item"),
    "health_answers": ("assessment", "respondent", "question"),
    "results": ("assessment", "checklist"),
    "assessment_scores": ("assessment", "checklist", "part"),
    "system_latest": ("system",),
    "fixes": ("system", "item"),
    "audit_events": ("id",),
}

# Which column names a row of which table. Audit events are not here: they outlive what they tell about.
REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("systems", "workspace", "workspaces"),
    ("assessments", "system", "systems"),
    ("respondents", "assessment", "assessments"),
    ("responses", "assessment", "assessments"),
    ("agreements", "assessment", "assessments"),
    ("corrections", "assessment", "assessments"),
    ("health_answers", "assessment", "assessments"),
    ("results", "assessment", "assessments"),
    ("assessment_scores", "assessment", "assessments"),
    ("assessment_scores", "system", "systems"),
    ("system_latest", "system", "systems"),
    ("system_latest", "assessment", "assessments"),
    ("fixes", "system", "systems"),
)

# The migration that brought a table; a workspace that was exported before it holds no rows of it.
SINCE: dict[str, int] = {"respondents": 3, "agreements": 3, "corrections": 5}


def tables_at(schema: int) -> tuple[str, ...]:
    """The tables that a workspace had when this was its newest migration."""
    return tuple(table for table in TABLES if SINCE.get(table, 0) <= schema)
