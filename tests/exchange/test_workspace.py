"""Workspaces as files: what goes out comes back, and what is not whole is refused."""

import io
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import ImportRefused, StoreError
from data.store import Store
from exchange import archive
from exchange.archive import FileRefused
from exchange.workspace import MANIFEST, _fingerprint, export_workspace, import_workspace
from tests.data.builders import CHECKLIST, OWNER, World, a_store, the_workspace
from tests.exchange.zips import Change, entries_of, export, refusal, with_manifest, with_tables, without_imports, zipped


def test_a_workspace_comes_back_with_every_row_id_and_time(world: World, fresh: Store) -> None:
    imported = import_workspace(fresh, OWNER, io.BytesIO(export(world)))
    there = fresh.transfer.dump(OWNER, world.workspace)
    assert without_imports(there) == world.store.transfer.dump(OWNER, world.workspace)
    assert fresh.answers(OWNER, world.draft) == world.store.answers(OWNER, world.draft)
    assert fresh.history.latest(OWNER, world.workspace) == world.store.history.latest(OWNER, world.workspace)
    assert fresh.doctor(OWNER, CHECKLIST).is_healthy
    assert imported.summary == 'The workspace "My workspace" is here; systems: 4, assessments: 4.'


def test_what_was_deleted_can_be_brought_back_after_the_move(world: World, fresh: Store) -> None:
    import_workspace(fresh, OWNER, io.BytesIO(export(world)))
    assert fresh.systems.undelete(OWNER, world.deleted_system).name == "Gone"
    assert fresh.assessments.recover(OWNER, world.discarded).is_draft
    assert fresh.assessments.unvoid(OWNER, world.void).name == "Mistaken"


def test_bringing_it_in_is_one_more_event_in_its_trail(world: World, fresh: Store) -> None:
    import_workspace(fresh, OWNER, io.BytesIO(export(world)))
    there, here = (store.audit.events(OWNER, world.workspace, limit=1000) for store in (fresh, world.store))
    assert {event.id for event in there} > {event.id for event in here}
    assert [event.event for event in there if event.id not in {event.id for event in here}] == ["import-workspace"]


def test_equal_workspaces_are_equal_bytes(world: World) -> None:
    assert export(world) == export(world)


def test_the_same_workspace_is_never_there_twice(world: World, fresh: Store) -> None:
    content = export(world)
    import_workspace(fresh, OWNER, io.BytesIO(content))
    assert 'is here already ("My workspace", in use)' in refusal(fresh, content, ImportRefused)
    fresh.workspaces.delete(OWNER, world.workspace)
    assert "deleted but can be brought back" in refusal(fresh, content, ImportRefused)


def test_a_file_on_disk_is_read_and_a_missing_one_named(world: World, fresh: Store, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"nothing.zip.*cannot be read"):
        import_workspace(fresh, OWNER, tmp_path / "nothing.zip")
    (tmp_path / "export.zip").write_bytes(export(world))
    assert import_workspace(fresh, OWNER, tmp_path / "export.zip").counts["systems"] == 4


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\x00" * 100])
def test_what_is_no_zip_is_refused(elsewhere: Store, content: bytes) -> None:
    assert "no zip file" in refusal(elsewhere, content)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_zip_is_refused(world: World, elsewhere: Store, share: float) -> None:
    content = export(world)
    assert "cut off" in refusal(elsewhere, content[: int(len(content) * share)])


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_a_zip_with_one_changed_byte_is_taken_whole_or_refused(data: st.DataObject) -> None:
    with a_store() as store, a_store() as elsewhere:
        store.systems.create(OWNER, the_workspace(store).id, "Churn")
        content = bytearray(export_workspace(store, OWNER, the_workspace(store).id))
        content[data.draw(st.integers(0, 10_000)) % len(content)] ^= data.draw(st.integers(1, 255))
        before = elsewhere.size().counts["systems"]
        try:
            import_workspace(elsewhere, OWNER, io.BytesIO(bytes(content)))
        except (FileRefused, ImportRefused):
            assert elsewhere.size().counts["systems"] == before
        else:
            assert elsewhere.size().counts["systems"] == before + 1


