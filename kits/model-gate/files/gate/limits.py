"""The written limits: what gate.yaml may say, and what is wrong with it."""

from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from gate.problem import Problem
from gate.scoring import METRICS


@dataclass(frozen=True)
class Limits:
    """What a challenger has to reach. See gate.yaml for the meaning of each line."""

    owner: str
    target: str
    metric: str
    minimum: float
    minimum_gain: float = 0.0
    confidence: float = 0.95
    minimum_rows: int = 200
    slices: tuple[str, ...] = ()
    slice_max_loss: float = 0.05
    slice_max_gap: float = 1.0
    slice_minimum_rows: int = 30
    positive: str = ""
    size_mb: float = 0.0
    latency_ms: float = 0.0
    same_inputs: bool = True
    held_out_confirmed: bool = False
    resamples: int = 1000
    seed: int = 0


def read(path: Path) -> Limits:
    """The limits in a file; Problem with all its faults in one sentence."""
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise Problem(f"{path} cannot be read: {str(fault).splitlines()[0]}.") from fault
    if not isinstance(written, dict):
        raise Problem(f"{path} holds no limits; write lines such as minimum: 0.75.")
    faults = unknown(written) + wrong(written)
    if faults:
        raise Problem(f"{path} cannot be used: " + "; ".join(faults) + ".")
    return Limits(**{name: settled(value) for name, value in written.items()})


def settled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def unknown(written: dict[Any, Any]) -> list[str]:
    known = {field.name for field in fields(Limits)}
    needed = {field.name for field in fields(Limits) if field.default is MISSING}
    missing = [f"{name} is missing" for name in sorted(needed - set(written))]
    return missing + [f"{name} is no limit" for name in written if name not in known]


def wrong(written: dict[Any, Any]) -> list[str]:
    """Values of another kind than the limit's; whole numbers do as numbers."""
    faults = []
    for field in fields(Limits):
        value = written.get(field.name)
        if field.name not in written or fits(str(field.type), field.name, value):
            continue
        faults.append(f"{field.name} cannot be {value!r}")
    return faults


def fits(kind: str, name: str, value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    if kind.endswith("float'>"):
        return number and (name != "confidence" or 0.5 <= value < 1)
    if kind.endswith("int'>"):
        return number and isinstance(value, int) and value >= (0 if name == "seed" else 1)
    if kind.endswith("bool'>"):
        return isinstance(value, bool)
    if kind.endswith("str'>"):
        allowed = name != "metric" or value in METRICS
        return isinstance(value, str) and bool(value.strip()) and allowed
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
