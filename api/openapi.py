"""The OpenAPI document of /api/v1: every address, parameter, answer, error and scope, with examples."""

from functools import cache
from typing import Any

from api.pace import PER_ADDRESS, PER_TOKEN, WRITES_PER_TOKEN
from api.paging import MOST_PER_PAGE, PER_PAGE
from api.problems import KINDS, MEDIA_TYPE, problem_type
from api.schemas import Schema, ref, schemas
from checklist.loader import the_checklist
from data.text import NAME_LENGTH
from exchange.answers_file import read
from scoring.evaluate import evaluate
from scoring.path import cheapest_path
from scoring.record import as_record
from strict_yaml import MAX_BYTES
from version import VERSION

AN_ID = "0195e2a4-7b1c-7e52-9d38-0c6f1b2a3d4e"
# The same file as in the README.
EXAMPLE = """\
system: churn-model
checklist: "1"
failures: [data-drift]          # which failure modes hit production in the last six months
responses:
  data-validation: {rating: 3, note: checks run in CI}
  ab-testing: {not_applicable: out-of-scope, note: batch scoring only}
  data-catalog: unknown
health: {fast-rollback: "yes", pipeline-tests: "no", know-degradation: unsure}
"""
EXAMPLE_JSON = {
    "system": "churn-model",
    "checklist": "1",
    "failures": ["data-drift"],
    "responses": {
        "data-validation": {"rating": 3, "note": "checks run in CI"},
        "ab-testing": {"not_applicable": "out-of-scope", "note": "batch scoring only"},
        "data-catalog": "unknown",
    },
    "health": {"fast-rollback": "yes", "pipeline-tests": "no", "know-degradation": "unsure"},
}
# What every address that needs a token may answer.
WITH_TOKEN = ("no-token", "not-allowed", "too-many-requests", "fault", "store-away")


