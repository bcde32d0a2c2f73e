"""The frame around every page: the side bar with its switchers and links, and the registry of pages."""

from collections.abc import Sequence

import streamlit as st

from data.model import System
from ui import guards, marks, services, state, widgets

ROOT = "../pages"

HOME = st.Page(f"{ROOT}/start/home.py", title="Systems", icon=":material/home:", url_path="home", default=True)
HEALTH = st.Page(
    f"{ROOT}/assess/health_check.py", title="Health check", icon=":material/bolt:", url_path="health-check"
)
CHECKLIST = st.Page(f"{ROOT}/assess/checklist.py", title="Checklist", icon=":material/checklist:", url_path="checklist")
RESULTS = st.Page(f"{ROOT}/results/results.py", title="Results", icon=":material/insights:", url_path="results")
FIXES = st.Page(f"{ROOT}/results/fixes.py", title="Fixes", icon=":material/build:", url_path="fixes")
HISTORY = st.Page(f"{ROOT}/results/history.py", title="History", icon=":material/timeline:", url_path="history")
REPORT = st.Page(f"{ROOT}/results/report.py", title="Report", icon=":material/description:", url_path="report")
METHOD = st.Page(f"{ROOT}/about/method.py", title="Method", icon=":material/calculate:", url_path="method")
SETTINGS = st.Page(f"{ROOT}/about/settings.py", title="Settings", icon=":material/settings:", url_path="settings")

# The pages, in the order of the side bar: those about a system, and those about the app.
OF_A_SYSTEM = (HEALTH, CHECKLIST, RESULTS, FIXES, HISTORY, REPORT)
OF_THE_APP = (METHOD, SETTINGS)
PAGES = (HOME, *OF_A_SYSTEM, *OF_THE_APP)


def show(here: st.Page) -> None:
    """Draw the side bar; `here` is the page that follows."""
    system = guards.open_system()
    with st.sidebar:
        widgets.html(marks.brand())
        parameters = {"system": system.id} if system else {}
        _workspace_switcher()
        _links((HOME,), here, {})
        _system_switcher(system)
        _links(OF_A_SYSTEM, here, parameters)
        st.space("small")
        _links(OF_THE_APP, here, parameters)
    widgets.flash()


def system_links(systems: Sequence[System]) -> None:
    """One link for each system to this same page, and the way to a new one."""
    for system in systems:
        widgets.link(HOME, system.name, system=system.id)
    st.page_link(HOME, label="Go to your systems", icon=":material/arrow_forward:")


def start_links(system: System) -> None:
    """The two ways to begin."""
    with st.container(horizontal=True):
        if st.button("Start the health check", type="primary"):
            state.go(HEALTH, system=system.id)
        if st.button("Start the full checklist"):
            state.go(CHECKLIST, system=system.id)


def _links(pages: Sequence[st.Page], here: st.Page, parameters: dict[str, str]) -> None:
    for page in pages:
        name = "nav-here" if page == here else f"nav-{page.url_path}"
        with st.container(key=name):
            st.page_link(page, query_params=parameters or None)


def _workspace_switcher() -> None:
    known = services.workspaces()
    if len(known) < 2:
        return
    here = guards.workspace()
    state.set_widget("workspace-switcher", here.id)
    st.selectbox(
        "Workspace",
        [workspace.id for workspace in known],
        format_func={workspace.id: workspace.name for workspace in known}.__getitem__,
        key="workspace-switcher",
        on_change=_switch_workspace,
    )


def _switch_workspace() -> None:
    state.choose_workspace(state.widget("workspace-switcher"))
    for name in ("workspace", "system", "assessment", "section"):
        state.set_parameter(name, None)


def _system_switcher(system: System | None) -> None:
    known = services.systems(system.workspace if system else guards.workspace().id)
    if not known:
        return
    names = {found.id: found.name for found in known}
    if system and system.id not in names:
        names[system.id] = system.name
    state.set_widget("system-switcher", system.id if system else None)
    st.selectbox(
        "System",
        list(names),
        format_func=names.__getitem__,
        key="system-switcher",
        placeholder="Choose a system",
        on_change=_switch_system,
    )


def _switch_system() -> None:
    state.set_parameter("assessment", None)
    state.set_parameter("compare", None)
    state.set_parameter("system", state.widget("system-switcher"))
