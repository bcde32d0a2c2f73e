"""The home page's parts: the welcome, the list of systems, and systems × areas as a heat map."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.errors import StoreError
from data.model import System, Workspace
from scoring import explain
from scoring.levels import level_of_score
from ui import example, filing, frame, marks, services, state, widgets
from ui.services import Standing


def welcome(workspace: Workspace) -> None:
    """What a first visitor sees: a promise, two ways in, and what a result looks like."""
    left, right = st.columns([5, 6], gap="large")
    with left:
        widgets.html('<h1 class="mc-headline">Find out where your ML system stands, and what to fix first.</h1>')
        widgets.say(
            "ML systems rarely fail because of the model. They fail because of what is around it: data, releases, "
            "monitoring, ownership. Answer five questions in two minutes, or all 41 in about 25. You get a level from "
            "1 to 5, the gaps in the order that pays, and a report to hand on."
        )
        st.space("small")
        with st.container(horizontal=True):
            if st.button("Check your first system", type="primary", icon=":material/arrow_forward:"):
                new_system(workspace.id)
            if st.button("Look at an example"):
                state.go(frame.RESULTS, system=services.create_example(workspace.id))
        st.space("small")
        widgets.small("Your answers stay on this machine. No account, nothing is sent anywhere.")
    with right:
        widgets.html(example.picture())


def header(workspace: Workspace) -> None:
    """The page's title and the way to a new system."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.title("Your ML systems", anchor=False)
    with right, st.container(horizontal_alignment="right"):
        if st.button("Add a system", type="primary", icon=":material/add:"):
            new_system(workspace.id)


@st.dialog("Add a system")
def new_system(workspace_id: str) -> None:
    """Ask for a name and begin with the health check."""
    with st.form("new-system", border=False):
        name = st.text_input("Name", key="system-name", max_chars=200, placeholder="Churn model")
        about = st.text_area(
            "What does it do? (optional)",
            key="system-about",
            max_chars=1000,
            placeholder="Predicts which customers leave, every night, for the retention team.",
        )
        sent = st.form_submit_button("Add and start the health check", type="primary")
    if sent:
        try:
            system = services.create_system(workspace_id, name, about)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        state.go(frame.HEALTH, system=system.id)
    filing.newcomer(workspace_id)


def table(standings: Sequence[Standing]) -> None:
    """One row a system: name, level, score, recent scores, age, next action."""
    for standing in standings:
        with st.container(key=f"system-row-{standing.system.id}"):
            _row(standing)


def _row(standing: Standing) -> None:
    name, level, score, age, action, menu = st.columns(
        [2.9, 2.5, 2.1, 2, 2.1, 1], vertical_alignment="center", gap="small"
    )
    checklist, system = services.checklist(), standing.system
    with name:
        widgets.link(frame.RESULTS, system.name, system=system.id)
    with level:
        widgets.html(_chip(standing))
    with score:
        if standing.score is not None:
            widgets.html(marks.score(checklist, standing.score))
    with age:
        widgets.html(_age(standing))
    with action:
        _next_action(standing)
    with menu:
        _menu(system)


def _chip(standing: Standing) -> str:
    """The level; outlined while it is provisional or comes from the health check alone."""
    checklist, latest = services.checklist(), standing.latest
    if standing.level is None and latest is not None and latest.health_level is not None:
        return marks.chip(checklist, latest.health_level, "indicative")
    return marks.chip(checklist, standing.level, "provisional" if standing.provisional else "")


def _age(standing: Standing) -> str:
    """The last scores, and how old the newest milestone is."""
    if standing.latest is None:
        return marks.text("Draft, no milestone yet" if standing.score is not None else "No milestone yet", "mc-small")
    spark = marks.sparkline(standing.latest.recent)
    return f"{spark} {marks.text(widgets.ago(standing.latest.at, services.now()), 'mc-small', 'span')}"


def _next_action(standing: Standing) -> None:
    """The one thing to do next for a system."""
    system = standing.system
    if standing.draft_answered:
        so_far = f"Go on ({standing.draft_answered} of {standing.asked})"
        said = "Go on with the draft" if standing.latest else so_far
        widgets.link(frame.CHECKLIST, said, system=system.id)
    elif standing.latest and standing.draft_answered is None and standing.latest.score is not None:
        widgets.link(frame.FIXES, "See what to fix first", system=system.id)
    elif standing.draft_answered is not None:
        widgets.link(frame.CHECKLIST, "Begin the checklist", system=system.id)
    else:
        widgets.link(frame.HEALTH, "Start the health check", system=system.id)


def _menu(system: System) -> None:
    chosen = st.menu_button(
        "More",
        ["rename", "archive", "delete"],
        key=f"menu-{system.id}",
        format_func={"rename": "Rename", "archive": "Archive", "delete": "Delete"}.__getitem__,
        type="tertiary",
    )
    if chosen == "rename":
        rename_system(system)
    elif chosen:
        services.change_system(chosen, system.id)
        past, back = {"archive": ("archived", "restore"), "delete": ("deleted", "undelete")}[chosen]
        state.say_next(f"“{system.name}” is {past}.", {"kind": "system", "verb": back, "id": system.id})
        state.set_parameter("system", None)
        st.rerun()


@st.dialog("Rename the system")
def rename_system(system: System) -> None:
    with st.form("rename-system", border=False):
        name = st.text_input("Name", value=system.name, max_chars=200)
        about = st.text_area("What does it do? (optional)", value=system.about, max_chars=1000)
        sent = st.form_submit_button("Save", type="primary")
    if sent:
        try:
            services.change_system("rename", system.id, name)
            services.change_system("describe", system.id, about)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        st.rerun()


def heat_map(standings: Sequence[Standing]) -> None:
    """Systems × areas, once there is more than one system with a milestone."""
    scored = [standing for standing in standings if standing.latest and standing.latest.score is not None]
    if len(scored) < 2:
        return
    checklist = services.checklist()
    st.header("Where each system is strong and weak", anchor=False)
    head = "".join(f"<th scope='col'>{escape(area.name)}</th>" for area in checklist.areas)
    rows = []
    for standing in scored:
        assert standing.latest is not None  # noqa: S101  (chosen so above)
        cells = "".join(_cell(standing.latest.areas.get(area.id)) for area in checklist.areas)
        rows.append(f"<tr><th scope='row' class='mc-wrap'>{escape(standing.system.name)}</th>{cells}</tr>")
    widgets.html(
        f"<div class='mc-scroll' tabindex='0' role='region' aria-label='Scores of systems by area'>"
        f"<table class='mc-grid'><thead><tr><th scope='col'>System</th>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(score: object) -> str:
    from fractions import Fraction

    if not isinstance(score, Fraction):
        return "<td class='mc-unknown'>no score</td>"
    return f"<td class='mc-l{level_of_score(score)}'>{explain.number(score)}</td>"
