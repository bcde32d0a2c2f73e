"""A real tracking server with a real registry on loopback, and models to judge."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import mlflow
import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import RidgeClassifier
from sklearn.tree import DecisionTreeClassifier

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


INPUTS = ["age", "visits", "tier"]
LIMITS = """
owner: owner@example.org
target: left
metric: accuracy
minimum: 0.6
slices: [plan]
slice_max_gap: 0.5
positive: "yes"
resamples: 300
"""


def customers(rows: int, seed: int) -> pd.DataFrame:
    """Customers whose leaving depends on age and visits; one in ten has the plan "pro"."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {"age": rng.integers(18, 80, rows).astype("float64"), "visits": rng.poisson(4, rows)}
    )
    frame["tier"] = rng.choice([0, 1, 2], rows, p=[0.5, 0.4, 0.1])
    frame["plan"] = frame["tier"].map({0: "basic", 1: "plus", 2: "pro"})
    leaning = (frame["age"] - 50) / 10 - (frame["visits"] - 4) + rng.normal(0, 0.5, rows)
    return frame.assign(left=np.where(leaning > 0, "yes", "no"))


@pytest.fixture(scope="session")
def models(server: str) -> dict[str, str]:
    """Addresses of logged models by what is special about them."""
    mlflow.set_tracking_uri(server)
    frame = customers(2000, seed=1)
    wronged = np.where(frame["plan"] == "pro", frame["left"].map({"yes": "no", "no": "yes"}), "")
    wronged = np.where(wronged == "", frame["left"], wronged)
    tree = {"random_state": 0, "min_samples_leaf": 10}
    deep, shallow = (DecisionTreeClassifier(max_depth=depth, **tree) for depth in (8, 1))
    unfair = DecisionTreeClassifier(max_depth=12, random_state=0)
    return {
        "strong": log(deep, frame[INPUTS], frame["left"]),
        "weak": log(shallow, frame[INPUTS], frame["left"]),
        "unfair": log(unfair, frame[INPUTS], wronged),
        "silent": log(RidgeClassifier(), frame[INPUTS], frame["left"]),
        "narrow": log(RidgeClassifier(), frame[["age", "visits"]], frame["left"]),
        "origin unknown": log(RidgeClassifier(), frame[INPUTS], frame["left"], digest=None),
    }


def log(model: Any, rows: Any, labels: Any, digest: str | None = "0" * 64) -> str:
    rows = rows.astype("float64")
    signature = mlflow.models.infer_signature(rows, labels)
    with mlflow.start_run(tags={"data.digest": f"sha256:{digest}"} if digest else {}):
        info = mlflow.sklearn.log_model(
            model.fit(rows, labels),
            name="model",
            signature=signature,
            pip_requirements=["scikit-learn"],
            skops_trusted_types=["sklearn.tree._tree.Tree"],
        )
    return str(info.model_uri)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with held-out rows and limits; the tests stand in it."""
    customers(600, seed=2).to_csv(tmp_path / "held_out.csv", index=False)
    (tmp_path / "gate.yaml").write_text(LIMITS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def enter(server: str, name: str, address: str, alias: str) -> str:
    """A logged model as a version with an alias."""
    client = mlflow.MlflowClient(server)
    version = str(mlflow.register_model(address, name).version)
    client.set_registered_model_alias(name, alias, version)
    return version
