"""The frame around every page: the side bar with its switchers and links, and the registry of pages."""

from collections.abc import Sequence
from contextlib import nullcontext

import streamlit as st

from data.model import System
from ui import accounts, guards, marks, offers, services, state, threshold, visits, widgets

ROOT = "../pages"
PRODUCT = "MLOps Checkup"

HOME = st.Page(f"{ROOT}/start/home.py", title="Systems", icon=":material/home:", url_path="home", default=True)
HEALTH = st.Page(
    f"{ROOT}/assess/health_check.py", title="Health check", icon=":material/bolt:", url_path="health-check"
)
CHECKLIST = st.Page(f"{ROOT}/assess/checklist.py", title="Checklist", icon=":material/checklist:", url_path="checklist")
PEOPLE = st.Page(f"{ROOT}/assess/people.py", title="People", icon=":material/group:", url_path="people")
MEETING = st.Page(f"{ROOT}/assess/meeting.py", title="Meeting", icon=":material/groups:", url_path="meeting")
RESULTS = st.Page(f"{ROOT}/results/results.py", title="Results", icon=":material/insights:", url_path="results")
FIXES = st.Page(f"{ROOT}/results/fixes.py", title="Fixes", icon=":material/build:", url_path="fixes")
PATH = st.Page(f"{ROOT}/results/path.py", title="Path", icon=":material/stairs:", url_path="path")
HISTORY = st.Page(f"{ROOT}/results/history.py", title="History", icon=":material/timeline:", url_path="history")
COMPARE = st.Page(f"{ROOT}/results/compare.py", title="Compare", icon=":material/compare_arrows:", url_path="compare")
REPORT = st.Page(f"{ROOT}/results/report.py", title="Report", icon=":material/description:", url_path="report")
ANSWERS = st.Page(
    f"{ROOT}/assess/answers_file.py", title="Answers file", icon=":material/draft:", url_path="answers-file"
)
SHARE = st.Page(f"{ROOT}/share/share.py", title="Share", icon=":material/share:", url_path="share")
SHARED = st.Page(f"{ROOT}/share/shared.py", title="Shared results", url_path="shared")
RESPOND = st.Page(f"{ROOT}/share/respond.py", title="Your answers", url_path="respond")
KITS = st.Page(f"{ROOT}/about/kits.py", title="Starter kits", icon=":material/package_2:", url_path="kits")
METHOD = st.Page(f"{ROOT}/about/method.py", title="Method", icon=":material/calculate:", url_path="method")
MEMBERS = st.Page(f"{ROOT}/about/members.py", title="Members", icon=":material/badge:", url_path="members")
AUDIT = st.Page(f"{ROOT}/about/audit.py", title="Audit", icon=":material/manage_search:", url_path="audit")
SETTINGS = st.Page(f"{ROOT}/about/settings.py", title="Settings", icon=":material/settings:", url_path="settings")

# The pages, in the order of the side bar: those about a system, and those about the app.
OF_A_SYSTEM = (HEALTH, CHECKLIST, PEOPLE, MEETING, RESULTS, FIXES, PATH, HISTORY, COMPARE, REPORT, SHARE, ANSWERS)
OF_THE_APP = (KITS, METHOD, MEMBERS, AUDIT, SETTINGS)
# For those who came through a link: these lead nowhere else, and no page leads there.
OF_VISITORS = (SHARED, RESPOND)
SHOW_A_MILESTONE = (PEOPLE, RESULTS, FIXES, PATH, COMPARE, REPORT, ANSWERS)
# One opens these from another page; the side bar marks that one.
OPENED_FROM = {MEETING.url_path: PEOPLE}
PAGES = (HOME, *OF_A_SYSTEM, *OF_THE_APP, *OF_VISITORS)


