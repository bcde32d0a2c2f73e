"""What single values look like outside the database: times and days as ISO text, all else as JSON has it."""

from datetime import UTC, date, datetime
from typing import Any

SQL_TYPES = {
    "text": "varchar",
    "json": "varchar",
    "whole": "integer",
    "real": "double precision",
    "flag": "boolean",
    "time": "timestamptz",
    "day": "date",
}


def kind_of(kind: str) -> str:
    """A kind without its question mark."""
    return kind.removesuffix("?")


def to_plain(value: Any) -> Any:
    """A value from the database as a JSON value; times in UTC with every microsecond."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def from_plain(kind: str, value: Any) -> Any:
    """The way back; `ValueError` for a text that is no day, or no time with a zone."""
    if value is None or kind not in ("time", "day"):
        return value
    if kind == "day":
        return date.fromisoformat(value)
    time = datetime.fromisoformat(value)
    if time.tzinfo is None:
        raise ValueError(f'"{value}" has no time zone.')
    return time.astimezone(UTC)
