"""The app's start: `python app.py`, `streamlit run app.py` and `uvicorn app:app` all begin here."""

import gc
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

import logbook
import meters
import settings
from api.listening import OnlyThisMachine
from api.routes import middleware, routes
from api.signing_in import EncryptedCookies, SayWhenItFailed
from data.store import Store
from ui import scripts

YOUNG = 10_000


def _warm_up() -> None:
    """Import what is heavy once the port answers, then take it all out of the garbage collector's sight.

    Sessions make little garbage and the imports make none, so a collection that walks through the imported
    modules only holds everybody up, and so does one after each 700 objects: a page that is drawn makes far more.
    """
    from ui import services

    services.warm_up()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])


def _import_alone() -> None:
    """Import what may not be imported while other threads run: pyarrow, which the charts need.

    It has a class that is a sequence and a mapping. Until Python (3.11) has finished making it, it answers for a
    sequence alone; a thread that asks in this moment whether a tuple is a mapping hears yes, and so does everybody
    after it until the process ends.
    """
    import_module("pyarrow")


def _remember_the_settings() -> None:
    """Write theme and settings into the first message of a run from memory; what `config.toml` says counts from start.

    Streamlit reads some 250 of them for it on each click, in the one thread that talks to browsers.
    """
    from streamlit.runtime import app_session

    for name in ("_populate_theme_msg", "_populate_config_msg"):
        setattr(app_session, name, _remembering(getattr(app_session, name)))


def _remembering(populate: Callable[..., None]) -> Callable[..., None]:
    """`populate`, which writes into the message that it is given: it is asked once for each section of the settings."""
    known: dict[tuple[str, ...], Any] = {}

    def remembered(message: Any, *section: str) -> None:
        if section not in known:
            read = type(message)()
            populate(read, *section)
            known[section] = read
        # Streamlit leaves out a part that nobody has set; a browser takes an empty one for a theme that was chosen.
        if known[section].ByteSize():
            message.MergeFrom(known[section])

    return remembered


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    from ui import accounts, operation, services

    _keep_the_log()
    _check_secrets(accounts.chosen())
    services.open_the_store()
    _import_alone()
    _remember_the_settings()
    logbook.redact_access_log()
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    meters.SESSIONS.set_function(operation.open_sessions)
    backups = operation.keep_backups()
    yield
    if backups:
        backups.stop()
    services.close_the_store()


def say_sorry(error: Exception) -> bool:
    """Visitors see one sentence and an id; the log has the id with the whole story.

    What the store or the permissions say is a sentence already, and no fault of ours.
    """
    from ui import trouble

    trouble.show(error)
    return True


def _keep_the_log() -> None:
    """One form for all lines, also for those of Streamlit and the web server, which bring forms of their own."""
    from streamlit import logger

    logbook.set_up(settings.read().log_json)
    # The one place where Streamlit gives a logger its form, now and whenever another is made.
    logger.setup_formatter = logbook.take_over
    logger.update_formatter()


def _metrics_token() -> str:
    return settings.read().metrics_token


def _the_store() -> Store:
    from ui import services

    return services.open_the_store()


def _is_too_open() -> bool:
    """Whether everybody who reaches the app may do everything, although nobody said that this is meant."""
    from ui import accounts

    chosen = accounts.chosen()
    return chosen.is_open and not chosen.open_to_all


def _is_encrypted() -> bool:
    """Whether people open the app by https."""
    from ui import accounts

    sign_in = accounts.chosen().sign_in
    return sign_in is not None and sign_in.is_encrypted


app = st.App(
    "ui/main.py",
    routes=routes(_the_store),
    middleware=[
        *middleware(_metrics_token, scripts.hashes()),
        Middleware(OnlyThisMachine, is_too_open=_is_too_open),
        Middleware(EncryptedCookies, is_encrypted=_is_encrypted),
        Middleware(SayWhenItFailed),
    ],
    lifespan=lifespan,
    on_script_error=say_sorry,
)


def main() -> int:
    """Start the server and block until it is stopped; 2 when it cannot start, with one sentence that says why."""
    try:
        chosen = settings.read()
        settings.tell_the_web_server(chosen)
        _check_port(chosen)
        _check_store()
    except (settings.SettingsError, _CannotStart) as error:
        print(f"MLOps Checkup cannot start: {error}", file=sys.stderr)
        return 2
    if chosen.open_to_all:
        print(
            "CHECKUP_OPEN_TO_ALL=yes: everybody who reaches this address may read, change and delete everything, "
            "without signing in.",
            flush=True,
        )
    _answer_at_once()
    print(f"MLOps Checkup runs at http://{_shown(chosen.host)}:{chosen.port}  (stop it with Ctrl-C)", flush=True)
    # Ctrl-C is how a person stops the app: no fault, and no traceback.
    with suppress(KeyboardInterrupt):
        app.run(
            config={
                "server.address": chosen.host,
                "server.port": chosen.port,
                # Streamlit reads the file that was checked, and no other one of this machine.
                "secrets.files": [chosen.secrets],
            }
        )
    return 0


def _answer_at_once() -> None:
    """Send small packets without waiting for larger ones (TCP_NODELAY).

    asyncio does so by itself, but not for the socket that Streamlit binds: it names no protocol. Head and body of an
    answer then wait 40 ms for each other. What is accepted has the options of the socket that listens.
    """
    from streamlit.web.server.starlette import starlette_server as server

    bind = server._bind_socket

    def bound(address: str, port: int, backlog: int) -> socket.socket:
        listening = bind(address, port, backlog)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening

    server._bind_socket = bound


def _check_secrets(chosen: settings.Settings) -> None:
    """Started by another program, Streamlit looks for secrets by itself: it has to find the ones that were checked."""
    read = {Path(one).resolve() for one in config.get_option("secrets.files")}
    if chosen.sign_in and Path(chosen.secrets).resolve() not in read:
        raise settings.SettingsError(
            f"people sign in as CHECKUP_SECRETS says, and Streamlit reads other secrets; set STREAMLIT_SECRETS_FILES "
            f'to "{chosen.secrets}" as well.'
        )


class _CannotStart(Exception):
    pass


def _check_port(chosen: settings.Settings) -> None:
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError as error:
            where = f"{chosen.host}:{chosen.port}"
            raise _CannotStart(
                f"the address {where} is not free ({error.strerror}); stop what uses it, or choose another port: "
                f"PORT={chosen.port + 1 if chosen.port < 65535 else 8501} make run."
            ) from None


def _check_store() -> None:
    from data.errors import StoreError
    from ui import services

    try:
        services.open_the_store()
    except StoreError as error:
        raise _CannotStart(str(error)) from None


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104  (compared, not listened on)
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
