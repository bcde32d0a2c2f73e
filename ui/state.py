"""The only place that touches the session and the address: what is open, and what the form last showed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from scoring.model import Response
from ui.filed import Filing
from ui.held import Step, View
from ui.tailored import Tailored

SEEN = "seen"
FLASH = "flash"
WORKSPACE = "workspace"
LOOK = "look"
STEP = "step"
TRIES = "what-if"
FILING = "filing"
TAILORED = "tailored"
MEETING = "meeting"
REFUSED = "refused"
VIEW = "view"
FOLLOWED = "followed"
PAGE = "page"
NEW_LINK = "new-link"
# What the keys of a form's fields begin with. They outlive a switch of pages: the run that hears of a choice may be
# stopped by the click that opens another page, and then only that page can save it.
FIELDS = ("answer-", "reason-", "note-", "evidence-", "valid-", "health-", "failure-")
KEPT: Literal["session"] = "session"
# How the home page is arranged, as its address names it.
VIEW_PARAMETERS = ("sort", "tag", "owner", "find")
# The order in which they stand in an address.
PARAMETERS = ("workspace", "system", "assessment", "with", "respondent", "section", "item", "to", "kit")


@dataclass(frozen=True, slots=True)
class Seen:
    """What an item's widgets were last set from: a version of the store (0: never saved) and its response."""

    version: int
    response: Response


# The page


def enter(page: str) -> None:
    """The page that is drawn now, by its address; what was shown once on another one is gone."""
    if st.session_state.get(PAGE) != page:
        st.session_state.pop(NEW_LINK, None)
    st.session_state[PAGE] = page


def page() -> str | None:
    """The page that is open, also while a part of it is drawn by itself."""
    return st.session_state.get(PAGE)


def new_link() -> Any:
    """The link that was just made on this page, with its secret; it is shown here and nowhere else."""
    return st.session_state.get(NEW_LINK)


def show_new_link(link: Any) -> None:
    st.session_state[NEW_LINK] = link


# The address


def parameter(name: str) -> str | None:
    """A value of the page's address (`?system=…`), None when it is absent or empty."""
    return st.query_params.get(name) or None


def names_anything() -> bool:
    """Whether the address has any parameter."""
    return bool(st.query_params)


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


def step(steps: Sequence[str], parameter_name: str = "section", first: str | None = None) -> str:
    """The open step of the form: the session's own, unless a person went to another address; at first `first`.

    A click that a browser sends before it has heard of a step still carries the old address. So an address counts
    only once the browser has shown that it knows the last one that was set here.
    """
    named = parameter(parameter_name)
    held: Step | None = st.session_state.get(STEP)
    # A lens may leave out a section that was open.
    if held is None or held.name not in steps or (held.known and named != held.name):
        held = Step(named if named and named in steps else first or steps[0], known=True)
    elif named == held.name:
        held = Step(held.name, known=True)
    st.session_state[STEP] = held
    set_parameter(parameter_name, held.name)
    return held.name


def held_step() -> str | None:
    """The open step, whatever the address says: for a part of the page that is drawn by itself."""
    held: Step | None = st.session_state.get(STEP)
    return held.name if held else None


def open_step(name: str) -> None:
    """Make this the open step, whatever an address on its way here says; `step` puts it into the address."""
    st.session_state[STEP] = Step(name, known=False)


def view() -> Mapping[str, str]:
    """How the home page is arranged: what is not named is as it comes. Kept over a switch of pages.

    As with `step`, an address counts only once the browser has shown that it knows the last one that was set here;
    one that names nothing is a link to the page, and leaves the session's own arrangement.
    """
    named = {name: value for name in VIEW_PARAMETERS if (value := parameter(name))}
    held: View | None = st.session_state.get(VIEW)
    is_elsewhere = held is not None and held.known and bool(named)
    if held is None or named == held.values or is_elsewhere:
        held = View(named, known=True)
    _arrange(held)
    return held.values


def set_view(**changes: str | None) -> Mapping[str, str]:
    """Arrange the home page otherwise; None or nothing takes a choice back."""
    held: View | None = st.session_state.get(VIEW)
    values = {**(held.values if held else {}), **changes}
    now = View({name: value for name, value in values.items() if value}, known=False)
    _arrange(now)
    return now.values


def _arrange(now: View) -> None:
    st.session_state[VIEW] = now
    for name in VIEW_PARAMETERS:
        set_parameter(name, now.values.get(name))


def take_parameter(name: str) -> str | None:
    """What an address asks for once: it leaves the address, and one that is still on its way is not heard again."""
    asked = parameter(name)
    followed: dict[str, str | None] = st.session_state.setdefault(FOLLOWED, {})
    is_new = asked is not None and followed.get(name) != asked
    followed[name] = asked
    set_parameter(name, None)
    return asked if is_new else None


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


