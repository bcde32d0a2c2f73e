"""What a visitor of a page does and reads without a browser: open an address, turn to another page, click, read."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from tests.e2e.person import INCIDENT, TRACEBACK

Visit = Callable[..., AppTest]

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "ui" / "main.py"
# The folder is the list: a new page is visited in every state without being named here.
FILES = {file.stem.replace("_", "-"): file for file in sorted((ROOT / "pages").glob("*/*.py"))}
MARKUP = "**Bold** <b>b</b> [x](http://evil) $x$ :material/home:"


def opens(page: str = "home", **address: str) -> AppTest:
    """The page as a fresh visitor finds it at this address; `with_` stands for the parameter "with"."""
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    app.query_params.update(_parameters(address))
    # Before its first run AppTest takes a page's file name for its address; only where they differ, home comes first.
    if page == "home" or page != FILES[page].stem:
        unbroken(app.run())
    return app if page == "home" else turns_to(app, page, **address)


def turns_to(app: AppTest, page: str, **address: str) -> AppTest:
    """The same visitor on another page."""
    app.query_params.clear()
    app.query_params.update(_parameters(address))
    app.switch_page(f"../{FILES[page].relative_to(ROOT)}").run()
    return unbroken(app)


def _parameters(address: Mapping[str, str]) -> dict[str, str]:
    return {name.removesuffix("_"): value for name, value in address.items()}


def unbroken(app: AppTest) -> AppTest:
    assert not app.exception, [fault.message for fault in app.exception]
    return app


def text_of(app: AppTest) -> str:
    """What a reader of the page sees, without the marks of our own HTML."""
    unbroken(app)
    words = [re.sub("<[^>]+>", " ", element.value) for element in app.html]
    words += [element.value for kind in (app.title, app.header, app.text, app.warning) for element in kind]
    words += [as_shown(element.label) for kind in (app.button, app.page_link, app.download_button) for element in kind]
    read = " ".join(unescape(" ".join(words)).split())
    assert not any(fault in read for fault in (TRACEBACK, INCIDENT)), read
    return read


def as_shown(label: str) -> str:
    """A label as the browser shows it: what is escaped stands as typed, what is not was markup and is gone."""
    return re.sub(r"\\(.)|[*<>`$]", lambda sign: sign[1] or "", label)


def button(app: AppTest, label: str) -> Button:
    """The first button with this label."""
    return next(button for button in app.button if button.label == label)


def clicks(app: AppTest, label: str) -> AppTest:
    return unbroken(button(app, label).click().run())
