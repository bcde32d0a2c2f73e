"""What the registry and the run say about a version."""

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import mlflow
from mlflow.exceptions import MlflowException

from modelcard.problem import Problem
from modelcard.server import asking

UNKNOWN = "not on record"


@dataclass(frozen=True)
class Version:
    """A registered version with its run, as plain values."""

    model: str
    number: str
    run_id: str
    trained: str
    commit: str
    metrics: dict[str, float]
    data: tuple[tuple[str, str, str], ...]
    inputs: tuple[tuple[str, str], ...]


def version(client: mlflow.MlflowClient, model: str, wanted: str) -> Version:
    """The version behind a number or an alias; Problem when it or its run is missing."""
    entry = registered(client, model, wanted)
    if not entry.run_id:
        raise Problem(f"Version {entry.version} of {model} has no run, so there are no figures.")
    with asking(f"read the run of version {entry.version}"):
        run = client.get_run(entry.run_id)
        info = mlflow.models.get_model_info(f"models:/{model}/{entry.version}")
    used = [] if run.inputs is None else run.inputs.dataset_inputs
    digest = run.data.tags.get("data.digest", "")
    return Version(
        model=model,
        number=str(entry.version),
        run_id=entry.run_id,
        trained=f"{datetime.fromtimestamp(run.info.start_time / 1000, UTC):%Y-%m-%d %H:%M} UTC",
        commit=commit(run.data.tags),
        metrics={name: value for name, value in run.data.metrics.items() if math.isfinite(value)},
        data=tuple(dataset(one.dataset, digest) for one in used),
        inputs=signature(info),
    )


def registered(client: mlflow.MlflowClient, model: str, wanted: str) -> Any:
    try:
        if wanted.isdigit():
            return client.get_model_version(model, wanted)
        return client.get_model_version_by_alias(model, wanted)
    except MlflowException as answer:
        unknown = "INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"
        if answer.error_code in unknown and "not found" in str(answer):
            raise Problem(f"The registry has no {model} {wanted}.") from answer
        with asking(f"look up {model} {wanted}"):
            raise


def commit(tags: dict[str, str]) -> str:
    changed = " with uncommitted changes" if tags.get("code.dirty") == "true" else ""
    return (tags.get("mlflow.source.git.commit") or UNKNOWN) + changed


def dataset(facts: Any, digest: str) -> tuple[str, str, str]:
    """Name, digest and source; the run's tag holds the whole digest where MLflow cut it short."""
    whole = digest if digest.removeprefix("sha256:").startswith(facts.digest) else facts.digest
    try:
        source = json.loads(facts.source)
    except ValueError:
        source = {"uri": facts.source}
    parts = [str(source[name]) for name in ("uri", "version") if source.get(name)]
    return facts.name, whole, " at ".join(parts) or UNKNOWN


def signature(info: Any) -> tuple[tuple[str, str], ...]:
    if info.signature is None or not info.signature.inputs.has_input_names():
        return ()
    kinds = {one.name: str(one.type).removeprefix("DataType.") for one in info.signature.inputs}
    return tuple((str(name), kinds[name]) for name in info.signature.inputs.input_names())
