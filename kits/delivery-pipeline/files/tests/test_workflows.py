"""What the workflows promise: valid, pinned, fewest rights, no way around staging."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from stand_ins import FOLDER

# By name, since a repository may have workflows of its own beside them.
NAMES = ["delivery.yml", "rollback.yml"]
WORKFLOWS = [FOLDER / ".github" / "workflows" / name for name in NAMES]
DEPENDABOT = FOLDER / ".github" / "dependabot.yml"


def workflow(name: str) -> dict[Any, Any]:
    text = (FOLDER / ".github" / "workflows" / name).read_text(encoding="utf-8")
    document: dict[Any, Any] = yaml.safe_load(text)
    return document


def jobs(name: str) -> dict[str, Any]:
    found: dict[str, Any] = workflow(name)["jobs"]
    return found


def tool(name: str) -> str:
    """A program of the environment that runs these tests."""
    return str(Path(sys.executable).parent / name)


def test_actionlint_finds_nothing() -> None:
    done = subprocess.run(  # noqa: S603
        [tool("actionlint"), "-no-color", *map(str, WORKFLOWS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=FOLDER,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing() -> None:
    done = subprocess.run(  # noqa: S603
        [
            tool("zizmor"),
            "--offline",
            "--no-progress",
            "--collect=all",
            *map(str, [*WORKFLOWS, DEPENDABOT]),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout + done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_pinned_to_a_commit_and_names_its_version(name: str) -> None:
    text = (FOLDER / ".github" / "workflows" / name).read_text(encoding="utf-8")
    uses = re.findall(r"uses: (.*)", text)
    assert uses
    for use in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)


@pytest.mark.parametrize("name", NAMES)
def test_rights_are_given_job_by_job_and_every_job_ends(name: str) -> None:
    assert workflow(name)["permissions"] == {}
    for job in jobs(name).values():
        assert 0 < job["timeout-minutes"] <= 30
        written = {right for right, way in job["permissions"].items() if way == "write"}
        assert written <= {"packages", "issues"}


def test_nothing_reaches_production_past_tests_validation_and_staging() -> None:
    found = jobs("delivery.yml")
    assert set(found["image"]["needs"]) == {"test", "validate-model"}
    assert found["staging"]["needs"] == "image"
    assert set(found["production"]["needs"]) == {"image", "staging"}


def test_changes_are_tested_on_push_and_pull_request() -> None:
    triggers = workflow("delivery.yml")[True]  # YAML 1.1 reads the word "on" as true
    assert set(triggers) == {"push", "pull_request"}
    for name in ("test", "validate-model", "image"):
        assert "if" not in jobs("delivery.yml")[name]


@pytest.mark.parametrize("environment", ["staging", "production"])
def test_each_environment_releases_its_own_overlay_one_at_a_time(environment: str) -> None:
    job = jobs("delivery.yml")[environment]
    command = job["steps"][-1]["run"]
    assert f"--overlay deploy/overlays/{environment} " in command
    assert f"--namespace model-{environment} " in command
    assert job["environment"]["name"] == environment
    assert job["concurrency"] == {"group": environment, "cancel-in-progress": False}
    assert job["if"] == "github.event_name == 'push'"


def test_a_rollback_waits_for_a_release_in_the_same_environment() -> None:
    job = jobs("rollback.yml")["rollback"]
    assert job["concurrency"]["group"] == job["environment"]["name"] == "${{ inputs.environment }}"


def test_every_failure_is_reported() -> None:
    found = jobs("delivery.yml")
    assert set(found["report-failure"]["needs"]) == set(found) - {"report-failure"}
