"""Whether a recorded run can be repeated: same code, data, plan, and scores within tolerance."""

import json
from pathlib import Path
from typing import Any

import mlflow

from tracker.data import Dataset
from tracker.origin import Code
from tracker.problem import Problem
from tracker.recording import RECORD
from tracker.run import Trained
from tracker.server import asking


def recorded(run_id: str) -> dict[str, Any]:
    """What the tracker wrote about a run."""
    with asking(f"read run {run_id}"):
        found = mlflow.artifacts.load_text(f"runs:/{run_id}/{RECORD}")
    record: dict[str, Any] = json.loads(found)
    if "metrics" not in record:
        raise Problem(f"Run {run_id} failed when it was recorded; there is nothing to compare.")
    return record


def need_same(
    run_id: str, record: dict[str, Any], code: Code, dataset: Dataset, path: Path
) -> None:
    """Problem unless code and data are those of the run."""
    commit, origin = record["code"]["commit"], record["data"]["origin"]
    if record["code"]["changed"]:
        raise Problem(f"Run {run_id} was a trial with uncommitted code; it cannot be repeated.")
    if code.commit != commit:
        raise Problem(f"Run {run_id} used another commit: git checkout {commit}, then repeat.")
    if dataset.digest != record["data"]["digest"]:
        raise Problem(
            f"{path} is not the data of run {run_id}, which read {origin['uri']} "
            f"at {origin['version']}."
        )


def differences(record: dict[str, Any], again: Trained, tolerance: float) -> dict[str, Any]:
    """Per metric then and now, which of them moved too far, and which packages changed."""
    metrics = {
        name: {"then": then, "now": again.record["metrics"][name]}
        for name, then in record["metrics"].items()
    }
    moved = [name for name, both in metrics.items() if abs(both["then"] - both["now"]) > tolerance]
    packages = sorted(set(record["packages"]) ^ set(again.record["packages"]), key=str.lower)
    found = {"metrics": metrics, "tolerance": tolerance, "moved": moved}
    return {**found, "packages_that_differ": packages}
