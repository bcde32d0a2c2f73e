"""Whether a new model becomes the champion: only when it is better on the same rows."""

from dataclasses import dataclass
from typing import Any

import mlflow
from mlflow.exceptions import MlflowException

from tracker import training
from tracker.problem import Problem
from tracker.run import Trained
from tracker.server import asking

CHALLENGER = "challenger"
UNCOMMITTED = "Not registered: its code is not committed."
METRICS = ("accuracy", "precision_weighted", "recall_weighted")


@dataclass(frozen=True)
class Outcome:
    """What became of a model, with the sentence that says why."""

    version: str | None
    alias: str | None
    sentence: str


def holder(client: mlflow.MlflowClient, name: str, alias: str) -> str | None:
    """The version that has an alias now; None when the model or the alias is new."""
    try:
        return str(client.get_model_version_by_alias(name, alias).version)
    except MlflowException as answer:
        unknown = "INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"
        if answer.error_code in unknown and "not found" in str(answer):
            return None
        with asking(f"look up {name}@{alias}"):
            raise


def settle(
    client: mlflow.MlflowClient, name: str, alias: str, metric: str, trained: Trained, uri: str
) -> Outcome:
    """Register the model and give it the alias if it beats the alias's holder; a tie does not."""
    if trained.record["code"]["changed"]:
        return Outcome(None, None, UNCOMMITTED)
    before, new = holder(client, name, alias), trained.record["metrics"][metric]
    if before is None:
        version = register(client, name, alias, uri, before)
        return Outcome(version, alias, f"Version {version} is the first {alias}.")
    old = score(name, before, metric, trained)
    both = f"{metric} {new:.4f} against {old:.4f} of version {before} on the same rows"
    if new <= old:
        return Outcome(None, None, f"Not registered: {both} is no gain.")
    version = register(client, name, alias, uri, before)
    return Outcome(version, alias, f"Version {version} is the new {alias}: {both}.")


def nominate(client: mlflow.MlflowClient, name: str, trained: Trained, uri: str) -> Outcome:
    """Register the model as challenger, for a gate or a person to decide about it."""
    if trained.record["code"]["changed"]:
        return Outcome(None, None, UNCOMMITTED)
    version = register(client, name, CHALLENGER, uri, holder(client, name, CHALLENGER))
    return Outcome(version, CHALLENGER, f"Version {version} waits for a decision.")


def score(name: str, version: str, metric: str, trained: Trained) -> float:
    """A registered model's score on the rows that the new model was scored on."""
    target = trained.record["plan"]["target"]
    rows, labels = trained.evaluation.drop(columns=target), trained.evaluation[target]
    with asking(f"load version {version} of {name}"):
        model = mlflow.sklearn.load_model(f"models:/{name}/{version}")
    wanted = [str(column) for column in getattr(model, "feature_names_in_", rows.columns)]
    lost = [column for column in wanted if column not in rows]
    if lost:
        raise Problem(
            f"Version {version} of {name} cannot be compared: it needs {', '.join(lost)}, "
            "which the data no longer has. Register a successor with --challenger."
        )
    try:
        predicted: Any = model.predict(rows[wanted])
        return training.scores(labels, predicted)[metric]
    except (TypeError, ValueError) as fault:
        reason = str(fault).splitlines()[0]
        raise Problem(f"Version {version} of {name} cannot be compared: {reason}") from fault


def register(
    client: mlflow.MlflowClient, name: str, alias: str, uri: str, before: str | None
) -> str:
    """A new version with the alias, unless somebody else moved the alias in the meantime."""
    with asking(f"register {name}"):
        version = str(mlflow.register_model(uri, name).version)
        if holder(client, name, alias) != before:
            raise Problem(
                f"{name}@{alias} changed during the comparison; version {version} is registered "
                "without the alias. Train again to compare with the new one."
            )
        client.set_registered_model_alias(name, alias, version)
    return version
