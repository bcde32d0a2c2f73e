"""A real tracking server with a real registry on loopback, and a folder for logs."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import mlflow
import pandas as pd
import pytest
from sklearn.dummy import DummyClassifier

from predlog import PredictionLog

# The tests talk to nobody but this machine.
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
for proxy in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
    os.environ.pop(proxy, None)


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


KEY = b"a key of the tests only"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def address(server: str) -> str:
    """A logged model whose run says from what it was made."""
    mlflow.set_tracking_uri(server)
    rows, labels = pd.DataFrame({"age": [20.0, 50.0]}), ["no", "yes"]
    tags = {"mlflow.source.git.commit": "c0ffee", "data.digest": f"sha256:{'ab' * 32}"}
    with mlflow.start_run(tags={**tags, "code.dirty": "false"}):
        data = mlflow.data.from_pandas(
            rows, source="s3://shop/customers.parquet", name="customers", digest="ab" * 18
        )
        mlflow.log_input(data, context="training")
        info = mlflow.sklearn.log_model(
            DummyClassifier().fit(rows, labels), name="model", pip_requirements=["scikit-learn"]
        )
    return str(info.model_uri)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def log(folder: Path) -> PredictionLog:
    return PredictionLog(folder, "churn", "1", KEY)
