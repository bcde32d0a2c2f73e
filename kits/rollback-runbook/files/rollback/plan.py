"""The steps and the goal: rollback.toml, read strictly."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLACE = re.compile(r"<([a-z_]+)>")
KEYS = {"goal_minutes", "drill_every_days", "runbook", "log", "steps", "after_drill"}
STEP_KEYS = {"name", "command", "saves", "timeout_minutes"}


class BadInput(Exception):
    """Nothing can be done with what was given; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command; where it holds <name>, it gets what an earlier step saved under this name."""

    name: str
    command: tuple[str, ...]
    timeout_minutes: float
    saves: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done; its files are sought in `folder`, and its commands start there."""

    folder: Path
    goal_minutes: float
    drill_every_days: int
    runbook: Path
    log: Path
    steps: tuple[Step, ...]
    after_drill: tuple[Step, ...]


def load(path: Path) -> Plan:
    """The plan of a file; `BadInput` when it is missing or cannot be carried out."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is not valid TOML: {error}.") from error
    try:
        return _plan(document, path.parent)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from error


def _plan(document: dict[str, Any], folder: Path) -> Plan:
    _only(document, KEYS, "the file")
    days = document.get("drill_every_days", 90)
    if type(days) is not int or days < 1:
        raise BadInput('"drill_every_days" must be a whole number above 0.')
    saved: set[str] = set()
    plan = Plan(
        folder=folder,
        goal_minutes=_minutes(document, "goal_minutes"),
        drill_every_days=days,
        runbook=folder / _text(document, "runbook"),
        log=folder / _text(document, "log"),
        steps=_steps(document, "steps", saved),
        after_drill=_steps(document, "after_drill", saved),
    )
    if not plan.steps:
        raise BadInput("there are no [[steps]].")
    return plan


def _steps(document: dict[str, Any], name: str, saved: set[str]) -> tuple[Step, ...]:
    given = document.get(name, [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise BadInput(f"write each step under [[{name}]].")
    return tuple(_step(one, saved) for one in given)


def _step(given: dict[str, Any], saved: set[str]) -> Step:
    """A step whose places are all filled by what was saved before it."""
    name = _text(given, "name")
    _only(given, STEP_KEYS, f'the step "{name}"')
    command = given.get("command")
    if (
        not isinstance(command, list)
        or not command
        or not all(isinstance(one, str) for one in command)
    ):
        raise BadInput(f'"command" of the step "{name}" must be a list of texts.')
    for place in PLACE.findall(" ".join(command)):
        if place not in saved:
            raise BadInput(f'the step "{name}" needs <{place}>, which no step before it saves.')
    saves = _text(given, "saves") if "saves" in given else ""
    if saves and not PLACE.fullmatch(f"<{saves}>"):
        raise BadInput(f'"saves" of the step "{name}" must be lower-case letters and underscores.')
    saved.add(saves)
    return Step(name, tuple(command), _minutes(given, "timeout_minutes"), saves)


def _only(given: dict[str, Any], known: set[str], where: str) -> None:
    for key in given:
        if key not in known:
            raise BadInput(
                f'"{key}" is no setting of {where}; there are {", ".join(sorted(known))}.'
            )


def _text(given: dict[str, Any], key: str) -> str:
    value = given.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f'"{key}" must be a text.')
    return value


def _minutes(given: dict[str, Any], key: str) -> float:
    value = given.get(key)
    if type(value) not in (int, float) or not 0 < float(str(value)) <= 1440:
        raise BadInput(f'"{key}" must be a number of minutes above 0, at most a day.')
    return float(str(value))
