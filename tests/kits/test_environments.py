"""An environment is installed once, also when two ask at the same time, and again where it was left half."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.kits import environments
from tests.kits.environments import NotInstalled, python_of
from tests.kits.folders import write

# Asks for the environment in a process of its own.
ASK = (
    "import sys, pathlib\n"
    "from tests.kits import environments\n"
    "environments.FOLDER = pathlib.Path(sys.argv[1])\n"
    "print(environments.python_of('bare'))\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Environments of a house that pins nothing, so that nothing is fetched."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(environments, "FOLDER", tmp_path)
    write(tmp_path / "environments" / "bare.txt", "# nothing\n")
    return tmp_path


def test_it_is_installed_once_and_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = python_of("bare")
    assert "Installing what the kits of bare.txt are tested with" in capsys.readouterr().out
    assert python_of("bare") == first
    assert capsys.readouterr().out == ""
    assert first.is_relative_to(folder / "cache" / "mlops-checkup" / "kits")
    assert subprocess.run([first, "-c", "print(1)"], check=True, capture_output=True).stdout == b"1\n"


def test_several_who_ask_at_once_get_the_same_one_installed_once(folder: Path) -> None:
    asked = [
        subprocess.Popen([sys.executable, "-c", ASK, str(folder)], stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    told = [process.communicate()[0] for process in asked]
    assert [process.returncode for process in asked] == [0] * 6
    assert sum("Installing" in one for one in told) == 1
    assert len({one.splitlines()[-1] for one in told}) == 1


def test_one_that_was_left_half_is_made_anew(folder: Path) -> None:
    python = python_of("bare")
    (python.parents[1] / "whole").unlink()
    python.unlink()
    assert python_of("bare").exists()


def test_other_pins_are_another_environment(folder: Path) -> None:
    before = python_of("bare")
    write(folder / "environments" / "bare.txt", "# something\nno-such-library-of-anybody==0.0.1\n")
    with pytest.raises(NotInstalled, match='The environment "bare" of the kits could not be installed'):
        python_of("bare")
    assert before.exists()
