import logging
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

import settings
from data.engine import Session
from data.errors import (
    BackupFailed,
    DatabaseAway,
    DatabaseDamaged,
    DatabaseForbidden,
    DatabaseNewer,
    DatabaseReadOnly,
    DiskFull,
    EngineUnknown,
    StoreBusy,
    StoreError,
    StoreStopped,
    UnknownId,
    ValueRefused,
)
from data.postgres_faults import while_connecting, while_working
from data.races import LostRace
from data.store import Store, open_store
from scoring.model import Response
from tests.data.builders import OWNER, a_draft, a_store, a_system
from tests.postgres import PASSWORD, Server


@pytest.fixture(scope="module")
def mortal() -> Iterator[Server]:
    """A server that may be stopped."""
    with Server() as server:
        yield server


def refused(url: str, kind: type[StoreError], migrate_url: str | None = None) -> str:
    """The sentence with which a database does not open; it holds no password."""
    with pytest.raises(kind) as refusal:
        open_store(url, migrate_url=migrate_url)
    return fit_for_people(refusal.value)


def fit_for_people(refusal: BaseException) -> str:
    sentence = str(refusal)
    assert PASSWORD not in sentence
    assert "psycopg" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_server_that_goes_away_is_said_and_works_again_when_it_is_back(mortal: Server) -> None:
    with a_store(mortal.url(mortal.database())) as store:
        draft = a_draft(store, data_1=2).id
        for how in (signal.SIGINT, signal.SIGQUIT):
            mortal.stop(how)
            for _ in range(3):
                with pytest.raises(DatabaseAway, match="The database does not answer") as refusal:
                    store.responses.save(OWNER, draft, "data-1", Response.rated(5), expected=1)
                fit_for_people(refusal.value)
            with pytest.raises(DatabaseAway):
                store.ping()
            mortal.start()
            assert store.responses.of(OWNER, draft)["data-1"].response == Response.rated(2)
            store.ping()
        assert store.responses.save(OWNER, draft, "data-1", Response.rated(5), expected=1).version == 2


def test_connections_that_were_lost_while_they_lay_idle_are_replaced_unnoticed(mortal: Server) -> None:
    with a_store(mortal.url(mortal.database())) as store:
        mortal.stop()
        mortal.start()
        assert a_system(store).name == "Churn model"


def test_a_server_that_dies_in_the_middle_of_a_change_keeps_nothing_of_it(mortal: Server) -> None:
    with a_store(mortal.url(mortal.database())) as store:

        def work(session: Session) -> None:
            session.run("insert into pulses (name, beat) values ('x', 'half')")
            mortal.stop(signal.SIGQUIT)
            session.run("insert into pulses (name, beat) values ('y', 'half')")

        with pytest.raises(DatabaseAway, match="nothing of this was saved"):
            store._desk.engine.write(work)
        mortal.start()
        assert store._desk.engine.read(lambda session: session.rows("select * from pulses")) == []


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    sentence = refused(f"postgresql://app:{PASSWORD}@127.0.0.1:1/checkup?connect_timeout=2", DatabaseAway)
    assert "postgresql://app@127.0.0.1:1/checkup" in sentence


def test_who_is_not_let_in_is_told_so(postgres: Server) -> None:
    wrong = postgres.url("postgres").replace(PASSWORD, "wr0ng")
    for url in (wrong, postgres.url("postgres", user="stranger")):
        sentence = refused(url, DatabaseForbidden)
        assert "correct user and password" in sentence
        assert "wr0ng" not in sentence


def test_a_database_that_is_not_there_is_named(postgres: Server) -> None:
    assert "/nowhere; create it there" in refused(postgres.url("nowhere"), DatabaseForbidden)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://app:{PASSWORD}@host:port/db",
        f"postgresql://app:{PASSWORD}/@[host/db",
        f"postgresql://app:7/{PASSWORD}@host/db",
        f"postgresql://app:7#/{PASSWORD}@host/db",
        f"postgresql://app:7@{PASSWORD}@host/db",
        f"postgresql://app:{PASSWORD}@host/",
        f"postgresql://app:{PASSWORD}@host/db?no_such_setting=1",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(url: str) -> None:
    assert "postgresql://user:password@host:5432/database" in refused(url, EngineUnknown)


def test_a_fault_of_the_owners_address_names_its_own_setting(postgres: Server) -> None:
    sentence = refused(postgres.url("postgres"), DatabaseForbidden, migrate_url=postgres.url("postgres", "stranger"))
    assert sentence.endswith("correct user and password in CHECKUP_MIGRATE_URL.")
    assert "CHECKUP_MIGRATE_URL" in refused(postgres.url("postgres"), EngineUnknown, migrate_url=f"x:{PASSWORD}@h/d")


def test_a_database_that_cannot_hold_every_name_is_refused(postgres: Server) -> None:
    postgres.admin("create database latin template template0 encoding 'LATIN1' locale 'C'")
    assert "make one with UTF8" in refused(postgres.url("latin"), DatabaseDamaged)
    postgres.drop("latin")


def test_a_database_of_a_newer_app_or_of_another_program_is_refused(postgres: Server, own_database: str) -> None:
    url = postgres.url(own_database)
    postgres.admin("insert into schema_migrations values (9000, 'future', now())", database=own_database)
    assert "has schema 9000" in refused(url, DatabaseNewer)
    postgres.admin("drop table schema_migrations", database=own_database)
    assert "tables of another program" in refused(url, DatabaseDamaged)


