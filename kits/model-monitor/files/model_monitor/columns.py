"""One column, in the training data and today: its kind, what makes it unusable, the comparison."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model_monitor.distances import Distance, between_counts, between_numbers
from model_monitor.tables import BadInput

MISSING = "(missing)"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared; `distance` is None when no value is frequent enough to compare.

    `new` and `gone` are categories that appeared or vanished, each more surely than by chance, and
    `new_share` is the share of today's rows in those that are new.
    """

    column: str
    kind: str
    distance: Distance | None
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    new_share: float = 0.0

    @property
    def name(self) -> str:
        return f"{self.column} {MISSING}" if self.kind == "gaps" else self.column


def compare(
    reference: pd.Series, current: pd.Series, categorical: bool, chance: float
) -> Iterator[Comparison]:
    """The comparison of a column, and of its gaps if it holds numbers; `BadInput` if it cannot be.

    `chance` is the probability accepted for naming any category as new or gone by mistake.
    """
    kind = _common_kind(reference, current, categorical)
    if kind == "category":
        yield _categories(str(reference.name), reference, current, chance)
        return
    yield _numbers(str(reference.name), reference, current)
    if reference.hasnans or current.hasnans:
        yield _gaps(str(reference.name), reference.isna(), current.isna())


def _common_kind(reference: pd.Series, current: pd.Series, categorical: bool) -> str:
    kinds = []
    for series, place in ((reference, "the reference"), (current, "the current data")):
        kind = _kind(series)
        if kind == "empty":
            raise BadInput(f"every value is missing in {place}")
        if kind not in ("number", "category"):
            raise BadInput(
                f"{place} holds {kind} values; make them one type, or exclude the column"
            )
        kinds.append(kind)
    if categorical and len(set(kinds)) == 1:
        return "category"
    if kinds[0] != kinds[1]:
        raise BadInput(
            f"it held {_WORDS[kinds[0]]} in the reference and holds {_WORDS[kinds[1]]} now"
        )
    return kinds[0]


_WORDS = {"number": "numbers", "category": "categories"}


def _kind(series: pd.Series) -> str:
    dtype = series.dtype
    if not series.notna().any():
        return "empty"
    if pd.api.types.is_bool_dtype(dtype) or isinstance(dtype, pd.CategoricalDtype):
        return "category"
    if pd.api.types.is_integer_dtype(dtype) or pd.api.types.is_float_dtype(dtype):
        return "number"
    inferred = str(pd.api.types.infer_dtype(series, skipna=True))
    return {"string": "category", "boolean": "category"}.get(inferred, inferred)


def _numbers(name: str, reference: pd.Series, current: pd.Series) -> Comparison:
    values = []
    for series, place in ((reference, "the reference"), (current, "the current data")):
        present = series.dropna().to_numpy()
        numbers = present if present.dtype.kind == "f" else present.astype(np.float64)
        infinite = int(np.isinf(numbers).sum())
        if infinite:
            raise BadInput(f"{infinite} of its values in {place} are infinite")
        values.append(numbers)
    return Comparison(name, "number", between_numbers(values[0], values[1]))


def _gaps(name: str, reference: pd.Series, current: pd.Series) -> Comparison:
    counts = [np.array([gaps.sum(), (~gaps).sum()]) for gaps in (reference, current)]
    return Comparison(name, "gaps", between_counts(counts[0], counts[1]))


def _categories(name: str, reference: pd.Series, current: pd.Series, chance: float) -> Comparison:
    before, now = (_counted(series) for series in (reference, current))
    names = sorted(before.keys() | now.keys(), key=str)
    old, new = (np.array([counts.get(one, 0) for one in names]) for counts in (before, now))
    # By chance all c rows of a category land in one sample with (the sample's share of rows) ** c.
    share_now = new.sum() / (old.sum() + new.sum())
    each = chance / len(names)
    appeared = (old == 0) & (share_now**new <= each)
    vanished = (new == 0) & ((1 - share_now) ** old <= each)
    return Comparison(
        name,
        "category",
        between_counts(old, new),
        new=tuple(str(one) for one, is_new in zip(names, appeared, strict=True) if is_new),
        gone=tuple(str(one) for one, is_gone in zip(names, vanished, strict=True) if is_gone),
        new_share=float(new[appeared].sum() / new.sum()),
    )


def _counted(series: pd.Series) -> dict[object, int]:
    """How often each value occurs; a gap is a value of its own, and 1 and 1.0 are the same."""
    counts = series.value_counts(dropna=False)
    named = zip(counts.index, counts, strict=True)
    return {MISSING if pd.isna(value) else value: int(count) for value, count in named if count}
