"""A kit comes as the same bytes each time, can be run where it is unpacked, and overwrites nothing of anybody."""

import io
import zipfile
from pathlib import Path

import pytest

from checklist.loader import the_checklist
from kits import archive
from kits.archive import GUIDE, FolderRefused
from tests.kits.folders import FILES, a_kit

CHECKLIST = the_checklist()


def test_the_zip_has_one_folder_with_every_file_and_the_page_on_how_to_adopt_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(archive.zipped(a_kit(tmp_path), CHECKLIST))) as opened:
        assert opened.namelist() == [f"counter/{path}" for path in sorted([*FILES, GUIDE])]
        assert opened.read("counter/run.sh").decode() == FILES["run.sh"]
        modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in opened.infolist()}
    assert modes["counter/run.sh"] == 0o755
    assert modes["counter/README.md"] == 0o644


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = a_kit(tmp_path / "a"), a_kit(tmp_path / "b")
    assert archive.zipped(first, CHECKLIST) == archive.zipped(second, CHECKLIST)


def test_the_page_names_what_it_brings_the_five_steps_the_way_back_and_the_versions(tmp_path: Path) -> None:
    page = archive.guide(a_kit(tmp_path), CHECKLIST)
    for words in (
        "**Data validation**, Level 3: Rows are counted in each run.", "5. Schedule it.", "Remove the folder.",
        "Checked on 2026-11-23 with pandas 3.1.1, pytest 9.2.0.",
    ):  # fmt: skip
        assert words in page


def test_a_kit_goes_into_a_new_folder_and_again_into_the_same_one(tmp_path: Path) -> None:
    kit, target = a_kit(tmp_path / "kits"), tmp_path / "new" / "folder"
    assert archive.unpack(kit, CHECKLIST, target) == len(FILES) + 1
    assert archive.unpack(kit, CHECKLIST, target) == len(FILES) + 1
    assert (target / "counter" / "rows.py").read_text() == FILES["counter/rows.py"]
    assert (target / "run.sh").stat().st_mode & 0o111


def test_a_folder_with_other_files_takes_the_kit_beside_them(tmp_path: Path) -> None:
    target = tmp_path / "repository"
    target.mkdir()
    (target / "train.py").write_text("mine")
    archive.unpack(a_kit(tmp_path / "kits"), CHECKLIST, target)
    assert (target / "train.py").read_text() == "mine"


@pytest.mark.parametrize("taken", ["README.md", "counter", "run.sh/mine"])
def test_what_stands_in_the_way_is_named_and_nothing_is_written(taken: str, tmp_path: Path) -> None:
    target = tmp_path / "repository"
    (target / taken).parent.mkdir(parents=True)
    (target / taken).write_text("mine")
    with pytest.raises(FolderRefused, match="is not overwritten; give a folder that is empty or new"):
        archive.unpack(a_kit(tmp_path / "kits"), CHECKLIST, target)
    assert [path for path in target.rglob("*") if path.is_file()] == [target / taken]
    assert (target / taken).read_text() == "mine"


def test_a_place_that_is_no_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("mine")
    with pytest.raises(FolderRefused):
        archive.unpack(a_kit(tmp_path / "kits"), CHECKLIST, target)
    assert target.read_text() == "mine"
