"""From a prediction back to the model version, its run, the commit and the training data."""

import json
from typing import Any

import mlflow
from mlflow.exceptions import MlflowException

from predlog.problem import Problem
from predlog.server import asking

UNKNOWN = "not on record"


def origin(client: mlflow.MlflowClient, model: str, version: str) -> dict[str, Any]:
    """What the registry and the run say about a version; "not on record" where they are silent."""
    entry = registered(client, model, version)
    found = {"run_id": UNKNOWN, "commit": UNKNOWN, "uncommitted_code": UNKNOWN, "data": []}
    if entry is None or not entry.run_id:
        return found
    try:
        run = client.get_run(entry.run_id)
    except MlflowException as answer:
        if answer.error_code == "RESOURCE_DOES_NOT_EXIST":
            return {**found, "run_id": f"{entry.run_id} (deleted)"}
        with asking(f"read run {entry.run_id}"):
            raise
    tags = run.data.tags
    used = [] if run.inputs is None else run.inputs.dataset_inputs
    return {
        "run_id": entry.run_id,
        "commit": tags.get("mlflow.source.git.commit") or UNKNOWN,
        "uncommitted_code": tags.get("code.dirty", UNKNOWN),
        "data": [dataset(one.dataset, tags.get("data.digest", "")) for one in used],
    }


def dataset(facts: Any, tag: str) -> dict[str, Any]:
    """A dataset of the run; the run's tag holds the whole digest where MLflow cut it short."""
    whole = tag if tag.removeprefix("sha256:").startswith(facts.digest) else facts.digest
    try:
        source = json.loads(facts.source)
    except ValueError:
        source = facts.source
    return {"name": facts.name, "digest": whole, "source": source}


def registered(client: mlflow.MlflowClient, model: str, version: str) -> Any:
    try:
        return client.get_model_version(model, version)
    except MlflowException as answer:
        if answer.error_code == "RESOURCE_DOES_NOT_EXIST":
            return None
        with asking(f"look up version {version} of {model}"):
            raise


def need_run(client: mlflow.MlflowClient, model: str, version: str) -> str:
    """The run of a version that may be deployed; Problem for one that nobody could explain."""
    entry = registered(client, model, version)
    if entry is None:
        raise Problem(f"The registry has no version {version} of {model}.")
    if not entry.run_id:
        raise Problem(f"Version {version} of {model} has no run that says how it was made.")
    return str(entry.run_id)


def broken(trail: dict[str, Any]) -> list[str]:
    """Where the way back ends."""
    lost = [name for name in ("run_id", "commit") if UNKNOWN in trail[name]]
    lost += ["run_id"] if trail["run_id"].endswith("(deleted)") else []
    return lost + ([] if trail["data"] else ["data"])
