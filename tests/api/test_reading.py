"""Programs read what teams have found out: systems in pages, results of milestones and drafts."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import cli
from api.openapi import EXAMPLE
from data.store import Store
from scoring.model import Response
from tests.api.answers import problem, send
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated, checklist

ITEM = checklist().items[0].id


def test_the_systems_are_listed_with_where_they_stand(store: Store, system: str, ci: TestClient) -> None:
    a_milestone(store, system, "March", all_rated(4))
    found = ci.get("/api/v1/systems").json()
    assert found["next"] is None
    (one,) = found["systems"]
    latest = one["latest"]
    assert (one["id"], one["name"]) == (system, "Churn model")
    assert (latest["name"], latest["score"], latest["level"], latest["level_name"]) == ("March", 4.0, 4, "Advanced")
    assert ci.get(f"/api/v1/assessments/{latest['assessment']}").json()["level"] == 4


def test_a_system_without_a_milestone_stands_nowhere_yet(system: str, ci: TestClient) -> None:
    assert ci.get("/api/v1/systems").json()["systems"][0]["latest"] is None
    problem(ci.get(f"/api/v1/systems/{system}/latest"), 404, "not-found")


def test_every_system_comes_once_page_by_page_in_the_order_of_names(store: Store, ci: TestClient) -> None:
    names = ["alpha", "Beta", "beta 2", "Éclair", "Zoë & <b>", "system one"]
    for name in names:
        a_system(store, name)
    seen, address = [], "/api/v1/systems?per_page=2"
    while address:
        page = ci.get(address)
        assert len(page.json()["systems"]) <= 2
        seen += [one["name"] for one in page.json()["systems"]]
        address = page.json()["next"]
        assert page.links.get("next", {}).get("url") == address
        if len(seen) == 2:
            a_system(store, "aardvark")  # what comes before the page moves nothing behind it
    assert sorted(seen) == sorted(names)
    assert seen == [one.name for one in store.systems.all(OWNER, _workspace(store)) if one.name != "aardvark"]


@pytest.mark.parametrize("count", ["0", "101", "-1", "ten", "", "1.0", "９", "9" * 5000])
def test_a_page_has_one_to_a_hundred_systems(ci: TestClient, count: str) -> None:
    assert "1 to 100" in problem(ci.get("/api/v1/systems", params={"per_page": count}), 400, "bad-request")


def test_a_milestone_is_read_as_it_was_stored_and_the_newest_is_found(
    store: Store, system: str, ci: TestClient
) -> None:
    first = a_milestone(store, system, "First", all_rated(2))
    second = a_milestone(store, system, "Second", all_rated(4))
    assert ci.get(f"/api/v1/assessments/{first.id}").json() == store.milestones.record(OWNER, first.id)
    latest = ci.get(f"/api/v1/systems/{system}/latest")
    assert latest.json() == store.milestones.record(OWNER, second.id)
    assert latest.headers["content-location"] == f"/api/v1/assessments/{second.id}"
    assert latest.headers["cache-control"] == "no-store"


def test_a_draft_is_read_as_it_stands_now(store: Store, system: str, ci: TestClient) -> None:
    draft = a_draft(store, system, all_rated(4))
    assert ci.get(f"/api/v1/assessments/{draft.id}").json()["score"] == 4.0
    saved = store.responses.of(OWNER, draft.id)[ITEM]
    store.responses.save(OWNER, draft.id, ITEM, Response.rated(1), saved.version)
    assert ci.get(f"/api/v1/assessments/{draft.id}").json()["score"] < 4.0


def test_the_api_and_the_command_line_say_the_same(
    store: Store, ci: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert cli.main(["score", str(file), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    system = a_system(store, "churn-model").id
    made = send(ci, system)
    assert made.json() == printed
    assert ci.get(made.headers["location"]).json() == printed
    assert ci.get(f"/api/v1/systems/{system}/latest").json() == printed


def test_head_is_answered_where_get_is(store: Store, system: str, ci: TestClient) -> None:
    a_milestone(store, system)
    for address in ("/api/v1/systems", f"/api/v1/systems/{system}/latest", "/api/v1/openapi.json"):
        assert ci.head(address).status_code == 200
        assert ci.head(address).headers["content-type"] == "application/json"


def _workspace(store: Store) -> str:
    return store.workspaces.all(OWNER)[0].id
