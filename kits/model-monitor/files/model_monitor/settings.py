"""What is watched and from where on it matters: monitor.toml, read strictly."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from model_monitor.tables import BadInput

Part = TypeVar("Part", "DriftSettings", "AccuracySettings")


@dataclass(frozen=True, slots=True)
class DriftSettings:
    """Limits of the inputs: a distance of 0 to 1 for all, and those of single columns."""

    false_discoveries: float = 0.05
    limit: float = 0.08
    new_categories: float = 0.001
    exclude: tuple[str, ...] = ()
    categorical: tuple[str, ...] = ()
    limits: dict[str, float] = field(default_factory=dict)

    def limit_of(self, column: str) -> float:
        return self.limits.get(column, self.limit)


@dataclass(frozen=True, slots=True)
class AccuracySettings:
    """The figure at release, as counts so that it has an interval, and the drop that matters."""

    release_right: int
    release_total: int
    drop_limit: float = 0.03
    window_days: int = 30


@dataclass(frozen=True, slots=True)
class Settings:
    model: str
    owner: str
    drift: DriftSettings
    accuracy: AccuracySettings | None


def load(path: Path) -> Settings:
    """The settings of a file; `BadInput` when it is missing or says something impossible."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is not valid TOML: {error}.") from error
    try:
        return _settings(document)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from error


def _settings(document: dict[str, Any]) -> Settings:
    _refuse_unknown(document, {"model", "owner", "drift", "accuracy"}, "")
    for name in ("model", "owner"):
        if not isinstance(document.get(name), str) or not document[name].strip():
            raise BadInput(f'"{name}" must be a text.')
    drift = _part(DriftSettings, document.get("drift", {}), "drift")
    _check_drift(drift)
    accuracy = None
    if "accuracy" in document:
        accuracy = _part(AccuracySettings, document["accuracy"], "accuracy")
        _check_accuracy(accuracy)
    return Settings(document["model"], document["owner"], drift, accuracy)


def _part(kind: type[Part], table: object, name: str) -> Part:
    if not isinstance(table, dict):
        raise BadInput(f'"{name}" must be a table, written as [{name}].')
    _refuse_unknown(table, {one.name for one in fields(kind)}, f"{name}.")
    for key, value in table.items():
        if isinstance(value, list) and not all(isinstance(one, str) for one in value):
            raise BadInput(f'"{name}.{key}" must be a list of column names.')
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    try:
        return kind(**given)
    except TypeError as error:
        wanted = "release_right and release_total" if kind is AccuracySettings else "its values"
        raise BadInput(f'"{name}" needs {wanted}.') from error


def _refuse_unknown(table: dict[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise BadInput(f'"{where}{key}" is no setting; there are {", ".join(sorted(known))}.')


def _check_drift(drift: DriftSettings) -> None:
    for name in ("exclude", "categorical"):
        if not isinstance(getattr(drift, name), tuple):
            raise BadInput(f'"drift.{name}" must be a list of column names.')
    if not isinstance(drift.limits, dict):
        raise BadInput('"drift.limits" must be a table of column names and limits.')
    shares = {
        name: getattr(drift, name) for name in ("false_discoveries", "limit", "new_categories")
    }
    shares |= {f"limits.{column}": value for column, value in drift.limits.items()}
    for name, value in shares.items():
        _check_share(f"drift.{name}", value)
    for column in drift.limits:
        if column in drift.exclude:
            raise BadInput(f'"{column}" is excluded and has a limit; keep one of the two.')


def _check_accuracy(accuracy: AccuracySettings) -> None:
    _check_share("accuracy.drop_limit", accuracy.drop_limit)
    for name in ("release_right", "release_total", "window_days"):
        value = getattr(accuracy, name)
        if type(value) is not int or value < 0:
            raise BadInput(f'"accuracy.{name}" must be a whole number, 0 or more.')
    if accuracy.window_days < 1 or accuracy.release_total < 1:
        raise BadInput('"accuracy.window_days" and "accuracy.release_total" must be at least 1.')
    if accuracy.release_right > accuracy.release_total:
        raise BadInput('"accuracy.release_right" is more than "accuracy.release_total".')


def _check_share(name: str, value: object) -> None:
    if type(value) not in (int, float) or not 0 < float(str(value)) < 1:
        raise BadInput(f'"{name}" must be a number between 0 and 1.')
