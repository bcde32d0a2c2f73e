"""Workspace files for tests: taken out, taken apart, changed, put together again, and refused in a sentence."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from data.schema import TABLES
from data.store import Store
from exchange.archive import FileRefused
from exchange.workspace import MANIFEST, _fingerprint, export_workspace, import_workspace
from tests.data.builders import OWNER, World

Change = Callable[[dict[str, list[dict[str, Any]]]], object]


def export(world: World) -> bytes:
    return export_workspace(world.store, OWNER, world.workspace, "1.0")


def entries_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(entries: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return target.getvalue()


def with_tables(content: bytes, change: Change) -> bytes:
    """The export with changed rows and a manifest that fits them, as somebody would make it who means harm."""
    entries = entries_of(content)
    tables = {table: [json.loads(line) for line in entries[f"{table}.jsonl"].splitlines()] for table in TABLES}
    change(tables)
    manifest = json.loads(entries[MANIFEST])
    for table, rows in tables.items():
        lines = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
        entries[f"{table}.jsonl"] = lines
        manifest["tables"][table] = _fingerprint(lines)
    entries[MANIFEST] = json.dumps(manifest).encode()
    return zipped(entries)


def with_manifest(content: bytes, **changes: object) -> bytes:
    entries = entries_of(content)
    entries[MANIFEST] = json.dumps({**json.loads(entries[MANIFEST]), **changes}).encode()
    return zipped(entries)


def refusal(store: Store, content: bytes, kind: type[Exception] = FileRefused) -> str:
    """The sentence with which a file is refused; nothing of it is kept."""
    before = store.size().counts
    with pytest.raises(kind) as refused:
        import_workspace(store, OWNER, io.BytesIO(content))
    assert store.size().counts == before
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    return sentence


def without_imports(dump: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """A dump without the one event that bringing it in adds."""
    events = [event for event in dump["audit_events"] if event["event"] != "import-workspace"]
    return {**dump, "audit_events": events}
