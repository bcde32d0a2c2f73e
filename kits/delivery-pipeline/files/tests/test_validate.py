"""What the validation promises: a worse model fails, and what cannot be compared never passes."""

from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from stand_ins import FOLDER

from delivery.__main__ import main


def rows(seed: int, number: int) -> pd.DataFrame:
    table = pd.DataFrame(np.random.default_rng(seed).normal(size=(number, 2)), columns=["x0", "x1"])
    return table.assign(label=(table["x0"] + table["x1"] > 0).astype(int))


def fitted(model: Any, seed: int = 1, noise: float = 0.0) -> Any:
    """A model; with noise, this share of its training labels is turned round."""
    train = rows(seed, 2_000)
    turned = np.random.default_rng(seed).random(len(train)) < noise
    return model.fit(train[["x0", "x1"]], train["label"] ^ turned)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    joblib.dump(fitted(LogisticRegression()), tmp_path / "new.joblib")
    joblib.dump(fitted(LogisticRegression(), seed=2), tmp_path / "current.joblib")
    rows(3, 1_000).to_csv(tmp_path / "holdout.csv", index=False)
    limits = (FOLDER / "limits.toml").read_text(encoding="utf-8")
    (tmp_path / "limits.toml").write_text(limits, encoding="utf-8")
    return tmp_path


def run(folder: Path, holdout: str = "holdout.csv") -> int:
    names = {"new": "new.joblib", "current": "current.joblib", "holdout": holdout}
    files = [part for option, name in names.items() for part in (f"--{option}", str(folder / name))]
    return main(["validate", *files, "--limits", str(folder / "limits.toml")])


def change_limits(folder: Path, old: str, new: str) -> None:
    path = folder / "limits.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_model_as_good_as_the_current_one_passes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder) == 0
    assert "accuracy: new 0.99" in capsys.readouterr().out


def test_the_holdout_may_be_parquet(folder: Path) -> None:
    rows(3, 1_000).to_parquet(folder / "holdout.parquet")
    assert run(folder, "holdout.parquet") == 0


def test_a_model_below_a_limit_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    joblib.dump(fitted(DummyClassifier()), folder / "new.joblib")
    joblib.dump(fitted(DummyClassifier()), folder / "current.joblib")
    assert run(folder) == 1
    assert "NOT ENOUGH" in capsys.readouterr().out


def test_a_model_above_the_limits_and_worse_than_the_current_one_fails(folder: Path) -> None:
    worse = fitted(LogisticRegression())
    worse.intercept_ += 1.0
    joblib.dump(worse, folder / "new.joblib")
    assert run(folder) == 1
    change_limits(folder, "margin = 0.01", "margin = 0.2")
    assert run(folder) == 0


def test_a_first_model_is_held_against_the_limits_alone(folder: Path) -> None:
    (folder / "current.joblib").unlink()
    assert run(folder) == 2
    change_limits(folder, "compare = true", "compare = false")
    assert run(folder) == 0


BAD_ROWS = {
    "no rows": (rows(3, 0), "has 0 rows"),
    "few rows": (rows(3, 50), "has 50 rows; with fewer than 500 nothing can be told"),
    "no target": (rows(3, 900).drop(columns="label"), 'has no column "label"'),
    "target with gaps": (rows(3, 900).assign(label=[None, 1.0] * 450), 'has rows without "label"'),
    "one class": (rows(3, 900).assign(label=1), "holds a single class"),
    "missing column": (rows(3, 900).assign(x0=np.nan), 'every value of "x0" is missing'),
    "vanished column": (rows(3, 900).drop(columns="x1"), 'needs the column "x1"'),
    "infinities": (rows(3, 900).assign(x1=np.inf), '"x1" holds infinite values'),
    "mixed types": (rows(3, 900).assign(x1=[1, "one"] * 450), "fails on the holdout"),
    "other labels": (rows(3, 900).assign(label=["a", "b"] * 450), "is no label of the holdout"),
}


@pytest.mark.parametrize("kind", BAD_ROWS)
def test_a_holdout_that_tells_nothing_does_not_pass(
    kind: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, sentence = BAD_ROWS[kind]
    table.to_csv(folder / "holdout.csv", index=False)
    assert run(folder) == 2
    assert sentence in capsys.readouterr().err


def test_a_holdout_that_is_not_there_or_no_table_does_not_pass(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "gone.csv") == 2
    assert "gone.csv cannot be read" in capsys.readouterr().err
    (folder / "empty.csv").write_bytes(b"")
    assert run(folder, "empty.csv") == 2
    assert "empty.csv is no table" in capsys.readouterr().err


def test_a_file_that_is_no_model_does_not_pass(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    joblib.dump({"weights": [1, 2]}, folder / "new.joblib")
    assert run(folder) == 2
    assert "is no model: it has no predict" in capsys.readouterr().err
    (folder / "new.joblib").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    assert run(folder) == 2
    assert "cannot be loaded" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("accuracy = 0.80", "accuracy = 80", "accuracy must be between 0 and 1."),
        ("accuracy = 0.80", "acuracy = 0.8", "acuracy is no score"),
        ("margin = 0.01", "", "needs target, min_rows, margin, compare and at_least"),
        ("margin = 0.01", "margin = -1", "margin must be between 0 and 1."),
        ("compare = true", "compare = 1", "compare must be true or false."),
        ("min_rows = 500", "min_rows = 0", "min_rows must be a whole number above 0."),
        ("accuracy = 0.80\nf1_macro = 0.75", "", "at_least names no score."),
        ("[at_least]", "[at_least", "is not valid TOML"),
    ],
)
def test_limits_that_limit_nothing_are_refused(
    old: str, new: str, sentence: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_limits(folder, old, new)
    assert run(folder) == 2
    assert sentence in capsys.readouterr().err
