"""Is a new model good enough: above written limits, and not worse than the current one?"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
from sklearn import metrics

from delivery.smoke import BadInput

SCORES: dict[str, Callable[..., float]] = {
    "accuracy": metrics.accuracy_score,
    "balanced_accuracy": metrics.balanced_accuracy_score,
    "f1_macro": partial(metrics.f1_score, average="macro", zero_division=0.0),
    "recall_macro": partial(metrics.recall_score, average="macro", zero_division=0.0),
    "precision_macro": partial(metrics.precision_score, average="macro", zero_division=0.0),
}


@dataclass(frozen=True, slots=True)
class Limits:
    target: str
    min_rows: int
    margin: float
    compare: bool
    at_least: dict[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A score of the new model and of the current one, and whether that is enough."""

    score: str
    new: float
    current: float | None
    limit: float
    enough: bool


def load_limits(path: Path) -> Limits:
    """The limits of a file; `BadInput` when one is missing or impossible."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        limits = Limits(**given)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is not valid TOML: {error}.") from error
    except TypeError as error:
        wanted = "target, min_rows, margin, compare and at_least"
        raise BadInput(f"{path} needs {wanted}, and no more.") from error
    for fault in _limit_faults(given):
        raise BadInput(f"{path}: {fault}")
    return limits


def _limit_faults(given: dict[str, Any]) -> Iterator[str]:
    scores = given["at_least"]
    if not isinstance(scores, dict) or not scores:
        yield "at_least names no score."
        return
    for name, value in {**scores, "margin": given["margin"]}.items():
        if name not in SCORES and name != "margin":
            yield f"{name} is no score; choose of {', '.join(SCORES)}."
        if not _is_share(value):
            yield f"{name} must be between 0 and 1."
    if type(given["min_rows"]) is not int or given["min_rows"] < 1:
        yield "min_rows must be a whole number above 0."
    if not isinstance(given["compare"], bool):
        yield "compare must be true or false."
    if not isinstance(given["target"], str):
        yield "target must be the name of a column."


def _is_share(value: object) -> bool:
    return type(value) in (int, float) and 0 <= float(str(value)) <= 1


def validate(new: Path, current: Path, holdout: Path, limits: Limits) -> list[Verdict]:
    """Every score of the limits; `BadInput` when a model or the holdout cannot be used."""
    inputs, truth = _holdout(holdout, limits)
    new_answers = _answers(new, inputs, truth)
    current_answers = _answers(current, inputs, truth) if limits.compare else None
    return [
        _verdict(name, limit, limits.margin, truth, new_answers, current_answers)
        for name, limit in limits.at_least.items()
    ]


def _verdict(
    name: str, limit: float, margin: float, truth: Any, new_answers: Any, current_answers: Any
) -> Verdict:
    new = float(SCORES[name](truth, new_answers))
    current = None if current_answers is None else float(SCORES[name](truth, current_answers))
    # A hair of room, since 0.9 - 0.01 is not exactly 0.89.
    enough = new >= limit - 1e-12 and (current is None or new >= current - margin - 1e-12)
    return Verdict(name, new, current, limit, enough)


def _holdout(path: Path, limits: Limits) -> tuple[pd.DataFrame, pd.Series]:
    try:
        rows = (
            pd.read_csv(path, low_memory=False) if path.suffix == ".csv" else pd.read_parquet(path)
        )
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise BadInput(f"{path} is no table: {' '.join(str(error).split())}") from error
    if limits.target not in rows:
        raise BadInput(f'{path} has no column "{limits.target}".')
    if len(rows) < limits.min_rows:
        raise BadInput(
            f"{path} has {len(rows)} rows; with fewer than {limits.min_rows} nothing can be told."
        )
    truth, inputs = rows[limits.target], rows.drop(columns=limits.target)
    if truth.isna().any():
        raise BadInput(f'{path} has rows without "{limits.target}".')
    if truth.nunique() < 2:
        raise BadInput(f"{path} holds a single class; any model that always says it would pass.")
    _refuse_unusable(path, inputs)
    return inputs, truth


def _refuse_unusable(path: Path, inputs: pd.DataFrame) -> None:
    for name, column in inputs.items():
        if column.isna().all():
            raise BadInput(f'{path}: every value of "{name}" is missing.')
        if pd.api.types.is_float_dtype(column) and np.isinf(column).any():
            raise BadInput(f'{path}: "{name}" holds infinite values.')


def _answers(path: Path, inputs: pd.DataFrame, truth: pd.Series) -> Any:
    model = _model(path)
    wanted = [str(name) for name in getattr(model, "feature_names_in_", inputs.columns)]
    lacking = [name for name in wanted if name not in inputs]
    if lacking:
        raise BadInput(f'{path} needs the column "{lacking[0]}", which the holdout does not have.')
    try:
        answers = np.asarray(model.predict(inputs[wanted]))
    except (
        Exception
    ) as error:  # a model may fail in any way, and each is a reason not to release it
        raise BadInput(f"{path} fails on the holdout: {' '.join(str(error).split())}") from error
    if answers.shape != (len(truth),):
        raise BadInput(f"{path} gives answers of shape {answers.shape} for {len(truth)} rows.")
    unknown = set(answers.tolist()) - set(truth.tolist())
    if unknown == set(answers.tolist()):
        raise BadInput(
            f"{path} answers {sorted(map(str, unknown))[0]}, which is no label of the holdout."
        )
    return answers


def _model(path: Path) -> Any:
    """Loading runs code that is in the file, so only files of one's own repository are loaded."""
    try:
        model = joblib.load(path)
    except FileNotFoundError as error:
        raise BadInput(f"There is no model {path}.") from error
    except Exception as error:  # a torn file, another version of a library, a class that is gone
        raise BadInput(f"{path} cannot be loaded: {' '.join(str(error).split())}") from error
    if not callable(getattr(model, "predict", None)):
        raise BadInput(f"{path} is no model: it has no predict.")
    return model
