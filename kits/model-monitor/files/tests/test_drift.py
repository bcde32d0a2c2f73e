"""What the drift check promises about numbers, categories and few rows."""

import numpy as np
import pandas as pd
import pytest
from conftest import normal
from scipy import stats

from model_monitor.drift import Drift, Feature, find
from model_monitor.settings import DriftSettings

SETTINGS = DriftSettings()


def feature(found: Drift, name: str) -> Feature:
    return next(one for one in found.features if one.name == name)


def labels(**counts: int) -> pd.DataFrame:
    return pd.DataFrame({"plan": [name for name, count in counts.items() for _ in range(count)]})


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_shift_of_a_third_of_a_standard_deviation_is_found_and_nothing_else(
    seed: int,
) -> None:
    current = normal(100 + seed, 5_000, 20)
    current["x07"] += 0.3
    found = find(normal(seed, 5_000, 20), current, SETTINGS)
    assert [one.name for one in found.features if one.verdict == "drift"] == ["x07"]
    assert {one.verdict for one in found.features} == {"drift", "stable"}


def test_forty_unchanged_columns_of_a_million_rows_are_silent_where_the_plain_rule_is_not() -> None:
    found = find(normal(1, 1_000_000, 40), normal(2, 1_000_000, 40), SETTINGS)
    assert [one.verdict for one in found.features] == ["stable"] * 40
    assert found.plain_alarms


def test_at_a_million_rows_a_shift_that_nobody_notices_alarms_only_the_plain_rule() -> None:
    found = find(normal(1, 1_000_000, 3), normal(2, 1_000_000, 3, mean=0.01), SETTINGS)
    assert len(found.plain_alarms) == 3
    assert {(one.verdict, one.note) for one in found.features} == {
        ("stable", "a real difference, too small to matter")
    }


def test_fifty_rows_are_too_few_to_tell() -> None:
    found = find(normal(1, 50_000, 5), normal(2, 50, 5), SETTINGS)
    assert [one.verdict for one in found.features] == ["cannot tell"] * 5


@pytest.mark.parametrize("seed", range(2, 12))
def test_fifty_rows_never_pass_as_stable(seed: int) -> None:
    found = find(normal(1, 5_000, 5), normal(seed, 50, 5, mean=0.3), SETTINGS)
    assert "stable" not in {one.verdict for one in found.features}


def test_fifty_rows_are_enough_for_a_shift_that_is_plain_to_see() -> None:
    assert find(normal(1, 50_000), normal(2, 50, mean=3.0), SETTINGS).verdict == "drift"


def test_p_values_are_adjusted_as_benjamini_and_hochberg_say() -> None:
    reference, current = normal(1, 2_000, 4), normal(2, 2_000, 4)
    current["x00"] += 0.12
    found = find(reference, current, SETTINGS)
    p = np.sort([one.p_value for one in found.features if one.p_value is not None])
    by_hand = np.minimum.accumulate((p * 4 / np.arange(1, 5))[::-1])[::-1]
    adjusted = np.sort([one.adjusted_p for one in found.features if one.adjusted_p is not None])
    np.testing.assert_allclose(adjusted, by_hand)


def test_the_distance_and_p_are_those_of_scipy() -> None:
    reference, current = normal(1, 700), normal(2, 900, mean=0.2)
    found = feature(find(reference, current, SETTINGS), "x00")
    expected = stats.ks_2samp(reference["x00"], current["x00"], method="asymp")
    assert (found.distance, found.p_value) == (expected.statistic, expected.pvalue)


def test_a_spread_that_doubles_around_the_same_mean_is_drift() -> None:
    assert find(normal(1, 5_000), normal(2, 5_000) * 2, SETTINGS).verdict == "drift"


def test_a_limit_of_a_single_column_counts_for_that_column() -> None:
    settings = DriftSettings(limits={"x00": 0.5})
    found = find(normal(1, 5_000, 2), normal(2, 5_000, 2, mean=0.5), settings)
    assert [one.verdict for one in found.features] == ["stable", "drift"]


def test_growing_gaps_in_a_column_of_numbers_are_drift_of_their_own() -> None:
    current = normal(2, 5_000)
    current.loc[: 5_000 * 0.15, "x00"] = np.nan
    found = find(normal(1, 5_000), current, SETTINGS)
    assert feature(found, "x00").verdict == "stable"
    assert feature(found, "x00 (missing)").verdict == "drift"
    assert feature(found, "x00 (missing)").distance == pytest.approx(0.15, abs=0.001)


def test_shares_of_categories_that_move_are_drift_by_their_total_variation() -> None:
    found = find(labels(a=600, b=300, c=100), labels(a=400, b=300, c=300), SETTINGS)
    assert feature(found, "plan").distance == pytest.approx(0.2)
    assert found.verdict == "drift"


def test_the_same_shares_from_many_rows_are_stable() -> None:
    found = find(labels(a=6_000, b=3_000, c=1_000), labels(a=5_990, b=3_020, c=990), SETTINGS)
    assert found.verdict == "stable"


def test_shares_from_few_rows_are_not_told() -> None:
    found = find(labels(a=6_000, b=4_000), labels(a=30, b=20), SETTINGS)
    assert found.verdict == "cannot tell"


def test_a_category_never_seen_before_is_drift_and_is_named() -> None:
    found = find(labels(a=6_000, b=4_000), labels(a=5_950, b=4_000, c=50), SETTINGS)
    assert feature(found, "plan").verdict == "drift"
    assert feature(found, "plan").new_categories == ("c",)


def test_a_vanished_category_is_named() -> None:
    found = find(labels(a=600, b=300, c=200), labels(a=800, b=300), SETTINGS)
    assert feature(found, "plan").gone_categories == ("c",)


def test_a_rare_category_that_appears_by_chance_is_not_called_new() -> None:
    found = find(labels(a=6_000, b=4_000), labels(a=5_999, b=4_000, c=1), SETTINGS)
    assert feature(found, "plan").new_categories == ()
    assert found.verdict == "stable"


def test_gaps_among_categories_are_a_category() -> None:
    current = labels(a=700, b=300)
    current.loc[:199, "plan"] = None
    assert feature(find(labels(a=700, b=300), current, SETTINGS), "plan").new_categories == (
        "(missing)",
    )


def test_a_number_that_is_a_name_is_compared_as_a_category_with_gaps_or_without() -> None:
    reference = pd.DataFrame({"zip": [1, 2] * 500})
    current = pd.DataFrame({"zip": [1.0, 2.0] * 495 + [np.nan] * 10})
    found = find(reference, current, DriftSettings(categorical=("zip",)))
    assert feature(found, "zip").kind == "category"
    assert feature(found, "zip").distance == pytest.approx(0.01)


def test_a_key_is_not_told_and_the_note_says_what_to_do() -> None:
    before, now = (pd.DataFrame({"key": [f"{side}{row}" for row in range(1_000)]}) for side in "ab")
    found = feature(find(before, now, SETTINGS), "key")
    assert found.verdict == "cannot tell"
    assert "exclude the column" in found.note


def test_a_constant_column_is_stable() -> None:
    reference, current = pd.DataFrame({"x": [7] * 900}), pd.DataFrame({"x": [7] * 900})
    assert find(reference, current, SETTINGS).verdict == "stable"
    assert find(reference.astype(str), current.astype(str), SETTINGS).verdict == "stable"


def test_a_column_that_the_reference_does_not_have_is_named_as_unchecked() -> None:
    found = find(normal(1, 500), normal(2, 500).assign(extra=1), SETTINGS)
    assert found.unchecked == ("extra",)
