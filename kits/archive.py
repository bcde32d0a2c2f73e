"""Where do I find how a kit is handed over? Here: as a zip or into a folder, with a page on how to adopt it."""

import io
import os
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from checklist.model import Checklist
from kits.model import Kit

GUIDE = "ADOPT.md"
# A zip knows no time before it, and one that stays the same keeps the bytes the same.
MOMENT = (1980, 1, 1, 0, 0, 0)
UNIX, PLAIN_FILE, PROGRAM = 3, 0o100644 << 16, 0o100755 << 16


class FolderRefused(Exception):
    """A kit that cannot be unpacked there; the message is a sentence."""


def contents(kit: Kit, checklist: Checklist) -> dict[str, bytes]:
    """Every file that somebody gets, by its path: the kit's own and the page on how to adopt it."""
    return dict(sorted({**dict(kit.files), GUIDE: guide(kit, checklist).encode()}.items()))


def zipped(kit: Kit, checklist: Checklist) -> bytes:
    """The kit as a zip with one folder of its name; the same content gives the same bytes."""
    return zip_of({f"{kit.id}/{path}": content for path, content in contents(kit, checklist).items()})


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files in their order; what begins like a script may be run."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, MOMENT)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, UNIX
            entry.external_attr = PROGRAM if _is_program(content) else PLAIN_FILE
            archive.writestr(entry, content)
    return target.getvalue()


def unpack(kit: Kit, checklist: Checklist, folder: Path) -> int:
    """Write the kit into a folder and say how many files; `FolderRefused` before any file there would be lost."""
    files = contents(kit, checklist)
    try:
        in_the_way = [path for path, content in files.items() if _is_other(folder / path, content)]
        if in_the_way:
            raise FolderRefused(
                f'"{folder}" has another {in_the_way[0]}, which is not overwritten; give a folder that is empty or new.'
            )
        for path, content in files.items():
            _write(folder / path, content)
    except OSError as fault:
        raise FolderRefused(f'The kit cannot be written into "{folder}" ({fault.strerror or fault}).') from fault
    return len(files)


def guide(kit: Kit, checklist: Checklist) -> str:
    """How to adopt the kit, as Markdown: what it serves and needs, five steps, the way back, what it was tried with."""
    parts = (
        f"# Adopt the starter kit: {kit.title}",
        kit.summary,
        "## What it brings",
        _listed(f"**{checklist.item(one.item).name}**, Level {one.level}: {one.by}" for one in kit.serves),
        "## What it needs",
        _listed(kit.needs),
        "## Five steps",
        "\n".join(f"{number}. {step}" for number, step in enumerate(kit.adopt, start=1)),
        "## The way back",
        kit.undo,
        "## What it was tried with",
        tried_with(kit),
    )
    return "\n\n".join(parts) + "\n"


def tried_with(kit: Kit) -> str:
    """The libraries and the day: "Checked on 2026-11-23 with pandas 3.0.1"."""
    names = ", ".join(map(str, kit.libraries))
    return f"Checked on {kit.checked.isoformat()}{f' with {names}' if names else ''}."


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _is_program(content: bytes) -> bool:
    return content.startswith(b"#!")


def _is_other(target: Path, content: bytes) -> bool:
    """Whether something else is at this place; a file that is the same already is none."""
    if not os.path.lexists(target):
        return any(one.is_file() for one in target.parents)
    return not target.is_file() or target.read_bytes() != content


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(0o755 if _is_program(content) else 0o644)
