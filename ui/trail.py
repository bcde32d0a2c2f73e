"""The audit page's parts: who changed what and when, what to look for, older changes, and the file of all of it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby

import streamlit as st

import spreadsheet
from data.audit import Wanted
from data.model import Event, System, Workspace
from exchange import trail as words
from ui import custody, frame, handout, marks, services, state, widgets

PAGE = 50
# So many at a time are read for the file.
READ_AT_ONCE = 1_000


def show(here: Workspace) -> None:
    """What to look for, and the changes that fit, newest first."""
    systems = _systems(here)
    system = state.parameter("system")
    wanted = _looked_for(here, systems, system)
    found = custody.events(here.id, system, wanted, PAGE + 1, state.parameter("older"))
    shown = found[:PAGE]
    if not shown:
        widgets.say(_nothing(wanted, system))
    for day, events in groupby(shown, key=lambda event: widgets.day(event.at)):
        widgets.html(marks.text(day, "mc-cardname", "h2"), marks.trail(_line(event, system) for event in events))
    _onward(here, system, shown[-1].id if len(found) > PAGE else None)
    if shown:
        _download(here, system, wanted)


def _systems(here: Workspace) -> Mapping[str, System]:
    living = (*services.systems(here.id), *services.systems(here.id, archived=True))
    return {one.id: one for one in (*living, *services.deleted_systems(here.id))}


def _looked_for(here: Workspace, systems: Mapping[str, System], system: str | None) -> Wanted:
    """The filters; each choice is in the address."""
    # Asked first: who may not read the trail sees a sentence, and no half of a row of menus.
    people = custody.people_in_trail(here.id)
    with st.container(horizontal=True, vertical_alignment="bottom", key="audit-filters"):
        _menu("System", "system", {one.id: one.name for one in systems.values()}, system)
        who = _menu("Who", "who", {name: name for name in people}, state.parameter("who"))
        kind = _menu("What", "kind", words.KINDS, state.parameter("kind"))
        since = st.date_input("From", value=None, key="since", format="DD/MM/YYYY", bind="query-params", width=150)
        until = st.date_input("To", value=None, key="until", format="DD/MM/YYYY", bind="query-params", width=150)
    kinds = words.events_of([kind]) if kind in words.KINDS else ()
    return Wanted(who, kinds, _midnight(since), _midnight(until, days=1))


def _menu(label: str, name: str, choices: Mapping[str, str], held: str | None) -> str | None:
    """A menu whose choice is an event, as everywhere; a choice that is not offered any more can be taken back."""
    names = {"": "All", **choices}
    shown = names.get(held or "", held or "")
    chosen = st.menu_button(
        f"{label}: {widgets.plain(shown)}", list(names), key=f"audit-{name}",
        format_func=lambda one: widgets.plain(names[one]),
    )  # fmt: skip
    if chosen is not None and chosen != (held or ""):
        state.set_parameter(name, chosen or None)
        state.set_parameter("older", None)
        st.rerun()
    return held


def _midnight(day: object, days: int = 0) -> datetime | None:
    """When a day begins where the reader is."""
    if not isinstance(day, date):
        return None
    return datetime.combine(day + timedelta(days=days), time(), state.time_zone())


def _line(event: Event, system: str | None) -> tuple[str, str, str, str]:
    """The time, who, what they did, and what is small below: from what to what, where, through what."""
    told = words.told(services.checklist(), event)
    change = " → ".join(part for part in (told.before, told.after) if part)
    # No system's name twice in one line: not below the sentence that is about it, nor where one system is chosen.
    where = "" if system or not event.system_name or told.what.endswith(f"“{event.system_name}”") else event.system_name
    through = f"through the {told.through}" if told.through else ""
    below = " · ".join(part for part in (change, where, through) if part)
    return widgets.clock_time(event.at), event.actor, told.what, below


def _nothing(wanted: Wanted, system: str | None) -> str:
    if wanted == Wanted() and not system:
        return "Nothing has been changed yet. Every answer, milestone, link and setting that changes will be here."
    return "No change fits. Choose All in a menu, or clear a day."


def _onward(here: Workspace, system: str | None, last: str | None) -> None:
    """Older changes, by where this page ends; and back to the newest."""
    kept = {name: state.parameter(name) for name in ("who", "kind", "since", "until")}
    place = {"system": system} if system else {"workspace": here.id}
    with st.container(horizontal=True):
        if state.parameter("older"):
            widgets.link(frame.AUDIT, "Newest changes", icon=":material/arrow_upward:", **place, **kept)
        if last:
            widgets.link(frame.AUDIT, "Older changes", icon=":material/arrow_forward:", **place, **kept, older=last)


def _download(here: Workspace, system: str | None, wanted: Wanted) -> None:
    def made_when_clicked() -> bytes:
        return words.csv_file(services.checklist(), _all(here, system, wanted))

    st.download_button(
        "Download all of these as CSV", data=made_when_clicked, mime=spreadsheet.MIME, key="download-audit",
        file_name=handout.file_name(here.name, f"audit {widgets.today()}", ".csv"), icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip


def _all(here: Workspace, system: str | None, wanted: Wanted) -> Iterator[Event]:
    """Every event that fits, read page by page."""
    last = None
    while events := custody.events(here.id, system, wanted, READ_AT_ONCE, last):
        yield from events
        last = events[-1].id
