"""Where a training is kept: as a run on the server, or as a folder until the server is back."""

import json
import shutil
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import mlflow
import skops.io
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag
from mlflow.exceptions import MlflowException

from tracker.problem import Problem, ServerProblem
from tracker.run import Trained
from tracker.server import asking, first_line

RECORD = "training.json"
SERVING = ("mlflow", "numpy", "pandas", "scikit-learn", "skops")
MOST_OF_A_DIGEST = 36  # what MLflow stores; the whole digest is in the tag data.digest


def send(client: mlflow.MlflowClient, experiment: str, trained: Trained) -> tuple[str, str | None]:
    """Record a training on the server: run id and address of its model.

    Raises ServerProblem when anything is not stored; what was begun is then marked as failed.
    """
    record = trained.record
    with asking("open the experiment"):
        found = client.get_experiment_by_name(experiment)
        place = found.experiment_id if found else client.create_experiment(experiment)
        started = int(datetime.fromisoformat(record["started"]).timestamp() * 1000)
        run_id = client.create_run(place, start_time=started, tags=tags(record)).info.run_id
    try:
        write_facts(client, run_id, record)
        uri = write_model(run_id, trained) if trained.model is not None else None
        client.set_terminated(run_id, "FAILED" if "failure" in record else "FINISHED")
    except Exception as fault:  # whatever was not stored makes the run a failed one
        give_up(client, run_id)
        raise ServerProblem(f"Run {run_id} is not complete: {first_line(fault)}") from fault
    return run_id, uri


def tags(record: dict[str, Any]) -> dict[str, str]:
    """The names under which the run's origin can be searched for."""
    origin = record["data"]["origin"]
    found = {
        "mlflow.source.git.commit": record["code"]["commit"],
        "code.dirty": str(bool(record["code"]["changed"])).lower(),
        "data.digest": f"sha256:{record['data']['digest']}",
        "data.source": origin["uri"],
        "data.version": origin["version"],
        "seed": str(record["plan"]["seed"]),
    }
    return {**found, **({"failure": record["failure"]} if "failure" in record else {})}


def write_facts(client: mlflow.MlflowClient, run_id: str, record: dict[str, Any]) -> None:
    plan, now = record["plan"], int(datetime.fromisoformat(record["started"]).timestamp() * 1000)
    params = {**{f"plan.{k}": v for k, v in plan.items() if k != "params"}, **plan["params"]}
    metrics = {**record.get("metrics", {}), **{f"rows_{k}": v for k, v in record["rows"].items()}}
    client.log_batch(
        run_id,
        metrics=[Metric(name, value, now, 0) for name, value in metrics.items()],
        params=[Param(name, json.dumps(value)) for name, value in params.items()],
        tags=[RunTag("python.packages", str(len(record["packages"])))],
    )
    client.log_inputs(run_id, datasets=[dataset_input(record["data"])])
    client.log_dict(run_id, record, RECORD)
    client.log_text(run_id, "\n".join(record["packages"]) + "\n", "packages.txt")
    if "report" in record:
        client.log_dict(run_id, record["report"], "evaluation.json")


def dataset_input(facts: dict[str, Any]) -> DatasetInput:
    origin = facts["origin"]
    kind = urlsplit(origin["uri"]).scheme or "local"
    kind = "git" if origin["version"].startswith("git:") else kind
    shape = json.dumps({"num_rows": facts["rows"], "columns": facts["columns"]})
    dataset = Dataset(
        facts["name"], facts["digest"][:MOST_OF_A_DIGEST], kind, json.dumps(origin), profile=shape
    )
    return DatasetInput(dataset, [InputTag("mlflow.data.context", "training")])


def write_model(run_id: str, trained: Trained) -> str:
    with mlflow.start_run(run_id=run_id, log_system_metrics=False), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about int columns and stale hints; features are floats
        info = mlflow.sklearn.log_model(trained.model, name="model", **model_parts(trained))
    return str(info.model_uri)


def model_parts(trained: Trained) -> dict[str, Any]:
    """Signature, example and packages of a model, as MLflow's functions take them."""
    predicted = trained.model.predict(trained.example)
    pinned = [line for line in trained.record["packages"] if line.split("==")[0] in SERVING]
    # The types are those of a model that this process has just trained itself.
    types = skops.io.get_untrusted_types(data=skops.io.dumps(trained.model))
    return {
        "signature": mlflow.models.infer_signature(trained.example, predicted),
        "input_example": trained.example,
        "pip_requirements": pinned,
        "skops_trusted_types": types,
    }


def give_up(client: mlflow.MlflowClient, run_id: str) -> None:
    try:
        client.set_terminated(run_id, "FAILED")
    except MlflowException:
        return  # the server is gone; the copy on disk and the message remain


def keep(folder: Path, experiment: str, trained: Trained) -> Path:
    """A local copy of a training that could not be sent, for `python -m tracker send`."""
    stamp = trained.record["started"].replace(":", "").replace("+0000", "Z")
    place = folder / f"{stamp}-{trained.record['data']['digest'][:8]}"
    try:
        place.mkdir(parents=True)
        kept = {"experiment": experiment, **trained.record}
        (place / RECORD).write_text(json.dumps(kept, indent=2), encoding="utf-8")
        if trained.model is not None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                mlflow.sklearn.save_model(trained.model, place / "model", **model_parts(trained))
    except OSError as fault:
        raise Problem(f"No local copy either: {place} cannot be written.") from fault
    return place


def kept(place: Path) -> tuple[str, Trained]:
    """What `keep` wrote: experiment and training, without the held-out rows."""
    try:
        record = json.loads((place / RECORD).read_text(encoding="utf-8"))
        experiment = record.pop("experiment")
    except (OSError, ValueError, KeyError) as fault:
        raise Problem(f"{place} holds no kept training.") from fault
    if "failure" in record:
        return experiment, Trained(record, None, None, None)
    with asking(f"read the model in {place}"):
        path = str(place / "model")
        model = mlflow.sklearn.load_model(path)
        example = mlflow.models.Model.load(path).load_input_example(path)
    return experiment, Trained(record, model, example, None)


def forget(place: Path) -> None:
    shutil.rmtree(place)
