"""The settings page's parts about data that must stay or must go: backups, deleting for good, one person's data."""

import json
from pathlib import Path

import streamlit as st

from access.permissions import Forbidden, may
from access.places import Place
from data.errors import StoreError
from data.model import Size, Workspace
from data.personal import Traces
from scoring.wording import counted
from ui import custody, handout, marks, operation, services, state, widgets

IN_BACKUPS = "Backups that were made before still hold it; delete those files too if nothing may stay."


def backups(size: Size) -> None:
    """When the database was last copied, how it is brought back, and the button that copies it now."""
    hours, keep = operation.backup_plan()
    by_itself = f"Every {counted(hours, 'hour')}; the newest {keep} are kept" if hours else "Off"
    last = f"{widgets.day(size.backed_up_at)}, {widgets.clock_time(size.backed_up_at)}" if size.backed_up_at else "None"
    widgets.html(marks.facts({"Last backup": last, "By itself": by_itself}))
    folder, file = custody.backup_folder(size), Path(size.path)
    with st.expander("How to bring a backup back", type="compact"):
        st.text(
            f"1. Stop the app.\n2. Move {file.name} and {file.name}.wal (if there) out of {file.resolve().parent}."
            f"\n3. Copy a backup from {folder} there and name it {file.name}.\n4. Start the app."
        )
    if st.button("Back up now", icon=":material/save:"):
        try:
            state.say_next(f"Backed up to {custody.back_up()}.")
        except StoreError as error:
            state.say_next(str(error))
        st.rerun()


@st.dialog("Delete the workspace for good")
def erase_workspace(workspace: Workspace) -> None:
    """Ask for its name, because nothing brings it back."""
    st.text(
        f"Everything of “{workspace.name}” goes for good: "
        "systems, answers, milestones, people, members, links, tokens and the trail of changes. "
        f"This cannot be undone. {IN_BACKUPS}"
    )
    with st.form("erase-workspace", border=False):
        name = st.text_input("Type the name of the workspace", max_chars=200)
        sent = st.form_submit_button("Delete for good", type="primary")
    if sent:
        try:
            custody.erase_workspace(workspace.id, name)
        except (StoreError, Forbidden) as error:
            widgets.refusal(str(error))
            return
        state.say_next(f"“{workspace.name}” is gone for good.")
        st.rerun()


def person(here: Workspace) -> None:
    """For owners: everything that is stored about one person here, as a file; and the way to forget them."""
    if not may(services.actor(), "own", Place(here.id)):
        return
    st.header("One person’s data", anchor=False)
    widgets.say("Find everything that is stored about somebody in this workspace, hand it over, or erase it.")
    with st.form("find-person", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.text_input("Name or e-mail address", max_chars=200, key="person", width=340)
        st.form_submit_button("Find")
    if who.strip():
        _found(here, who.strip())


def _found(here: Workspace, who: str) -> None:
    try:
        traces = custody.about_person(here.id, who)
    except StoreError:
        widgets.say(f"Nothing in this workspace is stored under “{who}”.")
        return
    widgets.say(
        f"{counted(traces.count, 'row')} in {counted(len(traces.rows), 'table')}, under: {', '.join(traces.names)}."
    )
    with st.container(horizontal=True):
        st.download_button(
            "Download as JSON", data=_as_json(here, traces), mime="application/json", icon=":material/download:",
            file_name=handout.file_name(here.name, f"person {widgets.today()}", ".json"), key="download-person",
            on_click="ignore",
        )  # fmt: skip
        if st.button("Erase this person", key="erase-person", icon=":material/person_remove:"):
            _erase(here, who)


def _as_json(here: Workspace, traces: Traces) -> bytes:
    holds = {"workspace": here.name, "names": traces.names, "tables": traces.rows}
    return json.dumps(holds, ensure_ascii=False, indent=2).encode()


@st.dialog("Erase this person")
def _erase(here: Workspace, who: str) -> None:
    st.text(
        f"The name and address of “{who}” become “Somebody”, also in the trail. The notes and links of "
        "their own forms go. Ratings that they submitted stay, as numbers of nobody’s: the team’s results are made of "
        "them. A form that they have not submitted goes whole, and so do their membership and their own links. What "
        f"others wrote about them in notes stays. This cannot be undone. {IN_BACKUPS}"
    )
    if st.button("Erase for good", type="primary", key="erase-person-sure"):
        try:
            erased = custody.erase_person(here.id, who)
        except (StoreError, Forbidden) as error:
            widgets.refusal(str(error))
            return
        state.say_next(f"Erased; {counted(erased.count, 'row')} named them until now.")
        st.rerun()
