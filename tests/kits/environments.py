"""The environments that kits are tested in, installed once outside the checkout: python -m tests.kits.environments."""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kits.catalogue import ENVIRONMENTS, FOLDER, pins, the_kits
from kits.model import Library

TOLD = ("Collecting ", "Installing collected ")
VERSIONS = (
    "import sys, importlib.metadata as m\n"
    "for name in sys.argv[1:]: print(m.version(name))\n"
)  # fmt: skip


class NotInstalled(Exception):
    """An environment that could not be made; the message is a sentence."""


def python_of(name: str) -> Path:
    """The Python of an environment, which is installed first where it is not there yet.

    It is built in its place, because scripts know the place they were installed in; a file says when it is whole.
    Who comes meanwhile waits for the lock.
    """
    requirements = FOLDER / ENVIRONMENTS / f"{name}.txt"
    place = cache() / _fingerprint(requirements)
    whole = place / "whole"
    if not whole.exists():
        with _alone(place):
            if not whole.exists():
                _build(name, requirements, place)
                whole.touch()
    return place / "bin" / "python"


def versions(name: str, libraries: tuple[Library, ...]) -> tuple[Library, ...]:
    """What is really installed of these libraries."""
    names = [library.name for library in libraries]
    found = subprocess.run(
        [python_of(name), "-c", VERSIONS, *names], capture_output=True, text=True, check=True
    ).stdout.split()  # fmt: skip
    return tuple(Library(*one) for one in zip(names, found, strict=True))


def cache() -> Path:
    """Outside the checkout, so that a clean one need not install anything."""
    root = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(root) / "mlops-checkup" / "kits"


def _fingerprint(requirements: Path) -> str:
    wanted = [line for _, line, _ in pins(requirements.read_text(encoding="utf-8"))]
    told = "\n".join((platform.python_version(), platform.platform(), sys.base_prefix, *wanted))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(name: str, requirements: Path, place: Path) -> None:
    print(f"Installing what the kits of {requirements.name} are tested with (once) ...", flush=True)
    begun = time.monotonic()
    shutil.rmtree(place, ignore_errors=True)  # what an interrupted run has left
    wants_any = any(pins(requirements.read_text(encoding="utf-8")))
    _run(name, [sys.executable, "-m", "venv", *(() if wants_any else ("--without-pip",)), str(place)])
    if wants_any:
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
        _run(name, [*pip, "--progress-bar=off", "-r", str(requirements)])
    print(f"  {name} is there after {time.monotonic() - begun:.0f} s.", flush=True)


def _run(name: str, command: list[str]) -> None:
    """Run it and show where it is; what it said last is the reason when it fails."""
    last = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            last = line.strip() or last
            if line.startswith(TOLD):
                print(f"  {line.partition(' (from ')[0].strip()[:100]}", flush=True)
    if process.returncode:
        raise NotInstalled(
            f'The environment "{name}" of the kits could not be installed ({last[:200]}); it needs a package registry '
            "the first time."
        )


def main() -> int:
    """Install every environment that a kit needs and that is not there yet."""
    try:
        for name in sorted({kit.environment for kit in the_kits().kits if kit.environment}):
            python_of(name)
    except NotInstalled as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