@pytest.mark.parametrize("name", ["/etc/passwd", "../out.jsonl", "a/../../b", "..\\out", "C:evil", "a\\b"])
def test_a_path_that_leads_out_of_the_zip_is_refused(world: World, elsewhere: Store, name: str) -> None:
    content = zipped({**entries_of(export(world)), name: b"x"})
    assert "leads out of it" in refusal(elsewhere, content)


def test_an_entry_that_does_not_belong_is_refused(world: World, elsewhere: Store) -> None:
    content = zipped({**entries_of(export(world)), "extra.txt": b"x"})
    assert '"extra.txt", which is no part of a workspace' in refusal(elsewhere, content)


def test_an_entry_that_is_missing_is_named(world: World, elsewhere: Store) -> None:
    entries = entries_of(export(world))
    del entries["fixes.jsonl"]
    assert 'no "fixes.jsonl"' in refusal(elsewhere, zipped(entries))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_is_there_twice_is_refused(world: World, elsewhere: Store) -> None:
    target = io.BytesIO(export(world))
    with zipfile.ZipFile(target, "a") as opened:
        opened.writestr("systems.jsonl", b"")
    assert '"systems.jsonl" 2 times' in refusal(elsewhere, target.getvalue())


def test_too_many_entries_are_refused(world: World, elsewhere: Store) -> None:
    content = zipped({**entries_of(export(world)), **{f"extra-{n}": b"" for n in range(archive.ENTRIES)}})
    assert f"at most {archive.ENTRIES}" in refusal(elsewhere, content)


def test_a_zip_bomb_is_refused_by_what_really_comes_out(world: World, elsewhere: Store) -> None:
    content = zipped({**entries_of(export(world)), "responses.jsonl": b"\n" * (4 * archive.RATIO_FREE)})
    assert "far more than data does" in refusal(elsewhere, content)


def test_a_zip_that_unpacks_to_too_much_is_refused(
    world: World, elsewhere: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "TOTAL_BYTES", 1000)
    assert "holds more than" in refusal(elsewhere, export(world))


def test_a_symbolic_link_is_read_as_its_bytes_and_never_followed(
    world: World, elsewhere: Store, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret")
    entries = entries_of(export(world))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in entries.items():
            link = zipfile.ZipInfo(name)
            link.external_attr = (stat.S_IFLNK | 0o777) << 16 if name == "fixes.jsonl" else 0
            made.writestr(link, str(tmp_path / "secret").encode() if name == "fixes.jsonl" else content)
    assert "not what the manifest says" in refusal(elsewhere, target.getvalue())


def test_a_changed_row_does_not_fit_its_hash(world: World, elsewhere: Store) -> None:
    entries = entries_of(export(world))
    entries["systems.jsonl"] = entries["systems.jsonl"].replace(b"Churn model", b"Churn Model")
    assert '"systems.jsonl" is not what the manifest says' in refusal(elsewhere, zipped(entries))


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b"\xff", b'{"schema": 1}', b"[" * 100_000, b'{"a":1,"a":2}'])
def test_a_manifest_that_is_none_is_refused(world: World, elsewhere: Store, manifest: bytes) -> None:
    content = zipped({**entries_of(export(world)), MANIFEST: manifest})
    assert MANIFEST in refusal(elsewhere, content)


@pytest.mark.parametrize(
    "changes", [{"schema": "mlops-checkup/workspace/9"}, {"tables": {}}, {"tables": []}, {"tables_schema": "new"}]
)
def test_a_manifest_of_something_else_is_refused(world: World, elsewhere: Store, changes: dict[str, object]) -> None:
    assert MANIFEST in refusal(elsewhere, with_manifest(export(world), **changes))


def test_a_file_of_a_newer_app_asks_for_an_update(world: World, elsewhere: Store) -> None:
    sentence = refusal(elsewhere, with_manifest(export(world), tables_schema=9000), ImportRefused)
    assert "has schema 9000" in sentence
    assert "update the app" in sentence


def _into(table: str, row: int = 0, **values: object) -> Change:
    return lambda tables: tables[table][row].update(values)


def _twice(table: str) -> Change:
    return lambda tables: tables[table].append(tables[table][0])


