"""Broken input never passes: each kind gives exit code 2 and a sentence on stderr."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import normal

from model_monitor.__main__ import main


def run(folder: Path, current: pd.DataFrame, reference: pd.DataFrame | None = None) -> int:
    before = normal(1, 2_000, 2) if reference is None else reference
    before.to_parquet(folder / "reference.parquet")
    current.to_parquet(folder / "current.parquet")
    files = [str(folder / name) for name in ("reference.parquet", "current.parquet")]
    return main(["drift", *files, "--config", str(folder / "monitor.toml")])


BROKEN = {
    "an empty frame": (normal(2, 0, 2), "There are no rows in"),
    "a frame without columns": (pd.DataFrame(index=range(9)), "There are no rows in"),
    "a vanished column": (normal(2, 2_000), 'column "x01": the column has vanished.'),
    "an all-missing column": (
        normal(2, 2_000, 2).assign(x01=np.nan),
        'column "x01": every value is missing in the current data.',
    ),
    "infinities": (
        normal(2, 2_000, 2).assign(x01=[np.inf, -np.inf] * 1_000),
        'column "x01": 2000 of its values in the current data are infinite.',
    ),
    "numbers that became text": (
        normal(2, 2_000, 2).assign(x01="7"),
        'column "x01": it held numbers in the reference and holds categories now.',
    ),
    "dates": (
        normal(2, 2_000, 2).assign(x01=pd.Timestamp("2026-11-23")),
        'column "x01": the current data holds datetime64 values; make them one type,',
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.usefixtures("config")
def test_broken_input_is_said_in_a_sentence(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    current, sentence = BROKEN[kind]
    assert run(tmp_path, current) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.usefixtures("config")
def test_the_other_columns_are_compared_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    current = normal(2, 2_000, 2, mean=0.5).assign(x01=np.nan)
    assert run(tmp_path, current) == 2
    assert "x00    number  0." in capsys.readouterr().out


@pytest.mark.usefixtures("config")
def test_mixed_types_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Parquet holds one type for each column; mixing comes from a CSV, where it is text."""
    normal(1, 2_000).to_csv(tmp_path / "reference.csv", index=False)
    mixed = normal(2, 2_000).astype(object)
    mixed.iloc[5, 0] = "n/a?"
    mixed.to_csv(tmp_path / "current.csv", index=False)
    files = [str(tmp_path / "reference.csv"), str(tmp_path / "current.csv")]
    assert main(["drift", *files, "--config", str(tmp_path / "monitor.toml")]) == 2
    assert 'column "x00": it held numbers' in capsys.readouterr().err


def test_mixed_types_in_a_frame_are_named() -> None:
    from model_monitor.drift import find
    from model_monitor.settings import DriftSettings

    mixed = pd.DataFrame({"x00": [1, "one"] * 500})
    found = find(mixed, mixed, DriftSettings())
    assert found.verdict == "broken"
    assert "the reference holds mixed-integer values" in found.features[0].note


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.csv", None, "missing.csv cannot be read: No such file or directory."),
        ("empty.csv", b"", "empty.csv is no csv file: No columns to parse from file."),
        ("header.csv", b"a,b\n", "There are no rows in"),
        ("torn.parquet", b"PAR1 and no more", "torn.parquet"),
        ("bytes.csv", b"a\n\xff\xfe\x00\n", "bytes.csv is no csv file"),
        ("ragged.csv", b"a,b\n1,2\n1,2,3,4\n", "ragged.csv is no csv file"),
        ("table.xlsx", b"", "table.xlsx is neither .csv nor .parquet."),
    ],
)
def test_unreadable_files_are_said_in_a_sentence(
    name: str,
    content: bytes | None,
    sentence: str,
    config: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = config.parent / name
    if content is not None:
        path.write_bytes(content)
    assert main(["drift", str(path), str(path), "--config", str(config)]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("limit = 0.08", "limit = 8", '"drift.limit" must be a number between 0 and 1.'),
        ("limit = 0.08", "limit = true", '"drift.limit" must be a number between 0 and 1.'),
        ("limit = 0.08", "limits = 0.08", "is not valid TOML"),
        ("false_discoveries", "alpha", '"drift.alpha" is no setting'),
        ("# age = 0.12", "agee = 0.12", 'name the column "agee", which the reference does not'),
        ('model = "churn"', "model = 1", '"model" must be a text.'),
        ("categorical = []", 'categorical = "zip"', '"drift.categorical" must be a list of'),
        ("release_right = 912", "release_right = 1001", "is more than"),
        ("release_right = 912", "", '"accuracy" needs release_right and release_total.'),
        ("window_days = 30", "window_days = 0", "must be at least 1."),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    old: str, new: str, sentence: str, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert run(config.parent, normal(2, 2_000, 2)) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.usefixtures("config")
def test_metrics_of_the_last_run_do_not_outlive_a_failure(tmp_path: Path) -> None:
    metrics = tmp_path / "drift.prom"
    normal(1, 2_000).to_parquet(tmp_path / "a.parquet")
    common = ["--config", str(tmp_path / "monitor.toml"), "--metrics", str(metrics)]
    assert main(["drift", *[str(tmp_path / "a.parquet")] * 2, *common]) == 0
    assert "drift_found" in metrics.read_text(encoding="utf-8")
    assert main(["drift", *[str(tmp_path / "gone.parquet")] * 2, *common]) == 2
    text = metrics.read_text(encoding="utf-8")
    assert "drift_found" not in text
    assert 'model_monitor_failed{check="drift",model="churn"} 1.0' in text


@pytest.mark.usefixtures("config")
def test_a_report_that_cannot_be_written_is_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    normal(1, 2_000).to_parquet(tmp_path / "a.parquet")
    files = [str(tmp_path / "a.parquet")] * 2
    config = str(tmp_path / "monitor.toml")
    for option in ("--json", "--metrics"):
        target = str(tmp_path / "nowhere" / "file")
        assert main(["drift", *files, "--config", config, option, target]) == 2
        assert "cannot be written" in capsys.readouterr().err
