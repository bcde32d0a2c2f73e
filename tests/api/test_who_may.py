"""Whose token opens what: nothing without one, nothing of others, and no milestone with a token that only reads."""

import logging
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.pace import Pace
from data.store import Store, as_of
from tests.api.answers import a_file, problem, send
from tests.api.conftest import Program, a_client
from tests.e2e.stories import OWNER, a_draft, a_milestone, all_rated, the_workspace
from tests.pages.builders import NOW

NEEDS_A_TOKEN = ("/api/v1/systems", "/api/v1/systems/{system}/latest", "/api/v1/assessments/{milestone}")
UNKNOWN_SECRETS = (
    "x", "mlops-checkup-" + "A" * 43, "' or 1=1 --", "%00", "é" * 40, "a b c", "x" * 60_000,
)  # fmt: skip


@pytest.fixture
def addresses(store: Store, system: str) -> list[str]:
    milestone = a_milestone(store, system).id
    return [address.format(system=system, milestone=milestone) for address in NEEDS_A_TOKEN]


def test_nobody_reads_without_a_token(stranger: TestClient, addresses: list[str]) -> None:
    for address in addresses:
        answer = stranger.get(address)
        problem(answer, 401, "no-token")
        assert answer.headers["www-authenticate"] == 'Bearer realm="MLOps Checkup"'


@pytest.mark.parametrize("secret", UNKNOWN_SECRETS)
def test_a_token_that_is_none_opens_nothing(store: Store, addresses: list[str], secret: str) -> None:
    answer = a_client(store).get(addresses[0], headers={"Authorization": f"Bearer {secret}".encode()})
    problem(answer, 401, "no-token")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert secret not in answer.text or secret == "x"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic Zm9vOmJhcg==", "Token {}", "{}", "Bearer\t{}"])
def test_only_a_bearer_token_is_a_token(store: Store, addresses: list[str], header: str) -> None:
    made = store.tokens.make(OWNER, the_workspace(store), "CI", "write").secret
    problem(a_client(store).get(addresses[0], headers={"Authorization": header.format(made)}), 401, "no-token")


def test_a_token_in_the_address_is_no_token(store: Store, addresses: list[str]) -> None:
    made = store.tokens.make(OWNER, the_workspace(store), "CI", "write").secret
    for name in ("token", "access_token", "authorization"):
        problem(a_client(store).get(addresses[0], params={name: made}), 401, "no-token")


def test_revoked_expired_and_unknown_tokens_are_told_the_same(store: Store, addresses: list[str]) -> None:
    workspace = the_workspace(store)
    revoked = store.tokens.make(OWNER, workspace, "Old", "read")
    before = as_of(store, NOW - timedelta(days=40))
    expired = before.tokens.make(OWNER, workspace, "Older", "read", NOW - timedelta(days=10))
    assert a_client(store, revoked.secret).get(addresses[0]).status_code == 200
    store.tokens.revoke(OWNER, revoked.id)
    answers = [a_client(store, one).get(addresses[0]) for one in (revoked.secret, expired.secret, "unknown")]
    assert {one.status_code for one in answers} == {401}
    assert len({one.text for one in answers}) == 1


def test_a_token_remembers_its_last_use(store: Store, program: Program) -> None:
    caller = program("read")
    assert store.tokens.of(OWNER, the_workspace(store))[0].last_used_at is None
    caller.get("/api/v1/systems")
    assert store.tokens.of(OWNER, the_workspace(store))[0].last_used_at is not None


def test_a_token_that_reads_makes_no_milestone(store: Store, system: str, program: Program) -> None:
    answer = send(program("read"), system, a_file())
    problem(answer, 403, "not-allowed")
    assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]
    assert store.assessments.milestones(OWNER, system) == []


def test_a_token_of_another_workspace_sees_as_much_as_there_is_nothing(
    store: Store, system: str, program: Program
) -> None:
    milestone, draft = a_milestone(store, system).id, a_draft(store, system, all_rated()).id
    elsewhere = program(workspace=store.workspaces.create(OWNER, "Elsewhere").id)
    assert elsewhere.get("/api/v1/systems").json()["systems"] == []
    for kind, known in (("systems/{}/latest", system), ("assessments/{}", milestone), ("assessments/{}", draft)):
        theirs, never = (elsewhere.get(f"/api/v1/{kind.format(one)}") for one in (known, "01234567-89ab"))
        problem(theirs, 404, "not-found")
        assert theirs.text == never.text, "nobody learns what exists elsewhere"
    problem(send(elsewhere, system, a_file()), 404, "not-found")
    assert len(store.assessments.milestones(OWNER, system)) == 1


def test_what_was_deleted_is_gone_for_programs_too(store: Store, system: str, ci: TestClient) -> None:
    milestone = a_milestone(store, system).id
    store.systems.delete(OWNER, system)
    assert ci.get("/api/v1/systems").json()["systems"] == []
    for address in (f"systems/{system}/latest", f"assessments/{milestone}"):
        problem(ci.get(f"/api/v1/{address}"), 404, "not-found")
    store.workspaces.create(OWNER, "Another")
    store.workspaces.delete(OWNER, the_workspace(store))
    problem(ci.get("/api/v1/systems"), 401, "no-token")


def test_nothing_secret_is_written_into_the_log(store: Store, system: str, caplog: pytest.LogCaptureFixture) -> None:
    secret = store.tokens.make(OWNER, the_workspace(store), "CI", "write").secret
    badge = store.links.make(OWNER, system, "badge").secret
    with caplog.at_level(logging.DEBUG):
        caller = a_client(store, secret)
        send(caller, system, a_file().replace("responses:", "health: {x: note-of-ours}\nresponses:"))
        send(caller, system, a_file(), key="build-1")
        caller.get(f"/api/v1/systems/{system}/latest")
        caller.get(f"/badge/{badge}.svg")
    ours = [one for one in caplog.records if not one.name.startswith(("httpx", "httpcore"))]
    said = " ".join(one.getMessage() for one in ours)
    assert secret not in said
    assert "note-of-ours" not in said
    assert badge not in said


# How often


def test_who_calls_too_often_is_told_when_to_come_back(store: Store, system: str) -> None:
    secret = store.tokens.make(OWNER, the_workspace(store), "CI", "write").secret
    caller = a_client(store, secret, Pace(per_token=3))
    assert [caller.get("/api/v1/systems").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = caller.get("/api/v1/systems")
    problem(answer, 429, "too-many-requests")
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_writing_is_rarer_than_reading(store: Store, system: str) -> None:
    secret = store.tokens.make(OWNER, the_workspace(store), "CI", "write").secret
    caller = a_client(store, secret, Pace(writes_per_token=2))
    assert [send(caller, system, a_file()).status_code for _ in range(3)] == [201, 201, 429]
    assert caller.get("/api/v1/systems").status_code == 200


def test_an_address_is_counted_whatever_it_asks_for(store: Store) -> None:
    caller = a_client(store, pace=Pace(per_address=3))
    asked = ("/api/v1/systems", "/api/nothing", "/api/v1/openapi.json", "/api/v1/openapi.json")
    assert [caller.get(one).status_code for one in asked] == [401, 404, 200, 429]
