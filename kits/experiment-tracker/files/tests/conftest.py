"""A real tracking server with a real registry on loopback, and a repository to train in."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import numpy as np
import pandas as pd
import pytest

# Before MLflow is imported: the tests talk to nobody but this machine.
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
for proxy in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
    os.environ.pop(proxy, None)
NOBODY = {
    "GIT_AUTHOR_NAME": "Nobody",
    "GIT_AUTHOR_EMAIL": "nobody@example.org",
    "GIT_COMMITTER_NAME": "Nobody",
    "GIT_COMMITTER_EMAIL": "nobody@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


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


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with one commit that holds code and data; the tests stand in it."""
    for name, value in NOBODY.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "train.py").write_text("print('training')\n")
    customers().to_csv(folder / "customers.csv", index=False)
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "First"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    return folder


def customers(rows: int = 400, seed: int = 5) -> pd.DataFrame:
    """Customers whose leaving depends on two numbers and a text, with noise and some gaps."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": rng.integers(18, 80, rows).astype("float64"),
            "visits": rng.poisson(4, rows),
            "plan": rng.choice(["basic", "plus", "pro"], rows),
        }
    )
    leaning = (frame["age"] - 50) / 10 - (frame["visits"] - 4) + (frame["plan"] == "basic")
    frame["left"] = np.where(leaning + rng.normal(0, 0.5, rows) > 0, "yes", "no")
    frame.loc[frame.index[::40], "age"] = np.nan
    frame.loc[frame.index[::50], "plan"] = None
    return frame
