"""What somebody sees who came through a link to look: one system or one milestone of it, and nothing to change."""

import streamlit as st

from access.permissions import Forbidden
from data.door import Visit
from data.errors import StoreError
from data.model import Assessment, System
from scoring import compare_words
from ui import handout, lens, marks, outcome, past, plan, services, visits, widgets

RESULTS, FIXES, HISTORY, REPORT = "Results", "Fixes", "History", "Report"
TO_COME = "Results appear here as soon as the team has saved its first milestone."


def show(visit: Visit) -> None:
    """What the link opens, in parts of which one is drawn at a time."""
    try:
        system = services.system(visit.link.system)
        shown = _shown(visit, system)
    except (StoreError, Forbidden):
        gone = "What this link showed was deleted by its team."
        visits.nothing_here("There is nothing to see here any more", gone, has_head=False)
    _head(visit, system, shown)
    if shown is None:
        widgets.html(marks.title(system.name, "h1"))
        widgets.say(TO_COME)
        return
    if past.is_too_new(shown):
        _too_new(shown)
        return
    names = (RESULTS, FIXES, REPORT) if visit.link.assessment else (RESULTS, FIXES, HISTORY, REPORT)
    for name, tab in zip(names, st.tabs(names, key="shared-parts", on_change="rerun"), strict=True):
        if tab.open:
            with tab:
                _part(name, system, shown)


def _too_new(shown: Assessment) -> None:
    """What was stored with a milestone of a newer checklist; a link to it alone does not reach that far."""
    try:
        past.as_stored(shown)
    except Forbidden:
        sentence = compare_words.version_sentence(services.checklist(), shown.name, shown.checklist)
        visits.nothing_here("This milestone can’t be shown here yet", sentence)


def _shown(visit: Visit, system: System) -> Assessment | None:
    """The one milestone of the link, else the system's newest."""
    if visit.link.assessment is None:
        return next(iter(services.milestones(system.id)), None)
    shown = services.assessment(visit.link.assessment)
    if shown.status != "milestone":
        raise StoreError("This milestone was deleted.")
    return shown


def _head(visit: Visit, system: System, shown: Assessment | None) -> None:
    """Whose results these are, of when, and who shares them."""
    st.set_page_config(page_title=f"{system.name} · Shared results · MLOps Checkup")
    what = f"“{shown.name}”, {widgets.day(shown.made_at or shown.started_at)}" if shown else ""
    by = f"Shared by {visit.link.created_by}, to look at"
    with st.container(key="visit-head", horizontal=True, vertical_alignment="center"):
        widgets.html(marks.brand())
        widgets.html(marks.text(" · ".join(filter(None, (what, by))), "mc-small"))


def _part(name: str, system: System, shown: Assessment) -> None:
    result = services.result(shown.id)
    if name == RESULTS:
        lens.notice(shown)
        outcome.first_screen(system, shown, result)
        if result.fixes:
            outcome.first_fixes(result)
        outcome.lines(result)
        outcome.anti_patterns(shown, result)
        outcome.open_questions(system, shown, result)
        lens.left_out(result.lens)
    elif name == FIXES:
        plan.look(result, (visits.if_seen(lambda: services.fix_states(system.id)) or {}))
    elif name == HISTORY:
        known = services.milestones(system.id)
        past.trend(system, known)
        past.table(known, services.overall_trend(system.id))
    else:
        _report(system, shown)


def _report(system: System, shown: Assessment) -> None:
    widgets.say(f"All of it as a file, for people who were not in the room: “{shown.name}” of {system.name}.")
    with st.container(key="report-files", horizontal=True, gap="xsmall"):
        for name in handout.formats():
            handout.download(system, shown, name)
