import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from data.engine import Session
from data.errors import AlreadySubmitted, Conflict, MilestoneIsFrozen, NameTaken
from data.store import Store
from scoring.model import Response
from tests.data.builders import CHECKLIST, OWNER, a_draft, a_store, a_system, the_workspace
from tests.postgres import Server

_WAITING = """
select count(*) from pg_locks l join pg_database d on d.oid = l.database
where not l.granted and d.datname = '{}'
"""


def in_the_middle(server: Server, store: Store, change: str, meanwhile: object, **values: object) -> Future[object]:
    """Make a change alone; `meanwhile` is called in another thread before it ends, and its future is returned."""
    with ThreadPoolExecutor(1) as threads:

        def work(session: Session) -> Future[object]:
            session.run(change, **values)
            other = threads.submit(meanwhile)  # type: ignore[arg-type]
            while not other.done() and server.admin(_WAITING.format(server.shared)) == [(0,)]:
                pass
            assert not other.done(), "it did not wait for its turn"
            return other

        return store._desk.engine.write(work)


def test_an_answer_that_meets_the_making_of_a_milestone_is_refused(postgres: Server, postgres_url: str) -> None:
    with a_store(postgres_url) as here, a_store(postgres_url) as there:
        draft = a_draft(here, data_1=2).id
        made = "update assessments set status = 'milestone', made_at = started_at where id = :id"
        answered = in_the_middle(
            postgres, here, made, lambda: there.responses.save(OWNER, draft, "data-2", Response.rated(3)), id=draft
        )
        with pytest.raises(MilestoneIsFrozen):
            answered.result()
        assert set(here.responses.of(OWNER, draft)) == {"data-1"}


def test_an_answer_that_meets_its_own_submission_is_refused(postgres: Server, postgres_url: str) -> None:
    with a_store(postgres_url) as here, a_store(postgres_url) as there:
        draft = a_draft(here, data_1=2).id
        person = here.respondents.add(OWNER, draft, "Ana").id
        answered = in_the_middle(
            postgres,
            here,
            "update respondents set submitted_at = created_at where id = :id",
            lambda: there.responses.save(OWNER, draft, "data-2", Response.rated(3), respondent=person),
            id=person,
        )
        with pytest.raises(AlreadySubmitted):
            answered.result()


def test_a_name_that_is_being_taken_is_taken(postgres: Server, postgres_url: str) -> None:
    with a_store(postgres_url) as here, a_store(postgres_url) as there:
        system, workspace = a_system(here, "Old"), the_workspace(here).id
        renamed = in_the_middle(
            postgres,
            here,
            "update systems set name = 'Churn', name_key = 'churn' where id = :id",
            lambda: there.systems.create(OWNER, workspace, "CHURN"),
            id=system.id,
        )
        with pytest.raises(NameTaken):
            renamed.result()


def test_of_two_processes_that_save_one_answer_one_wins_and_the_other_sees_it(postgres_url: str) -> None:
    with a_store(postgres_url) as here, a_store(postgres_url) as there:
        draft = a_draft(here, data_1=1).id
        for version in range(1, 21):
            ready = threading.Barrier(2)

            def save(store: Store, note: str, version: int = version, ready: threading.Barrier = ready) -> object:
                ready.wait(60)
                try:
                    return store.responses.save(OWNER, draft, "data-1", Response.rated(3, note), expected=version)
                except Conflict as conflict:
                    return conflict

            with ThreadPoolExecutor(2) as threads:
                given = [threads.submit(save, store, f"{n} {version}") for n, store in enumerate((here, there))]
                outcomes = [one.result() for one in given]
            (lost,) = [one for one in outcomes if isinstance(one, Conflict)]
            (won,) = [one for one in outcomes if not isinstance(one, Conflict)]
            assert lost.stored == won
            assert here.responses.of(OWNER, draft)["data-1"] == won


def test_answers_are_saved_beside_each_other(postgres_url: str) -> None:
    """Neither waits for the other's end: the second is there before the first has finished."""
    with a_store(postgres_url) as here, a_store(postgres_url) as there:
        draft = a_draft(here).id

        def first(session: Session) -> None:
            there.responses.save(OWNER, draft, "data-2", Response.rated(3))
            session.rows("select 1 as n")

        here._desk.engine.write(first, alone=False)
        assert set(here.responses.of(OWNER, draft)) == {"data-2"}
        assert here.doctor(OWNER, CHECKLIST).is_healthy
