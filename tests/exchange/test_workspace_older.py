"""Workspaces that an earlier version of the app exported: they come in, with nothing of what came since."""

import io
import json
from typing import Any

import pytest

from data.errors import ImportRefused
from data.schema import SINCE, tables_at
from exchange.archive import FileRefused
from exchange.workspace import MANIFEST, _fingerprint, import_workspace
from tests.data.builders import CHECKLIST, OWNER, World, a_store
from tests.exchange.zips import (
    entries_of,
    export,
    refusal,
    with_manifest,
    with_tables,
    without_imports,
    zipped,
)


def test_a_file_of_an_older_app_comes_in_with_nothing_of_what_came_since(world: World) -> None:
    """A workspace as version 1.0.0 wrote it: without the tables that later migrations brought."""
    entries = entries_of(export(world))
    manifest = json.loads(entries[MANIFEST])
    for table in SINCE:
        del entries[f"{table}.jsonl"], manifest["tables"][table]
    for table in ("responses", "health_answers"):
        rows = [
            line for line in entries[f"{table}.jsonl"].splitlines(keepends=True) if not json.loads(line)["respondent"]
        ]
        entries[f"{table}.jsonl"] = b"".join(rows)
        manifest["tables"][table] = _fingerprint(b"".join(rows))
    entries[MANIFEST] = json.dumps({**manifest, "tables_schema": 1}).encode()
    with a_store() as fresh:
        import_workspace(fresh, OWNER, io.BytesIO(zipped(entries)))
        assert fresh.doctor(OWNER, CHECKLIST).is_healthy
        there = fresh.transfer.dump(OWNER, world.workspace)
    here = world.store.transfer.dump(OWNER, world.workspace)
    assert {table: there[table] for table in SINCE} == {table: [] for table in SINCE}
    assert (there["systems"], there["assessments"]) == (here["systems"], here["assessments"])


def test_a_table_that_the_manifest_does_not_name_is_refused(world: World) -> None:
    entries = entries_of(export(world))
    manifest = json.loads(entries[MANIFEST])
    del manifest["tables"]["respondents"]
    older = {**manifest, "tables_schema": 1, "tables": {name: manifest["tables"][name] for name in tables_at(1)}}
    for wrong, words in ((manifest, "the tables are not those"), (older, "is not what the manifest says")):
        content = zipped({**entries, MANIFEST: json.dumps(wrong).encode()})
        with a_store() as elsewhere, pytest.raises(FileRefused, match=words):
            import_workspace(elsewhere, OWNER, io.BytesIO(content))


def test_a_file_from_before_lenses_comes_in_and_sees_the_whole(world: World) -> None:
    def forget(tables: dict[str, list[dict[str, Any]]]) -> None:
        for row in tables["assessments"]:
            del row["lens"]

    content = with_manifest(with_tables(export(world), forget), tables_schema=1)
    with a_store() as fresh:
        import_workspace(fresh, OWNER, io.BytesIO(content))
        there = without_imports(fresh.transfer.dump(OWNER, world.workspace))
        assert there == world.store.transfer.dump(OWNER, world.workspace)
        assert fresh.assessments.get(OWNER, world.draft).lens == "whole"


def test_a_file_of_today_without_a_lens_is_refused(world: World) -> None:
    content = with_tables(export(world), lambda tables: tables["assessments"][0].pop("lens"))
    with a_store() as elsewhere:
        sentence = refusal(elsewhere, content, ImportRefused)
    assert "assessments, row 1: these columns are unknown or missing: lens" in sentence
