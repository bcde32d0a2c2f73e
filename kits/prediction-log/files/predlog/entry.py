"""What one line says, and how inputs become a hash that says nothing about a person."""

import hashlib
import hmac
import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from predlog.problem import Problem

# A request id is written as it is, so it must not be an address or a name.
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
VERSION = re.compile(r"[1-9][0-9]*")
DEEPEST = 20


def plain(value: Any, depth: int = 0) -> Any:
    """A value as JSON can hold it. NumPy's numbers become Python's; what is no number, a text."""
    if depth > DEEPEST:
        raise Problem("A value is nested too deeply to be logged.")
    if hasattr(value, "tolist") and not isinstance(value, str | bytes):
        value = value.tolist()
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one, depth + 1) for one in value]
    raise Problem(f"A value of type {type(value).__name__} cannot be logged.")


def inputs_hash(inputs: Mapping[str, Any], key: bytes) -> str:
    """The same for equal inputs in any order; without the key nobody can try values against it."""
    text = json.dumps(canonical(plain(inputs)), sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def canonical(value: Any) -> Any:
    """3 and 3.0 are the same input, whether they came from JSON or from a data frame."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: canonical(one) for key, one in value.items()}
    return [canonical(one) for one in value] if isinstance(value, list) else value


def stamp(now: datetime) -> str:
    """The time in UTC; a time without a zone is refused, because nobody knows when it was."""
    if now.tzinfo is None:
        raise Problem("A time without a time zone cannot be logged.")
    return now.astimezone(UTC).isoformat(timespec="milliseconds")


def checked_id(request_id: str) -> str:
    if not ID.fullmatch(request_id):
        raise Problem(
            "A request id has 1 to 128 letters, digits, dots, colons, hyphens or underscores."
        )
    return request_id


def checked_version(version: str) -> str:
    if not VERSION.fullmatch(version):
        raise Problem(f'"{version}" is no version number; an alias moves from model to model.')
    return version
