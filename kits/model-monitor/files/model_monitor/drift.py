"""Which inputs have moved away from the training data: all compared, then judged together."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from scipy import stats

from model_monitor.columns import Comparison, compare
from model_monitor.distances import Distance
from model_monitor.settings import DriftSettings
from model_monitor.tables import BadInput, check

DRIFT, STABLE, UNKNOWN, BROKEN = "drift", "stable", "cannot tell", "broken"
# Broken input has to be repaired before the rest can be believed.
WORST_FIRST = (BROKEN, DRIFT, UNKNOWN, STABLE)
PLAIN_ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Feature:
    """What is found about one input. Numbers are None where there is nothing to measure."""

    name: str
    kind: str
    verdict: str
    note: str
    limit: float
    distance: float | None = None
    p_value: float | None = None
    adjusted_p: float | None = None
    detectable: float | None = None
    new_categories: tuple[str, ...] = ()
    gone_categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """What is found about all inputs; `unchecked` are columns that the reference does not have."""

    features: tuple[Feature, ...]
    unchecked: tuple[str, ...]
    reference_rows: int
    current_rows: int

    @property
    def verdict(self) -> str:
        """The worst that was found about an input."""
        found = {one.verdict for one in self.features}
        return next(one for one in WORST_FIRST if one in found)

    @property
    def plain_alarms(self) -> tuple[str, ...]:
        """On which inputs the rule "p below 0.05" would have raised an alarm."""
        return tuple(
            one.name
            for one in self.features
            if one.p_value is not None and one.p_value < PLAIN_ALPHA
        )


def find(reference: pd.DataFrame, current: pd.DataFrame, settings: DriftSettings) -> Drift:
    """Compares every column of the reference that is not excluded; `BadInput` if there is none."""
    check(reference, "the reference")
    check(current, "the current data")
    columns = [str(name) for name in reference.columns if name not in settings.exclude]
    _refuse_unknown_names(reference, settings)
    if not columns:
        raise BadInput("Every column of the reference is excluded.")
    chance = settings.false_discoveries / len(columns)
    compared: list[Comparison] = []
    broken: list[Feature] = []
    for name in columns:
        try:
            if name not in current:
                raise BadInput("the column has vanished")
            named = name in settings.categorical
            compared += compare(reference[name], current[name], named, chance)
        except BadInput as error:
            broken.append(Feature(name, "none", BROKEN, str(error), settings.limit_of(name)))
    features = sorted([*_judged(compared, settings), *broken], key=lambda one: one.name)
    unchecked = sorted(str(one) for one in set(current) - set(reference) - set(settings.exclude))
    return Drift(tuple(features), tuple(unchecked), len(reference), len(current))


def _refuse_unknown_names(reference: pd.DataFrame, settings: DriftSettings) -> None:
    """A limit for a column that is not there is a misspelt one, which would go unwatched."""
    for name in (*settings.limits, *settings.categorical, *settings.exclude):
        if name not in reference:
            raise BadInput(
                f'The settings name the column "{name}", which the reference does not have.'
            )


def _judged(compared: Sequence[Comparison], settings: DriftSettings) -> list[Feature]:
    measured = [(one, one.distance) for one in compared if one.distance]
    adjusted = _adjusted([distance.p_value for _, distance in measured])
    strictest = settings.false_discoveries / max(len(measured), 1)
    rare = [_too_rare(one, settings) for one in compared if not one.distance]
    return rare + [
        _judge(one, distance, p, distance.detectable(strictest), settings)
        for (one, distance), p in zip(measured, adjusted, strict=True)
    ]


def _adjusted(p_values: list[float]) -> list[float]:
    """After Benjamini and Hochberg, in the same order."""
    if not p_values:
        return []
    return [float(p) for p in stats.false_discovery_control(p_values, method="bh")]


def _too_rare(one: Comparison, settings: DriftSettings) -> Feature:
    note = "no value occurs often enough to compare; exclude the column if it is a key"
    return Feature(one.name, one.kind, UNKNOWN, note, settings.limit_of(one.column))


def _judge(
    one: Comparison,
    distance: Distance,
    adjusted_p: float,
    detectable: float,
    settings: DriftSettings,
) -> Feature:
    """Drift is large enough to matter and no chance; "stable" needs rows that could show it."""
    limit = settings.limit_of(one.column)
    significant = adjusted_p <= settings.false_discoveries
    if one.new_share >= settings.new_categories:
        verdict, note = DRIFT, f"{one.new_share:.1%} of the rows have categories never seen before"
    elif significant and distance.size >= limit:
        verdict, note = DRIFT, "larger than the limit, and not by chance"
    elif detectable > limit:
        verdict, note = UNKNOWN, f"with these rows only a distance of {detectable:.2f} would show"
    elif significant:
        verdict, note = STABLE, "a real difference, too small to matter"
    else:
        verdict, note = STABLE, ""
    return Feature(
        name=one.name,
        kind=one.kind,
        verdict=verdict,
        note=note,
        limit=limit,
        distance=distance.size,
        p_value=distance.p_value,
        adjusted_p=adjusted_p,
        detectable=detectable,
        new_categories=one.new,
        gone_categories=one.gone,
    )
