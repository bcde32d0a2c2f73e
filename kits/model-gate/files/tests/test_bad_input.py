"""What cannot be judged is one sentence and exit code 2, never a pass."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import LIMITS, customers, enter, free_port

from gate import server as server_module
from gate.__main__ import main

Change = Callable[[Any], Any]
BROKEN: dict[str, tuple[Change, str]] = {
    "no rows": (lambda frame: frame.head(0), "has 0 rows"),
    "few rows": (lambda frame: frame.head(50), "fewer than 200 decide nothing"),
    "no target": (lambda frame: frame.drop(columns="left"), "has no column left"),
    "no slice": (lambda frame: frame.drop(columns="plan"), "has no column plan"),
    "one answer": (lambda frame: frame.assign(left="yes"), "only one answer"),
    "gaps": (lambda frame: frame.assign(left=[None, *frame["left"][1:]]), "lacks 1 of 600"),
    "no feature": (lambda frame: frame.drop(columns="visits"), "needs visits, which the rows lack"),
    "text": (lambda frame: frame.assign(visits="many"), "cannot predict these rows"),
    "other answers": (
        lambda frame: frame.assign(left=frame["tier"]),
        "but the true answers are 0, 1, 2",
    ),
    "many groups": (lambda frame: frame.assign(plan=range(600)), "600 different values"),
}


def judge(server: str, name: str, *words: str) -> int:
    return main(["--model", name, "--data", "held_out.csv", "--server", server, *words])


@pytest.fixture(scope="module")
def ready(server: str, models: dict[str, str]) -> str:
    enter(server, "ready", models["weak"], "champion")
    enter(server, "ready", models["strong"], "challenger")
    return "ready"


@pytest.mark.parametrize("name", BROKEN)
def test_rows_that_cannot_decide(
    name: str, server: str, ready: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, reason = BROKEN[name]
    change(customers(600, seed=2)).to_csv(place / "held_out.csv", index=False)
    assert judge(server, ready) == 2
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize("name", ["gone.csv", "empty.csv", "no.parquet", "no.xlsx"])
def test_files_that_cannot_be_read(
    name: str, server: str, ready: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in ("empty.csv", "no.parquet", "no.xlsx"):
        (place / file).write_text("")
    assert main(["--model", ready, "--data", name, "--server", server]) == 2
    assert capsys.readouterr().err.startswith(name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no limits"),
        ("[", "cannot be read"),
        (LIMITS.replace("owner: owner@example.org", ""), "owner is missing"),
        (LIMITS + "minimum_gian: 0.1\n", "minimum_gian is no limit"),
        (LIMITS.replace("accuracy", "beauty"), "metric cannot be 'beauty'"),
        (LIMITS.replace("0.6", "high"), "minimum cannot be 'high'"),
        (LIMITS.replace('"yes"', "yes"), "positive cannot be True"),
        (LIMITS + "confidence: 95\n", "confidence cannot be 95"),
    ],
)
def test_limits_that_cannot_be_used(
    text: str, reason: str, server: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "gate.yaml").write_text(text)
    assert judge(server, "any") == 2
    assert reason in capsys.readouterr().err


def test_an_answer_to_count_that_no_row_has(
    server: str, ready: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "gate.yaml").write_text(LIMITS.replace('"yes"', '"maybe"'))
    assert judge(server, ready) == 2
    assert "No row has the answer maybe; there are no, yes." in capsys.readouterr().err


@pytest.mark.usefixtures("place")
def test_versions_that_are_missing_or_the_same(
    server: str, models: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(server, "nobody") == 2
    assert "has no version challenger" in capsys.readouterr().err
    enter(server, "lonely", models["strong"], "challenger")
    assert judge(server, "lonely") == 2
    assert "has no champion; judge the first one with --first" in capsys.readouterr().err
    enter(server, "lonely", models["strong"], "champion")
    assert judge(server, "lonely", "--challenger", "2") == 2
    assert "is the champion already" in capsys.readouterr().err
    assert judge(server, "lonely", "--first") == 2
    assert "leave out --first" in capsys.readouterr().err


def test_a_model_without_probabilities(
    server: str, models: dict[str, str], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(server, "silent", models["strong"], "champion")
    enter(server, "silent", models["silent"], "challenger")
    (place / "gate.yaml").write_text(LIMITS.replace("accuracy", "roc_auc"))
    assert judge(server, "silent") == 2
    assert "Version 2 of silent has no predict_proba" in capsys.readouterr().err


@pytest.mark.usefixtures("place")
def test_models_with_different_columns(
    server: str, models: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    enter(server, "columns", models["strong"], "champion")
    enter(server, "columns", models["narrow"], "challenger")
    assert judge(server, "columns") == 2
    assert "different columns (tier in one only)" in capsys.readouterr().err


@pytest.mark.usefixtures("place")
def test_promotion_needs_a_name(
    server: str, ready: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(server, ready, "--promote") == 2
    assert "--by NAME" in capsys.readouterr().err


@pytest.mark.usefixtures("place")
def test_a_server_that_is_down_or_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(f"http://127.0.0.1:{free_port()}", "any") == 2
    assert "does not answer" in capsys.readouterr().err
    monkeypatch.setattr(server_module, "CONNECT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://robot:secret@127.0.0.1:{listener.getsockname()[1]}"
        assert judge(address, "any") == 2
    said = capsys.readouterr().err
    assert "does not answer" in said
    assert "secret" not in said


def test_gaps_in_a_slice_are_a_group(
    server: str, ready: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = customers(600, seed=2)
    frame.loc[frame["plan"] == "plus", "plan"] = pd.NA
    frame.to_csv(place / "held_out.csv", index=False)
    assert judge(server, ready) == 0
    assert "plan=(missing)" in capsys.readouterr().out
