"""Data that cannot be learned from is refused with what is wrong, and nothing is recorded."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import customers

from tracker import data
from tracker.__main__ import main
from tracker.origin import data_origin
from tracker.problem import Problem

Change = Callable[[Any], Any]
BROKEN: dict[str, tuple[Change, str]] = {
    "no rows": (lambda frame: frame.head(0), "it has no rows"),
    "no target": (lambda frame: frame.drop(columns="left"), 'no column "left" to learn'),
    "only target": (lambda frame: frame[["left"]], "no column to learn from"),
    "all missing": (lambda frame: frame.assign(age=np.nan), '"age" has no value at all'),
    "infinite": (lambda frame: frame.assign(age=np.inf), '"age" has 400 infinite values'),
    "mixed": (lambda frame: frame.assign(plan=["7", *frame["plan"][1:]]), '"plan" mixes 1 numbers'),
    "dates": (lambda frame: frame.assign(age=pd.Timestamp("2026-01-01")), '"age" holds dates'),
    "one label": (lambda frame: frame.assign(left="no"), "all labels are the same"),
    "label gaps": (lambda frame: frame.assign(left=[None, *frame["left"][1:]]), "1 of 400 labels"),
    "numbers": (lambda frame: frame.assign(left=range(400)), "400 different values"),
    "few rows": (lambda frame: frame.iloc[[1, 2]], "too few rows"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_is_refused_with_the_reason(
    name: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, reason = BROKEN[name]
    change(customers()).to_parquet(repository / "broken.parquet")
    named = ["--data-source", "s3://shop/broken.parquet", "--data-version", "1"]
    assert main(["train", "--data", "broken.parquet", "--target", "left", *named]) == 2
    assert reason in capsys.readouterr().err
    assert not (repository / "unsent").exists()


@pytest.mark.parametrize("name", ["gone.csv", "empty.csv", "text.parquet", "sheet.xlsx"])
def test_an_unreadable_file_is_named(
    name: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, content in (("empty.csv", ""), ("text.parquet", "no"), ("sheet.xlsx", "no")):
        (repository / file).write_text(content)
    assert main(["train", "--data", name, "--target", "left"]) == 2
    assert capsys.readouterr().err.startswith(name)


def test_data_without_a_version_stops_the_training(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    customers(300).to_csv(repository / "new.csv", index=False)
    assert main(["train", "--data", "new.csv", "--target", "left"]) == 2
    assert "new.csv has no version" in capsys.readouterr().err


def test_changed_data_has_lost_its_version(repository: Path) -> None:
    path = repository / "customers.csv"
    assert data_origin(path, None, None).version.startswith("git:")
    path.write_text(path.read_text() + "44.0,2,basic,no\n")
    with pytest.raises(Problem, match="has no version"):
        data_origin(path, None, None)


def test_the_source_of_data_hides_a_password(repository: Path) -> None:
    address = "https://robot:secret@git.example.org/shop.git"
    subprocess.run(["git", "remote", "add", "origin", address], cwd=repository, check=True)
    origin = data_origin(repository / "customers.csv", None, None)
    assert origin.uri == "https://git.example.org/shop.git#customers.csv"


def test_rows_stay_held_out_when_others_arrive() -> None:
    before, after = customers(300), pd.concat([customers(300), customers(200, seed=8)])
    _, early = data.split(before, one_in=5)
    late_learned, _ = data.split(after, one_in=5)
    assert 30 < len(early) < 90
    assert early.merge(late_learned, how="inner").empty


@pytest.mark.parametrize("kind", ["Int64", "boolean"])
def test_gaps_in_whole_numbers_and_truths_become_missing_floats(kind: str) -> None:
    found = data.values(pd.Series([1, None, 0], dtype=kind), is_text=False)
    assert found.isna().tolist() == [False, True, False]
    assert found.dtype == "float64"
