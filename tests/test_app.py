"""What the start of the app sees to before anybody comes."""

import socket

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
