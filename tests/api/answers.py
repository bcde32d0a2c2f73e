"""Answers files as programs send them, and how they are sent."""

from httpx import Response
from starlette.testclient import TestClient

from api.openapi import EXAMPLE
from tests.e2e.stories import checklist

YAML = {"Content-Type": "application/yaml"}


def a_file(rating: int = 3, system: str = "Churn model") -> str:
    """Every item rated the same."""
    rated = "".join(f"  {item.id}: {rating}\n" for item in checklist().items)
    return f'system: {system}\nchecklist: "1"\nresponses:\n{rated}'


def send(
    program: TestClient, system: str, text: str | bytes = EXAMPLE, key: str = "", name: str = "", **headers: str
) -> Response:
    """POST an answers file for this system."""
    sent = YAML | ({"Idempotency-Key": key} if key else {}) | {n.replace("_", "-"): v for n, v in headers.items()}
    given = {"name": name} if name else {}
    return program.post(f"/api/v1/systems/{system}/assessments", content=text, headers=sent, params=given)


def problem(response: Response, status: int, kind: str) -> str:
    """The sentence of a problem of this kind, after a look at its form."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    said = response.json()
    assert said["status"] == status
    assert said["type"].rpartition(":")[2] == kind
    assert said["detail"][-1] in ".?"
    return str(said["detail"])
