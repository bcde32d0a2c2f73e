"""What the process has in memory is what the database would say, after every change and for everybody."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.actors import Actor
from data.door import Visit
from data.duckdb_file import _DuckDBSession
from data.engine import Row
from data.errors import StoreError
from data.memory import Memory, Noting, clock_was_asked
from data.responses import Responses, saved_responses
from data.store import Store
from scoring.model import UNANSWERED, Response
from tests.data.builders import MEMORY, OWNER, World, a_draft, a_store, a_system, a_world
from tests.data.promises.test_store_matrix import WHO
from tests.data.promises.test_store_permissions import CALLS, LISTS, LOOKING, _methods

Look = tuple[str, Actor, tuple[object, ...]]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _told(methods: dict[str, Any], look: Look) -> object:
    name, actor, arguments = look
    try:
        return methods[name](actor, *arguments)
    except StoreError as refusal:
        return type(refusal), str(refusal)


def _looks(world: World) -> list[Look]:
    """Every way to look, by the owner at every assessment, person and system of the world, and by others."""
    others = [WHO["guest of the system"](world), WHO["respondent"](world)]
    methods = _methods(world.store)
    instead = {
        world.draft: (world.milestone, world.void, world.discarded),
        world.milestone: (world.draft, world.void),
        world.system: (world.archived_system, world.deleted_system),
        world.workspace: (world.other_workspace, world.deleted_workspace),
        world.person: (world.submitted, world.removed),
    }
    found = []
    for name in CALLS:
        if methods[name].action not in LOOKING or name in {*LISTS, "doctor", "backup", "backup_when_due"}:
            continue
        if name == "rescoring.refresh":  # it writes down what it finds
            continue
        arguments = CALLS[name](world)
        found += [(name, actor, arguments) for actor in (OWNER, *others)]
        for other in instead.get(arguments[0], ()) if arguments else ():
            found.append((name, OWNER, (other, *arguments[1:])))
    found += [("responses.of", OWNER, (world.draft, one)) for one in (world.person, world.submitted)]
    return found


# After these too little is left to change; each is tried last in a world of its own.
LAST = (
    "workspaces.archive", "workspaces.delete", "systems.archive", "systems.delete", "systems.purge", "personal.erase",
    "assessments.discard", "respondents.remove", "milestones.make", "milestones.record_from", "deletion.workspace",
)  # fmt: skip
CHANGES = sorted({name for name in CALLS if name not in LISTS})


@pytest.mark.parametrize("last", [None, *LAST])
def test_after_each_change_memory_says_what_the_database_says(last: str | None) -> None:
    with a_store() as store:
        world = a_world(store)
        methods, memory = _methods(store), store._desk.engine.memory
        assert isinstance(memory, Memory)
        changes = [last] if last else [name for name in CHANGES if name not in LAST and _changes(methods[name], name)]
        arguments, looks = {name: CALLS[name](world) for name in changes}, _looks(world)
        for look in looks:
            _told(methods, look)
        done = 0
        for name in changes:
            # Several call what they make "New", and the second of them is refused.
            with suppress(StoreError):
                methods[name](OWNER, *arguments[name])
                done += 1
            held = [_told(methods, look) for look in looks]
            memory.forget()
            true = [_told(methods, look) for look in looks]
            assert [look for look, one, other in zip(looks, held, true, strict=True) if one != other] == [], name
        assert done == 1 if last else done > 35


def _changes(method: Any, name: str) -> bool:
    return method.action not in LOOKING or name == "rescoring.refresh"


def test_an_answer_leaves_other_assessments_known() -> None:
    """Two hundred people answer at once, and each is still spared what the others do not change."""
    with a_store() as store:
        mine = a_draft(store, a_system(store, "Mine").id, data_1=2).id
        theirs = a_draft(store, a_system(store, "Theirs").id, data_1=2).id
        asked: list[str] = []
        memory = store._desk.engine.memory
        assert memory is not None

        def look(assessment: str) -> Callable[[], object]:
            def read() -> object:
                asked.append(assessment)
                sql = "select item from responses where assessment = :assessment"
                return store._desk.engine.read(lambda session: session.rows(sql, assessment=assessment))

            return lambda: memory.known(("look", assessment), read)

        look(mine)(), look(theirs)()
        store.responses.save(OWNER, mine, "data-1", Response.rated(4), 1)
        look(mine)(), look(theirs)()
        assert asked == [mine, theirs, mine]


ITEMS = ("data-1", "data-10", "data-2", "9", "d--")
NOTES = st.text(max_size=30)
RESPONSES = st.one_of(
    st.builds(Response.rated, st.integers(1, 5), NOTES, st.lists(st.just("https://e.org/é"), max_size=2).map(tuple)),
    st.builds(Response.not_applicable, st.just("out-of-scope"), NOTES),
    st.builds(Response.unknown, NOTES),
    st.just(UNANSWERED),
)


@given(st.lists(st.tuples(st.sampled_from(ITEMS), RESPONSES), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_a_saved_answer_is_known_as_the_database_would_tell_it(answers: list[tuple[str, Response]]) -> None:
    """Whoever answers the next question is spared asking for what was just saved, and sees nothing else for it."""
    with a_store() as store:
        draft, memory = a_draft(store).id, store._desk.engine.memory
        assert isinstance(memory, Memory)
        for item, response in answers:
            seen = store.responses.of(OWNER, draft).get(item)
            store.responses.save(OWNER, draft, item, response, seen.version if seen else None)
            held = list(store.responses.of(OWNER, draft).items())
            memory.forget()
            assert held == list(store.responses.of(OWNER, draft).items())


def test_the_database_is_not_asked_for_what_was_just_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    with a_store() as store:
        draft = a_draft(store, data_1=2, data_2=3).id
        store.responses.of(OWNER, draft)
        asked: list[str] = []
        rows = _DuckDBSession.rows

        def noticed(self: _DuckDBSession, sql: str, **values: Any) -> list[Row]:
            asked.append(sql)
            return rows(self, sql, **values)

        monkeypatch.setattr(_DuckDBSession, "rows", noticed)
        store.responses.save(OWNER, draft, "data-3", Response.rated(5))
        assert list(store.responses.of(OWNER, draft)) == ["data-1", "data-2", "data-3"]
        assert asked == []


@pytest.mark.parametrize(("of", "step"), [(Responses, "_tell"), (Memory, "changing")])
def test_an_answer_that_was_not_kept_is_not_remembered(of: type, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the work breaks after it was written, or the commit."""
    with a_store() as store:
        draft = a_draft(store, data_1=2).id
        before = store.responses.of(OWNER, draft)

        def breaks(*_: object) -> None:
            raise RuntimeError(step)

        monkeypatch.setattr(of, step, breaks)
        with pytest.raises(RuntimeError, match=step):
            store.responses.save(OWNER, draft, "data-1", Response.rated(5), 1)
        # The question to the database, and not the call that it is part of: that one has not become old.
        assert store._desk.engine.read(lambda session: saved_responses(session, draft, "")) == before


