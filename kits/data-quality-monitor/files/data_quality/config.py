"""Reads checks.toml; what is misspelt or makes no sense is refused, so that no check is lost."""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from data_quality.results import BadInput

TYPES = ("integer", "number", "text", "boolean", "time")
NUMERIC = ("integer", "number")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column must look like; shares lie between 0 and 1."""

    name: str
    type: str
    max_missing: float = 0.0
    min: float | None = None
    max: float | None = None
    max_outside: float = 0.0
    max_outliers: float | None = None
    values: tuple[str | int, ...] = ()
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the newest row may be; `zone` is that of times without an offset."""

    column: str
    max_age_hours: float = 24.0
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that is checked."""

    columns: tuple[Column, ...]
    freshness: Freshness | None = None
    min_rows: int = 1
    other_columns: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of the file, its name in sentences, and typed access to what stands in it."""

    name: str
    values: Mapping[str, Any]
    known: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if unknown := [key for key in self.values if key not in self.known]:
            raise BadInput(
                f'[{self.name}] has an unknown key "{unknown[0]}"; use {", ".join(self.known)}.'
            )

    def number(self, key: str, default: float | None, low: float, high: float) -> float | None:
        value = self.values.get(key, default)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            raise BadInput(f"[{self.name}] {key} is {value!r}; give a number.")
        if not low <= value <= high:
            raise BadInput(f"[{self.name}] {key} is {value}; give {low:g} to {high:g}.")
        return value

    def share(self, key: str) -> float:
        return self.number(key, 0.0, 0, 1) or 0.0

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise BadInput(f"[{self.name}] {key} is {value!r}; give true or false.")
        return value

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value:
            raise BadInput(f"[{self.name}] needs {key}, a text.")
        return value


def read(path: Path) -> Config:
    """The configuration in a file; `BadInput` says what is wrong with it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise BadInput(f"{path} cannot be read ({fault.strerror}).") from fault
    except ValueError as fault:
        raise BadInput(f"{path} is no TOML ({fault}).") from fault
    return parse(content)


def parse(content: Mapping[str, Any]) -> Config:
    """The configuration that a TOML document describes."""
    _Section("the file", content, ("table", "freshness", "columns"))
    rules = _section("table", content, ("min_rows", "other_columns"))
    columns = content.get("columns", {})
    if not isinstance(columns, Mapping) or not columns:
        raise BadInput("The file names no column; add a [columns.NAME] for each.")
    return Config(
        columns=tuple(_column(name, values) for name, values in columns.items()),
        freshness=_freshness(content) if "freshness" in content else None,
        min_rows=int(rules.number("min_rows", 1, 0, 10**12) or 0),
        other_columns=rules.flag("other_columns"),
    )


def _section(name: str, content: Mapping[str, Any], known: Iterable[str]) -> _Section:
    values = content.get(name, {})
    if not isinstance(values, Mapping):
        raise BadInput(f"{name} must be a section: [{name}].")
    return _Section(name, values, tuple(known))


def _column(name: str, values: object) -> Column:
    if not isinstance(values, Mapping):
        raise BadInput(f"columns.{name} must be a section: [columns.{name}].")
    known = tuple(key for key in Column.__dataclass_fields__ if key != "name")
    section = _Section(f"columns.{name}", values, known)
    kind = section.text("type")
    if kind not in TYPES:
        raise BadInput(f'[{section.name}] type is "{kind}"; use one of {", ".join(TYPES)}.')
    if kind not in NUMERIC and {"min", "max", "max_outside", "max_outliers"} & set(values):
        raise BadInput(f"[{section.name}] is {kind}; min, max and outliers are for numbers.")
    low = section.number("min", None, -math.inf, math.inf)
    high = section.number("max", None, -math.inf, math.inf)
    if low is not None and high is not None and low > high:
        raise BadInput(f"[{section.name}] min is greater than max; exchange them.")
    return Column(
        name=name,
        type=kind,
        max_missing=section.share("max_missing"),
        min=low,
        max=high,
        max_outside=section.share("max_outside"),
        max_outliers=section.number("max_outliers", None, 0, 1),
        values=_values(section),
        unique=section.flag("unique"),
    )


def _values(section: _Section) -> tuple[str | int, ...]:
    values = section.values.get("values", [])
    if not isinstance(values, list) or not all(isinstance(one, str | int) for one in values):
        raise BadInput(f"[{section.name}] values must be a list of texts or whole numbers.")
    if "values" in section.values and not values:
        raise BadInput(f"[{section.name}] values is empty; name the values that may occur.")
    return tuple(values)


def _freshness(content: Mapping[str, Any]) -> Freshness:
    section = _section("freshness", content, ("column", "max_age_hours", "zone"))
    hours = section.number("max_age_hours", 24.0, 0, 24 * 3660)
    if not hours:
        raise BadInput("[freshness] max_age_hours is 0; give the age at which data is too old.")
    return Freshness(section.text("column"), hours, _zone(section))


def _zone(section: _Section) -> ZoneInfo | None:
    if "zone" not in section.values:
        return None
    name = section.text("zone")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as fault:
        raise BadInput(f'[freshness] zone is "{name}"; write it as in Europe/Berlin.') from fault
