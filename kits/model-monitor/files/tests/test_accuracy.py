"""What the accuracy check promises: a drop with its interval, or that it cannot tell."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pandas as pd
import pytest

from model_monitor.__main__ import main
from model_monitor.accuracy import Share, drop_between, find
from model_monitor.settings import AccuracySettings
from model_monitor.tables import BadInput

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Pair: TypeAlias = tuple[pd.DataFrame, pd.DataFrame]
SETTINGS = AccuracySettings(release_right=912, release_total=1_000)


def tables(right: int, total: int, time: str = "2026-11-22T10:00:00+01:00") -> Pair:
    predictions = pd.DataFrame({"id": range(total), "prediction": ["yes"] * total})
    outcomes = ["yes"] * right + ["no"] * (total - right)
    return predictions, pd.DataFrame({"id": range(total), "outcome": outcomes, "time": time})


@pytest.mark.parametrize(
    ("right", "total", "verdict"),
    [
        (1_700, 2_000, "dropped"),
        (1_824, 2_000, "stable"),
        (1_900, 2_000, "stable"),
        (8_900, 10_000, "stable"),  # a real drop of 2 points, below the limit of 3
        (45, 50, "cannot tell"),
        (42, 50, "cannot tell"),  # 7 points lower, and it may be chance
        (10, 50, "dropped"),
        (2, 2, "cannot tell"),
        (50, 50, "stable"),  # few, and better than at release for certain
    ],
)
def test_a_drop_matters_when_it_is_large_and_no_chance(
    right: int, total: int, verdict: str
) -> None:
    assert find(*tables(right, total), SETTINGS, NOW).verdict == verdict


def test_intervals_are_those_of_wilson_and_newcombe() -> None:
    """Newcombe's own example (1998, table II, a: 56 of 70 against 48 of 80)."""
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=5e-5)
    drop, interval = drop_between(Share(56, 70), Share(48, 80))
    assert drop == pytest.approx(0.2)
    assert interval == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_shares_of_nothing_and_all_stay_within_zero_and_one() -> None:
    assert Share(0, 9).interval[0] == 0.0
    assert Share(9, 9).interval[1] == pytest.approx(1.0)


def test_outcomes_are_matched_by_id_whatever_their_order() -> None:
    predictions, outcomes = tables(1_700, 2_000)
    found = find(predictions, outcomes.sample(frac=0.5, random_state=1), SETTINGS, NOW)
    assert found.now is not None
    assert found.now.total == 1_000
    assert found.now.value == pytest.approx(0.85, abs=0.03)


@pytest.mark.parametrize(
    ("time", "known"),
    [
        ("2026-10-24T09:00:01Z", True),
        ("2026-10-24T08:59:59Z", False),
        ("2026-10-24T11:00:01+02:00", True),  # before the clocks went back in Berlin
        ("2026-10-24T10:59:59+02:00", False),
    ],
)
def test_the_window_is_exact_in_every_time_zone(time: str, known: bool) -> None:
    found = find(*tables(900, 1_000, time), SETTINGS, NOW)
    assert (found.now is not None) is known


def test_silence_is_not_success() -> None:
    found = find(*tables(900, 1_000, "2026-01-01T00:00:00Z"), SETTINGS, NOW)
    assert found.verdict == "cannot tell"
    assert found.note == "no prediction has an outcome of the last 30 days"


def broken(kind: str) -> Pair:
    predictions, outcomes = tables(90, 100)
    changes = {
        "naive": (predictions, outcomes.assign(time="2026-11-22T10:00:00")),
        "no time": (predictions, outcomes.assign(time="2026-13-45T10:00:00Z")),
        "future": (predictions, outcomes.assign(time="2026-11-24T10:00:00Z")),
        "types": (predictions, outcomes.assign(outcome=1)),
        "ids": (predictions, outcomes.assign(id=[str(one) for one in range(100)])),
        "scores": (predictions.assign(prediction=0.3), outcomes.assign(outcome=1)),
        "mixed": (predictions.assign(prediction=[1, "one"] * 50), outcomes),
        "twice": (predictions, outcomes.assign(id=7)),
        "gap": (predictions.assign(prediction=None), outcomes),
        "column": (predictions, outcomes.drop(columns="outcome")),
        "empty": (predictions.head(0), outcomes),
    }
    return changes[kind]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("naive", 'have a "time" without a zone'),
        ("no time", "no ISO 8601 time"),
        ("future", "times in the future"),
        ("types", "different types"),
        ("ids", 'The column "id" holds numbers in one table and text in the other.'),
        ("scores", '"prediction" holds fractions'),
        ("mixed", '"prediction" mixes types'),
        ("twice", 'The outcomes have the id "7" twice.'),
        ("gap", 'The predictions have rows without "prediction"'),
        ("column", 'The outcomes have no column "outcome"'),
        ("empty", "There are no rows in the predictions."),
    ],
)
def test_tables_that_cannot_be_matched_are_refused(kind: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refusal:
        find(*broken(kind), SETTINGS, NOW)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(("right", "code"), [(1_824, 0), (1_700, 1)])
def test_the_command_line_says_it_by_exit_code(right: int, code: int, config: Path) -> None:
    files = [config.parent / "predictions.csv", config.parent / "outcomes.csv"]
    for path, table in zip(files, tables(right, 2_000), strict=True):
        table.to_csv(path, index=False)
    options = ["--config", str(config), "--now", NOW.isoformat()]
    assert main(["accuracy", *map(str, files), *options]) == code