def test_what_was_foreseen_counts_only_until_the_next_change() -> None:
    """What is changed after it, or not committed after all, is asked for again."""
    memory, question = Memory(), "select item from responses where assessment = :assessment"
    insert = "insert into {} (assessment) values (:assessment)"
    for table in ("responses", "systems"):
        session = Noting(_Nothing(), memory)
        session.foresee([{"item": "data-1"}], question, assessment="mine")
        session.run(insert.format(table), assessment="mine")
        told = Noting(_Nothing(), memory)
        assert told.rows(question, assessment="mine") == []
        memory.forget()
        with memory.changing(session.changed):
            pass
        session.keep_foreseen()
        kept = [] if table == "responses" else [{"item": "data-1"}]
        assert Noting(_Nothing(), memory).rows(question, assessment="mine") == kept
        # Somebody else answers in the same assessment.
        with memory.changing({("responses", "mine")}):
            pass
        assert Noting(_Nothing(), memory).rows(question, assessment="mine") == []


def test_what_changes_while_it_is_read_is_read_again() -> None:
    memory, told = Memory(), iter(["old", "new"])

    def read() -> str:
        session = Noting(_Nothing(), memory)
        session.rows("select name from systems")
        value = next(told)
        with memory.changing({("systems", "all")}):
            pass
        return value

    assert [memory.known("call", read), memory.known("call", read)] == ["old", "new"]


def test_what_depends_on_the_time_is_not_kept() -> None:
    memory, hours = Memory(), iter(range(3))

    def read() -> datetime:
        clock_was_asked()
        return NOW + timedelta(hours=next(hours))

    assert memory.known("inner", read) < memory.known("inner", read)
    assert memory.known("outer", lambda: memory.known("inner", lambda: 1)) == 1


def test_what_somebody_does_to_a_list_is_their_own_affair() -> None:
    memory = Memory()
    memory.known("call", lambda: [1]).append(2)
    memory.known("call", lambda: [1]).append(3)
    assert memory.known("call", lambda: []) == [1]


def test_the_oldest_goes_first() -> None:
    memory, read = Memory(entries=2), []
    for call in "aabacab":
        memory.known(call, lambda call=call: read.append(call))
    assert "".join(map(str, read)) == "abcb"


def test_a_pass_and_a_token_end_in_memory_too() -> None:
    """Their rows are remembered; whether they are open is asked of the clock each time."""
    moment = [NOW]
    with a_store(MEMORY) as store:
        later = Store(replace(store._desk, clock=lambda: moment[0]))
        system = a_system(store)
        link = later.links.make(OWNER, system.id, "view", expires_at=NOW + timedelta(days=1))
        token = later.tokens.make(OWNER, system.workspace, "CI", "read", NOW + timedelta(days=1))
        opened = later.door.link(link.secret)
        assert opened is not None
        held = later.door.enter(opened)
        assert isinstance(later.door.visit(opened.id, held), Visit)
        assert later.door.token(token.secret) is not None
        moment[0] = NOW + timedelta(days=2)
        assert later.door.visit(opened.id, held) is None
        assert later.door.token(token.secret) is None


class _Nothing:
    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        return []

    def run(self, sql: str, **values: Any) -> None:
        return None