def test_a_server_without_a_free_connection_says_so(postgres: Server, own_database: str) -> None:
    postgres.admin(
        f"create role lonely login password '{PASSWORD}' connection limit 1 in role pg_read_all_data",
        f"alter database {own_database} owner to lonely",
    )
    with psycopg.connect(postgres.url(own_database, user="lonely")):
        assert "no connection left" in refused(postgres.url(own_database, user="lonely"), StoreBusy)
    postgres.drop(own_database)
    postgres.admin("drop role lonely")


def test_more_people_at_once_than_connections_wait_and_then_are_told(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.postgres.POOL", 2)
    monkeypatch.setattr("data.postgres.POOL_WAIT_S", 0.2)
    inside, enough = threading.Barrier(3), threading.Event()

    def hold(session: Session) -> None:
        inside.wait(60)
        enough.wait(60)

    with a_store(postgres_url) as store, ThreadPoolExecutor(2) as threads:
        holding = [threads.submit(store._desk.engine.read, hold) for _ in range(2)]
        inside.wait(60)
        with pytest.raises(StoreBusy, match="no connection left") as refusal:
            store.ping()
        fit_for_people(refusal.value)
        enough.set()
        for one in holding:
            one.result()
        store.ping()


def test_a_server_that_takes_no_changes_is_read_and_said(postgres: Server, own_database: str) -> None:
    postgres.admin(f"alter database {own_database} set default_transaction_read_only = on")
    postgres.admin(
        "set default_transaction_read_only = off",
        "insert into workspaces (id, name, created_at) values ('w', 'Team', now())",
        database=own_database,
    )
    with a_store(postgres.url(own_database)) as store:
        assert [one.name for one in store.workspaces.all(OWNER)] == ["Team"]
        with pytest.raises(DatabaseReadOnly, match="takes no changes at the moment") as refusal:
            store.workspaces.create(OWNER, "Second")
        fit_for_people(refusal.value)


def test_a_question_that_takes_too_long_is_stopped(postgres_url: str) -> None:
    def work(session: Session) -> None:
        session.run("set local statement_timeout = '20ms'")
        session.rows("select pg_sleep(60)")

    with a_store(postgres_url) as store:
        with pytest.raises(StoreBusy, match="took too long"):
            store._desk.engine.read(work)
        store.ping()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("40001", LostRace),
        ("40P01", LostRace),
        ("23505", LostRace),
        ("53100", DiskFull),
        ("53300", StoreBusy),
        ("55P03", StoreBusy),
        ("57014", StoreBusy),
        ("25006", DatabaseReadOnly),
        ("42501", DatabaseForbidden),
        ("57P01", DatabaseAway),
        ("08006", DatabaseAway),
        ("23514", ValueRefused),
        ("22003", ValueRefused),
        ("42P01", StoreError),
    ],
)
def test_each_fault_has_its_sentence(code: str, kind: type[StoreError]) -> None:
    refusal = while_working(psycopg.errors.lookup(code)("what the server says"))
    assert type(refusal) is kind
    fit_for_people(refusal)


def test_a_standing_refusal_of_connections_is_known_by_its_words() -> None:
    for words in ("FATAL: sorry, too many clients already", "FATAL: remaining connection slots are reserved for roles"):
        assert isinstance(while_connecting(psycopg.OperationalError(words), "x", "X"), StoreBusy)
    starting = psycopg.OperationalError("FATAL: the database system is starting up")
    assert isinstance(while_connecting(starting, "x", "X"), DatabaseAway)


def test_the_password_shows_nowhere(
    postgres_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHECKUP_DATABASE_URL", postgres_url)
    monkeypatch.setenv("CHECKUP_MIGRATE_URL", postgres_url)
    caplog.set_level(logging.DEBUG)
    with a_store(postgres_url) as store:
        engine = store._desk.engine
        shown = [str(store.size()), repr(vars(engine)), repr(settings.read()), caplog.text]
    assert not [text for text in shown if PASSWORD in text]
    assert engine.path.startswith("postgresql://postgres@127.0.0.1:")


def test_a_wanted_id_with_signs_that_no_text_can_hold_is_unknown(postgres_url: str) -> None:
    with a_store(postgres_url) as store:
        for wanted in ("a\0b", "\ud800", "%", "'; drop table systems; --", "é\0"):
            with pytest.raises(UnknownId):
                store.systems.get(OWNER, wanted)


def test_percent_signs_and_quotes_are_text(postgres_url: str) -> None:
    def work(session: Session) -> object:
        return session.rows("select 17 % 5 as rest, '%(x)s' as own, :given as given", given="100% 'of' %s :it")

    with a_store(postgres_url) as store:
        (row,) = store._desk.engine.read(work)  # type: ignore[misc]
    assert row == {"rest": 2, "own": "%(x)s", "given": "100% 'of' %s :it"}


def test_what_is_only_read_can_change_nothing(postgres_url: str) -> None:
    with a_store(postgres_url) as store, pytest.raises(DatabaseReadOnly):
        store._desk.engine.read(lambda session: session.run("delete from pulses"))


def test_a_closed_store_says_so_and_closes_twice(postgres_url: str) -> None:
    store: Store = a_store(postgres_url)
    store.close()
    store.close()
    with pytest.raises(StoreStopped, match="restart the app"):
        store.ping()


def test_a_copy_is_the_operators_work(postgres_url: str, tmp_path: object) -> None:
    with a_store(postgres_url) as store:
        assert "pg_dump" in store.size().no_copy
        assert store.size().bytes > 1_000_000
        with pytest.raises(BackupFailed, match="pg_dump"):
            store._desk.engine.copy_to("x")
