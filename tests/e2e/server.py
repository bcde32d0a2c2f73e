"""The real server of the browser tests: `python app.py` as a process of its own, to start, stop and kill."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import TypeVar

from data.store import Store, open_store

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "app.py")
START_WITHIN = 120
STOP_WITHIN = 60
# Below what a kernel gives to outgoing connections, so that nobody takes the port while a server is down;
# each process of a parallel run begins somewhere else.
_PORTS = count(20_000 + os.getpid() * 37 % 10_000)


class Server:
    """One app with its own database and port; both stay the same over a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "checkup.duckdb"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.ids: Mapping[str, str] = {}
        self.settings: Mapping[str, str] = {}
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """Everything that the server has written so far, over all its starts."""
        return self._log.read_text("utf-8") if self._log.exists() else ""

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "The server was not started."
        return self._process

    def start(self) -> None:
        """Start it and return as soon as it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                list(COMMAND), cwd=ROOT, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(START_WITHIN * 20):
            if answers(self.port):
                return
            assert still_runs(self._process, 0.05), f"The server ended before it answered:\n{self.log}"
        raise AssertionError(f"The server did not answer within {START_WITHIN} seconds:\n{self.log}")

    def environment(self) -> dict[str, str]:
        """What the app is told: where its data lies and where it listens."""
        told = {"CHECKUP_DATABASE_URL": f"duckdb:///{self.database}", "HOST": "127.0.0.1", "PORT": str(self.port)}
        # Nobody signs in, whatever the secrets of this machine say.
        return {**os.environ, "CHECKUP_SECRETS": os.devnull, **told, **self.settings}

    def kill(self) -> None:
        """As a power cut would end it: no signal that the server could handle."""
        self.process.kill()
        self.process.wait(STOP_WITHIN)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to stop; it has to do so by itself, with the database closed and without a word of complaint."""
        self.process.send_signal(how)
        code = self.process.wait(STOP_WITHIN)
        # Either is customary: to end as if by itself, or to pass the signal on once all is put away.
        assert code in (0, -how, 128 + how), f"The server ended with the exit code {code}:\n{self.log}"
        assert not self.database.with_suffix(".duckdb.wal").exists(), "The server left its database open."

    def end(self) -> None:
        """After a test: stopped, whatever has happened to it."""
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def with_store(self, work: Callable[[Store], T]) -> T:
        """Look into the database, or fill it, while the server is not running."""
        store = open_store(f"duckdb:///{self.database}")
        try:
            return work(store)
        finally:
            store.close()

    def run_once(self, **changes: str) -> "subprocess.CompletedProcess[str]":
        """Start a second app with the same settings but for `changes`, and wait until it gives up."""
        return subprocess.run(
            list(COMMAND), cwd=ROOT, env=self.environment() | changes, capture_output=True, text=True,
            timeout=START_WITHIN, check=False,
        )  # fmt: skip


def free_port() -> int:
    """A port on this machine that nobody listens on."""
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("The ports never end.")


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def still_runs(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait for the end of the process, but no longer than `seconds`."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False
