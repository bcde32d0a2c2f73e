"""What the start of the app sees to before anybody comes."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig
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


def _settings() -> list[Any]:
    """What the first message of a run says about the app."""
    said: list[Any] = [Config()]
    app_session._populate_config_msg(said[0])
    for section in SECTIONS:
        said.append(CustomThemeConfig())
        app_session._populate_theme_msg(said[-1], section)
    return said


def test_settings_are_read_once_and_sent_as_streamlit_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read anew with each click they were a tenth of the work of a process that serves many people."""
    read = _settings()
    assert all(message.ByteSize() for message in read[:2]), "as .streamlit/config.toml says"
    _remember(monkeypatch)
    assert _settings() == read
    monkeypatch.setattr(config, "get_options_for_section", None)
    monkeypatch.setattr(config, "get_option", None)
    assert _settings() == read


def _remember(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_populate_theme_msg", "_populate_config_msg"):
        monkeypatch.setattr(app_session, name, getattr(app_session, name))
    app._remember_the_settings()


def test_an_empty_part_of_the_theme_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser takes one that is there for a theme that somebody chose."""
    monkeypatch.setattr(app_session, "_populate_theme_msg", lambda _msg, _section: None)
    _remember(monkeypatch)
    message = CustomThemeConfig()
    app_session._populate_theme_msg(message.light, "theme.light")
    assert not message.HasField("light")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no uvloop for Windows")
def test_the_server_runs_on_the_fast_event_loop() -> None:
    """Streamlit takes uvloop where it is installed, and says nothing where it is not."""
    import uvloop

    assert bootstrap._get_uvloop_loop_factory() is uvloop.new_event_loop
