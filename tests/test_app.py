"""What the start of the app sees to before anybody comes."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.web.server.starlette import starlette_server

import app
from tests.e2e.server import free_port


def test_answers_are_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it each answer of the API waits 40 ms for the other side's acknowledgement."""
    monkeypatch.setattr(starlette_server, "_bind_socket", starlette_server._bind_socket)
    app._answer_at_once()
    with starlette_server._bind_socket("127.0.0.1", free_port(), 5) as listening:
        address = listening.getsockname()
        with socket.create_connection(address):
            listening.setblocking(True)
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


STARTED = """
import asyncio, sys, threading
import app

whole, start = {}, threading.Thread.start

def noted(thread):
    whole[thread.name] = "pyarrow" in sys.modules
    start(thread)

async def serve():
    async with app.lifespan(None):
        pass

threading.Thread.start = noted
asyncio.run(serve())
print(whole["warm-up"])
"""


def test_no_thread_runs_while_pyarrow_is_imported(tmp_path: Path) -> None:
    """One that asked meanwhile whether a tuple is a mapping heard yes, and no page could be drawn after that."""
    surroundings = os.environ | {"CHECKUP_DATABASE_URL": f"duckdb:///{tmp_path / 'checkup.duckdb'}"}
    said = subprocess.run(
        [sys.executable, "-c", STARTED], capture_output=True, text=True, check=True, env=surroundings,
        cwd=Path(app.__file__).parent,
    )  # fmt: skip
    assert said.stdout.strip() == "True"
