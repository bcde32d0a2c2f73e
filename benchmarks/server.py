"""Where do I find the app as its own process, on a scratch database, with its CPU time and memory?"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from benchmarks.line import BenchmarkFailed

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
PATIENCE_S = 60.0
GLANCE_S = 0.005
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# A tool that runs the benchmarks may forbid bytecode; the second start of a person's app has it.
NOT_HANDED_ON = ("PYTHONDONTWRITEBYTECODE",)


class ServerFailed(BenchmarkFailed):
    """The app did not start or did not answer; the message has its last words."""


class Server:
    """A running app: its address, and what it costs."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self._process = process
        self._log = log
        self.port = port

    @property
    def host(self) -> str:
        return f"{HOST}:{self.port}"

    def cpu_seconds(self) -> float:
        """CPU time that the process has used so far, of the system included (Linux)."""
        # The name of the process may hold spaces and brackets: count from behind its last bracket.
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def memory_bytes(self) -> int:
        """What the process alone holds in memory, without files that it maps (Linux)."""
        line = next(line for line in self._proc("status").splitlines() if line.startswith("RssAnon:"))
        return int(line.split()[1]) * 1024

    def last_words(self) -> str:
        """The last three lines that the process has printed; of a traceback they name the error."""
        return "\n".join(self._log.read_text(encoding="utf-8").split("\n")[-4:]).strip() or "nothing"

    def wait_until_it_answers(self) -> None:
        """Return as soon as `/` is answered with 200; `ServerFailed` after a minute or when the app ended."""
        limit = time.monotonic() + PATIENCE_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > limit:
                self._fail("does not answer")
            time.sleep(GLANCE_S)

    def wait_until_idle(self) -> None:
        """Return when the warm-up is over: a whole second in which the process hardly computes."""
        limit = time.monotonic() + PATIENCE_S
        before = self.cpu_seconds()
        while True:
            time.sleep(1)
            now = self.cpu_seconds()
            if now - before <= 0.02:
                return
            if time.monotonic() > limit:
                self._fail("does not come to rest")
            before = now

    def stop(self) -> None:
        """End the process and let go of the database; by force if it does not end in ten seconds."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()

    def _proc(self, name: str) -> str:
        try:
            return Path(f"/proc/{self._process.pid}/{name}").read_text(encoding="utf-8")
        except FileNotFoundError:
            self._fail("cannot be measured (it has ended, or this system has no /proc; use Linux)")

    def _fail(self, what: str) -> NoReturn:
        raise ServerFailed(f"The app {what}. It said: {self.last_words()}")


@contextmanager
def running(database: Path, code: str | None = None, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """`python app.py` on this DuckDB file and a free port, from the moment of its start to the end of the block.

    It may not answer yet: see `wait_until_it_answers`. `code` is Python text to run instead of the file.
    """
    port = _free_port()
    handed_on = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
    chosen = {"CHECKUP_DATABASE_URL": f"duckdb:///{database}", "HOST": HOST, "PORT": str(port)}
    log = database.with_suffix(".log")
    command = [sys.executable, str(ROOT / "app.py")] if code is None else [sys.executable, "-c", code]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=handed_on | chosen | dict(environment or {}), stdout=out, stderr=out
        )
    server = Server(process, port, log)
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
