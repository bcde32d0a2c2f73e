"""How tests make folders of kits: one whole kit, with what they want changed."""

from pathlib import Path

from checklist.loader import the_checklist
from kits.catalogue import load
from kits.model import Catalogue, Kit

KIT = """\
title: Row counter
summary: It counts rows.
serves:
  - item: data-validation
    level: 3
    by: Rows are counted in each run.
needs: [Python 3.11 or newer]
adopt: [Copy it., Install it., Configure it., Run it., Schedule it.]
undo: Remove the folder.
environment: data
checked: 2026-11-23
"""
PINS = "# Checked 2026-11-23\npandas==3.1.1\npytest==9.2.0  # tests\n"
FILES = {
    "README.md": "# Row counter\n",
    "requirements.txt": "pandas==3.1.1\n",
    "requirements-dev.txt": "-r requirements.txt\npytest==9.2.0\n",
    "run.sh": "#!/bin/sh\necho rows\n",
    "counter/rows.py": "ROWS = 1\n",
}


def a_folder(root: Path, description: str | None = KIT, files: dict[str, str] = FILES, name: str = "counter") -> Path:
    """A folder of kits that holds this one and its environment."""
    write(root / "environments" / "data.txt", PINS)
    if description is not None:
        write(root / name / "kit.yaml", description)
    for path, content in files.items():
        write(root / name / "files" / path, content)
    return root


def a_catalogue(root: Path, description: str | None = KIT, **files: str) -> Catalogue:
    return load(a_folder(root, description, {**FILES, **files}), the_checklist())


def a_kit(root: Path) -> Kit:
    return a_catalogue(root).kit("counter")


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
