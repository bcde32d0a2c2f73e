"""Where the tracking server is, and whether it answers."""

import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import mlflow
from mlflow.exceptions import MlflowException

from modelcard.problem import ServerProblem

CONNECT_SECONDS = 5.0
# MLflow's own defaults retry a dead server for minutes.
QUICK = {
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
}


def connect(uri: str | None) -> mlflow.MlflowClient:
    """A client of a server that has just answered; ServerProblem otherwise, within seconds."""
    if not uri:
        raise ServerProblem(
            "No tracking server is named: set MLFLOW_TRACKING_URI or pass --server URL."
        )
    for name, value in QUICK.items():
        os.environ.setdefault(name, value)
    ask(uri)
    mlflow.set_tracking_uri(uri)
    return mlflow.MlflowClient()


def ask(uri: str) -> None:
    """Any answer of an HTTP server will do: what it refuses, the next call explains better."""
    if urlsplit(uri).scheme not in ("http", "https"):
        return
    try:
        request = urllib.request.Request(uri.rstrip("/") + "/health")  # noqa: S310
        with urllib.request.urlopen(request, timeout=CONNECT_SECONDS):  # noqa: S310
            return
    except urllib.error.HTTPError as answer:
        if answer.code >= 500:
            raise ServerProblem(
                f"The tracking server {public(uri)} answers with error {answer.code}."
            ) from answer
    except (OSError, ValueError) as fault:
        raise ServerProblem(f"The tracking server {public(uri)} does not answer.") from fault


@contextmanager
def asking(what: str) -> Iterator[None]:
    """MLflow's exceptions as one sentence each."""
    try:
        yield
    except MlflowException as fault:
        raise ServerProblem(f"MLflow could not {what}: {first_line(fault)}") from fault


def first_line(fault: Exception) -> str:
    text = str(fault).strip() or type(fault).__name__
    return text.splitlines()[0][:300]


def public(uri: str) -> str:
    """The address without user name and password."""
    parts = urlsplit(uri)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
