"""What the command line says and writes about starter kits and fix packs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kits.catalogue import the_kits
from tests.commands import done, refused

ROOT = Path(__file__).parents[1]
MONITOR = "data-quality-monitor"


def test_without_a_name_every_kit_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    listed, _ = done(capsys, "kit")
    assert [line.split()[0] for line in listed.splitlines()] == [kit.id for kit in the_kits().kits]


def test_a_name_alone_says_how_to_adopt_it(capsys: pytest.CaptureFixture[str]) -> None:
    page, _ = done(capsys, "kit", MONITOR)
    assert page.startswith("# Adopt the starter kit: Data quality monitor")


def test_a_kit_is_written_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, said = done(capsys, "kit", MONITOR, "--to", str(tmp_path / "new"))
    assert out == ""
    assert "Begin with ADOPT.md." in said
    assert (tmp_path / "new" / "data_quality" / "suite.py").is_file()


def test_nothing_of_mine_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine")
    assert "has another README.md" in refused(capsys, "kit", MONITOR, "--to", str(tmp_path))
    assert (tmp_path / "README.md").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_an_unknown_kit_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert 'There is no kit "clock"; choose one of' in refused(capsys, "kit", "clock")


def test_a_folder_without_a_name_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Name the kit to write" in refused(capsys, "kit", "--to", str(tmp_path))


def test_a_fix_pack_is_written_in_one_piece(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers, target = tmp_path / "answers.yaml", tmp_path / "pack.zip"
    answers.write_text('system: Churn\nchecklist: "1"\nresponses: {data-freshness: 1}\n', encoding="utf-8")
    _, said = done(capsys, "pack", str(answers), "--to", str(target))
    assert "The fix pack is in" in said
    assert f"kits/{MONITOR}/ADOPT.md" in zipfile.ZipFile(target).namelist()
    assert "does not end in .zip" in refused(capsys, "pack", str(answers), "--to", str(tmp_path / "pack.tar"))


def test_a_list_of_kits_needs_neither_store_nor_screen() -> None:
    program = "import sys, cli; cli.main(['kit']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"streamlit", "duckdb", "reportlab"} & set(loaded.stdout.split())
