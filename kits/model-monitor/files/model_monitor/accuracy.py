"""Is the model less often right than at release? Predictions are matched with outcomes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

import pandas as pd

from model_monitor.settings import AccuracySettings
from model_monitor.tables import BadInput, check

DROPPED, STABLE, UNKNOWN = "dropped", "stable", "cannot tell"
CONFIDENCE = 0.95
Z = 1.959964  # the normal distribution holds 95 % within this many standard deviations
PREDICTIONS, OUTCOMES = ("id", "prediction"), ("id", "outcome", "time")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many were right."""

    right: int
    total: int

    @property
    def value(self) -> float:
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, which stays within 0 and 1 and holds in small samples."""
        n, p = self.total, self.value
        center = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, center - half), min(1.0, center + half)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What is found; `drop` is the share at release less today's, `interval` that of Newcombe.

    Without an outcome in the window `now` and the numbers that follow from it are None.
    """

    verdict: str
    note: str
    release: Share
    now: Share | None
    drop: float | None
    interval: tuple[float, float] | None
    limit: float
    predictions: int


def find(
    predictions: pd.DataFrame, outcomes: pd.DataFrame, settings: AccuracySettings, now: datetime
) -> Accuracy:
    """Matches by id and compares with the release; `BadInput` when the tables cannot be matched."""
    recent = _recent(outcomes, settings.window_days, now)
    pairs = _matched(predictions, recent)
    release = Share(settings.release_right, settings.release_total)
    if pairs.empty:
        days = settings.window_days
        note = f"no prediction has an outcome of the last {days} {'day' if days == 1 else 'days'}"
        return _without_outcomes(note, release, settings.drop_limit, len(predictions))
    right = int((pairs["prediction"] == pairs["outcome"]).sum())
    return _judged(release, Share(right, len(pairs)), settings.drop_limit, len(predictions))


def drop_between(before: Share, after: Share) -> tuple[float, tuple[float, float]]:
    """The drop and its interval of 95 % (Newcombe 1998, method 10: from two Wilson intervals)."""
    drop = before.value - after.value
    (low, high), (low_after, high_after) = before.interval, after.interval
    down = sqrt((before.value - low) ** 2 + (high_after - after.value) ** 2)
    up = sqrt((high - before.value) ** 2 + (after.value - low_after) ** 2)
    return drop, (drop - down, drop + up)


def _judged(release: Share, now: Share, limit: float, predictions: int) -> Accuracy:
    drop, interval = drop_between(release, now)
    low, high = interval
    if drop >= limit and low > 0:
        verdict, note = DROPPED, "larger than the limit, and not by chance"
    elif drop >= limit or (high >= limit and high - low > 2 * limit):
        verdict, note = (
            UNKNOWN,
            f"the interval is too wide for a limit of {limit:g}; match more outcomes",
        )
    else:
        verdict, note = STABLE, ""
    return Accuracy(verdict, note, release, now, drop, interval, limit, predictions)


def _without_outcomes(note: str, release: Share, limit: float, predictions: int) -> Accuracy:
    return Accuracy(UNKNOWN, note, release, None, None, None, limit, predictions)


def _recent(outcomes: pd.DataFrame, days: int, now: datetime) -> pd.DataFrame:
    _check(outcomes, "outcomes", OUTCOMES)
    times = _times(outcomes["time"])
    if (times > now).any():
        raise BadInput(
            "The outcomes have times in the future; the clock or the time zone is wrong."
        )
    return outcomes[times > now - timedelta(days=days)]


def _times(written: pd.Series) -> pd.Series:
    if isinstance(written.dtype, pd.DatetimeTZDtype):
        return written
    texts = written.astype(str)
    if not texts.str.contains(r"(?:Z|[+-]\d\d:?\d\d)$").all():
        raise BadInput(
            'The outcomes have a "time" without a zone; write 2026-11-23T09:30:00+01:00.'
        )
    try:
        return pd.to_datetime(texts, utc=True, format="ISO8601")
    except ValueError as error:
        raise BadInput('The outcomes have a "time" that is no ISO 8601 time.') from error


def _matched(predictions: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    _check(predictions, "predictions", PREDICTIONS)
    kinds = {_kind(predictions["prediction"], "prediction"), _kind(outcomes["outcome"], "outcome")}
    if len(kinds) > 1 and len(outcomes):
        raise BadInput("Predictions and outcomes are of different types, one numbers and one text.")
    if len(outcomes) and _kind(predictions["id"], "id") != _kind(outcomes["id"], "id"):
        raise BadInput('The column "id" holds numbers in one table and text in the other.')
    return predictions[list(PREDICTIONS)].merge(outcomes[["id", "outcome"]], on="id")


def _check(table: pd.DataFrame, name: str, columns: tuple[str, ...]) -> None:
    check(table, f"the {name}")
    for column in columns:
        if column not in table:
            raise BadInput(
                f'The {name} have no column "{column}"; needed are {", ".join(columns)}.'
            )
        if table[column].isna().any():
            raise BadInput(
                f'The {name} have rows without "{column}"; leave out what is not known yet.'
            )
    if table["id"].duplicated().any():
        twice = table["id"][table["id"].duplicated()].iloc[0]
        raise BadInput(f'The {name} have the id "{twice}" twice.')


def _kind(values: pd.Series, name: str) -> str:
    """Labels are compared for equality, so fractions are scores, not labels."""
    kind = str(pd.api.types.infer_dtype(values, skipna=True))
    if kind.startswith("mixed"):
        raise BadInput(f'The column "{name}" mixes types.')
    if kind == "floating" and not (values % 1 == 0).all():
        raise BadInput(f'The column "{name}" holds fractions; write the label that was decided on.')
    return "number" if kind in ("integer", "floating") else kind
