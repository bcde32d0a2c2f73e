"""The checks of a configuration as Great Expectations runs them, each by itself."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Great Expectations reports its use to its makers unless this is set before it is imported.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd

from data_quality.config import NUMERIC, Column, Config
from data_quality.results import BadInput, Outcome, State

FENCE = 3.0
LARGEST = 1.7976931348623157e308
SIZES = (8, 16, 32, 64)
INTEGERS = [*(f"int{size}" for size in SIZES), *(f"uint{size}" for size in SIZES), "int"]
TYPE_NAMES = {
    "integer": INTEGERS,
    "number": [*INTEGERS, "float32", "float64", "float"],
    "text": ["str"],
    "boolean": ["bool"],
    "time": [f"datetime64[{unit}]" for unit in ("s", "ms", "us", "ns")],
}
EXAMPLES = 3
BROKE = "the check broke on these values; --examples says how"
Make = Callable[[], gxe.Expectation]


@dataclass(frozen=True, slots=True)
class Check:
    """An expectation that is made when it runs, so that one that cannot be made stops no other."""

    name: str
    column: str
    wanted: str
    make: Make
    needs_values: bool = True


class NoVerdict(Exception):
    """A check that has nothing to say about this column; the message is why."""


def run(frame: pd.DataFrame, config: Config, examples: bool = False) -> list[Outcome]:
    """What every check says; what fails or breaks in one of them hides none of the others.

    Values stand in the outcomes only with `examples`: they may be personal data.
    """
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise BadInput(f'The table has two columns called "{twice}"; rename one of them.')
    ready = prepared(frame, config)
    checks = [
        *_table_checks(config),
        *(one for column in config.columns for one in _column_checks(ready, column)),
    ]
    runner = _Runner(_whole_batches(), ready, examples)
    return [runner.outcome(check) for check in checks]


def prepared(frame: pd.DataFrame, config: Config) -> pd.DataFrame:
    """The frame with columns whose type Great Expectations knows.

    It does not know the text, category and nullable types of pandas, so their values are checked
    one by one. A CSV column of whole numbers with gaps arrives as floats. Times are compared by
    type alone, so they may lose their zone here.
    """
    ready = frame.copy(deep=False)
    for column in config.columns:
        if column.name in ready.columns:
            ready[column.name] = _known_type(ready[column.name], column.type)
    return ready


def _known_type(values: pd.Series, wanted: str) -> pd.Series:
    if wanted == "time" and _is_times(values):
        return pd.to_datetime(values, utc=True).dt.tz_localize(None)
    if wanted == "integer" and _is_whole(values):
        values = values.astype("Int64")
    if not isinstance(values.dtype, pd.api.extensions.ExtensionDtype):
        return values
    plain = values.astype(object)
    return plain.where(plain.notna(), None)


def _is_times(values: pd.Series) -> bool:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return True
    return values.dtype == object and all(isinstance(one, datetime) for one in values.dropna())


def _is_whole(values: pd.Series) -> bool:
    if not pd.api.types.is_float_dtype(values.dtype):
        return False
    known = values.dropna()
    return bool(len(known)) and bool((known.abs() < 2**53).all() and (known % 1 == 0).all())


def _table_checks(config: Config) -> Iterator[Check]:
    names = [column.name for column in config.columns]
    yield Check(
        "rows", "", f"at least {config.min_rows}",
        lambda: gxe.ExpectTableRowCountToBeBetween(min_value=config.min_rows), needs_values=False,
    )  # fmt: skip
    exact = not config.other_columns
    yield Check(
        "columns", "", "exactly those named" if exact else "all those named",
        lambda: gxe.ExpectTableColumnsToMatchSet(column_set=names, exact_match=exact),
        needs_values=False,
    )  # fmt: skip


def _column_checks(frame: pd.DataFrame, column: Column) -> Iterator[Check]:
    name = column.name
    yield Check(
        "missing", name, f"at most {column.max_missing:.2%}",
        lambda: gxe.ExpectColumnValuesToNotBeNull(column=name, mostly=1 - column.max_missing),
        needs_values=False,
    )  # fmt: skip
    types = TYPE_NAMES[column.type]
    yield Check(
        "type", name, column.type,
        lambda: gxe.ExpectColumnValuesToBeInTypeList(column=name, type_list=types),
    )  # fmt: skip
    if column.type in NUMERIC:
        yield from _number_checks(frame, column)
    if column.values:
        yield Check(
            "values", name, f"one of {', '.join(map(str, column.values))}",
            lambda: gxe.ExpectColumnValuesToBeInSet(column=name, value_set=list(column.values)),
        )  # fmt: skip
    if column.unique:
        yield Check(
            "unique", name, "no value twice", lambda: gxe.ExpectColumnValuesToBeUnique(column=name)
        )


def _number_checks(frame: pd.DataFrame, column: Column) -> Iterator[Check]:
    name = column.name
    yield Check(
        "finite", name, "no infinite value",
        lambda: gxe.ExpectColumnValuesToBeBetween(
            column=name, min_value=-LARGEST, max_value=LARGEST
        ),
    )  # fmt: skip
    if column.min is not None or column.max is not None:
        yield Check(
            "range", name, _range_words(column),
            lambda: gxe.ExpectColumnValuesToBeBetween(
                column=name, min_value=column.min, max_value=column.max,
                mostly=1 - column.max_outside,
            ),
        )  # fmt: skip
    if column.max_outliers is not None:
        yield Check(
            "outliers", name, f"at most {column.max_outliers:.2%}",
            lambda: _within_fences(frame, column),
        )  # fmt: skip


def _within_fences(frame: pd.DataFrame, column: Column) -> gxe.Expectation:
    """Values within three quartile ranges of the middle half, of this very table."""
    values = pd.to_numeric(frame[column.name], errors="raise").dropna()
    low, high = float(values.quantile(0.25)), float(values.quantile(0.75))
    if not high > low:
        raise NoVerdict(
            "half of the values are equal, so nothing is far from them; set min and max"
        )
    reach = FENCE * (high - low)
    if not reach < LARGEST:
        raise NoVerdict("the quartiles are infinite")
    return gxe.ExpectColumnValuesToBeBetween(
        column=column.name, min_value=low - reach, max_value=high + reach,
        mostly=1 - (column.max_outliers or 0),
    )  # fmt: skip


def _range_words(column: Column) -> str:
    low = "" if column.min is None else f"from {column.min:g}"
    high = "" if column.max is None else f"to {column.max:g}"
    share = f", at most {column.max_outside:.2%} outside" if column.max_outside else ""
    return f"{' '.join(filter(None, (low, high)))}{share}"


# Running one of them


@dataclass(frozen=True, slots=True)
class _Runner:
    """Runs checks one by one; what breaks in one of them stays there."""

    batches: Any
    frame: pd.DataFrame
    examples: bool

    def outcome(self, check: Check) -> Outcome:
        state: State
        try:
            state, found = self._judged(check)
        except NoVerdict as reason:
            state, found = "cannot tell", str(reason)
        except Exception as fault:  # the other checks still have something to say
            state, found = "cannot tell", self._why(fault)
        return Outcome(check.name, check.column, state, check.wanted, found)

    def _judged(self, check: Check) -> tuple[State, str]:
        if check.column and check.column not in self.frame.columns:
            raise NoVerdict("the column is missing")
        if check.column and not len(self.frame):
            raise NoVerdict("the table has no rows")
        if check.needs_values and not self.frame[check.column].notna().any():
            raise NoVerdict("every value is missing")
        batch = self.batches.get_batch({"dataframe": self._part(check)})
        result = batch.validate(check.make())
        if broken := _broken(result.exception_info):
            raise NoVerdict(self._why(broken))
        found = _found(check, result.result, self.examples)
        return ("passed" if result.success else "failed"), found

    def _part(self, check: Check) -> pd.DataFrame:
        """What the check needs of the table: every part that it gets is hashed each time."""
        if check.column:
            return self.frame[[check.column]]
        return (
            self.frame.head(0) if check.name == "columns" else pd.DataFrame(index=self.frame.index)
        )

    def _why(self, fault: object) -> str:
        """Messages of libraries quote values."""
        lines = str(fault).strip().splitlines()
        return f"the check broke: {lines[-1][:200]}" if self.examples and lines else BROKE


def _whole_batches() -> Any:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("whole")


def _broken(info: Mapping[str, Any]) -> str:
    """Why the expectation could not run: it stands there once, or once for each of its metrics."""
    entries = [info] if "raised_exception" in info else list(info.values())
    for one in entries:
        if one["raised_exception"]:
            return str(one["exception_message"]) or "without a message"
    return ""


def _found(check: Check, result: Mapping[str, Any], examples: bool) -> str:
    if check.name == "columns":
        wrong = result.get("details", {}).get("mismatched", {})
        parts = (f"{kind}: {', '.join(map(str, wrong[kind]))}"
                 for kind in ("missing", "unexpected") if wrong.get(kind))  # fmt: skip
        return "; ".join(parts) or "all there"
    if "unexpected_count" not in result:
        return str(result.get("observed_value", ""))
    count, total = result["unexpected_count"], result["element_count"]
    considered = total - result.get("missing_count", 0)
    said = f"{count} of {considered} ({count / considered:.2%})"
    seen = result.get("partial_unexpected_list", [])[:EXAMPLES] if examples else []
    shown = ", ".join(map(str, seen)) if check.name != "missing" else ""
    return f"{said}: {shown}" if shown else said
