"""Pieces that several pages show: messages, plain text, links, times, and the state line of the form."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitInvalidLayoutContextError

from checklist.model import NOT_APPLICABLE_REASONS
from data.errors import StoreError
from ui import colleagues, marks, scripts, services, state

# What Markdown would read as markup; a backslash before it makes it a sign again.
MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")
REASONS = {
    "out-of-scope": "Out of scope",
    "business-priorities": "Business priorities",
    "architecture-constraints": "Architecture does not allow it",
    "other": "Other (see the note)",
}
assert set(REASONS) == set(NOT_APPLICABLE_REASONS)  # noqa: S101  (a fact about two constants)


def plain(text: str) -> str:
    """Text of a person for a label that Streamlit reads as Markdown: shown as typed, never as markup."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def html(*parts: str) -> None:
    """Our own marks; every text in them is escaped where they are made."""
    st.html("".join(parts))


def fill(place: DeltaGenerator, words: str) -> None:
    """Put our own marks into a place outside of the part that is drawn."""
    try:
        place.html(words)
    except StreamlitInvalidLayoutContextError:
        # A click cut the last run of the whole page short, before this part had been drawn: draw all of it.
        st.rerun()


def say(text: str, kind: str = "mc-lead") -> None:
    """One block of plain text."""
    st.html(marks.text(text, kind))


def small(text: str) -> None:
    say(text, "mc-small")


def link(page: st.Page, label: str, icon: str | None = None, **parameters: str | None) -> None:
    """A link to a page of the app, labelled with text as it is."""
    wanted = {name: value for name, value in parameters.items() if value}
    st.page_link(page, label=plain(label), icon=icon, query_params=wanted or None)


def scroll() -> None:
    """Show the top of the page, or what to look at, once after each step; reruns leave the page where it is."""
    look = state.look()
    if not look.turn:
        return
    # What differs stands beside the script, never in it: the browser knows each script by its hash.
    asked = f'<i hidden data-look="{look.turn}" data-key="{escape(look.key or "")}"></i>'
    st.html(asked + scripts.tag(scripts.LOOK), unsafe_allow_javascript=True)


def incident(incident_id: str) -> None:
    """What a visitor sees instead of a traceback."""
    st.error(
        f"Something went wrong on our side. What you had saved is kept. Reload the page; if it happens again, "
        f"tell whoever runs this app the number {incident_id}.",
        icon=":material/error:",
    )


def refusal(message: str) -> None:
    """A sentence about something that was not done."""
    st.warning(plain(message), icon=":material/info:")


# Messages that outlive a change of page


def flash() -> None:
    """Say what the last action did: in passing, or with its undo until the next action."""
    said = state.take_said()
    if said is None:
        return
    message, undo = said
    if not undo:
        st.toast(plain(message))
        return
    with st.container(key="flash", horizontal=True, vertical_alignment="center", border=True):
        st.text(message)
        # A callback, because the message is gone when the click arrives.
        st.button("Undo", key="flash-undo", on_click=_take_back, args=(undo,))


def _take_back(undo: dict[str, str]) -> None:
    changes: dict[str, Callable[..., object]] = {
        "system": services.change_system,
        "workspace": services.change_workspace,
        "assessment": services.change_assessment,
        "person": colleagues.change,
    }
    try:
        if undo["kind"] == "member":
            from ui import members  # it shows its messages here

            members.take_back(undo)
        else:
            changes[undo["kind"]](undo["verb"], undo["id"])
        state.say_next("It is back.")
    except StoreError as error:
        state.say_next(str(error))
    state.forget_form()


# Times


def clock_time(moment: datetime) -> str:
    """The time of day in the reader's zone: "12:04"."""
    return moment.astimezone(state.time_zone()).strftime("%H:%M")


def day(moment: datetime) -> str:
    """The date in the reader's zone: "4 March 2026"."""
    local = moment.astimezone(state.time_zone())
    return date_words(local)


def date_words(when: date) -> str:
    """A date without a time: "4 March 2026"."""
    return f"{when.day} {when:%B %Y}"


def today() -> date:
    """The day it is where the reader is."""
    return services.now().astimezone(state.time_zone()).date()


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in the coarsest words that help: "2 hours ago"."""
    passed = now - moment
    if passed < timedelta(minutes=1):
        return "just now"
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        count = int(passed.total_seconds() // length)
        if unit == "day" and count >= 60:
            return f"{count // 30} months ago"
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"


def saved_words(moment: datetime | None, now: datetime) -> str:
    """When something was last saved: "Saved 12:04", with the date where it was not today."""
    if moment is None:
        return "Nothing to save yet"
    zone = state.time_zone()
    today = moment.astimezone(zone).date() == now.astimezone(zone).date()
    return f"Saved {clock_time(moment)}" if today else f"Saved {day(moment)}, {clock_time(moment)}"
