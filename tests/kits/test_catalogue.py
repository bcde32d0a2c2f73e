"""A kit is read whole or refused with every fault, and offered for an item only where it brings it further."""

from dataclasses import replace
from pathlib import Path

import pytest

from checklist.loader import the_checklist
from checklist.reading import ContentError
from kits.catalogue import load, the_kits
from kits.model import Catalogue, Library, Service, UnknownKit
from tests.kits.folders import FILES, KIT, a_catalogue, a_folder, a_kit, write


def faults_of(root: Path, description: str | None = KIT, files: dict[str, str] = FILES) -> list[str]:
    with pytest.raises(ContentError) as refusal:
        load(a_folder(root, description, files), the_checklist())
    return [str(fault) for fault in refusal.value.faults]


def test_a_kit_knows_what_it_serves_what_it_hands_over_and_what_it_was_tried_with(tmp_path: Path) -> None:
    kit = a_kit(tmp_path)
    assert (kit.id, kit.title, kit.environment, kit.checked.isoformat()) == (
        "counter", "Row counter", "data", "2026-11-23",
    )  # fmt: skip
    assert kit.serves == (Service("data-validation", 3, "Rows are counted in each run."),)
    assert kit.libraries == (Library("pandas", "3.1.1"), Library("pytest", "9.2.0"))
    assert [path for path, _ in kit.files] == sorted(FILES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("item: data-validation", "item: data-validaton", 'kit.yaml:4: The service to "data-validaton" names no item; '
         'did you mean "data-validation"?'),
        ("level: 3", "level: 6", '"level" must be a whole number from 2 to 5, not "6".'),
        ("level: 3", "level: 1", '"level" must be a whole number from 2 to 5, not "1".'),
        ("level: 3", "levle: 3", 'has an unknown key "levle"'),
        ("undo: Remove the folder.\n", "", 'The kit has no "undo"; add it.'),
        (", Schedule it.]", "]", "The kit has 4 steps to adopt it; give 5."),
        ("2026-11-23", "last week", 'The kit was checked on "last week"; write the day as in 2026-11-23.'),
        ("environment: data", "environment: date", 'runs in "date", but there is no kits/environments/date.txt.'),
        ("environment: data", "environment: ../environments/data", "but there is no kits/environments/"),
        ("    by: Rows are counted in each run.\n", "    by: One.\n  - {item: data-validation, level: 2, by: Two.}\n",
         "stands twice; give the level that the whole kit brings."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_description_is_one_clear_sentence(old: str, new: str, said: str, tmp_path: Path) -> None:
    found = faults_of(tmp_path, KIT.replace(old, new))
    assert any(said in fault for fault in found), found
    assert all(fault.startswith("kits/counter/kit.yaml:") for fault in found)


def test_a_folder_without_a_description_is_refused(tmp_path: Path) -> None:
    assert "kits/counter/kit.yaml:1: The file is missing or cannot be read; a kit is described by its kit.yaml." in (
        faults_of(tmp_path, description=None)
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"README.md": None}, "has no files/README.md"),
        ({"requirements.txt": None}, "has no files/requirements.txt; pin there what it needs."),
        ({"requirements.txt": "pandas>=3\n"}, 'does not pin "pandas>=3" in files/requirements.txt:1'),
        ({"requirements.txt": "pandas==3.0.0\n"}, "other than kits/environments does."),
    ],
)
def test_a_kit_hands_over_a_readme_and_the_pins_that_its_tests_ran_with(
    changed: dict[str, str | None], said: str, tmp_path: Path
) -> None:
    files = {name: content for name, content in {**FILES, **changed}.items() if content is not None}
    assert any(said in fault for fault in faults_of(tmp_path, files=files))


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    assert len(faults_of(tmp_path, KIT.replace("level: 3", "level: 9").replace("undo:", "undone:"))) == 3


def test_what_tests_leave_behind_is_not_handed_over(tmp_path: Path) -> None:
    for path in ("counter/__pycache__/rows.cpython-311.pyc", ".venv/bin/python", ".pytest_cache/x", "a.egg-info/PKG"):
        write(tmp_path / "counter" / "files" / path, "left")
    assert a_kit(tmp_path).files == a_kit(tmp_path / "clean").files


def test_a_kit_is_offered_only_where_it_brings_an_item_further(tmp_path: Path) -> None:
    three = a_kit(tmp_path)
    four = replace(three, id="other", serves=(Service("data-validation", 4, "By another way."),))
    known = Catalogue((three, four))
    assert known.kits_for("data-validation", 2) == (four, three)
    assert known.kits_for("data-validation", 3) == (four,)
    assert known.kits_for("data-validation", 4) == ()
    assert known.kits_for("rollback") == ()


def test_an_unknown_kit_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownKit, match='There is no kit "clock"; choose one of counter'):
        a_catalogue(tmp_path).kit("clock")


def test_the_kits_that_ship_can_be_read_and_serve_items_of_the_checklist() -> None:
    for kit in the_kits().kits:
        assert kit.serves, kit.id
        assert all(the_checklist().has(one.item) for one in kit.serves)
