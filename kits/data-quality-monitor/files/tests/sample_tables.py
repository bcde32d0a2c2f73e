"""A table that passes its checks, and the checks that it passes."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from data_quality.config import Config, parse

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHECKS: dict[str, Any] = {
    "freshness": {"column": "seen_at"},
    "columns": {
        "id": {"type": "integer", "unique": True},
        "seen_at": {"type": "time"},
        "amount": {
            "type": "number", "max_missing": 0.1, "min": 0, "max": 1000, "max_outliers": 0.05,
        },
        "country": {"type": "text", "values": ["AT", "DE"]},
        "paid": {"type": "boolean"},
    },
}  # fmt: skip


def a_config(**changes: Any) -> Config:
    return parse({**CHECKS, **changes})


def a_frame(**changes: Any) -> pd.DataFrame:
    """Forty rows of this morning; a column that is changed to None vanishes."""
    columns: dict[str, Any] = {
        "id": range(40),
        "seen_at": pd.date_range("2026-11-23T08:00", periods=40, freq="min", tz="UTC"),
        "amount": [float(10 + row % 7) for row in range(40)],
        "country": ["AT", "DE"] * 20,
        "paid": [True, False] * 20,
    }
    kept = {name: values for name, values in (columns | changes).items() if values is not None}
    return pd.DataFrame(kept)


def with_first(values: list[Any], first: Any) -> list[Any]:
    return [first, *values[1:]]
