"""A kit in a real browser: downloaded from its page or a fix, it unpacks into a folder whose commands run."""

import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from data.store import Store
from tests.e2e.conftest import shared_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.stories import a_draft, a_system, all_rated

pytestmark = pytest.mark.browser

MONITOR = "data-quality-monitor"


def _fill(store: Store) -> dict[str, str]:
    system = a_system(store).id
    a_draft(store, system, all_rated(1))
    return {"system": system}


server = shared_server(_fill)


def _downloaded(person: Person, button: Locator, folder: Path) -> Path:
    with person.page.expect_download(timeout=PATIENCE) as download:
        button.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_a_kit_is_downloaded_and_unpacked_into_files_that_work(
    person: Person, ids: Mapping[str, str], tmp_path: Path
) -> None:
    person.opens("/kits", system=ids["system"])
    person.sees_title("Starter kits")
    file = _downloaded(person, person.key(f"download-kit-{MONITOR}-page").get_by_role("button"), tmp_path)
    assert file.name == f"{MONITOR}.zip"
    zipfile.ZipFile(file).extractall(tmp_path)
    kit = tmp_path / MONITOR
    assert (kit / "ADOPT.md").read_text(encoding="utf-8").startswith("# Adopt the starter kit")
    done = subprocess.run([sys.executable, "-m", "compileall", "-q", str(kit)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_fix_leads_to_its_kit_and_hands_it_over(person: Person, ids: Mapping[str, str], tmp_path: Path) -> None:
    person.opens("/fixes", system=ids["system"])
    row = person.key("fix-row-data-freshness")
    person.unfolds(row)
    button = person.key(f"download-kit-{MONITOR}-data-freshness").get_by_role("button")
    assert zipfile.is_zipfile(_downloaded(person, button, tmp_path))
    row.get_by_role("link", name="About Data quality monitor").click()
    person.sees_title("Starter kits")
    person.sees("All starter kits")


def test_the_fix_pack_comes_as_one_zip(person: Person, ids: Mapping[str, str], tmp_path: Path) -> None:
    person.opens("/fixes", system=ids["system"])
    person.key("take-along").get_by_role("button").first.click()
    file = _downloaded(person, person.key("take-along-pack").get_by_role("button"), tmp_path)
    names = zipfile.ZipFile(file).namelist()
    assert {"START.md", "report.pdf", "report.html", "tickets/github.sh", f"kits/{MONITOR}/ADOPT.md"} <= set(names)
