"""The checks of a configuration as Great Expectations runs them, each by itself."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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
    "time": ["datetime", "Timestamp"],
}
EXAMPLES = 3
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
    batch = _batch(ready)
    checks = [
        *_table_checks(config),
        *(one for column in config.columns for one in _column_checks(ready, column)),
    ]
    return [_outcome(batch, ready, check, examples) for check in checks]


def prepared(frame: pd.DataFrame, config: Config) -> pd.DataFrame:
    """The frame with columns whose type Great Expectations knows.

    It does not know the text, category and nullable types of pandas, so their values are checked
    one by one. A CSV column of whole numbers with gaps arrives as floats.
    """
    ready = frame.copy(deep=False)
    for column in config.columns:
        if column.name not in ready.columns:
            continue
        values = ready[column.name]
        if column.type == "integer" and _is_whole(values):
            values = values.astype("Int64")
        if isinstance(values.dtype, pd.api.extensions.ExtensionDtype) or column.type == "time":
            plain = values.astype(object)
            ready[column.name] = plain.where(plain.notna(), None)
    return ready


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


def _batch(frame: pd.DataFrame) -> Any:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("table")
    whole = asset.add_batch_definition_whole_dataframe("whole")
    return whole.get_batch({"dataframe": frame})


def _outcome(batch: Any, frame: pd.DataFrame, check: Check, examples: bool) -> Outcome:
    state: State
    try:
        state, found = _judged(batch, frame, check, examples)
    except NoVerdict as reason:
        state, found = "cannot tell", str(reason)
    except (
        Exception
    ) as fault:  # whatever breaks in one check, the others still have something to say
        state, found = "cannot tell", f"the check broke: {_one_line(fault)}"
    return Outcome(check.name, check.column, state, check.wanted, found)


def _judged(batch: Any, frame: pd.DataFrame, check: Check, examples: bool) -> tuple[State, str]:
    if check.column and check.column not in frame.columns:
        raise NoVerdict("the column is missing")
    if check.column and not len(frame):
        raise NoVerdict("the table has no rows")
    if check.needs_values and not frame[check.column].notna().any():
        raise NoVerdict("every value is missing")
    result = batch.validate(check.make())
    if broken := _broken(result.exception_info):
        raise NoVerdict(f"the check broke: {broken}")
    return ("passed" if result.success else "failed"), _found(check, result.result, examples)


def _broken(info: Mapping[str, Any]) -> str:
    """Why the expectation could not run: it stands there once, or once for each of its metrics."""
    entries = [info] if "raised_exception" in info else list(info.values())
    for one in entries:
        if one["raised_exception"]:
            return _one_line(one["exception_message"])
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


def _one_line(fault: object) -> str:
    lines = str(fault).strip().splitlines()
    return (lines[-1] if lines else type(fault).__name__)[:200]
