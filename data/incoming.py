"""What rows from outside must fulfil before any of them is kept; each refusal is a sentence."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from access.actors import OTHER_ROLES, ROLES
from data.entry import SCOPES, TOKEN_SCOPES
from data.errors import ImportRefused, TextRefused
from data.schema import ACCESS, KEYS, REFERENCES, TABLES
from data.systems import RHYTHM_LIMIT
from data.text import NOTE_LENGTH, clean_email, clean_key, clean_links, clean_name, clean_tags, clean_text, name_key
from data.values import from_plain, kind_of

Rows = Sequence[Mapping[str, Any]]
DIGEST = re.compile(r"[0-9a-f]{64}")
EXACT = re.compile(r"\d{1,18}/[1-9]\d{0,17}")
WHOLE_LIMIT = 2**31
_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "json": (str,),
    "whole": (int,),
    "real": (int, float),
    "flag": (bool,),
    "time": (str,),
    "day": (str,),
}


def checked_tables(tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """The tables in the order of the schema, when every row and every tie between rows is right."""
    unknown = sorted(set(tables) - set(TABLES))
    missing = sorted(set(TABLES) - set(tables))
    if unknown or missing:
        raise ImportRefused(f"Tables not known here: {unknown or 'none'}; tables missing: {missing or 'none'}.")
    for table in TABLES:
        for number, row in enumerate(tables[table], start=1):
            _check_row(table, number, row)
        _check_keys(table, tables[table])
    _check_ties(tables)
    _check_systems(tables)
    _check_people(tables)
    return {table: tables[table] for table in TABLES}


def _check_row(table: str, number: int, row: Mapping[str, Any]) -> None:
    where = f"{table}, row {number}"
    if set(row) != set(TABLES[table]):
        odd = sorted(set(row) ^ set(TABLES[table]))
        raise ImportRefused(f"{where}: these columns are unknown or missing: {', '.join(odd)}.")
    for column, kind in TABLES[table].items():
        value = row[column]
        if value is None and kind.endswith("?"):
            continue
        if not _fits(table, column, kind_of(kind), value):
            raise ImportRefused(f"{where}: the value of {column} is not one that this app writes.")


def _fits(table: str, column: str, kind: str, value: Any) -> bool:
    if not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != "flag"):
        return False
    try:
        from_plain(kind, value)
        return _fits_meaning(table, column, kind, value)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, TextRefused):
        return False


def _fits_meaning(table: str, column: str, kind: str, value: Any) -> bool:
    if kind == "json":
        return _fits_json(column, value)
    if kind == "whole":
        return -WHOLE_LIMIT < int(value) < WHOLE_LIMIT and (column != "rhythm_days" or 0 <= int(value) <= RHYTHM_LIMIT)
    if kind != "text":
        return True
    if column.endswith("_exact"):
        return EXACT.fullmatch(value) is not None and 0 <= Fraction(value) <= 5
    if column == "role" and table == "audit_events":
        return value in (*ROLES, *OTHER_ROLES, "")
    if table in ACCESS:
        return _fits_access(column, value)
    if column == "lens":
        return bool(clean_key(value, "lens") == value)
    if column == "name" and table in ("workspaces", "systems", "respondents"):
        return bool(clean_name(value) == value)
    return bool(clean_text(value) == value) and len(value) <= NOTE_LENGTH


def _fits_access(column: str, value: str) -> bool:
    """A value of a member, a link or a token."""
    if column == "email":
        return clean_email(value) == value
    if column == "secret_hash":
        return DIGEST.fullmatch(value) is not None
    choices: dict[str, tuple[str, ...]] = {"role": ROLES, "scope": (*SCOPES, *TOKEN_SCOPES)}
    return value in choices.get(column, (value,)) and clean_text(value) == value and len(value) <= NOTE_LENGTH


def _fits_json(column: str, text: str) -> bool:
    value = json.loads(text)
    if column == "evidence":
        return bool(list(clean_links(tuple(value))) == value)
    if column == "tags":
        return all(isinstance(one, str) for one in value) and list(clean_tags(value)) == value
    if column in ("failures", "accepted", "areas"):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if column == "target":
        levels = [level for level in (value["overall"], *value["areas"].values()) if level is not None]
        return set(value) == {"overall", "areas"} and all(type(level) is int and 1 <= level <= 5 for level in levels)
    return isinstance(value, dict) or column != "record"


def _check_keys(table: str, rows: Rows) -> None:
    counts = Counter(tuple(row[name] for name in KEYS[table]) for row in rows)
    twice = [key for key, count in counts.items() if count > 1]
    if twice:
        raise ImportRefused(f"{table}: the row {', '.join(map(str, twice[0]))} is there twice.")


def _check_ties(tables: Mapping[str, Rows]) -> None:
    """Every row belongs to the one workspace of the file, so that nothing reaches into another one."""
    if len(tables["workspaces"]) != 1:
        raise ImportRefused(f"The file holds {len(tables['workspaces'])} workspaces; it must hold exactly one.")
    parents = ("workspaces", "systems", "assessments", "respondents", "share_links")
    ids: dict[str, set[Any]] = {table: {None, *(row["id"] for row in tables[table])} for table in parents}
    for table, column, parent in (*REFERENCES, ("audit_events", "workspace", "workspaces")):
        for row in tables[table]:
            if row[column] not in ids[parent]:
                raise ImportRefused(f"{table}: a row names {parent} {row[column]!r}, which the file does not hold.")


def _check_systems(tables: Mapping[str, Rows]) -> None:
    for row in tables["systems"]:
        if row["name_key"] != name_key(row["name"]):
            raise ImportRefused(f'systems: the name "{row["name"]}" and its key do not belong together.')
    names = Counter(row["name_key"] for row in tables["systems"] if row["deleted_at"] is None)
    drafts = Counter(row["system"] for row in tables["assessments"] if row["status"] == "draft")
    if max(names.values(), default=0) > 1:
        raise ImportRefused("systems: two systems share a name; rename one where they come from, export again.")
    if max(drafts.values(), default=0) > 1:
        raise ImportRefused("assessments: a system has two drafts; discard one where they come from, export again.")


def _check_people(tables: Mapping[str, Rows]) -> None:
    """Every answer is the team's, or that of somebody who answers the same assessment."""
    known = {(row["assessment"], row["id"]) for row in tables["respondents"]}
    for table in ("responses", "health_answers"):
        for row in tables[table]:
            if row["respondent"] and (row["assessment"], row["respondent"]) not in known:
                raise ImportRefused(f"{table}: an answer is by {row['respondent']!r}, whom the file does not hold.")
