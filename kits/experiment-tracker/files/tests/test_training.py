"""A training leaves a complete record on the server, and only a better model is registered."""

import json
import subprocess
from pathlib import Path
from typing import Any

import mlflow
import pytest
from conftest import customers

from tracker.__main__ import main

TRAIN = ["train", "--data", "customers.csv", "--target", "left"]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The answer of a command that must succeed."""
    code = main(list(words))
    out, err = capsys.readouterr()
    assert code == 0, err
    answer: dict[str, Any] = json.loads(out)
    return answer


def commit(folder: Path) -> str:
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.usefixtures("repository")
def test_the_answer_names_the_run_and_its_metrics(
    server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = run(capsys, *TRAIN, "--server", server)
    stored = mlflow.MlflowClient(server).get_run(answer["run_id"])
    assert set(answer["metrics"]) == {"accuracy", "precision_weighted", "recall_weighted"}
    assert answer["metrics"].items() <= stored.data.metrics.items()
    assert answer["metrics"]["accuracy"] > 0.8
    assert stored.info.status == "FINISHED"


def test_the_run_says_from_what_it_was_made(
    server: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = run(capsys, *TRAIN, "--server", server, "--seed", "7", "--param", "C=0.5")
    stored = mlflow.MlflowClient(server).get_run(answer["run_id"])
    tags, data = stored.data.tags, stored.inputs.dataset_inputs[0]
    assert tags["mlflow.source.git.commit"] == commit(repository)
    assert tags["code.dirty"] == "false"
    assert tags["seed"] == "7"
    assert stored.data.params["C"] == "0.5"
    assert tags["data.version"].startswith("git:")
    assert tags["data.digest"].removeprefix("sha256:").startswith(data.dataset.digest)
    packages = mlflow.artifacts.load_text(f"runs:/{answer['run_id']}/packages.txt")
    assert "scikit-learn==" in packages


@pytest.mark.usefixtures("repository")
def test_the_stored_model_carries_preprocessing_signature_and_example(
    server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = run(capsys, *TRAIN, "--server", server, "--model", "with-parts")
    version = answer["model"]["version"]
    model = mlflow.pyfunc.load_model(f"models:/with-parts/{version}")
    raw = customers(20, seed=9).drop(columns="left").astype({"visits": "float64"})
    assert model.metadata.signature.inputs.input_names() == ["age", "visits", "plan"]
    assert len(model.input_example) == 5
    assert set(model.predict(raw)) <= {"yes", "no"}


@pytest.mark.usefixtures("repository")
def test_only_a_better_model_becomes_champion(
    server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client, weak = mlflow.MlflowClient(server), ["--param", "C=0.00001"]
    first = run(capsys, *TRAIN, "--server", server, "--model", "contest", *weak)
    better = run(capsys, *TRAIN, "--server", server, "--model", "contest")
    tie = run(capsys, *TRAIN, "--server", server, "--model", "contest", "--seed", "3")
    worse = run(capsys, *TRAIN, "--server", server, "--model", "contest", *weak)
    assert [first["model"]["version"], better["model"]["version"]] == ["1", "2"]
    assert tie["model"]["version"] is None
    assert "is no gain" in tie["model"]["because"]
    assert worse["model"]["version"] is None
    champion = client.get_model_version_by_alias("contest", "champion")
    assert (champion.version, champion.run_id) == ("2", better["run_id"])
    assert len(client.search_model_versions("name='contest'")) == 2


@pytest.mark.usefixtures("repository")
def test_a_challenger_leaves_the_champion_alone(
    server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client = mlflow.MlflowClient(server)
    run(capsys, *TRAIN, "--server", server, "--model", "waits", "--param", "C=0.00001")
    run(capsys, *TRAIN, "--server", server, "--model", "waits", "--challenger")
    assert client.get_model_version_by_alias("waits", "champion").version == "1"
    assert client.get_model_version_by_alias("waits", "challenger").version == "2"


def test_a_champion_that_needs_a_vanished_column_is_not_replaced_unseen(
    server: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, *TRAIN, "--server", server, "--model", "narrower")
    lost = [*TRAIN, "--server", server, "--model", "narrower", "--drop", "visits"]
    assert main(lost) == 2
    assert "needs visits, which the data no longer has" in capsys.readouterr().err
    client = mlflow.MlflowClient(server)
    assert client.get_model_version_by_alias("narrower", "champion").version == "1"
    assert (repository / "unsent").exists() is False


def test_uncommitted_code_is_refused_or_stays_a_trial(
    server: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "train.py").write_text("print('changed')\n")
    assert main([*TRAIN, "--server", server]) == 2
    assert "train.py" in capsys.readouterr().err
    answer = run(capsys, *TRAIN, "--server", server, "--model", "trial", "--allow-dirty")
    assert answer["model"]["version"] is None
    stored = mlflow.MlflowClient(server).get_run(answer["run_id"])
    assert stored.data.tags["code.dirty"] == "true"


def test_a_failed_fit_is_on_record_as_failed(
    server: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository.exists()
    words = [*TRAIN, "--server", server, "--experiment", "failing", "--param", "C=-1"]
    assert main(words) == 2
    assert "recorded as failed" in capsys.readouterr().err
    client = mlflow.MlflowClient(server)
    place = client.get_experiment_by_name("failing")
    assert [run.info.status for run in client.search_runs([place.experiment_id])] == ["FAILED"]