def show(here: st.Page) -> None:
    """Name the browser's tab and draw the side bar; `here` is the page that follows."""
    if visits.is_here():
        _name_the_tab(here, None)
        widgets.flash()
        return
    system = guards.open_system()
    _name_the_tab(here, system)
    with st.sidebar:
        widgets.html(marks.brand())
        _workspace_switcher()
        _links((HOME,), here, _place())
        _system_switcher(system)
        if system:
            _links(OF_A_SYSTEM, here, {"system": system.id}, state.parameter("assessment"))
        st.space("small")
        _links(_of_the_app(), here, {"system": system.id} if system else _place())
        threshold.who_is_here()
    widgets.flash()


def page_links(systems: Sequence[System], here: str) -> None:
    """One link for each system to the page of this title, and the way home."""
    page = next(page for page in OF_A_SYSTEM if page.title == here)
    for system in systems:
        widgets.link(page, system.name, system=system.id)
    widgets.link(HOME, "Go to your systems", icon=":material/arrow_forward:")


def start_links(system: System) -> None:
    """The two ways to begin."""
    if not offers.may("assess"):
        offers.say_who_can("start an assessment")
        return
    with st.container(horizontal=True):
        if st.button("Start the health check", type="primary"):
            state.go(HEALTH, system=system.id)
        if st.button("Start the full checklist"):
            state.go(CHECKLIST, system=system.id)


def _name_the_tab(here: st.Page, system: System | None) -> None:
    parts = [system.name] if system and here.url_path in {page.url_path for page in OF_A_SYSTEM} else []
    st.set_page_config(page_title=" · ".join([*parts, here.title, PRODUCT]))


def _of_the_app() -> tuple[st.Page, ...]:
    """Who uses the app alone has nobody to invite."""
    return OF_THE_APP if accounts.are_needed() else tuple(page for page in OF_THE_APP if page is not MEMBERS)


def _place() -> dict[str, str]:
    """The workspace in an address, where there is more than one to be in."""
    return {"workspace": guards.workspace().id} if len(services.workspaces()) > 1 else {}


def _links(pages: Sequence[st.Page], here: st.Page, parameters: dict[str, str], assessment: str | None = None) -> None:
    """Links that keep what is open: the pages that show a milestone go on showing it."""
    marked = OPENED_FROM.get(here.url_path, here)
    for page in pages:
        if page.url_path in OPENED_FROM:
            continue
        kept = {"assessment": assessment} if assessment and page in SHOW_A_MILESTONE else {}
        if page is CHECKLIST and (respondent := state.parameter("respondent")):
            # Another form under the same widgets would be answered by clicks that were meant for this one.
            kept = {"respondent": respondent}
        # A container for the one that is marked, and none for the others: each is a message more on every page.
        with st.container(key="nav-here") if page.url_path == marked.url_path else nullcontext():
            st.page_link(page, query_params=(parameters | kept) or None)


def _workspace_switcher() -> None:
    known = services.workspaces()
    here = guards.workspace()
    if len(known) > 1:
        chosen = _menu("Workspace", here.name, {one.id: one.name for one in known if one.id != here.id})
        if chosen:
            state.choose_workspace(chosen)
            state.go(HOME, workspace=chosen)


def _system_switcher(system: System | None) -> None:
    known = services.systems(system.workspace if system else guards.workspace().id)
    others = {one.id: one.name for one in known if system is None or one.id != system.id}
    if system is None or not others:
        if system:
            widgets.html(marks.text(system.name, "mc-here"))
        return
    chosen = _menu("System", system.name, others)
    if chosen:
        state.set_parameter("assessment", None)
        state.set_parameter("section", None)
        state.set_parameter("respondent", None)
        state.set_parameter("item", None)
        state.set_parameter("system", chosen)
        st.rerun()


def _menu(label: str, here: str, others: dict[str, str]) -> str | None:
    """A switcher. A menu's choice is an event: it has no state that a browser could send late and so switch back."""
    return st.menu_button(
        widgets.plain(here),
        list(others),
        key=f"{label.lower()}-switcher",
        help=f"Switch to another {label.lower()}",
        format_func=lambda one: widgets.plain(others[one]),
        width="stretch",
    )
