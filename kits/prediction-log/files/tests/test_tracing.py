"""A prediction leads back to its model version, run, commit and training data."""

import json
import socket
from pathlib import Path

import mlflow
import pytest
from conftest import KEY, NOON, free_port

from predlog import PredictionLog
from predlog import server as server_module
from predlog.__main__ import main


def register(server: str, address: str, name: str) -> str:
    mlflow.set_tracking_uri(server)
    return str(mlflow.register_model(address, name).version)


def trace(server: str, folder: Path, request_id: str = "r-1") -> int:
    return main(["trace", request_id, "--log", str(folder), "--server", server], now=NOON)


def deploy(server: str, folder: Path, model: str, version: str) -> int:
    words = ["deployed", "--model", model, "--version", version, "--by", "Ada"]
    return main([*words, "--log", str(folder), "--server", server], now=NOON)


def test_from_a_prediction_to_the_training_data(
    server: str, address: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = register(server, address, "traced")
    assert deploy(server, folder, "traced", version) == 0
    PredictionLog(folder, "traced", version, KEY).record("r-1", {"age": 4}, "no", 1.0, NOON)
    capsys.readouterr()
    assert trace(server, folder) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["prediction"]["version"] == "1"
    assert found["deployment"]["by"] == "Ada"
    assert found["origin"]["run_id"] == found["deployment"]["run_id"]
    assert (found["origin"]["commit"], found["origin"]["uncommitted_code"]) == ("c0ffee", "false")
    (data,) = found["origin"]["data"]
    assert (data["name"], data["digest"]) == ("customers", f"sha256:{'ab' * 32}")
    assert data["source"] == {"uri": "s3://shop/customers.parquet"}


def test_a_trail_that_ends_says_where(
    server: str, folder: Path, log: PredictionLog, capsys: pytest.CaptureFixture[str]
) -> None:
    log.record("r-1", {"age": 41}, "no", 1.0, NOON)
    assert trace(server, folder) == 1
    said = capsys.readouterr()
    assert "The trail ends: commit, data, run_id not on record." in said.err
    assert json.loads(said.out)["origin"]["run_id"] == "not on record"


def test_a_deleted_run_ends_the_trail(
    server: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = mlflow.MlflowClient(server)
    client.create_registered_model("orphan")
    client.create_model_version("orphan", "s3://shop/model", run_id="f" * 32)
    PredictionLog(folder, "orphan", "1", KEY).record("r-1", {}, "no", 1.0, NOON)
    assert trace(server, folder) == 1
    assert "(deleted)" in json.loads(capsys.readouterr().out)["origin"]["run_id"]


def test_damage_elsewhere_is_reported_and_hides_nothing(
    server: str, address: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = register(server, address, "damaged")
    PredictionLog(folder, "damaged", version, KEY).record("r-1", {}, "no", 1.0, NOON)
    with (folder / "predictions-2026-11-23.jsonl").open("a") as file:
        file.write('{"half')
    assert trace(server, folder) == 0
    said = capsys.readouterr()
    assert "cannot be read" in said.err
    assert json.loads(said.out)["deployment"] is None


def test_a_request_id_that_stands_twice_is_a_finding(
    server: str, address: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = PredictionLog(folder, "twice", register(server, address, "twice"), KEY)
    log.record("r-1", {}, "no", 1.0, NOON)
    log.record("r-1", {}, "yes", 1.0, NOON)
    assert trace(server, folder) == 1
    answers = [one["prediction"]["prediction"] for one in json.loads(capsys.readouterr().out)]
    assert answers == ["no", "yes"]


def test_an_unknown_request_is_a_sentence(
    server: str, folder: Path, log: PredictionLog, capsys: pytest.CaptureFixture[str]
) -> None:
    log.record("r-1", {}, "no", 1.0, NOON)
    assert trace(server, folder, "r-2") == 2
    assert "No prediction with the request id r-2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("version", "reason"),
    [("9", "has no version 9"), ("latest", "no version number"), ("2", "has no run")],
)
def test_a_version_that_nobody_can_explain_is_not_deployed(
    version: str,
    reason: str,
    server: str,
    address: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = f"refused-{version}"
    register(server, address, name)
    mlflow.MlflowClient(server).create_model_version(name, "s3://shop/model")
    assert deploy(server, folder, name, version) == 2
    assert reason in capsys.readouterr().err
    assert not (folder / "deployments.jsonl").exists()


def test_a_server_that_is_down_or_silent(
    folder: Path,
    log: PredictionLog,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.record("r-1", {}, "no", 1.0, NOON)
    assert trace(f"http://127.0.0.1:{free_port()}", folder) == 2
    assert "does not answer" in capsys.readouterr().err
    monkeypatch.setattr(server_module, "CONNECT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://robot:secret@127.0.0.1:{listener.getsockname()[1]}"
        assert trace(address, folder) == 2
    said = capsys.readouterr().err
    assert "does not answer" in said
    assert "secret" not in said
