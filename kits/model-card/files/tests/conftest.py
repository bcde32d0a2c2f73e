"""A real tracking server with a real registry on loopback, with two versions of a model in it."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import mlflow
import pandas as pd
import pytest
import yaml
from sklearn.dummy import DummyClassifier

from modelcard.__main__ import main

# The tests talk to nobody but this machine.
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
for proxy in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
    os.environ.pop(proxy, None)

MODEL = "churn"
FACTS = {
    "owner": "Ada Example <ada@example.org>",
    "purpose": "Helps the support desk to choose whom to call. A person decides.",
    "ruled_out": ["Prices for single customers", "Any decision without a person"],
    "data": "Customers of the shop in 2026; the answers come from cancelled contracts.",
    "limits": ["Customers of less than a month were never tested"],
    "affected": "All customers. Calls per age group were compared in October 2026.",
    "metrics": ["accuracy", "precision_weighted"],
}
Run = Callable[..., int]


class Said(NamedTuple):
    """What a command has printed."""

    out: str
    err: str


Printed = Callable[[], Said]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that is up; it ends with the tests."""
    home, port = tmp_path_factory.mktemp("mlflow"), free_port()
    stored = ["--backend-store-uri", f"sqlite:///{home}/mlflow.db"]
    stored += ["--artifacts-destination", str(home / "artifacts")]
    placed = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    environment = {**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    running = subprocess.Popen(
        [sys.executable, "-m", "mlflow", "server", *stored, *placed],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    assert running.stdout is not None
    said = []
    for line in running.stdout:
        said.append(line)
        if "Application startup complete" in line:
            break
    else:
        pytest.fail("the server did not start: " + "".join(said[-5:]))
    # Nobody reads what it says from here on, but a full pipe would stop it.
    Thread(target=running.stdout.read, daemon=True).start()
    yield f"http://127.0.0.1:{port}"
    running.terminate()
    running.wait()


@pytest.fixture(scope="session")
def registry(server: str) -> str:
    """Versions 1 and 2 of a model; the first one has the alias champion."""
    mlflow.set_tracking_uri(server)
    for accuracy in (0.81, 0.84):
        train(MODEL, {"accuracy": accuracy, "precision_weighted": 0.8})
    mlflow.MlflowClient(server).set_registered_model_alias(MODEL, "champion", "1")
    return server


def train(name: str, metrics: dict[str, float], with_data: bool = True) -> None:
    """A registered version whose run says what it was made of, or says little."""
    rows, labels = pd.DataFrame({"age": [20.0, 50.0], "plan": ["pro", "free"]}), ["no", "yes"]
    tags = {"mlflow.source.git.commit": "c0ffee", "data.digest": f"sha256:{'ab' * 32}"}
    with mlflow.start_run(tags=tags if with_data else {}):
        if with_data:
            data = mlflow.data.from_pandas(
                rows, source="s3://shop/customers.parquet", name="customers", digest="ab" * 18
            )
            mlflow.log_input(data, context="training")
        mlflow.log_metrics(metrics)
        mlflow.sklearn.log_model(
            DummyClassifier().fit(rows, labels),
            name="model",
            registered_model_name=name,
            input_example=rows if with_data else None,
            pip_requirements=["scikit-learn"],
        )


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the commands run, with a filled-in card.yaml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    write_facts()
    return tmp_path


def write_facts(**changes: object) -> None:
    Path("card.yaml").write_text(yaml.safe_dump({**FACTS, **changes}), encoding="utf-8")


@pytest.fixture
def run(registry: str, place: Path) -> Run:  # noqa: ARG001  (the commands run in that folder)
    """A command in that folder, for the model in the registry; its exit code."""

    def command(name: str, *words: str) -> int:
        return main([name, "--model", MODEL, "--server", registry, *words])

    return command


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """What has been printed since the last look."""
    return lambda: Said(*capsys.readouterr())
