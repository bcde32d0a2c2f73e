"""Where do I find a browser tab without a browser: what Chromium sends over the websocket, and what it keeps?"""

import asyncio
import time
import urllib.parse
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from benchmarks.line import BenchmarkFailed

XSRF_COOKIE = "_streamlit_xsrf"
PATIENCE_S = 60.0
FINISHED = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


_Path = tuple[int, ...]


class PageFailed(BenchmarkFailed):
    """The page did not do what the benchmark needs; the message says what."""


@dataclass(frozen=True, slots=True)
class _Widget:
    """A widget as it was drawn last, where on the page, and the fragment that a click on it runs."""

    proto: Any
    path: _Path
    fragment: str


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run of the page, or of some of its fragments, has drawn so far."""

    id: str = ""
    fragments: frozenset[str] = frozenset()
    drawn: set[str] = field(default_factory=set)
    blocks: set[_Path] = field(default_factory=set)

    def removes(self, widget_id: str, widget: _Widget) -> bool:
        """Whether the widget is not on the page after this run: it lay in a part that was drawn anew without it."""
        if widget_id in self.drawn:
            return False
        inside = any(widget.path[:length] in self.blocks for length in range(len(widget.path)))
        return not self.fragments or widget.fragment in self.fragments or inside


class Tab:
    """One page in one tab: it holds every widget's value, as a browser does, and sends them all with each click."""

    def __init__(self, socket: ClientConnection, url: str, query: str) -> None:
        self._socket = socket
        self._url = url
        self._query = query
        self._page = ""
        self._kept: list[str] = []
        self._widgets: dict[str, _Widget] = {}
        self._values: dict[str, WidgetState] = {}
        self._run = _Run()

    async def load(self) -> float:
        """Ask for the page, as after typing its address; seconds until all of it is there."""
        message = self._rerun()
        message.rerun_script.page_name = urllib.parse.urlsplit(self._url).path.strip("/")
        return await self._send(message)

    async def choose(self, key: str, option: int) -> float:
        """Click an option of the radio with this key; seconds until the rerun that follows has ended."""
        widget = self._widget(key)
        radio = widget.proto
        self._values[radio.id].string_value = radio.options[option]
        return await self._send(self._rerun(widget.fragment))

    async def press(self, key: str) -> float:
        """Click the button with this key; seconds until the rerun that follows has ended."""
        button = self._widget(key)
        message = self._rerun(button.fragment)
        message.rerun_script.widget_states.widgets.add(id=button.proto.id, trigger_value=True)
        return await self._send(message)

    def keys(self, prefix: str) -> list[str]:
        """The keys of the widgets now on the page that begin with `prefix`, from top to bottom."""
        in_order = sorted(self._widgets, key=lambda widget_id: self._widgets[widget_id].path)
        return [key for key in map(key_of, in_order) if key.startswith(prefix)]

    def _widget(self, key: str) -> _Widget:
        for widget_id, widget in self._widgets.items():
            if key_of(widget_id) == key:
                return widget
        raise PageFailed(f'The page {self._url}?{self._query} has no widget "{key}"; it has {self.keys("")}.')

    def _rerun(self, fragment: str = "") -> BackMsg:
        message = BackMsg()
        client = message.rerun_script
        client.query_string = self._query
        client.widget_states.SetInParent()
        client.widget_states.widgets.extend(self._values.values())
        client.page_script_hash = self._page
        client.fragment_id = fragment
        client.cached_message_hashes.extend(self._kept)
        about = client.context_info
        about.timezone, about.timezone_offset, about.locale = "UTC", 0, "en-US"
        about.url, about.is_embedded, about.color_scheme = self._url, False, "light"
        return message

    async def _send(self, message: BackMsg) -> float:
        """Seconds from sending to the message that ends the run which it caused."""
        payload = message.SerializeToString()
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._socket.send(payload)
                answer = await self._read_to_the_end()
        except ConnectionClosed:
            raise PageFailed("The server closed the connection; look at the app's log.") from None
        except TimeoutError:
            raise PageFailed(f"No run ended within {PATIENCE_S:.0f} s of a click; look at the app's log.") from None
        took = time.perf_counter() - began
        self._end(answer)
        return took

    async def _read_to_the_end(self) -> ForwardMsg:
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self._socket.recv(decode=False))
            if message.HasField("new_session"):
                identity = message.metadata.run
                self._run = _Run(identity.script_run_id, frozenset(identity.fragment_ids))
            elif message.HasField("script_finished"):
                # A run that ends early is followed by the one that it asked for.
                early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
                if message.metadata.run.script_run_id == self._run.id and not early:
                    return message
            else:
                self._take(message)

    def _end(self, message: ForwardMsg) -> None:
        """A run has ended: what it should have drawn and did not is gone from the page, with its value."""
        if message.script_finished not in FINISHED:
            status = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
            raise PageFailed(f"A run ended with {status}; look at the app's log.")
        gone = [widget_id for widget_id, widget in self._widgets.items() if self._run.removes(widget_id, widget)]
        for widget_id in gone:
            del self._widgets[widget_id]
            self._values.pop(widget_id, None)

    def _take(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable and message.hash not in self._kept:
            self._kept.append(message.hash)
        if message.HasField("navigation"):
            self._page = message.navigation.page_script_hash
        if message.HasField("page_info_changed"):
            self._query = message.page_info_changed.query_string
        elif message.HasField("delta"):
            self._draw(message.delta, tuple(message.metadata.delta_path))

    def _draw(self, delta: Delta, path: _Path) -> None:
        if delta.HasField("add_block"):
            self._run.blocks.add(path)
        kind = delta.new_element.WhichOneof("type") if delta.HasField("new_element") else None
        if kind == "exception":
            raise PageFailed(f"The page shows an error: {delta.new_element.exception.message}")
        widget: Any = getattr(delta.new_element, kind) if kind else None
        widget_id = getattr(widget, "id", "")
        if not widget_id.startswith("$$ID"):
            return
        self._run.drawn.add(widget_id)
        self._widgets[widget_id] = _Widget(widget, path, delta.fragment_id)
        if kind in VALUES and (widget.set_value or widget_id not in self._values):
            self._values[widget_id] = WidgetState(id=widget_id)
            VALUES[kind](self._values[widget_id], widget)


def key_of(widget_id: str) -> str:
    """The key that the app gave a widget: "$$ID-<hash>-answer-data-lineage" is "answer-data-lineage"."""
    return widget_id.split("-", 2)[2]


def _option(state: WidgetState, widget: Any) -> None:
    if widget.set_value:
        if widget.HasField("raw_value"):
            state.string_value = widget.raw_value
    elif widget.HasField("default"):
        state.string_value = widget.options[widget.default]


def _text(state: WidgetState, widget: Any) -> None:
    state.string_value = widget.value if widget.set_value else widget.default


def _several(state: WidgetState, widget: Any) -> None:
    state.string_array_value.SetInParent()
    if widget.set_value:
        state.string_array_value.data.extend(widget.raw_values)


# The widgets of the checklist page that have a value, and what the browser sends for each.
VALUES = {"radio": _option, "selectbox": _option, "text_area": _text, "button_group": _several}


@asynccontextmanager
async def opened(host: str, page: str, query: str) -> AsyncIterator[Tab]:
    """A tab that is connected as Chromium connects: cookie, origin, and the XSRF token as a subprotocol."""
    cookie = await asyncio.to_thread(_xsrf_cookie, host)
    async with connect(
        f"ws://{host}/_stcore/stream",
        origin=Origin(f"http://{host}"),
        subprotocols=[Subprotocol("streamlit"), Subprotocol(cookie)],
        additional_headers={"Cookie": f"{XSRF_COOKIE}={cookie}"},
        max_size=None,
        ping_interval=None,
    ) as socket:
        yield Tab(socket, f"http://{host}/{page}", query)


def _xsrf_cookie(host: str) -> str:
    with urllib.request.urlopen(f"http://{host}/_stcore/health", timeout=PATIENCE_S) as answer:
        cookies = SimpleCookie(answer.headers["Set-Cookie"])
    return cookies[XSRF_COOKIE].value
