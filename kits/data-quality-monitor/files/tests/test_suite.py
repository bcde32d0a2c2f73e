"""Each check finds its fault, hides no other one, and passes nothing that it could not see."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sample_tables import CHECKS, a_config, a_frame

from data_quality import suite
from data_quality.results import BadInput, Outcome, exit_code

EXPECTATIONS = "great_expectations.expectations"
AMOUNTS = list(a_frame()["amount"])


def states(frame: pd.DataFrame, **changes: Any) -> dict[tuple[str, str], str]:
    outcomes = suite.run(frame, a_config(**changes))
    return {(one.column, one.check): one.state for one in outcomes}


def not_passed(frame: pd.DataFrame, **changes: Any) -> dict[tuple[str, str], str]:
    return {place: state for place, state in states(frame, **changes).items() if state != "passed"}


def test_a_table_as_it_should_be_passes_every_check() -> None:
    found = states(a_frame())
    assert set(found.values()) == {"passed"}
    assert len(found) == 2 + 4 + 2 + 5 + 3 + 2


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({"amount": [None] * 10 + AMOUNTS[10:]}, ("amount", "missing")),
        ({"amount": [-1.0, *AMOUNTS[1:]]}, ("amount", "range")),
        ({"country": ["FR", *["DE"] * 39]}, ("country", "values")),
        ({"id": [1, 1, *range(2, 40)]}, ("id", "unique")),
        ({"id": [f"{row}" for row in range(40)]}, ("id", "type")),
        ({"paid": [1, 0] * 20}, ("paid", "type")),
        ({"seen_at": ["today"] * 40}, ("seen_at", "type")),
        ({"extra": [1] * 40}, ("", "columns")),
    ],
)
def test_a_fault_is_found_by_its_check(changes: dict[str, Any], failed: tuple[str, str]) -> None:
    assert not_passed(a_frame(**changes))[failed] == "failed"


def test_outliers_are_found_within_the_limits() -> None:
    amounts = [*AMOUNTS[:37], 900.0, 901.0, 902.0]
    assert not_passed(a_frame(amount=amounts)) == {("amount", "outliers"): "failed"}


def test_outliers_cannot_be_told_where_half_of_the_values_are_equal() -> None:
    found = not_passed(a_frame(amount=[5.0] * 39 + [900.0]))
    assert found == {("amount", "outliers"): "cannot tell"}


def test_one_share_may_be_missing_or_outside() -> None:
    assert not not_passed(a_frame(amount=[None, *AMOUNTS[1:]]))


@pytest.mark.parametrize("infinite", [np.inf, -np.inf])
def test_an_infinite_value_is_a_finding_without_limits_too(infinite: float) -> None:
    columns = {**CHECKS["columns"], "amount": {"type": "number"}}
    found = not_passed(a_frame(amount=[infinite, *AMOUNTS[1:]]), columns=columns)
    assert found == {("amount", "finite"): "failed"}


def test_an_empty_table_fails_and_no_check_of_values_passes() -> None:
    found = states(a_frame().iloc[:0])
    assert found["", "rows"] == "failed"
    assert {state for (column, _), state in found.items() if column} == {"cannot tell"}


def test_an_empty_table_is_not_fine_even_where_no_row_is_wanted() -> None:
    outcomes = suite.run(a_frame().iloc[:0], a_config(table={"min_rows": 0}))
    assert exit_code(outcomes) == 2


def test_a_column_without_any_value_passes_no_check_of_values() -> None:
    columns = {**CHECKS["columns"], "amount": {"type": "number", "max_missing": 1, "min": 0}}
    found = not_passed(a_frame(amount=[None] * 40), columns=columns)
    assert set(found) == {("amount", name) for name in ("type", "finite", "range")}
    assert set(found.values()) == {"cannot tell"}


def test_a_column_that_vanished_is_named_and_the_others_are_checked() -> None:
    outcomes = suite.run(a_frame(amount=None, country=["FR"] * 40), a_config())
    found = {(one.column, one.check): one for one in outcomes}
    assert found["", "columns"].state == "failed"
    assert found["", "columns"].found == "missing: amount"
    assert found["amount", "range"].found == "the column is missing"
    assert found["country", "values"].state == "failed"
    assert exit_code(outcomes) == 1


def test_mixed_types_fail_and_a_check_that_breaks_on_them_hides_no_other() -> None:
    found = not_passed(a_frame(amount=["much", *AMOUNTS[1:]], country=["FR"] * 40))
    assert found["amount", "type"] == "failed"
    assert found["amount", "range"] == "cannot tell"
    assert found["country", "values"] == "failed"


def test_an_expectation_that_cannot_be_made_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError("first line\nno such metric")

    monkeypatch.setattr(f"{EXPECTATIONS}.ExpectColumnValuesToBeInSet", broken)
    found = suite.run(a_frame(), a_config(), examples=True)
    outcomes = {(one.column, one.check): one for one in found}
    assert outcomes["country", "values"] == Outcome(
        "values", "country", "cannot tell", "one of AT, DE", "the check broke: no such metric"
    )
    assert outcomes["paid", "type"].state == "passed"


@pytest.mark.parametrize(
    "amounts",
    [
        pd.array([1, None] * 2 + [3] * 36, dtype="Int64"),
        pd.array([1.5] * 40, dtype="Float64"),
        np.arange(40, dtype="int8"),
        np.arange(40, dtype="float32"),
    ],
    ids=["Int64", "Float64", "int8", "float32"],
)
def test_every_kind_of_number_is_a_number(amounts: Any) -> None:
    assert states(a_frame(amount=amounts))["amount", "type"] == "passed"


def test_text_may_be_stored_as_categories() -> None:
    assert not not_passed(a_frame(country=pd.Categorical(["AT", "DE"] * 20)))


def test_whole_numbers_with_gaps_are_whole_numbers_and_halves_are_not() -> None:
    columns = {**CHECKS["columns"], "amount": {"type": "integer", "max_missing": 0.5}}
    assert not not_passed(a_frame(amount=[None, *AMOUNTS[1:]]), columns=columns)
    halves = not_passed(a_frame(amount=[0.5, *AMOUNTS[1:]]), columns=columns)
    assert halves == {("amount", "type"): "failed"}


def test_two_columns_of_one_name_are_refused() -> None:
    twice = pd.concat([a_frame(), a_frame()[["id"]]], axis=1)
    with pytest.raises(BadInput, match='two columns called "id"'):
        suite.run(twice, a_config())


@pytest.mark.parametrize(
    "changes",
    [{"country": ["Secretland", *["DE"] * 39]}, {"amount": ["Secretland", *AMOUNTS[1:]]}],
    ids=["failed", "broke"],
)
def test_values_are_shown_only_when_asked_for(changes: dict[str, Any]) -> None:
    frame = a_frame(**changes)
    assert "Secretland" not in str(suite.run(frame, a_config()))
    assert "Secretland" in str(suite.run(frame, a_config(), examples=True))


def test_values_that_cannot_be_compared_hide_no_other_check() -> None:
    found = not_passed(a_frame(id=[[row] for row in range(40)], country=["FR"] * 40))
    assert found["id", "type"] != "passed"
    assert found["country", "values"] == "failed"
    assert ("amount", "range") not in found


@pytest.mark.parametrize("zone", [None, "UTC", "Europe/Berlin"])
@pytest.mark.parametrize("unit", ["s", "ns"])
def test_times_are_times_in_every_zone_and_unit(zone: str | None, unit: str) -> None:
    times = pd.date_range("2026-10-25T00:00", periods=40, freq="h", tz=zone, unit=unit)
    assert not not_passed(a_frame(seen_at=times))
    assert not not_passed(a_frame(seen_at=times.astype(object)))


def test_the_frame_that_is_checked_stays_as_it_is() -> None:
    frame = a_frame()
    suite.run(frame, a_config())
    pd.testing.assert_frame_equal(frame, a_frame())
