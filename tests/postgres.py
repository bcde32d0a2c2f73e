"""A PostgreSQL of the tests' own: on a free loopback port, in a temporary folder, gone when they end."""

import ctypes
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from data.store import open_store

ADMIN = "postgres"
PASSWORD = "s3cret-w0rd"
TEMPLATE = "checkup_template"
USERS = ("postgres", "nobody")
# Tests kill nothing but the app, unless they say so: what the disk keeps is then of no concern.
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ALWAYS = ("shared_buffers=32MB", "max_connections=60", "logging_collector=off", "autovacuum=off", "jit=off")
INSTALL = "These tests need PostgreSQL's server programs; install them (Debian: apt install postgresql) and run again."
PR_SET_PDEATHSIG = 1
_EMPTIED = """
do $$ declare one name; begin
    for one in select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' loop
        execute format('delete from %I', one);
    end loop;
end $$
"""


class Server:
    """One PostgreSQL server; use it in a `with` statement. `safe` makes it keep what it acknowledged, as in use."""

    def __init__(self, safe: bool = False) -> None:
        self.port = _free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="checkup-pg-"))
        self._settings = ALWAYS if safe else (*ALWAYS, *UNSAFE)
        self._user = _server_user()
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        self._has_template = False

    def __enter__(self) -> Self:
        self._init()
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str, user: str = ADMIN, password: str = PASSWORD) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self, *settings: str) -> None:
        """Start it (again) and wait until it answers."""
        options = [option for setting in (*self._settings, *settings) for option in ("-c", setting)]
        command = [_program("postgres"), "-D", self._data, "-p", str(self.port), "-h", "127.0.0.1", *options]
        command += ["-k", str(self._folder)]
        with open(self._folder / "log", "ab") as log:
            self._process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - it makes one call and takes no lock
                **self._user,
            )
        self._wait_until_it_answers()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends every connection in good order, SIGQUIT at once."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def admin(self, *statements: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements as the server's own user; the rows of the last one."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                done = connection.execute(statement)
            return list(done.fetchall()) if done.description else []

    def empty_database(self) -> str:
        """The name of a new database without any table."""
        return self._made("template0")

    def database(self) -> str:
        """The name of a new database in the newest shape, without a workspace: a copy of one that is made once."""
        if not self._has_template:
            self.admin(f"create database {TEMPLATE} template template0 encoding 'UTF8' locale 'C.UTF-8'")
            open_store(self.url(TEMPLATE)).close()
            self.sweep(TEMPLATE)
            self._has_template = True
        return self._made(TEMPLATE)

    def sweep(self, database: str) -> None:
        """Leave nothing in it and nobody connected; some ten times faster than a new one."""
        rest = """select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()"""
        # The server's own user may leave triggers out; the app's never may.
        self.admin(rest, "set session_replication_role = replica", _EMPTIED, database=database)

    def drop(self, database: str) -> None:
        self.admin(f"drop database if exists {database} with (force)")

    @cached_property
    def shared(self) -> str:
        """The name of the database that tests use in turn, each sweeping it first."""
        return self.database()

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _made(self, template: str) -> str:
        name = f"checkup_{next(self._numbers)}"
        words = " encoding 'UTF8' locale 'C.UTF-8'" if template == "template0" else ""
        self.admin(f"create database {name} template {template}{words}")
        return name

    def _init(self) -> None:
        if self._user:
            shutil.chown(self._folder, self._user["user"], self._user["group"])
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        subprocess.run(
            [_program("initdb"), "-D", self._data, "-U", ADMIN, "--pwfile", str(secret), "--auth=scram-sha-256",
             "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, capture_output=True, cwd=self._folder, **self._user,
        )  # fmt: skip

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self._process.poll() is None, (self._folder / "log").read_text()
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.02)
        raise AssertionError("PostgreSQL did not start: " + (self._folder / "log").read_text())


def _program(name: str) -> str:
    """Debian keeps the server's programs beside the way of the shell, one folder for each version."""
    known = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(known[-1]) if known else shutil.which(name)
    if found is None:
        raise RuntimeError(INSTALL)
    return found


def _server_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: for root, who runs it instead."""
    if os.getuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known[next(name for name in USERS if name in known)]
    return {"user": user.pw_name, "group": user.pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    """A test run that is killed takes its server with it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
