"""What the log says: entries by request, deployments, and whether something is missing."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from predlog import files
from predlog.files import Damage
from predlog.problem import Problem

ENTRY = ("request_id", "time", "model", "version", "inputs_hash")
DEPLOYMENT = ("time", "model", "version", "by", "run_id")


@dataclass
class Log:
    """Entries in the order of their files, and the lines that are none."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)

    def take(self, path: Path, wanted: tuple[str, ...]) -> None:
        for line in files.read(path, wanted):
            if isinstance(line, Damage):
                self.damage.append(line)
            else:
                self.entries.append(line)


def predictions(folder: Path) -> Log:
    found, log = sorted(folder.glob(files.PREDICTIONS)), Log()
    if not found:
        raise Problem(f"{folder} holds no prediction log.")
    for path in found:
        log.take(path, ENTRY)
    return log


def deployments(folder: Path) -> Log:
    log = Log()
    if (folder / files.DEPLOYMENTS).exists():
        log.take(folder / files.DEPLOYMENTS, DEPLOYMENT)
    return log


def complaints(log: Log, deployed: Log, model: str, longest: timedelta, now: datetime) -> list[str]:
    """What somebody has to look at: silence, damage, and versions that nobody deployed."""
    found = [str(one) for one in (*log.damage, *deployed.damage)]
    mine = [entry for entry in log.entries if entry["model"] == model]
    if not mine:
        return [*found, f"There is no prediction of {model}."]
    newest = max(datetime.fromisoformat(entry["time"]) for entry in mine)
    if now - newest > longest:
        found.append(f"The newest prediction of {model} is {now - newest} old (limit {longest}).")
    if newest - now > timedelta(minutes=5):
        found.append(f"A prediction of {model} is dated {newest - now} in the future.")
    return found + undeployed(mine, deployed, model)


def undeployed(mine: list[dict[str, Any]], deployed: Log, model: str) -> list[str]:
    since: dict[str, datetime] = {}
    for entry in deployed.entries:
        if entry["model"] == model:
            moment = datetime.fromisoformat(entry["time"])
            since[entry["version"]] = min(moment, since.get(entry["version"], moment))
    missing: dict[str, int] = {}
    for entry in mine:
        version, moment = entry["version"], datetime.fromisoformat(entry["time"])
        if version not in since or moment < since[version]:
            missing[version] = missing.get(version, 0) + 1
    return [
        f"{count} predictions name version {version} of {model}, with no deployment before them."
        for version, count in sorted(missing.items())
    ]
