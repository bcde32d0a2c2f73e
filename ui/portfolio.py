"""The home page's parts: the welcome, and systems × areas as one heat map with what to do next."""

from datetime import date

import streamlit as st

from data.errors import StoreError
from data.model import System, Workspace
from scoring import upkeep
from ui import accounts, arranging, example, filing, frame, heat, offers, services, state, widgets
from ui.standings import Standing, next_step, standing

# The name with its next step, the line of the heat map, and the menu.
COLUMNS = (2.7, 6.3, 0.85)
# From here on rows are low, and the head of the columns stays in view.
MANY = 12


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
        _begin(workspace)
        st.space("small")
        if accounts.are_needed():
            widgets.small("Only the members of this workspace see your answers. Nothing is sent anywhere else.")
        else:
            widgets.small("Your answers stay on this machine. No account, nothing is sent anywhere.")
    with right:
        widgets.html(example.picture())


def _begin(workspace: Workspace) -> None:
    if not offers.may("arrange"):
        offers.say_who_can("add its first system")
        return
    with st.container(horizontal=True):
        if st.button("Check your first system", type="primary", icon=":material/arrow_forward:"):
            new_system(workspace.id)
        if st.button("Look at an example"):
            state.go(frame.RESULTS, system=services.create_example(workspace.id))


def header(workspace: Workspace) -> None:
    """The page's title and the way to a new system."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.title("Your ML systems", anchor=False)
    with right, st.container(horizontal_alignment="right"):
        if offers.may("arrange") and st.button("Add a system", type="primary", icon=":material/add:"):
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


def systems(workspace: Workspace) -> None:
    """The page: the welcome while there is no system, else all systems × areas as one heat map."""
    today, zone, checklist = widgets.today(), state.time_zone(), services.checklist()
    standings = [standing(checklist, found, today, zone) for found in services.portfolio(workspace.id)]
    if not standings:
        welcome(workspace)
        return
    header(workspace)
    shown = arranging.arrange(standings)
    many = len(shown) > MANY
    with st.container(key="portfolio-many" if many else "portfolio-few", gap=None):
        if shown:
            _head()
        for found in shown:
            with st.container(key=f"system-row-{found.system.id}"):
                _row(found, today, brief=many)


def _head() -> None:
    with st.container(key="port-head"):
        _, drawing, _ = st.columns(COLUMNS, vertical_alignment="bottom", gap="small")
        with drawing:
            widgets.html(heat.head(services.checklist()))


def _row(found: Standing, today: date, brief: bool) -> None:
    """Name with owner, tags and next step; the system's line of the heat map; what else can be done with it."""
    name, drawing, menu = st.columns(COLUMNS, vertical_alignment="center", gap="small")
    system = found.system
    with name, st.container(key=f"system-name-{system.id}", gap=None):
        widgets.link(frame.RESULTS, system.name, system=system.id)
        if kept := heat.about(found):
            widgets.html(kept)
        _next_action(found)
        if not brief:
            _waiting(found)
    with drawing:
        widgets.html(heat.line(services.checklist(), found, today))
    with menu:
        if offers.may_in("arrange", system.workspace):
            _menu(system)


def _next_action(found: Standing) -> None:
    """The one thing to do next for a system."""
    step, system = next_step(found), found.system
    if not offers.may_in("answer", system.workspace):
        return
    checklist = services.checklist()
    item = checklist.item(step.item) if step.item else None
    page, said = {
        "health": (frame.HEALTH, "Start the health check"),
        "begin": (frame.CHECKLIST, "Begin the checklist"),
        "go-on": (
            frame.CHECKLIST,
            f"Go on with the draft ({found.draft_open} open)"
            if found.latest
            else f"Go on ({found.draft_answered} of {found.asked})",
        ),
        "keep": (frame.RESULTS, "Keep the draft as a milestone"),
        "rate-again": (frame.CHECKLIST, f"Rate again: {item.name if item else ''}"),
        "review": (frame.FIXES, f"Look at again: {item.name if item else ''}"),
        "due": (frame.CHECKLIST, "Start the next assessment"),
        "fixes": (frame.FIXES, "See what to fix first"),
    }[step.kind]
    wanted = {"section": item.section, "item": item.id} if item and step.kind == "rate-again" else {}
    widgets.link(page, said, system=system.id, **wanted)


def _waiting(found: Standing) -> None:
    """Which assessment the figures are of, where a draft follows a milestone, and what else waits there."""
    step = next_step(found).kind
    if found.latest and found.draft_answered:
        widgets.small("The figures are of the draft." if found.shows_draft else "The milestone counts until then.")
    again = len(found.rate_again) - (step == "rate-again")
    waiting = upkeep.waiting_words(again, len(found.reviews) - (step == "review"))
    if waiting:
        widgets.small(f"Also {waiting}" if step in ("rate-again", "review") else waiting.capitalize())


def _menu(system: System) -> None:
    chosen = st.menu_button(
        "More",
        ["edit", "archive", "delete"],
        key=f"menu-{system.id}",
        format_func={"edit": "Edit", "archive": "Archive", "delete": "Delete"}.__getitem__,
        type="tertiary",
    )
    if chosen == "edit":
        edit_system(system)
    elif chosen:
        services.change_system(chosen, system.id)
        past, back = {"archive": ("archived", "restore"), "delete": ("deleted", "undelete")}[chosen]
        state.say_next(f"“{system.name}” is {past}.", {"kind": "system", "verb": back, "id": system.id})
        state.set_parameter("system", None)
        st.rerun()


@st.dialog("Edit the system")
def edit_system(system: System) -> None:
    """Name, description, who looks after it, how it is sorted and how often it is assessed; saved all at once."""
    with st.form("edit-system", border=False):
        name = st.text_input("Name", value=system.name, max_chars=200)
        about = st.text_area("What does it do? (optional)", value=system.about, max_chars=1000)
        owner = st.text_input("Owner (optional)", value=system.owner, max_chars=200, placeholder="Ola, or a team")
        tags = st.text_input(
            "Tags (optional, with commas between them)",
            value=", ".join(system.tags),
            placeholder="retail, EU, real time",
        )
        rhythm = st.number_input(
            "Assess it again every … days (0: no rhythm)", value=system.rhythm_days, min_value=0, max_value=3650, step=1
        )
        sent = st.form_submit_button("Save", type="primary")
    if sent:
        try:
            services.edit_system(system.id, name, about, tags.split(","), owner, int(rhythm))
        except StoreError as error:
            widgets.refusal(str(error))
            return
        st.rerun()
