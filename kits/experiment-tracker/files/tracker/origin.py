"""Which code, which data version and which packages a training uses."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tracker.data import Origin
from tracker.problem import Problem


@dataclass(frozen=True)
class Code:
    """A commit, and what in the working tree differs from it."""

    commit: str
    changed: tuple[str, ...]

    @property
    def dirty(self) -> bool:
        return bool(self.changed)


def code(folder: Path, allow_dirty: bool) -> Code:
    """The state of the code in a folder; Problem when it is not committed, unless allowed."""
    try:
        found = Code(git(folder, "rev-parse", "HEAD"), changes(folder))
    except Problem:
        if allow_dirty:
            return Code("", ("no git repository",))
        raise
    if found.dirty and not allow_dirty:
        raise Problem(
            f"The code is not committed ({', '.join(found.changed[:3])}): commit it, or pass "
            "--allow-dirty for a trial that is recorded but never registered."
        )
    return found


def changes(folder: Path) -> tuple[str, ...]:
    """Changed tracked files, and new Python files: both can change what the training does."""
    lines = git(folder, "status", "--porcelain=v1", "--untracked-files=all").splitlines()
    named = [(line[:2], line[2:].strip()) for line in lines]
    return tuple(name for mark, name in named if mark != "??" or name.endswith(".py"))


def data_origin(path: Path, uri: str | None, version: str | None) -> Origin:
    """The versioned source of a file: as named by the caller, or the commit that holds it."""
    if uri and version:
        return Origin(uri, version)
    if uri or version:
        raise Problem("A data version needs both --data-source and --data-version.")
    try:
        name = git(path.parent, "ls-files", "--full-name", "--error-unmatch", "--", path.name)
        changed = git(path.parent, "status", "--porcelain=v1", "--", path.name)
        blob = git(path.parent, "rev-parse", f"HEAD:{name}")
    except Problem:
        name = changed = blob = ""
    if not blob or changed:
        raise Problem(
            f"{path} has no version: commit it unchanged, or say where this version stands with "
            "--data-source ADDRESS --data-version ID."
        )
    return Origin(f"{remote(path.parent)}#{name}", f"git:{blob}")


def remote(folder: Path) -> str:
    """The repository's address without user name and password; its folder if it has none."""
    try:
        return re.sub(r"//[^/@]*@", "//", git(folder, "remote", "get-url", "origin"))
    except Problem:
        return Path(git(folder, "rev-parse", "--show-toplevel")).name


def packages() -> tuple[str, ...]:
    """Every installed package as name==version, sorted."""
    found = {f"{item.metadata['Name']}=={item.version}" for item in metadata.distributions()}
    return tuple(sorted(found, key=str.lower))


def git(folder: Path, *words: str) -> str:
    program = shutil.which("git")
    if program is None:
        raise Problem("git is not installed, so the code's version is unknown.")
    done = subprocess.run(  # noqa: S603 (fixed program, arguments as a list, no shell)
        [program, "-C", str(folder), *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Problem(f"{folder.resolve()} is not in a git repository with a commit.")
    return done.stdout.rstrip("\n")