@cache
def document() -> dict[str, Any]:
    """The document; it is the same as long as the app runs."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "MLOps Checkup", "version": VERSION, "description": _about()},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": {
            "/api/v1/systems": {"get": _systems()},
            "/api/v1/systems/{system}/latest": {"get": _latest()},
            "/api/v1/systems/{system}/assessments": {"post": _record()},
            "/api/v1/assessments/{assessment}": {"get": _assessment()},
            "/api/v1/openapi.json": {"get": _self()},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _about_tokens()}},
            "schemas": schemas(the_checklist()),
            "responses": {kind: _problem(kind) for kind in KINDS},
        },
    }


def _about() -> str:
    return (
        "Reads what teams have found out about their ML systems, and makes milestones of answers files. Times are in "
        f"UTC. An address may send {PER_ADDRESS} requests a minute, a token {PER_TOKEN}, of which {WRITES_PER_TOKEN} "
        "may change something; then comes 429 with Retry-After. Every error is problem JSON (RFC 9457)."
    )


def _about_tokens() -> str:
    return (
        "Owners of a workspace make tokens on the settings page. A token opens one workspace: with the scope read to "
        "look, with the scope write to make milestones as well. What it may not see is not there for it (404)."
    )


def _systems() -> Schema:
    per_page = {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE}
    cursor = {"type": "string", "description": "From the address in `next`; it means nothing by itself."}
    parameters = [
        _query("per_page", "How many systems come at once.", per_page),
        _query("cursor", "Where to go on.", cursor),
    ]
    link = {"schema": {"type": "string"}, "description": "The next page, if there is one (RFC 8288)."}
    answer = _json("Systems", _example_systems(), "The systems in use, by name.", {"Link": link})
    return _operation("listSystems", "List the systems of the workspace", parameters, {"200": answer}, "bad-request")


def _latest() -> Schema:
    place = {"schema": {"type": "string"}, "description": "The address of this milestone."}
    answer = _json("Result", _example_result(), "The result as it was stored.", {"Content-Location": place})
    return _operation("latestResult", "Get the result of a system’s newest milestone", [_path("system")],
                      {"200": answer}, "not-found")  # fmt: skip


def _assessment() -> Schema:
    answer = _json("Result", _example_result(), "Of a milestone as it was stored, of a draft as it stands now.")
    return _operation("getResult", "Get the result of a milestone or draft", [_path("assessment")],
                      {"200": answer}, "not-found")  # fmt: skip


def _record() -> Schema:
    name = {"type": "string", "minLength": 1, "maxLength": NAME_LENGTH, "pattern": r"^[!-~][ -~]*$"}
    key = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"}
    parameters = [
        _path("system"),
        _query("name", "The milestone’s name; without it, that of the token.", name),
        {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "The same request under the same key makes one milestone, however often it is sent. A key "
            "is remembered for 30 days.",
            "schema": key,
            "example": "build-4711",
        },
    ]
    place = {"schema": {"type": "string"}, "description": "The address of the new milestone."}
    answers = {"201": _json("Result", _example_result(), "The milestone’s result.", {"Location": place})}
    errors = ("bad-request", "not-found", "too-slow", "too-large", "media-type", "answers-refused", "key-reused")
    made = _operation("makeMilestone", "Make a milestone of an answers file", parameters, answers, *errors)
    return made | {"description": _about_recording(), "requestBody": _answers_file()}


def _about_recording() -> str:
    return (
        "The file says everything that the milestone says; nothing is carried over from earlier ones, and a draft "
        "that people are filling in stays as it is. It is dated now. Without an Idempotency-Key each request makes a "
        "milestone of its own. Needs the scope write."
    )


def _answers_file() -> Schema:
    kinds: dict[str, Schema] = {
        "application/json": {"schema": ref("AnswersFile"), "example": EXAMPLE_JSON},
        "application/yaml": {"schema": ref("AnswersFile"), "example": EXAMPLE},
    }
    return {"required": True, "description": f"At most {MAX_BYTES:,} bytes.", "content": kinds}


def _self() -> Schema:
    answer = {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"type": "object"}}}}
    about = _operation("describe", "Get this document", [], {"200": answer})
    answers = {status: one for status, one in about["responses"].items() if status not in ("401", "403", "503")}
    return about | {"security": [], "responses": answers}


# Pieces


def _operation(name: str, summary: str, parameters: list[Schema], answers: Schema, *errors: str) -> Schema:
    """An address with what it answers; kinds of problems that share a status share its line."""
    problems: Schema = {}
    for kind in (*errors, *WITH_TOKEN):
        problems.setdefault(str(KINDS[kind][0]), {"$ref": f"#/components/responses/{kind}"})
    responses = answers | dict(sorted(problems.items()))
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}


def _path(name: str) -> Schema:
    an_id = {"type": "string", "pattern": "^[0-9a-zA-Z-]{1,64}$"}
    about = f"The id of the {name}; it stands in the address of its pages."
    return {"name": name, "in": "path", "required": True, "description": about, "schema": an_id, "example": AN_ID}


def _query(name: str, about: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _json(name: str, example: Any, about: str, headers: Schema | None = None) -> Schema:
    content = {"application/json": {"schema": ref(name), "example": example}}
    return {"description": about, "content": content} | ({"headers": headers} if headers else {})


def _problem(kind: str) -> Schema:
    status, title = KINDS[kind]
    example: Schema = {"type": problem_type(kind), "title": title, "status": status, "detail": DETAILS[kind]}
    if kind == "answers-refused":
        example["faults"] = [{"line": 5, "message": DETAILS[kind].partition(": ")[2]}]
    content = {MEDIA_TYPE: {"schema": ref("Problem"), "example": example}}
    return {"description": f"{title}.", "content": content} | ({"headers": HEADERS[kind]} if kind in HEADERS else {})


_TEXT: Schema = {"schema": {"type": "string"}}
_WAIT: Schema = {"Retry-After": {"schema": {"type": "integer"}, "description": "In how many seconds to come back."}}
HEADERS: dict[str, Schema] = {
    "no-token": {"WWW-Authenticate": _TEXT},
    "not-allowed": {"WWW-Authenticate": _TEXT},
    "method-not-allowed": {"Allow": _TEXT},
    "too-many-requests": _WAIT,
    "store-away": _WAIT,
}
DETAILS = {
    "bad-request": f'"per_page" must be a whole number from 1 to {MOST_PER_PAGE}.',
    "no-token": "Send a token: Authorization: Bearer TOKEN. Owners make one on the settings page.",
    "not-allowed": "This link or token does not allow to start, mark or discard assessments; ask who gave it to you.",
    "not-found": "There is nothing at this address, or nothing that this token may see.",
    "method-not-allowed": "This address takes GET, HEAD, not DELETE.",
    "too-slow": "The body did not arrive within 30 seconds; send it again.",
    "too-large": "An answers file has at most 1 MB; this one is larger.",
    "media-type": "Send the answers file as application/yaml or application/json, in UTF-8.",
    "answers-refused": 'answers.yaml:5: There is no item "data-validaton"; did you mean "data-validation"?',
    "key-reused": "This Idempotency-Key came before, with another request; send that again, or another key.",
    "too-many-requests": f"At most {PER_TOKEN} requests a minute are answered; come back in 12 seconds.",
    "fault": "Nothing was saved by this request. Tell whoever runs this app the number 3f9a1c20.",
    "store-away": "The store cannot be reached just now, and nothing was saved. Try again in a moment.",
}


def _example_result() -> dict[str, Any]:
    """What the example file comes to."""
    checklist = the_checklist()
    answers = read(EXAMPLE, "answers.yaml", checklist).answers
    return as_record(checklist, "churn-model", evaluate(checklist, answers), cheapest_path(checklist, answers))


def _example_systems() -> dict[str, Any]:
    result = _example_result()
    latest = {name: result[name] for name in ("score", "level", "level_name", "provisional")}
    system = {
        "id": AN_ID, "name": "churn-model", "about": "", "tags": ["retail"], "owner": "Ola",
        "created_at": "2026-03-12T09:00:00+00:00",
        "latest": {"assessment": AN_ID, "name": "CI", "made_at": "2026-06-02T09:00:00+00:00"} | latest,
    }  # fmt: skip
    return {"systems": [system], "next": None}
