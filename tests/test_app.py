"""What the start of the app sees to before anybody comes."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import uvloop
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.web import bootstrap
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


SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar")


def test_the_theme_is_read_once_and_sent_as_streamlit_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read anew with each click it was a twelfth of the work of a process that serves many people."""
    read = [CustomThemeConfig() for _ in SECTIONS]
    for message, section in zip(read, SECTIONS, strict=True):
        app_session._populate_theme_msg(message, section)
    assert any(message.ByteSize() for message in read), "the theme of .streamlit/config.toml"

    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    app._remember_the_theme()
    for _ in range(2):
        remembered = [CustomThemeConfig() for _ in SECTIONS]
        for message, section in zip(remembered, SECTIONS, strict=True):
            app_session._populate_theme_msg(message, section)
        assert remembered == read
        monkeypatch.setattr(config, "get_options_for_section", None)


def test_an_empty_part_of_the_theme_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser takes one that is there for a theme that somebody chose."""
    monkeypatch.setattr(app_session, "_populate_theme_msg", lambda _msg, _section: None)
    app._remember_the_theme()
    message = CustomThemeConfig()
    app_session._populate_theme_msg(message.light, "theme.light")
    assert not message.HasField("light")


def test_the_server_runs_on_the_fast_event_loop() -> None:
    """Streamlit takes uvloop where it is installed, and says nothing where it is not."""
    assert bootstrap._get_uvloop_loop_factory() is uvloop.new_event_loop
