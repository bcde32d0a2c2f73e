"""How old the newest row is, right across time zones and changes of the clock."""

from datetime import datetime, timedelta

import pandas as pd

from data_quality.config import Freshness
from data_quality.results import BadInput, Outcome, State

# A clock may run a little ahead; a row of next year would pass as fresh for a year.
AHEAD = timedelta(minutes=5)
OFFSET = r"(?:[Zz]|[+-]\d{2}(?::?\d{2})?)\s*$"
# A bare date has hyphens, but no offset.
WITH_CLOCK = r"\d{1,2}:\d{2}"


class CannotTell(Exception):
    """Times from which no age follows; the message is one sentence."""


def check(frame: pd.DataFrame, wanted: Freshness, now: datetime) -> Outcome:
    """Whether the newest row is younger than the limit at `now`, which must be aware."""
    if now.tzinfo is None:
        raise BadInput("The present time has no offset; write it as in 2026-11-23T08:00:00+00:00.")
    limit = timedelta(hours=wanted.max_age_hours)
    state: State
    try:
        earliest, latest = newest(frame, wanted)
    except CannotTell as reason:
        state, found = "cannot tell", str(reason)
    else:
        state, found = _verdict(now - latest, now - earliest, limit)
        found = f"{found}; the newest row is of {earliest.isoformat()}"
    return Outcome("freshness", wanted.column, state, f"at most {_hours(limit)} old", found)


def newest(frame: pd.DataFrame, wanted: Freshness) -> tuple[datetime, datetime]:
    """The newest moment in UTC, twice: an hour that the clock shows twice has two readings."""
    if wanted.column not in frame.columns:
        raise CannotTell("the column is missing")
    values = frame[wanted.column].dropna()
    if values.empty:
        raise CannotTell("no row has a time")
    aware, naive = _parsed(values)
    if len(naive) and wanted.zone is None:
        raise CannotTell(f"{len(naive)} times have no offset; set zone in [freshness]")
    readings = []
    for is_summer in (True, False):
        moments = pd.concat([aware, _in_utc(naive, wanted, is_summer)])
        readings.append(moments.max().to_pydatetime())
    return min(readings), max(readings)


def _parsed(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The values as moments in UTC, and those without an offset as they are."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.dt.tz_convert("UTC"), _none(None)
    if pd.api.types.is_datetime64_dtype(values.dtype):
        return _none("UTC"), values
    if not all(isinstance(value, str | datetime) for value in values):
        raise CannotTell(f"it holds {_kinds(values)}, not times")
    texts = values.map(lambda value: value if isinstance(value, str) else value.isoformat())
    has_offset = texts.str.contains(OFFSET, regex=True) & texts.str.contains(WITH_CLOCK, regex=True)
    try:
        aware = pd.to_datetime(texts[has_offset], format="ISO8601", utc=True)
        naive = pd.to_datetime(texts[~has_offset], format="ISO8601")
    except ValueError as fault:
        wrong = sum(pd.isna(pd.to_datetime(text, errors="coerce", utc=True)) for text in texts)
        raise CannotTell(f"values that are no times as in ISO 8601: {wrong or 'some'}") from fault
    return aware if len(aware) else _none("UTC"), naive if len(naive) else _none(None)


def _in_utc(naive: pd.Series, wanted: Freshness, is_summer: bool) -> pd.Series:
    if not len(naive) or wanted.zone is None:
        return _none("UTC")
    try:
        # The array says for each time which reading to take where there are two.
        ambiguous = pd.Series(is_summer, index=naive.index).to_numpy(dtype=bool)
        local = naive.dt.tz_localize(wanted.zone, ambiguous=ambiguous, nonexistent="raise")
    except ValueError as fault:
        raise CannotTell(
            f"a time falls into the hour that {wanted.zone} skips; the zone is another one"
        ) from fault
    return local.dt.tz_convert("UTC")


def _verdict(youngest: timedelta, oldest: timedelta, limit: timedelta) -> tuple[State, str]:
    """Both ages decide: where the limit lies between them, nobody can tell."""
    if youngest < -AHEAD:
        return "failed", f"{_hours(-youngest)} in the future"
    age = _hours(max(oldest, timedelta(0)))
    if oldest <= limit:
        return "passed", f"{age} old"
    if youngest > limit:
        return "failed", f"{_hours(youngest)} old" if youngest == oldest else f"{age} old"
    return "cannot tell", f"{_hours(youngest)} or {age} old, as its hour occurred twice"


def _hours(age: timedelta) -> str:
    return f"{age / timedelta(hours=1):.1f} h"


def _kinds(values: pd.Series) -> str:
    return " and ".join(sorted({type(value).__name__ for value in values}))


def _none(zone: str | None) -> pd.Series:
    return pd.Series([], dtype=f"datetime64[us, {zone}]" if zone else "datetime64[us]")
