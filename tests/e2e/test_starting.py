"""How the app starts and ends as a process: one sentence when it cannot start, nothing left behind when it stops."""

import signal
import socket
from pathlib import Path

import pytest

from tests.e2e.conftest import own_server
from tests.e2e.server import Server, free_port
from tests.e2e.stories import a_system

server = own_server(a_system)


def _is_one_sentence(said: str) -> bool:
    return said.startswith("MLOps Checkup cannot start: ") and len(said.strip().splitlines()) == 1


def test_a_port_in_use_is_told_in_one_sentence(server: Server, tmp_path: Path) -> None:
    second = server.run_once(CHECKUP_DATABASE_URL=f"duckdb:///{tmp_path / 'other.duckdb'}")
    assert second.returncode == 2
    assert _is_one_sentence(second.stderr)
    assert f"127.0.0.1:{server.port} is not free" in second.stderr


def test_a_database_in_use_is_told_in_one_sentence(server: Server) -> None:
    second = server.run_once(PORT=str(free_port()))
    assert second.returncode == 2
    assert _is_one_sentence(second.stderr)
    assert "in use by another process" in second.stderr


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"PORT": "soon"}, 'PORT is "soon"'),
        ({"PORT": "70000"}, 'PORT is "70000"'),
        ({"HOST": "no.such.host.invalid"}, "no.such.host.invalid"),
        ({"HOST": "0.0.0.0"}, "add a section [auth]"),  # noqa: S104
        ({"CHECKUP_DATABASE_URL": "mysql://somewhere"}, "mysql"),
        ({"CHECKUP_DATABASE_URL": "duckdb:////proc/no/checkup.duckdb"}, "/proc/no/checkup.duckdb"),
    ],
)
def test_a_setting_that_cannot_work_is_told(told: dict[str, str], complaint: str, tmp_path: Path) -> None:
    refused = Server(tmp_path).run_once(**told)
    assert refused.returncode == 2, refused.stderr
    assert _is_one_sentence(refused.stderr), refused.stderr
    assert complaint in refused.stderr


def test_a_file_that_is_no_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.database.write_text("Dear diary", "utf-8")
    refused = server.run_once()
    assert refused.returncode == 2
    assert _is_one_sentence(refused.stderr), refused.stderr
    assert server.database.read_text("utf-8") == "Dear diary"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_and_gives_the_port_back(how: signal.Signals, server: Server) -> None:
    server.stop(how)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", server.port))
    assert server.log.strip().splitlines()[0].startswith(f"MLOps Checkup runs at http://127.0.0.1:{server.port}")
    assert "Error" not in server.log
    server.start()
