"""A program sends an answers file, and a milestone is made of it: once, whole, and beside the team's draft."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from api.openapi import EXAMPLE
from data.model import Assessment
from data.store import Store
from exchange.answers_file import AnswersFile, write
from scoring.model import Answers, Response
from tests.api.answers import a_file, problem, send
from tests.api.conftest import Program
from tests.e2e.stories import OWNER, a_draft, a_milestone, all_rated, checklist
from tests.scoring.strategies import answers_to, promise

ITEM = checklist().items[0].id


def test_a_file_becomes_a_milestone_with_everything_it_says(store: Store, system: str, ci: TestClient) -> None:
    made = send(ci, system, name="Release 4.2")
    assert made.status_code == 201
    (milestone,) = _milestones(store, system)
    assert made.headers["location"] == f"/api/v1/assessments/{milestone.id}"
    assert (milestone.name, milestone.made_by, milestone.failures) == ("Release 4.2", "CI", {"data-drift"})
    kept = store.responses.of(OWNER, milestone.id)
    assert kept["data-validation"].response == Response.rated(3, "checks run in CI")
    assert kept["ab-testing"].response == Response.not_applicable("out-of-scope", "batch scoring only")
    assert kept["data-catalog"].response == Response.unknown()
    assert store.responses.health(OWNER, milestone.id)["pipeline-tests"] == "no"
    event = store.audit.events(OWNER, system=system, limit=1)[0]
    assert (event.event, event.actor, event.role) == ("record-milestone", "CI", "writer")
    assert str(event.via).startswith("token ")


def test_json_is_taken_like_yaml_and_a_milestone_is_named_after_the_token(
    store: Store, system: str, program: Program
) -> None:
    text = f'{{"system": "x", "checklist": "1", "responses": {{"{ITEM}": 4}}}}'
    made = send(program(name="Nightly"), system, text, Content_Type="application/json; charset=utf-8")
    assert made.json()["score"] == 4.0
    assert made.json()["system"] == "Churn model", "the address says which system it is"
    assert [one.name for one in _milestones(store, system)] == ["Nightly"]


def test_a_team_keeps_its_draft(store: Store, system: str, ci: TestClient) -> None:
    draft = a_draft(store, system, {ITEM: Response.rated(2, "We are in the middle of it")})
    before = store.responses.of(OWNER, draft.id)
    assert send(ci, system, a_file(5)).status_code == 201
    assert store.assessments.draft(OWNER, system) == draft
    assert store.responses.of(OWNER, draft.id) == before


def test_nothing_is_carried_over_and_the_newest_milestone_is_the_files(
    store: Store, system: str, ci: TestClient
) -> None:
    a_milestone(store, system, "By hand", all_rated(5))
    send(ci, system, f'system: x\nchecklist: "1"\nresponses: {{{ITEM}: 2}}')
    assert ci.get(f"/api/v1/systems/{system}/latest").json()["score"] == 2.0
    begun = store.assessments.start(OWNER, system, checklist().version, from_milestone=True)
    assert set(store.responses.of(OWNER, begun.id)) == {ITEM}


def test_the_milestones_of_a_program_are_sound(store: Store, system: str, ci: TestClient) -> None:
    send(ci, system, a_file(4))
    send(ci, system)
    assert store.doctor(OWNER, checklist()).is_healthy
    assert len(store.history.trend(OWNER, system)) > 0


def test_sending_it_again_under_its_key_makes_nothing_new(store: Store, system: str, ci: TestClient) -> None:
    first, again = (send(ci, system, a_file(3), key="build-1") for _ in range(2))
    assert (again.status_code, again.json(), again.headers["location"]) == (
        201,
        first.json(),
        first.headers["location"],
    )
    assert len(_milestones(store, system)) == 1
    send(ci, system, a_file(3), key="build-2")
    send(ci, system, a_file(3))
    send(ci, system, a_file(3))
    assert len(_milestones(store, system)) == 4, "without a key each request stands for itself"


def test_a_key_is_for_one_request(store: Store, system: str, ci: TestClient, program: Program) -> None:
    send(ci, system, a_file(3), key="build-1", name="One")
    assert "another key" in problem(send(ci, system, a_file(4), key="build-1", name="One"), 409, "key-reused")
    problem(send(ci, system, a_file(3), key="build-1", name="Two"), 409, "key-reused")
    assert len(_milestones(store, system)) == 1
    assert send(program(), system, a_file(4), key="build-1").status_code == 201, "another token has its own keys"


def test_two_at_once_with_one_key_make_one_milestone(store: Store, system: str, ci: TestClient) -> None:
    together = Barrier(8)

    def race(_: int) -> tuple[int, str]:
        together.wait()
        made = send(ci, system, a_file(3), key="build-1")
        return made.status_code, made.headers["location"]

    with ThreadPoolExecutor(8) as pool:
        answers_ = set(pool.map(race, range(8)))
    assert len(answers_) == 1
    assert next(iter(answers_))[0] == 201
    assert len(_milestones(store, system)) == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "ünï".encode(), b"\x80"])
def test_a_key_that_is_none_is_refused(store: Store, system: str, ci: TestClient, key: str | bytes) -> None:
    headers = {"Content-Type": "application/yaml", "Idempotency-Key": key}
    answer = ci.post(f"/api/v1/systems/{system}/assessments", content=EXAMPLE, headers=headers)  # type: ignore[arg-type]
    problem(answer, 400, "bad-request")
    assert _milestones(store, system) == []


def test_every_fault_of_a_file_comes_with_its_line_and_its_cure(store: Store, system: str, ci: TestClient) -> None:
    text = (
        'system: x\nchecklist: "1"\nresponses:\n  data-validaton: 3\n  data-catalog: 6\nhealth: {fast-rollback: yes}\n'
    )
    answer = send(ci, system, text)
    said = problem(answer, 422, "answers-refused")
    assert 'answers.yaml:4: There is no item "data-validaton"; did you mean "data-validation"?' in said
    assert [one["line"] for one in answer.json()["faults"]] == [4, 5, 6]
    assert "in quotes" in answer.json()["faults"][2]["message"]
    assert _milestones(store, system) == [], "nothing is taken by half"


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "3", "\x00", "a: &x 1", 'system: x\nchecklist: "1"\n', b"\xff\xfe", b"PK\x03\x04"]
)
def test_a_file_without_an_answer_makes_no_milestone(
    store: Store, system: str, ci: TestClient, text: str | bytes
) -> None:
    problem(send(ci, system, text), 422, "answers-refused")
    assert _milestones(store, system) == []


def test_a_failed_request_leaves_its_key_free(system: str, ci: TestClient) -> None:
    problem(send(ci, system, "system: x", key="build-1"), 422, "answers-refused")
    assert send(ci, system, a_file(3), key="build-1").status_code == 201


@settings(promise, max_examples=15, suppress_health_check=list(HealthCheck))
@given(found=answers_to(checklist()))
def test_whatever_can_be_written_as_a_file_can_be_sent(
    store: Store, system: str, ci: TestClient, found: Answers
) -> None:
    text = write(AnswersFile("Churn model", "1", replace(found, accepted=frozenset())), checklist())
    made = send(ci, system, text)
    assert made.status_code == 201 or "Nothing is rated" in problem(made, 422, "answers-refused")


def _milestones(store: Store, system: str) -> list[Assessment]:
    return store.assessments.milestones(OWNER, system)
