"""The two models: found in the registry, loaded, and asked about the rows."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mlflow
import numpy as np
from mlflow.exceptions import MlflowException

from gate.problem import Problem
from gate.rows import Rows, comparable
from gate.scoring import Guess
from gate.server import asking


@dataclass(frozen=True)
class Model:
    """A registered version: its run, its inputs, its bytes, and the data it learned from."""

    name: str
    version: str
    run_id: str
    digests: tuple[str, ...]
    loaded: Any
    size: int

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self.loaded.metadata.signature.inputs.input_names())

    def __str__(self) -> str:
        return f"Version {self.version} of {self.name}"


def version_of(client: mlflow.MlflowClient, name: str, wanted: str) -> str | None:
    """The version behind a number or an alias; None when there is none."""
    try:
        if wanted.isdigit():
            return str(client.get_model_version(name, wanted).version)
        return str(client.get_model_version_by_alias(name, wanted).version)
    except MlflowException as answer:
        unknown = "INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"
        if answer.error_code in unknown and "not found" in str(answer):
            return None
        with asking(f"look up {name} {wanted}"):
            raise


def load(client: mlflow.MlflowClient, name: str, version: str) -> Model:
    """A version, downloaded once and loaded; Problem when it does not say what it takes."""
    with asking(f"load version {version} of {name}"), tempfile.TemporaryDirectory() as folder:
        entry = client.get_model_version(name, version)
        place = mlflow.artifacts.download_artifacts(f"models:/{name}/{version}", dst_path=folder)
        size = sum(path.stat().st_size for path in Path(place).rglob("*") if path.is_file())
        loaded = mlflow.pyfunc.load_model(place)
        digests = training_digests(client, entry.run_id) if entry.run_id else ()
    signature = loaded.metadata.signature
    if signature is None or signature.inputs is None or not signature.inputs.has_input_names():
        raise Problem(f"Version {version} of {name} has no signature with column names.")
    return Model(name, version, entry.run_id or "", digests, loaded, size)


def training_digests(client: mlflow.MlflowClient, run_id: str) -> tuple[str, ...]:
    """What the run says of its training data; a dataset's digest may be cut short by MLflow."""
    run = client.get_run(run_id)
    tag = run.data.tags.get("data.digest", "").removeprefix("sha256:")
    used = [] if run.inputs is None else run.inputs.dataset_inputs
    return tuple(digest for digest in (tag, *(one.dataset.digest for one in used)) if digest)


def guess(model: Model, rows: Rows, probabilities: bool) -> Guess:
    """What a model says about every row; Problem when it cannot."""
    lost = [name for name in model.inputs if name not in rows.frame]
    if lost:
        raise Problem(f"{model} needs {', '.join(lost)}, which the rows lack.")
    table = inputs(model, rows.frame)
    try:
        labels = comparable(model.loaded.predict(table))
    except Exception as fault:  # a model may raise anything about rows it does not like
        reason = (str(fault).strip().splitlines() or [type(fault).__name__])[0]
        raise Problem(f"{model} cannot predict these rows: {reason}") from fault
    if len(labels) != len(rows.truth):
        raise Problem(f"{model} gives {len(labels)} answers for {len(rows.truth)} rows.")
    if not set(labels) & set(rows.truth):
        raise Problem(
            f"{model} answers {some(labels)}, but the true answers are {some(rows.truth)}."
        )
    return with_probabilities(model, table, labels) if probabilities else Guess(labels)


def with_probabilities(model: Model, table: Any, labels: Any) -> Guess:
    raw = model.loaded.get_raw_model()
    if not hasattr(raw, "predict_proba") or not hasattr(raw, "classes_"):
        raise Problem(f"{model} has no predict_proba; choose accuracy or f1_weighted.")
    chances = np.asarray(raw.predict_proba(table), dtype="float64")
    if not np.isfinite(chances).all():
        raise Problem(f"{model} gives probabilities that are no numbers.")
    return Guess(labels, chances, tuple(comparable(raw.classes_)))


def inputs(model: Model, frame: Any) -> Any:
    """The model's columns; whole numbers become floats where the model takes floats."""
    kinds = {one.name: str(one.type) for one in model.loaded.metadata.signature.inputs}
    table = frame[list(model.inputs)].copy()
    for name in model.inputs:
        if kinds[name] == "DataType.double" and table[name].dtype.kind in "iub":
            table[name] = table[name].astype("float64")
    return table


def some(labels: Any) -> str:
    found = sorted(set(labels))
    return ", ".join(found[:3]) + (" ..." if len(found) > 3 else "")
