"""The command's exit code tells a scheduler what to do, and what it prints tells a person why."""

import json
from pathlib import Path

import pandas as pd
import pytest
from sample_tables import NOW, a_frame

from data_quality.__main__ import main

CHECKS = """\
[freshness]
column = "seen_at"
[columns]
id = {type = "integer", unique = true}
seen_at = {type = "time"}
amount = {type = "number", max_missing = 0.1, min = 0, max = 1000}
country = {type = "text", values = ["AT", "DE", "NA"]}
paid = {type = "boolean"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "checks.toml").write_text(CHECKS, encoding="utf-8")
    return tmp_path


def checked(folder: Path, frame: pd.DataFrame, name: str = "t.parquet", now: str = "") -> int:
    path = folder / name
    if name.endswith(".parquet"):
        frame.to_parquet(path)
    else:
        frame.to_csv(path, index=False)
    return main([
        str(path), "--checks", str(folder / "checks.toml"), "--json", str(folder / "out.json"),
        "--now", now or NOW.isoformat(),
    ])  # fmt: skip


@pytest.mark.parametrize("name", ["t.parquet", "t.csv", "t.csv.gz"])
def test_a_table_as_it_should_be_exits_with_0(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = a_frame(country=["NA", *["DE"] * 39], amount=[None, *[5.0] * 39])
    assert checked(folder, frame, name) == 0
    assert "All 18 checks passed." in capsys.readouterr().out


def test_findings_exit_with_1_and_stand_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(folder, a_frame(country=["FR"] * 40), now="2026-12-24T00:00:00+00:00") == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in lines[1:3]] == [
        ["failed", "country", "values"], ["failed", "seen_at", "freshness"],
    ]  # fmt: skip
    record = json.loads((folder / "out.json").read_text())
    assert (record["exit_code"], record["rows"], len(record["checks"])) == (1, 40, 18)


def test_what_cannot_be_told_exits_with_2(folder: Path) -> None:
    naive = pd.date_range("2026-11-23T08:00", periods=40, freq="min")
    assert checked(folder, a_frame(seen_at=naive)) == 2


def test_a_csv_with_a_word_among_its_numbers_fails_by_type(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(folder, a_frame(amount=["much", *[5.0] * 39]), "t.csv") == 1
    assert any(
        line.split()[:3] == ["failed", "amount", "type"]
        for line in capsys.readouterr().out.splitlines()
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.parquet", None, "does not exist"),
        ("t.parquet", b"no parquet", "cannot be read"),
        ("t.csv", b"", "cannot be read"),
        ("t.csv", b"\xff\xfe\x00\x01,\n", "cannot be read"),
        ("t.pickle", b"", "ends neither in .parquet"),
    ],
)
def test_a_table_that_cannot_be_read_exits_with_2_and_a_sentence(
    name: str, content: bytes | None, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    assert main([str(folder / name), "--checks", str(folder / "checks.toml")]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert not printed.out


@pytest.mark.parametrize(
    "arguments",
    [["--now", "today"], ["--now", "2026-11-23T08:00:00"], ["--chekcs", "x"], ["--checks", "none"]],
)
def test_wrong_use_exits_with_2_and_a_sentence(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder / "t.csv"), *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1
