"""A server that is down costs no training: the run is kept, reported and sent later."""

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import mlflow
import pytest
from conftest import free_port

from tracker import server as server_module
from tracker.__main__ import main

TRAIN = ["train", "--data", "customers.csv", "--target", "left"]


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A port that accepts connections and never says a word."""
    monkeypatch.setattr(server_module, "CONNECT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://robot:secret@127.0.0.1:{listener.getsockname()[1]}"


def test_a_training_is_kept_while_the_server_is_down_and_sent_later(
    server: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*TRAIN, "--server", f"http://127.0.0.1:{free_port()}"]) == 2
    assert "does not answer. The training is kept in unsent/" in capsys.readouterr().err
    (place,) = (repository / "unsent").iterdir()
    record = json.loads((place / "training.json").read_text())
    assert main(["send", str(place), "--server", server]) == 0
    answer = json.loads(capsys.readouterr().out)
    stored = mlflow.MlflowClient(server).get_run(answer["run_id"])
    assert record["metrics"].items() <= stored.data.metrics.items()
    assert len(stored.outputs.model_outputs) == 1
    assert not place.exists()


@pytest.mark.usefixtures("repository")
def test_a_silent_server_is_given_up_without_showing_a_password(
    silent: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["repeat", "0" * 32, "--data", "customers.csv", "--server", silent]) == 2
    said = capsys.readouterr().err
    assert "does not answer" in said
    assert "secret" not in said


@pytest.mark.usefixtures("repository")
def test_no_server_is_no_local_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    assert main(TRAIN) == 2
    assert "No tracking server is named" in capsys.readouterr().err


def test_a_model_that_cannot_be_uploaded_fails_the_run(
    server: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = mlflow.MlflowClient(server)
    place = client.create_experiment("no-room", artifact_location=f"file://{os.devnull}/room")
    assert main([*TRAIN, "--server", server, "--experiment", "no-room"]) == 2
    assert "is not complete" in capsys.readouterr().err
    assert [run.info.status for run in client.search_runs([place])] == ["FAILED"]
    assert len(list((repository / "unsent").iterdir())) == 1


def test_a_folder_without_a_training_is_not_sent(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["send", str(tmp_path), "--server", server]) == 2
    assert "holds no kept training" in capsys.readouterr().err
