"""How a row of the responses is read: which columns, and the stored response they make."""

import json

from data.engine import Row
from data.model import Saved
from scoring.model import Response

_COLUMNS = ("item", "state", "rating", "reason", "note", "evidence", "valid_until", "version", "author", "saved_at")


def response_columns(table: str) -> str:
    """The columns that `saved_response` needs, of a table under this name in a select."""
    return ", ".join(f"{table}.{column}" for column in _COLUMNS)


def saved_response(row: Row) -> Saved:
    """The response of a row with these columns."""
    evidence = tuple(json.loads(row["evidence"]))
    response = Response(row["state"], row["rating"], row["reason"], row["note"], evidence, row["valid_until"])
    return Saved(response, row["version"], row["author"], row["saved_at"])
