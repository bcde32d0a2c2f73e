"""The OpenAPI document is true: schemathesis asks for everything that it describes, and for much that it does not."""

import json
from collections import Counter
from typing import Any

import pytest
import schemathesis
from jsonschema import Draft202012Validator
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from api.openapi import DETAILS, EXAMPLE, EXAMPLE_JSON, document
from api.pace import Pace
from api.problems import KINDS
from api.routes import routes
from data.store import Store
from exchange.answers_file import read
from tests.api.answers import a_file, send
from tests.e2e.stories import OWNER, a_milestone, checklist, the_workspace

RECORD = "POST /api/v1/systems/{system}/assessments"
ENDLESS = Pace(*[10**9] * 4)
# No schema can say that something must be rated, and 3.0 is a whole number to schemas and a mistake in a file.
ACCEPTED = ["2xx", "401", "403", "404", "409", "422"]


def _asked(store: Store, **changes: Any) -> tuple[Counter[tuple[str, int]], list[str]]:
    """How often each address gave each status, and what schemathesis found wrong."""
    secret = store.tokens.make(OWNER, the_workspace(store), "CI", "write").secret
    app = Starlette(routes=routes(lambda: store, ENDLESS))
    told = {
        "seed": 1,
        "suppress-health-check": ["all"],
        "continue-on-failure": True,
        "generation": {"max-examples": 8, "deterministic": True, "database": "none"},
        "auth": {"openapi": {"token": {"bearer": secret}}},
        "operations": [
            {"include-name": RECORD, "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}}
        ],
        **changes,
    }
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=SchemathesisConfig.from_dict(told))
    seen: Counter[tuple[str, int]] = Counter()
    wrong: list[str] = []
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            wrong.append(str(event))
        if isinstance(event, events.ScenarioFinished):
            kept = event.recorder
            wrong += [
                f"{event.label} ({check.name}): {check.failure_info.failure.message}\n{check.failure_info.code_sample}"
                for checks in kept.checks.values()
                for check in checks
                if check.failure_info
            ]
            seen.update(
                (str(event.label), one.response.status_code) for one in kept.interactions.values() if one.response
            )
    return seen, wrong


def test_schemathesis_finds_nothing_wrong_with_what_is_there(store: Store, system: str) -> None:
    milestone = a_milestone(store, system).id
    known = {"path.system": system, "path.assessment": milestone}
    seen, wrong = _asked(store, parameters=known, phases={"stateful": {"enabled": False}})
    assert not wrong, "\n\n".join(wrong[:5])
    for name in set(document()["paths"]) - {"/api/v1/openapi.json"}:  # which it has read to begin with
        method = "POST" if name.endswith("/assessments") else "GET"
        assert any(seen[f"{method} {name}", status] for status in (200, 201)), f"{name} was never answered well"
    assert {status for _, status in seen} >= {200, 201, 400, 401, 405, 409, 415, 422}
    assert store.doctor(OWNER, checklist()).is_healthy


def test_schemathesis_finds_nothing_wrong_with_what_is_not_there(store: Store, system: str) -> None:
    seen, wrong = _asked(store, phases={"coverage": {"enabled": False}})
    assert not wrong, "\n\n".join(wrong[:5])
    assert {status for _, status in seen} >= {200, 401, 404}


def test_schemathesis_would_notice_a_document_that_is_not_true(
    store: Store, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.v1._latest", lambda _: {"surprise": True})
    a_milestone(store, system)
    _, wrong = _asked(store, phases={"coverage": {"enabled": False}, "stateful": {"enabled": False}})
    assert wrong


# What the document says


def test_every_address_of_the_api_is_described(store: Store) -> None:
    there = {
        (path.path.replace(":path", ""), method)
        for path in routes(lambda: store)
        if isinstance(path, Route) and path.path.startswith("/api/v1")
        for method in path.app._handlers  # type: ignore[attr-defined]
        if method != "HEAD"
    }
    described = {(path, method.upper()) for path, methods in document()["paths"].items() for method in methods}
    assert described == there


def test_every_schema_is_sound_and_every_example_fits_its_own() -> None:
    found = document()
    schemas = {name: _resolved(schema, found) for name, schema in found["components"]["schemas"].items()}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    fits = {name: Draft202012Validator(schema).is_valid for name, schema in schemas.items()}
    assert fits["AnswersFile"](EXAMPLE_JSON)
    for methods in found["paths"].values():
        for operation in methods.values():
            for answer in operation["responses"].values():
                whole = _resolved(answer, found)
                for content in whole["content"].values():
                    if "example" in content:
                        assert Draft202012Validator(content["schema"]).is_valid(content["example"])


def test_the_example_in_json_says_what_the_one_in_yaml_says() -> None:
    assert read(EXAMPLE, "a", checklist()) == read(json.dumps(EXAMPLE_JSON), "a", checklist())


def test_every_kind_of_problem_has_its_example() -> None:
    assert set(DETAILS) == set(KINDS) == set(document()["components"]["responses"])


def test_results_fit_the_schema(store: Store, system: str, ci: TestClient) -> None:
    found = document()
    result = Draft202012Validator(_resolved(found["components"]["schemas"]["Result"], found))
    systems = Draft202012Validator(_resolved(found["components"]["schemas"]["Systems"], found))
    for text in (a_file(1), a_file(5), EXAMPLE):
        assert list(result.iter_errors(send(ci, system, text).json())) == []
    assert list(systems.iter_errors(ci.get("/api/v1/systems").json())) == []


def _resolved(schema: Any, whole: dict[str, Any]) -> Any:
    """The schema with everything it refers to written out."""
    if isinstance(schema, list):
        return [_resolved(one, whole) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        place: Any = whole
        for step in schema["$ref"].removeprefix("#/").split("/"):
            place = place[step]
        return _resolved(place, whole)
    return {name: _resolved(value, whole) for name, value in schema.items()}
