"""The settings page's parts: where the data lies, workspaces, and what was archived or deleted."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from data.errors import StoreError
from data.model import Size, System, Workspace
from exchange.archive import FileRefused
from scoring import wording
from ui import frame, handout, identity, marks, offers, safekeeping, services, state, widgets


@dataclass(frozen=True, slots=True)
class Away:
    """Something archived or deleted, and the verb that brings it back."""

    past: str
    verb: str
    kind: str
    thing: System | Workspace


UNITS = ("bytes", "kB", "MB", "GB")


def data() -> None:
    """Where the data lies and how large it is; for who runs the app."""
    if not offers.may_in_the_app("operate"):
        return
    size = services.size()
    st.header("Your data", anchor=False)
    widgets.html(
        marks.facts(
            {
                **_place(size),
                "Size": _bytes(size.bytes),
                "Holds": ", ".join(
                    wording.counted(size.counts[table], name)
                    for table, name in (("systems", "system"), ("assessments", "assessment"), ("responses", "answer"))
                ),
            }
        )
    )
    if size.bytes and size.no_copy:
        widgets.say(size.no_copy)
    elif size.bytes:
        safekeeping.backups(size)


def _place(size: Size) -> dict[str, str]:
    if not size.bytes:
        return {"File": "In memory only: it is gone when the app stops"}
    if "://" in size.path:
        return {"Database": size.path}
    return {"File": os.path.abspath(size.path)}


def _bytes(count: int) -> str:
    size, unit = float(count), 0
    while size >= 1000 and unit < len(UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.0f} {UNITS[unit]}" if unit < 2 else f"{size:.1f} {UNITS[unit]}"


def workspaces(here: Workspace) -> None:
    """The workspaces: rename, archive, delete, take out as a file, bring in."""
    st.header("Workspaces", anchor=False)
    widgets.say("A workspace keeps the systems of one team or one client together.")
    known = services.workspaces()
    for workspace in known:
        with st.container(key=f"workspace-row-{workspace.id}"):
            _workspace(workspace, workspace.id == here.id, len(known))
    with st.container(horizontal=True):
        if offers.may_in_the_app("found") and st.button("Add a workspace", icon=":material/add:"):
            _add_workspace()
        if offers.may_in_the_app("bring-in") and st.button("Import a workspace", icon=":material/upload:"):
            _import_workspace()


def _workspace(workspace: Workspace, is_open: bool, count: int) -> None:
    name, out, menu = st.columns([5, 2.4, 1], vertical_alignment="center")
    with name:
        widgets.say(workspace.name + (" (open)" if is_open and count > 1 else ""), "mc-body")
    if not offers.may_in("take-out", workspace.id):
        with out:
            widgets.small(f"You are a {offers.role_in(workspace.id)} here.")
        return
    with out:
        st.download_button(
            "Export as a file", data=identity.for_later(partial(services.export, workspace.id)),
            file_name=handout.file_name(workspace.name, "workspace", ".zip"), mime="application/zip",
            key=f"export-{workspace.id}", on_click="ignore", type="tertiary", icon=":material/download:",
        )  # fmt: skip
    with menu:
        if offers.may_in("own", workspace.id):
            _menu(workspace, count)


def _menu(workspace: Workspace, count: int) -> None:
    # The last workspace stays: without one there is nowhere to put a system.
    choices = {"rename": "Rename"} | ({"archive": "Archive", "delete": "Delete"} if count > 1 else {})
    chosen = st.menu_button(
        "More", list(choices), key=f"workspace-menu-{workspace.id}", type="tertiary", format_func=choices.__getitem__
    )
    if chosen == "rename":
        _rename_workspace(workspace)
    elif chosen:
        _put_away(workspace, chosen)


def _put_away(workspace: Workspace, verb: str) -> None:
    past, back = {"archive": ("archived", "restore"), "delete": ("deleted", "undelete")}[verb]
    try:
        services.change_workspace(verb, workspace.id)
        state.say_next(f"“{workspace.name}” is {past}.", {"kind": "workspace", "verb": back, "id": workspace.id})
    except StoreError as error:
        state.say_next(str(error))
    state.set_parameter("system", None)
    st.rerun()


@st.dialog("Add a workspace")
def _add_workspace() -> None:
    with st.form("new-workspace", border=False):
        name = st.text_input("Name", max_chars=200, placeholder="Acme GmbH")
        sent = st.form_submit_button("Add", type="primary")
    if sent:
        try:
            added = services.change_workspace("create", name)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        state.choose_workspace(added.id)
        state.say_next(f"“{added.name}” is open. Add its first system.")
        state.go(frame.HOME, workspace=added.id)


@st.dialog("Rename the workspace")
def _rename_workspace(workspace: Workspace) -> None:
    with st.form("rename-workspace", border=False):
        name = st.text_input("Name", value=workspace.name, max_chars=200)
        sent = st.form_submit_button("Save", type="primary")
    if sent:
        try:
            services.change_workspace("rename", workspace.id, name)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        st.rerun()


@st.dialog("Import a workspace")
def _import_workspace() -> None:
    widgets.say("Choose a zip file that was exported from MLOps Checkup. It comes in as a workspace of its own.")
    file = st.file_uploader("Workspace file", type="zip", label_visibility="collapsed", key="workspace-file")
    if file and st.button("Import", type="primary"):
        try:
            brought = services.bring_in(file.getvalue())
        except (FileRefused, StoreError) as error:
            widgets.refusal(str(error))
            return
        state.say_next(brought.summary)
        st.rerun()


def put_away(here: Workspace) -> None:
    """What was archived or deleted, and the way back."""
    away: list[Away] = [
        *(Away("archived", "restore", "system", one) for one in services.systems(here.id, archived=True)),
        *(Away("deleted", "undelete", "system", one) for one in services.deleted_systems(here.id)),
        *(Away("archived", "restore", "workspace", one) for one in services.workspaces(archived=True)),
        *(Away("deleted", "undelete", "workspace", one) for one in services.deleted_workspaces()),
    ]
    away = [one for one in away if _may_bring_back(one, here)]
    if away:
        st.header("Put away", anchor=False)
    for one in away:
        _away_row(one)


def _may_bring_back(away: Away, here: Workspace) -> bool:
    return offers.may_in("arrange", here.id) if away.kind == "system" else offers.may_in("own", away.thing.id)


def _away_row(away: Away) -> None:
    thing = away.thing
    with st.container(key=f"away-row-{thing.id}"):
        name, back, gone = st.columns([5, 2, 2], vertical_alignment="center")
        with name:
            widgets.say(f"{thing.name} ({away.kind}, {away.past})", "mc-body")
        with back:
            if st.button("Bring back", key=f"back-{thing.id}", type="tertiary", icon=":material/undo:"):
                _bring_back(away)
        with gone:
            if away.past == "deleted":
                _for_good(thing)


def _for_good(thing: System | Workspace) -> None:
    may = offers.may_in("purge", thing.workspace) if isinstance(thing, System) else offers.may_in("own", thing.id)
    if not may or not st.button(
        "Delete for good", key=f"purge-{thing.id}", type="tertiary", icon=":material/delete_forever:"
    ):
        return
    if isinstance(thing, System):
        _purge(thing)
    else:
        safekeeping.erase_workspace(thing)


def _bring_back(away: Away) -> None:
    change: Callable[..., object] = services.change_system if away.kind == "system" else services.change_workspace
    try:
        change(away.verb, away.thing.id)
    except StoreError as error:
        state.say_next(str(error))
    st.rerun()


@st.dialog("Delete for good")
def _purge(system: System) -> None:
    st.text(f"All answers, milestones and fixes of “{system.name}” go for good. This cannot be undone.")
    if st.button("Delete for good", type="primary", key="purge-sure"):
        try:
            services.change_system("purge", system.id)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        state.say_next(f"“{system.name}” is gone.")
        st.rerun()
