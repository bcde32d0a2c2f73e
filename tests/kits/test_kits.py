"""Every kit that ships works where somebody unpacks it: its own tests, its style and its types, in its environment."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from checklist.loader import the_checklist
from kits.archive import GUIDE, unpack
from kits.catalogue import ENVIRONMENTS, FOLDER, the_kits
from kits.model import Kit
from tests.kits import environments
from tests.kits.summary import PROPERTY, pytest_terminal_summary

KITS = the_kits().kits
WITH_PYTHON = [kit for kit in KITS if kit.environment]
CHECKLIST = the_checklist()
PATIENCE = 900
MYPY = (
    "--strict", "--ignore-missing-imports", "--no-site-packages", "--allow-subclassing-any",
    "--allow-untyped-decorators", "--cache-dir", os.devnull,
)  # fmt: skip
ACTION = re.compile(r"[\w.-]+/[\w./-]+@(v\d+(\.\d+)*|[0-9a-f]{40})")
PATH = re.compile(r"/|\.(py|toml|ya?ml|txt|md|sh)$")
OURS = re.compile(r"/(tmp/wt|work|root|opt/pypi)\b")


def by_id(kits: list[Kit] | tuple[Kit, ...]) -> Any:
    return pytest.mark.parametrize("kit", kits, ids=[kit.id for kit in kits])


@pytest.fixture
def unpacked(tmp_path: Path) -> Callable[[Kit], Path]:
    def into_an_empty_folder(kit: Kit) -> Path:
        unpack(kit, CHECKLIST, tmp_path / kit.id)
        return tmp_path / kit.id

    return into_an_empty_folder


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """A command as somebody gives it in that folder: nothing of this test run is in its surroundings."""
    ours = ("PYTHON", "PYTEST", "COV_", "CHECKUP_", "VIRTUAL_ENV")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    # A test run that was started in the background ignores interruptions, and what it starts would do so too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.run(
            command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False, timeout=PATIENCE
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.timeout(PATIENCE)
@by_id(WITH_PYTHON)
def test_a_kits_own_tests_pass_where_it_is_unpacked(
    kit: Kit, unpacked: Callable[[Kit], Path], record_property: Callable[[str, object], None]
) -> None:
    python = environments.python_of(kit.environment)
    installed = environments.versions(kit.environment, kit.libraries)
    served = ", ".join(f"{one.item} {one.level}" for one in kit.serves)
    record_property(PROPERTY, (kit.id, served, ", ".join(map(str, installed))))
    done = run(unpacked(kit), python, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert installed == kit.libraries
    assert re.search(r"\d+ passed", done.stdout)
    assert not re.search(r"\d+ (skipped|xfailed|xpassed)", done.stdout), done.stdout


@by_id(WITH_PYTHON)
def test_a_kits_code_keeps_its_own_style(kit: Kit, unpacked: Callable[[Kit], Path]) -> None:
    folder = unpacked(kit)
    assert "[tool.ruff" in (folder / "pyproject.toml").read_text(encoding="utf-8")
    for command in (("check",), ("format", "--check")):
        done = run(folder, sys.executable, "-m", "ruff", *command, "--no-cache", ".")
        assert done.returncode == 0, done.stdout


@by_id(WITH_PYTHON)
def test_a_kits_code_is_typed(kit: Kit, unpacked: Callable[[Kit], Path]) -> None:
    done = run(unpacked(kit), sys.executable, "-m", "mypy", *MYPY, ".")
    assert done.returncode == 0, done.stdout


@by_id(KITS)
def test_a_kit_claims_a_level_in_a_sentence_of_its_own(kit: Kit) -> None:
    for service in kit.serves:
        assert CHECKLIST.item(service.item), service
        assert service.by.endswith("."), service
        assert service.by not in CHECKLIST.item(service.item).answers
    assert kit.summary.endswith(".")
    assert kit.needs


@by_id(KITS)
def test_a_step_names_files_that_the_kit_has(kit: Kit) -> None:
    names = {path for path, _ in kit.files} | {GUIDE}
    folders = {f"{parent}/" for path in names for parent in map(str, Path(path).parents)}
    named = {quoted for step in kit.adopt for quoted in re.findall(r"`([^` ]+)`", step) if PATH.search(quoted)}
    assert named <= names | folders, f"{kit.id} has no {', '.join(named - names - folders)}"


@by_id(KITS)
def test_a_kit_holds_nothing_of_this_machine(kit: Kit) -> None:
    for path, content in kit.files:
        assert len(content) < 200_000, path
        assert not OURS.search(content.decode()), path


WORKFLOWS = [
    pytest.param(content.decode(), id=f"{kit.id}/{Path(path).name}")
    for kit in KITS
    for path, content in kit.files
    if path.startswith(".github/workflows/")
]


@pytest.mark.parametrize("text", WORKFLOWS)
def test_a_workflow_may_little_ends_in_time_and_names_its_actions_versions(text: str) -> None:
    workflow = yaml.safe_load(text)
    assert "permissions" in workflow
    for name, job in workflow["jobs"].items():
        assert "uses" in job or job["timeout-minutes"] <= 60, name
        for step in job.get("steps", ()):
            used = step.get("uses", "")
            assert not used or used.startswith("./") or ACTION.fullmatch(used), used


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("text", WORKFLOWS)
def test_a_workflow_is_one_that_github_reads(text: str, tmp_path: Path) -> None:
    actionlint = environments.python_of("monitor").with_name("actionlint")
    (tmp_path / "workflow.yml").write_text(text, encoding="utf-8")
    done = run(tmp_path, actionlint, "-shellcheck=", "-pyflakes=", "-no-color", "workflow.yml")
    assert done.returncode == 0, done.stdout


def test_at_most_three_environments_serve_all_kits() -> None:
    files = {path.stem for path in (FOLDER / ENVIRONMENTS).glob("*.txt")}
    assert len(files) <= 3
    assert {kit.environment for kit in WITH_PYTHON} <= files


def test_the_table_at_the_end_names_each_kit_once_with_what_it_ran_with() -> None:
    """Reports come back from other processes as lists."""
    told: list[str] = []
    tried = SimpleNamespace(
        when="call", passed=True, user_properties=[[PROPERTY, ["counter", "data-validation 3", "pandas 3.1.1"]]]
    )
    before = SimpleNamespace(when="setup", passed=True, user_properties=tried.user_properties)
    reporter = SimpleNamespace(stats={"passed": [before, tried]}, section=told.append, line=told.append)
    pytest_terminal_summary(reporter)
    assert [line.split() for line in told[1:]] == [
        ["counter", "passed", "data-validation", "3"], ["pandas", "3.1.1"],
    ]  # fmt: skip
    told.clear()
    pytest_terminal_summary(SimpleNamespace(stats={}, section=told.append, line=told.append))
    assert told == []
