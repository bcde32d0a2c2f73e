"""What the smoke test promises: a service passes only with the right version, answers and speed."""

import json
import socket
from itertools import count
from pathlib import Path

import pytest
from stand_ins import FOLDER, Cluster, Service

from delivery import smoke
from delivery.__main__ import main

CASES = FOLDER / "smoke" / "cases.json"


def run(url: str, *more: str) -> int:
    return main(
        ["smoke", "--url", url, "--cases", str(CASES), "--pause", "0", "--tries", "1", *more]
    )


def deploy(cluster: Cluster, version: str) -> None:
    cluster.write({**cluster.read(), "versions": [version]})


def test_a_good_service_passes(service: Service) -> None:
    assert run(service.url, "--version", "two") == 0


def test_without_a_version_any_will_do(service: Service) -> None:
    assert run(service.url + "/") == 0


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("misnamed", '/version: "other" is running instead of "misnamed".'),
        ("wrong", '/predict, case 1: "prediction" is 0 instead of 1.'),
        ("crash", "/predict, case 1: status 500."),
        ("text", "/predict, case 1: the answer is no JSON."),
        ("unready", "/readyz: status 503."),
    ],
)
def test_a_bad_service_fails_and_the_sentence_says_how(
    version: str,
    sentence: str,
    service: Service,
    cluster: Cluster,
    capsys: pytest.CaptureFixture[str],
) -> None:
    deploy(cluster, version)
    assert run(service.url, "--version", version) == 1
    assert sentence in capsys.readouterr().out


def test_a_slow_service_fails(service: Service) -> None:
    minutes = count(0, 60)
    found = smoke.faults(service.url, "two", smoke.load(CASES), clock=lambda: float(next(minutes)))
    assert found == [f"/predict, case {case}: took 60.00 s, more than 1 s." for case in (1, 2)]


def test_a_service_that_never_answers_is_given_up(
    service: Service, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(cluster, "silent")
    cases = smoke.load(CASES)
    monkeypatch.setattr(smoke, "GIVEN_UP_SECONDS", 0.2)
    assert smoke.faults(service.url, "silent", cases)[0].startswith("/predict, case 1: no answer")


def test_a_service_that_is_down_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        assert run(f"http://127.0.0.1:{nobody.getsockname()[1]}") == 1
    assert "/healthz: cannot be reached" in capsys.readouterr().out


def test_a_service_that_comes_up_late_passes(
    service: Service, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(cluster, "unready")
    monkeypatch.setattr("time.sleep", lambda _: deploy(cluster, "three"))
    assert run(service.url, "--version", "three", "--tries", "2") == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        ("{", "is not valid JSON"),
        ('{"cases": []}', "needs slowest_seconds"),
        ('{"slowest_seconds": 1, "cases": []}', "has no case"),
        ('{"slowest_seconds": 1, "cases": [{"request": {}, "answer": {}}]}', "without an answer"),
        ('{"slowest_seconds": 60, "cases": [{"request": {}, "answer": {"p": 1}}]}', "between 0"),
    ],
)
def test_cases_that_compare_nothing_do_not_pass(
    content: str | None,
    sentence: str,
    tmp_path: Path,
    service: Service,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "cases.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main(["smoke", "--url", service.url, "--cases", str(path)]) == 2
    assert sentence in capsys.readouterr().err


def test_true_is_not_one(service: Service, tmp_path: Path) -> None:
    cases = {
        "slowest_seconds": 5,
        "cases": [{"request": {"x0": 1, "x1": 1}, "answer": {"prediction": True}}],
    }
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    assert smoke.faults(service.url, None, smoke.load(path)) == [
        '/predict, case 1: "prediction" is 1 instead of True.'
    ]


@pytest.mark.parametrize("options", [["--url", "ftp://x"], ["--url", "http://x", "--tries", "0"]])
def test_options_that_test_nothing_are_refused(options: list[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["smoke", *options])
    assert refusal.value.code == 2
