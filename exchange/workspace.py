"""How a whole workspace becomes one zip file, and a store's workspace again, without loss.

The zip holds `manifest.json` and, per table, JSON Lines. A workspace keeps its ids, so the same one is
never twice in a store: bringing it in again is refused. It comes in whole or not at all.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from access.actors import Actor
from data.errors import ImportRefused
from data.model import Workspace
from data.schema import SINCE, TABLES, tables_at
from data.store import Store
from exchange.archive import FileRefused, read_entries
from version import VERSION

SCHEMA = "mlops-checkup/workspace/1"
MANIFEST = "manifest.json"
# Equal workspaces are equal bytes, so the zip says nothing about when it was made.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in: the workspace, and rows per table."""

    workspace: Workspace
    counts: Mapping[str, int]

    @property
    def summary(self) -> str:
        """One sentence for the person who imported it."""
        systems, assessments = self.counts["systems"], self.counts["assessments"]
        return f'The workspace "{self.workspace.name}" is here; systems: {systems}, assessments: {assessments}.'


def export_workspace(
    store: Store, actor: Actor, workspace: str, app_version: str = VERSION, with_access: bool = False
) -> bytes:
    """The workspace as the bytes of a zip, with every id, time, deleted system and audit event.

    Members, links and tokens are in it only `with_access`, for a move to another store.
    """
    files = {name: _as_lines(rows) for name, rows in store.transfer.dump(actor, workspace, with_access).items()}
    manifest = {
        "schema": SCHEMA,
        "app": app_version,
        "tables_schema": store.transfer.schema,
        "tables": {name: _fingerprint(content) for name, content in files.items()},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        _add(archive, MANIFEST, json.dumps(manifest, indent=2).encode())
        for name, content in files.items():
            _add(archive, _file(name), content)
    return target.getvalue()


def import_workspace(store: Store, actor: Actor, source: Path | BinaryIO, with_access: bool = False) -> Imported:
    """Bring in what `export_workspace` made, from a path or an open file, whole or not at all.

    `FileRefused` when the file is not right, `ImportRefused` when its rows are not or it is here already.
    """
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                return import_workspace(store, actor, file, with_access)
        except OSError as fault:
            raise FileRefused(f'The file "{source}" cannot be read ({fault.strerror}).') from fault
    contents = read_entries(source, [MANIFEST, *map(_file, tables_at(0))], optional=[*map(_file, SINCE)])
    schema, expected = _checked_manifest(contents[MANIFEST], store.transfer.schema)
    for name in TABLES:
        if expected.get(name, NO_ROWS) != _fingerprint(contents.get(_file(name), b"")):
            raise FileRefused(f'"{_file(name)}" is not what the manifest says; export the workspace again.')
    tables = {name: _as_rows(_file(name), contents.get(_file(name), b"")) for name in TABLES}
    workspace = store.transfer.load(actor, tables, schema, with_access)
    return Imported(workspace, {name: len(rows) for name, rows in tables.items()})


def _file(table: str) -> str:
    return f"{table}.jsonl"


def _as_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def _as_rows(file: str, content: bytes) -> list[Mapping[str, Any]]:
    return [_as_row(f"{file}:{number}", line) for number, line in enumerate(content.splitlines(), start=1)]


def _as_row(where: str, line: bytes) -> Mapping[str, Any]:
    row = _parsed(where, line)
    if not isinstance(row, dict):
        raise FileRefused(f"{where}: this line is no row; export the workspace again.")
    return row


def _parsed(where: str, content: bytes) -> Any:
    try:
        return json.loads(content.decode(), object_pairs_hook=_without_repeats, parse_constant=_refused_constant)
    except (ValueError, RecursionError) as fault:
        raise FileRefused(f"{where}: this is no JSON that this app writes; export the workspace again.") from fault


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("A key is there twice.")
    return dict(pairs)


def _refused_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number.")


def _fingerprint(content: bytes) -> dict[str, Any]:
    return {"rows": content.count(b"\n"), "sha256": hashlib.sha256(content).hexdigest()}


# What the manifest says about a table without rows.
NO_ROWS = _fingerprint(b"")


def _checked_manifest(content: bytes, ours: int) -> tuple[int, Mapping[str, Any]]:
    """The schema that the file was written with, and what it says about each table."""
    manifest = _parsed(MANIFEST, content)
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        raise FileRefused(f"{MANIFEST}: this is no workspace of MLOps Checkup ({SCHEMA}).")
    theirs, tables = manifest.get("tables_schema"), manifest.get("tables")
    if type(theirs) is not int or not isinstance(tables, dict):
        raise FileRefused(f"{MANIFEST}: tables or their schema are missing; export the workspace again.")
    if theirs > ours:
        raise ImportRefused(f"The file has schema {theirs}, this app knows up to {ours}; update the app, import again.")
    if not set(tables_at(theirs)) <= set(tables) <= set(TABLES):
        raise FileRefused(f"{MANIFEST}: the tables are not those of a workspace; export it again.")
    return theirs, tables


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, content)
