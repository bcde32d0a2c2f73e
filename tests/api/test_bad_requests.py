"""Whatever is sent, the answer is a clean problem: nothing leaked, nothing lost, nothing made."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.openapi import EXAMPLE
from data.errors import DatabaseDamaged, DatabaseLocked, DiskFull, StoreBusy, StoreStopped
from data.store import Store
from tests.api.answers import YAML, a_file, problem, send
from tests.e2e.stories import OWNER, a_milestone
from tests.scoring.strategies import promise

MEGABYTE = 1_000_000
NO_IDS = (
    "no-such", "%00", "a%00b", "..", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e", "' or '1'='1",
    "1; drop table systems", "%0d%0aSet-Cookie:%20a=b", "%ff%fe", "ü", "x" * 5000, "*", "%", "null", "{system}",
)  # fmt: skip


@pytest.mark.parametrize("wanted", NO_IDS)
def test_an_id_that_is_none_leads_nowhere(store: Store, system: str, ci: TestClient, wanted: str) -> None:
    for address in (f"systems/{wanted}/latest", f"assessments/{wanted}"):
        answer = ci.get(f"/api/v1/{address}")
        problem(answer, 404, "not-found")
        assert "set-cookie" not in answer.headers
    problem(ci.post(f"/api/v1/systems/{wanted}/assessments", content=EXAMPLE, headers=YAML), 404, "not-found")
    assert store.systems.get(OWNER, system)


@pytest.mark.parametrize(
    "address", ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/systems", "/api/v1/systems/", "/api/v1/nothing/at/all"]
)
def test_an_unknown_address_is_no_page(stranger: TestClient, address: str) -> None:
    for method in ("GET", "POST", "DELETE", "PROPFIND"):
        problem(stranger.request(method, address), 404, "not-found")


def test_a_wrong_method_is_told_which_are_right(system: str, ci: TestClient) -> None:
    for method in ("DELETE", "PUT", "PATCH", "OPTIONS", "TRACE"):
        answer = ci.request(method, "/api/v1/systems")
        problem(answer, 405, "method-not-allowed")
        assert answer.headers["allow"] == "GET, HEAD"
    answer = ci.get(f"/api/v1/systems/{system}/assessments")
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/html"},
        {"Content-Type": ""},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/yaml; charset=latin-1"},
        {"Content-Type": "application/yaml", "Content-Encoding": "gzip"},
    ],
)
def test_another_kind_of_file_is_refused(system: str, ci: TestClient, headers: dict[str, str]) -> None:
    answer = ci.post(f"/api/v1/systems/{system}/assessments", content=EXAMPLE, headers=headers)
    assert "application/yaml" in problem(answer, 415, "media-type")


def test_a_large_file_is_refused_before_it_is_read(store: Store, system: str, ci: TestClient) -> None:
    taken = 0

    def drip() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(50):
            taken += 1
            yield b"#" * MEGABYTE

    problem(send(ci, system, b"#" * (MEGABYTE + 1)), 413, "too-large")
    problem(send(ci, system, drip()), 413, "too-large")  # type: ignore[arg-type]
    problem(send(ci, system, "x", Content_Length="99999999999999999999999"), 413, "too-large")
    assert store.assessments.milestones(OWNER, system) == []


def test_a_file_of_a_megabyte_is_read(system: str, ci: TestClient) -> None:
    text = a_file()
    whole = text + "#" * (MEGABYTE - len(text))
    assert send(ci, system, whole).status_code == 201


@pytest.mark.parametrize(
    "name", ["%0d%0aSet-Cookie:%20a=b", "%00", "%ff", "'; drop table systems; --", "<b>x</b>", "  "]
)
def test_a_name_is_text_whatever_stands_in_it(store: Store, system: str, ci: TestClient, name: str) -> None:
    answer = ci.post(f"/api/v1/systems/{system}/assessments?name={name}", content=EXAMPLE, headers=YAML)
    assert answer.status_code in (201, 400)
    assert "set-cookie" not in answer.headers
    assert len(store.assessments.milestones(OWNER, system)) == (answer.status_code == 201)
    assert "\r" not in "".join(one.name for one in store.assessments.milestones(OWNER, system))


def test_a_name_too_long_is_refused(system: str, ci: TestClient) -> None:
    assert "200" in problem(send(ci, system, name="x" * 201), 400, "bad-request")


AWAY = (DatabaseLocked, DatabaseDamaged, DiskFull, StoreBusy, StoreStopped)


@pytest.mark.parametrize("fault", AWAY)
def test_a_store_that_is_away_says_so_and_not_why(
    store: Store, system: str, ci: TestClient, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    a_milestone(store, system)

    def fail(*_: object) -> object:
        raise fault("The file /srv/secret/place.duckdb is held by process 4711.")

    monkeypatch.setattr(store._desk.engine, "read", fail)
    monkeypatch.setattr(store._desk.engine, "write", fail)
    for answer in (ci.get("/api/v1/systems"), ci.get(f"/api/v1/systems/{system}/latest"), send(ci, system)):
        problem(answer, 503, "store-away")
        assert int(answer.headers["retry-after"]) > 0
        assert "secret" not in answer.text
    assert ci.get("/api/v1/openapi.json").status_code == 200


def test_a_full_disk_stops_nobody_from_reading(
    store: Store, system: str, ci: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_milestone(store, system)

    def fail(*_: object) -> object:
        raise DiskFull("No space.")

    monkeypatch.setattr(store._desk.engine, "write", fail)
    assert ci.get(f"/api/v1/systems/{system}/latest").status_code == 200
    problem(send(ci, system), 503, "store-away")


def test_a_fault_of_ours_has_a_number_that_is_in_the_log(
    store: Store, ci: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> object:
        raise RuntimeError("secret inner workings")

    monkeypatch.setattr(store.systems, "all", fail)
    answer = ci.get("/api/v1/systems")
    problem(answer, 500, "fault")
    assert "secret" not in answer.text
    assert f"incident {answer.json()['incident']}" in caplog.text


# What nobody thought of

pieces = st.sampled_from(
    [*EXAMPLE.split(), "\n", "  ", ": ", "- ", "{", "}", "[", "]", "'", '"', "#", "&a", "*a", "!!python/x", "\t",
     "\x00", "---", "...", "null", "yes", "1e9", "-1", "9" * 30, "\u2028", "|", ">", "?", "%YAML 1.1", "<<"]
)  # fmt: skip
files = st.binary(max_size=300) | st.text(max_size=300) | st.lists(pieces, max_size=60).map("".join)


@settings(promise, max_examples=60, suppress_health_check=list(HealthCheck))
@given(sent=files)
def test_any_bytes_are_a_milestone_or_a_clean_refusal(store: Store, system: str, ci: TestClient, sent: bytes) -> None:
    before = len(store.assessments.milestones(OWNER, system))
    answer = send(ci, system, sent if isinstance(sent, bytes) else sent.encode("utf-8", "surrogatepass"))
    assert answer.status_code in (201, 422, 429), answer.text
    assert len(store.assessments.milestones(OWNER, system)) == before + (answer.status_code == 201)


@settings(promise, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    at=st.integers(0, len(EXAMPLE) - 1), what=st.sampled_from([b"", b"\x00", b"\xff", b"\t", b":", b"{", b'"', b"\n"])
)
def test_a_file_that_was_damaged_on_its_way_is_never_a_fault_of_ours(
    store: Store, system: str, ci: TestClient, at: int, what: bytes
) -> None:
    whole = EXAMPLE.encode()
    assert send(ci, system, whole[:at] + what + whole[at + 1 :]).status_code in (201, 422, 429)
