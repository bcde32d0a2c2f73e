"""The only place that touches the session and the address: what is open, and what the form last showed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from scoring.model import Response

SEEN = "seen"
FLASH = "flash"
WORKSPACE = "workspace"
LOOK = "look"
STEP = "step"
# The order in which they stand in an address.
PARAMETERS = ("workspace", "system", "assessment", "with", "section")


@dataclass(frozen=True, slots=True)
class Seen:
    """What an item's widgets were last set from: a version of the store (0: never saved) and its response."""

    version: int
    response: Response


# The address


def parameter(name: str) -> str | None:
    """A value of the page's address (`?system=…`), None when it is absent or empty."""
    return st.query_params.get(name) or None


def address(**changes: str | None) -> dict[str, str]:
    """The parameters of a link within the open system; a change to None leaves that parameter out."""
    values = {"system": parameter("system"), **changes}
    return {name: value for name in PARAMETERS if (value := values.get(name))}


def go(page: Any, **parameters: str | None) -> None:
    """Open another page; nothing after this runs."""
    st.switch_page(page, query_params={name: value for name, value in parameters.items() if value})


def set_parameter(name: str, value: str | None) -> None:
    """Change the address without leaving the page."""
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def step(steps: Sequence[str]) -> str:
    """The open step of the form: the session's own, unless a person went to another address.

    A click that a browser sends before it has heard of a step still carries the old address. So an address counts
    only once the browser has shown that it knows the last one that was set here.
    """
    named = parameter("section")
    held: Step | None = st.session_state.get(STEP)
    if held is None or (held.known and named != held.name):
        held = Step(named if named and named in steps else steps[0], known=True)
    elif named == held.name:
        held = Step(held.name, known=True)
    st.session_state[STEP] = held
    set_parameter("section", held.name)
    return held.name


def held_step() -> str | None:
    """The open step, whatever the address says: for a part of the page that is drawn by itself."""
    held: Step | None = st.session_state.get(STEP)
    return held.name if held else None


def open_step(name: str) -> None:
    """Make this the open step, whatever an address on its way here says; `step` puts it into the address."""
    st.session_state[STEP] = Step(name, known=False)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the form, and whether the browser has sent it back as its address since."""

    name: str
    known: bool


# The reader


def time_zone() -> tzinfo:
    """The reader's zone, UTC where the browser names none that is known here."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def is_dark() -> bool:
    """Whether the reader sees the dark theme."""
    return st.context.theme.type == "dark"


# Widgets


def has_widget(key: str) -> bool:
    return key in st.session_state


def widget(key: str) -> Any:
    """What a widget holds now, None when it is not on the page."""
    return st.session_state.get(key)


def set_widget(key: str, value: Any) -> None:
    """Give a widget a value before it is drawn."""
    st.session_state[key] = value


def widget_keys(prefix: str) -> tuple[str, ...]:
    """The widgets of this session whose keys begin with `prefix`."""
    return tuple(key for key in st.session_state if isinstance(key, str) and key.startswith(prefix))


# What the form last showed


@dataclass(frozen=True, slots=True)
class Shown:
    """What the widgets of one assessment were last set from: its items, and single choices by their widget's key."""

    items: dict[str, Seen] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)


def seen(assessment_id: str, item_id: str) -> Seen | None:
    return _shown(assessment_id).items.get(item_id)


def remember(assessment_id: str, item_id: str, what: Seen) -> None:
    _shown(assessment_id).items[item_id] = what


def shown_choices(assessment_id: str) -> dict[str, Any]:
    """What each single choice of this assessment was last set from, to read and to write."""
    return _shown(assessment_id).choices


def forget_form() -> None:
    """The next drawing of the form begins from the store, and at the step that the address names."""
    st.session_state.pop(SEEN, None)
    st.session_state.pop(STEP, None)


def open_form() -> str | None:
    """The assessment whose form this session has open."""
    return next(iter(st.session_state.get(SEEN, {})), None)


def _shown(assessment_id: str) -> Shown:
    forms: dict[str, Shown] = st.session_state.get(SEEN, {})
    if assessment_id not in forms:
        # One form at a time: another one starts from the store.
        forms = {assessment_id: Shown()}
        st.session_state[SEEN] = forms
    return forms[assessment_id]


# Where to look after a step


@dataclass(frozen=True, slots=True)
class Look:
    """Where the page is scrolled to: a widget or container by its key, or the top; `turn` tells two looks apart."""

    turn: int = 0
    key: str | None = None


def look() -> Look:
    found: Look = st.session_state.get(LOOK, Look())
    return found


def look_at(key: str | None) -> None:
    st.session_state[LOOK] = Look(look().turn + 1, key)


# One message that outlives a change of page


def say_next(message: str, undo: Mapping[str, str] | None = None) -> None:
    """Show a message on the page that follows; `undo` names what its button takes back."""
    st.session_state[FLASH] = (message, dict(undo or {}))


def take_said() -> tuple[str, dict[str, str]] | None:
    """The message to show now, if any; it is shown once."""
    said: tuple[str, dict[str, str]] | None = st.session_state.pop(FLASH, None)
    return said


def chosen_workspace() -> str | None:
    return st.session_state.get(WORKSPACE)


def choose_workspace(workspace_id: str) -> None:
    st.session_state[WORKSPACE] = workspace_id