def _another(table: str, **values: object) -> Change:
    return lambda tables: tables[table].append({**tables[table][0], "id": "another", **values})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_into("systems", colour="red"), "unknown or missing: colour"),
        (lambda tables: tables["systems"][0].pop("about"), "unknown or missing: about"),
        (_into("systems", name=7), "systems, row 1: the value of name"),
        (_into("systems", name=None), "the value of name"),
        (_into("systems", name="x" * 201), "the value of name"),
        (_into("systems", name="a\x00b"), "the value of name"),
        (_into("systems", name="Other"), "do not belong together"),
        (_into("systems", about="x" * 10_001), "the value of about"),
        (_into("systems", created_at="yesterday"), "the value of created_at"),
        (_into("systems", created_at="2026-01-01T00:00:00"), "the value of created_at"),
        (_into("systems", workspace="theirs"), "names workspaces 'theirs'"),
        (_into("assessments", system="theirs"), "names systems 'theirs'"),
        (_into("assessments", target="[]"), "the value of target"),
        (_into("assessments", target='{"overall":9,"areas":{}}'), "the value of target"),
        (_into("assessments", failures="{"), "the value of failures"),
        (_into("assessments", lens="Not An Id"), "the value of lens"),
        (_into("responses", rating=True), "the value of rating"),
        (_into("responses", rating=3.5), "the value of rating"),
        (_into("responses", rating=2**40), "the value of rating"),
        (_into("responses", evidence='[""]'), "the value of evidence"),
        (_into("responses", evidence="5"), "the value of evidence"),
        (_into("responses", assessment="theirs"), "names assessments 'theirs'"),
        (_into("responses", valid_until="soon"), "the value of valid_until"),
        (_into("corrections", assessment="theirs"), "names assessments 'theirs'"),
        (_into("results", record="[]"), "the value of record"),
        (_into("assessment_scores", score_exact="1/0"), "the value of score_exact"),
        (_into("assessment_scores", score_exact="17"), "the value of score_exact"),
        (_into("audit_events", role="admin"), "the value of role"),
        (_into("audit_events", workspace="theirs"), "names workspaces 'theirs'"),
        (_twice("responses"), "is there twice"),
        (_twice("systems"), "is there twice"),
        (_another("workspaces"), "holds 2 workspaces"),
        (lambda tables: tables["workspaces"].clear(), "holds 0 workspaces"),
        (_another("systems", name="CHURN MODEL"), "share a name"),
    ],
)
def test_rows_that_do_not_fit_are_refused_whole(world: World, elsewhere: Store, change: Change, words: str) -> None:
    assert words in refusal(elsewhere, with_tables(export(world), change), ImportRefused)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("responses", {"rating": 6}),
        ("responses", {"state": "guessed"}),
        ("responses", {"version": 0}),
        ("assessments", {"status": "lost"}),
        ("fixes", {"state": "later"}),
        ("assessment_scores", {"level": 9}),
    ],
)
def test_values_that_the_tables_refuse_are_refused_whole(
    world: World, elsewhere: Store, table: str, values: dict[str, Any]
) -> None:
    refusal(elsewhere, with_tables(export(world), _into(table, **values)), StoreError)


def test_ids_of_another_workspace_are_never_taken_over(world: World) -> None:
    """Somebody renames the workspace in an export and brings its systems in again."""

    def rename(tables: dict[str, list[dict[str, Any]]]) -> None:
        tables["workspaces"][0]["id"] = "renamed"
        for row in (*tables["systems"], *tables["audit_events"]):
            row["workspace"] = "renamed"

    content = with_tables(export(world), rename)
    assert "in use by another workspace" in refusal(world.store, content, ImportRefused)


def test_lines_that_are_no_rows_are_named_by_their_number(world: World, elsewhere: Store) -> None:
    entries = entries_of(export(world))
    manifest = json.loads(entries[MANIFEST])
    for line, words in ((b"5\n", "fixes.jsonl:1: this line is no row"), (b'{"a": NaN}\n', "fixes.jsonl:1: this is no")):
        manifest["tables"]["fixes"] = _fingerprint(line)
        content = zipped({**entries, "fixes.jsonl": line, MANIFEST: json.dumps(manifest).encode()})
        assert words in refusal(elsewhere, content)
