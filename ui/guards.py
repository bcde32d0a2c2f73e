"""What must be there before a page shows anything; where it is missing, the page says so and what to do, and stops."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from access.permissions import Forbidden
from data.errors import StoreError
from data.model import Assessment, System, Workspace
from ui import services, state, widgets


def the_store() -> None:
    """The gate: no page runs before the store is open and the reader may use it."""
    try:
        services.open_the_store()
    except StoreError as error:
        st.title("The answers can’t be reached", anchor=False)
        st.text(str(error))
        st.stop()


def the_reader() -> None:
    """The other gate: nothing is drawn for who is not signed in, or belongs to no workspace."""
    from ui import threshold

    threshold.cross()


def is_over() -> bool:
    """Whether who was here is signed out, or what they had open is not theirs to see by now.

    A part of a page that is drawn by itself asks first: no gate stands before it.
    """
    from ui import threshold

    return threshold.is_over() or (state.parameter("system") is not None and open_system() is None)


@contextmanager
def refusals() -> Iterator[None]:
    """What an actor may not do ends in a sentence, wherever a page tries it."""
    try:
        yield
    except Forbidden as refusal:
        widgets.refusal(str(refusal))


def workspace() -> Workspace:
    """The workspace of the open system, else the one chosen, else the first."""
    known = services.workspaces()
    system = open_system()
    wanted = system.workspace if system else state.parameter("workspace") or state.chosen_workspace()
    return next((found for found in known if found.id == wanted), known[0])


def open_system() -> System | None:
    """The system that the address names, if it is there."""
    system_id = state.parameter("system")
    if system_id is None:
        return None
    try:
        return services.system(system_id)
    except StoreError:
        return None


def need_system(page: str) -> System:
    """The system that the address names; the only one there is; or a sentence, and links to this page of each."""
    from ui import frame

    found = open_system()
    if found:
        return found
    known = services.systems(workspace().id)
    if state.parameter("system"):
        st.title("This system is not here", anchor=False)
        st.text("The address names a system that does not exist or was deleted.")
    elif len(known) == 1:
        state.set_parameter("system", known[0].id)
        st.rerun()
    elif known:
        st.title(f"{page} of which system?", anchor=False)
    else:
        st.title("No system yet", anchor=False)
        st.text("A system is one ML product in production: its data, its model and what serves it. Add yours first.")
    frame.page_links(known, page)
    st.stop()


def need_assessment(page: str, even_newer: bool = False) -> tuple[System, Assessment]:
    """The assessment that the address names, else the system's draft, else its last milestone; or where to start.

    A milestone of a newer checklist than this app's is shown as it was stored, unless the page can do with it.
    """
    from ui import frame, past

    found, assessment = maybe_assessment(page)
    if assessment is None:
        st.title("Nothing answered yet", anchor=False)
        st.text("Answer five questions in two minutes, or begin with the full checklist. Results appear here at once.")
        frame.start_links(found)
        st.stop()
    if not even_newer and past.is_too_new(assessment):
        past.stored_result(assessment)
        st.stop()
    return found, assessment


def maybe_assessment(page: str) -> tuple[System, Assessment | None]:
    """Like `need_assessment`, for a page that has something to say before anything is answered."""
    found = need_system(page)
    return found, _named_assessment(found) or services.newest(found.id)


def need_draft(page: str) -> tuple[System, Assessment]:
    """The system's draft. A first one begins by itself; after a milestone a person says that a new one begins."""
    from ui import offers

    found = need_system(page)
    draft = services.draft(found.id)
    if draft:
        return found, draft
    last = next(iter(services.milestones(found.id)), None)
    begins = offers.may("assess")
    if last is None and begins:
        return found, services.start(found.id)
    st.title(page, anchor=False)
    if last is None or not begins:
        st.text(f"No assessment of {found.name} is being filled in at the moment.")
        offers.say_who_can("start one")
        st.stop()
    st.text(
        f"The last assessment of {found.name} is kept as the milestone “{last.name}”. A new one starts from its "
        "answers: go through them and change what is different today."
    )
    if st.button("Start a new assessment", type="primary", key="start-new"):
        services.start(found.id)
        st.rerun()
    st.stop()


def _named_assessment(system: System) -> Assessment | None:
    from ui import frame

    wanted = state.parameter("assessment")
    if wanted is None:
        return None
    try:
        assessment = services.assessment(wanted)
    except StoreError:
        assessment = None
    if assessment is None or assessment.system != system.id or assessment.status == "void":
        st.title("This assessment is not here", anchor=False)
        st.text("The address names an assessment that does not exist, was deleted, or belongs to another system.")
        widgets.link(frame.RESULTS, "See the newest results", icon=":material/arrow_forward:", system=system.id)
        widgets.link(frame.HISTORY, "See the history", icon=":material/arrow_forward:", system=system.id)
        st.stop()
    return assessment