def fields(prefix: str | tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """What the widgets whose keys begin with `prefix` hold now: a copy, dearer than one look, cheaper than three."""
    return {key: value for key, value in st.session_state.to_dict().items() if key.startswith(prefix)}


# What the form last showed


@dataclass(frozen=True, slots=True)
class Shown:
    """What the widgets of one form were last set from: its items, and single choices by their widget's key.

    A form is that of one assessment and one respondent, "" for the team.
    """

    items: dict[str, Seen] = field(default_factory=dict)
    lens: list[str] = field(default_factory=list)
    choices: dict[str, Any] = field(default_factory=dict)


def seen(assessment_id: str, respondent: str = "") -> dict[str, Seen]:
    """What the widgets of each item were last set from, to read and to write."""
    return _shown(assessment_id, respondent).items


def shown_lens(assessment_id: str, respondent: str = "") -> str | None:
    """The lens in whose words the form was last drawn."""
    return next(iter(_shown(assessment_id, respondent).lens), None)


def remember_lens(assessment_id: str, lens: str, respondent: str = "") -> None:
    _shown(assessment_id, respondent).lens[:] = [lens]


def shown_choices(assessment_id: str) -> dict[str, Any]:
    """What each single choice of this assessment was last set from, to read and to write."""
    return _shown(assessment_id, "").choices


def forget_form() -> None:
    """The next drawing of the form begins from the store, and at the step that the address names."""
    _forget_fields()
    st.session_state.pop(SEEN, None)
    st.session_state.pop(STEP, None)


def open_form() -> tuple[str, str] | None:
    """The assessment and the respondent whose form this session has open."""
    return next(iter(st.session_state.get(SEEN, {})), None)


def _shown(assessment_id: str, respondent: str) -> Shown:
    forms: dict[tuple[str, str], Shown] = st.session_state.get(SEEN, {})
    form = (assessment_id, respondent)
    if form not in forms:
        # One form at a time: another one starts from the store, and with nothing that was chosen in this one.
        _forget_fields()
        forms = {form: Shown()}
        st.session_state[SEEN] = forms
    return forms[form]


def _forget_fields() -> None:
    for key in fields():
        del st.session_state[key]


# What the meeting last showed


def seen_in_meeting(assessment_id: str, item_id: str) -> Seen | None:
    """What the decision about an item was last set from."""
    met: dict[tuple[str, str], Seen] = st.session_state.get(MEETING, {})
    return met.get((assessment_id, item_id))


def remember_in_meeting(assessment_id: str, item_id: str, what: Seen) -> None:
    st.session_state.setdefault(MEETING, {})[assessment_id, item_id] = what


# What is tried on the path page


def tries(assessment_id: str) -> Mapping[str, int]:
    """The ratings that are tried for items of this assessment, in the order in which they were begun."""
    tried: dict[str, dict[str, int]] = st.session_state.get(TRIES, {})
    return tried.get(assessment_id, {})


def try_rating(assessment_id: str, item_id: str, rating: int | None) -> None:
    """Try a rating, or take the try back; the store hears nothing of it."""
    tried = dict(tries(assessment_id))
    if rating is None:
        tried.pop(item_id, None)
    else:
        tried[item_id] = rating
    st.session_state[TRIES] = {**st.session_state.get(TRIES, {}), assessment_id: tried}


def forget_tries(assessment_id: str) -> None:
    st.session_state[TRIES] = {**st.session_state.get(TRIES, {}), assessment_id: {}}


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


# The answers file that is being compared


def filing() -> Filing:
    """What is being compared in this session, to read and to write."""
    held: Filing = st.session_state.setdefault(FILING, Filing())
    return held


def open_file(system_id: str, name: str, content: bytes, upload: str) -> Filing:
    """Compare this file from now on; the same upload goes on as it is."""
    held = filing()
    if (held.system, held.name, held.content, held.upload) != (system_id, name, content, upload):
        held = st.session_state[FILING] = Filing(system_id, name, content, upload, held.turn)
    return held


def put_file_away() -> None:
    st.session_state[FILING] = Filing(turn=filing().turn + 1)


# How the report is wanted


def tailored() -> Tailored:
    """What somebody has chosen for the report in this session, beside its fields; to read and to write."""
    held: Tailored = st.session_state.setdefault(TAILORED, Tailored())
    return held


# One message that outlives a change of page


def say_next(message: str, undo: Mapping[str, str] | None = None) -> None:
    """Show a message on the page that follows; `undo` names what its button takes back."""
    st.session_state[FLASH] = (message, dict(undo or {}))


def take_said() -> tuple[str, dict[str, str]] | None:
    """The message to show now, if any; it is shown once."""
    said: tuple[str, dict[str, str]] | None = st.session_state.pop(FLASH, None)
    return said


def refuse(message: str) -> None:
    """Say in the next drawing of this page why something was not done."""
    st.session_state[REFUSED] = message


def take_refusal() -> str | None:
    """Why the last click did nothing, once."""
    refused: str | None = st.session_state.pop(REFUSED, None)
    return refused


def chosen_workspace() -> str | None:
    return st.session_state.get(WORKSPACE)


def choose_workspace(workspace_id: str) -> None:
    st.session_state[WORKSPACE] = workspace_id
