"""A recorded run can be repeated by one command, which says what differs."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tracker import training
from tracker.__main__ import main

TRAIN = ["train", "--data", "customers.csv", "--target", "left"]


@pytest.fixture
def run_id(server: str, repository: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert repository.exists()
    assert main([*TRAIN, "--server", server, "--seed", "11", "--param", "C=2"]) == 0
    return str(json.loads(capsys.readouterr().out)["run_id"])


def repeat(server: str, run_id: str) -> int:
    return main(["repeat", run_id, "--data", "customers.csv", "--server", server])


def test_the_same_code_and_data_give_the_same_scores(
    server: str, run_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repeat(server, run_id) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["moved"] == []
    assert found["packages_that_differ"] == []
    assert all(both["then"] == both["now"] for both in found["metrics"].values())


def test_another_model_under_the_same_commit_is_noticed(
    server: str, run_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built = training.build
    monkeypatch.setattr(training, "build", lambda _, seed: built({"C": 0.00001}, seed))
    assert repeat(server, run_id) == 1
    assert "accuracy" in json.loads(capsys.readouterr().out)["moved"]


def test_another_commit_or_other_data_is_no_repeat(
    server: str, run_id: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = repository / "customers.csv"
    original = data.read_text()
    data.write_text(original + "44.0,2,basic,no\n")
    for words in (["add", "."], ["commit", "--quiet", "-m", "Second"]):
        subprocess.run(["git", *words], cwd=repository, check=True)
    assert repeat(server, run_id) == 2
    assert "used another commit: git checkout" in capsys.readouterr().err
    subprocess.run(["git", "checkout", "--quiet", "HEAD~1"], cwd=repository, check=True)
    other = repository / "other.csv"
    other.write_text(original + "44.0,2,basic,no\n")
    assert main(["repeat", run_id, "--data", "other.csv", "--server", server]) == 2
    assert "other.csv is not the data of run" in capsys.readouterr().err


def test_an_unknown_run_is_a_sentence(
    server: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository.exists()
    assert repeat(server, "0" * 32) == 2
    assert "MLflow could not read run" in capsys.readouterr().err
