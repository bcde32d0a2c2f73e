"""What somebody sees who was asked to answer through a link: a name, their own form, and the way back to it."""

from datetime import timedelta

import streamlit as st

from data.door import Visit
from data.errors import NameTaken, StoreError
from data.model import Assessment, Respondent, System
from scoring import voices
from ui import colleagues, form, links, marks, people, respond, services, share, state, visits, widgets

THANKS = "Thank you, your answers are in"


def show(visit: Visit) -> None:
    """The form of who came, their name first; or why there is nothing to answer."""
    try:
        system = services.system(visit.link.system)
    except StoreError:
        gone = "The system was deleted by its team."
        visits.nothing_here("There is nothing to answer here any more", gone, has_head=False)
    draft, person = services.draft(system.id), _person(visit)
    _head(visit, system)
    if draft is None or (person and person.assessment != draft.id and visit.link.respondent):
        _finished(system, person)
    elif visit.respondent and person is None:
        visits.nothing_here("You no longer answer here", "The team has taken your form off. Ask who sent you the link.")
    elif person is None or person.assessment != draft.id:
        _introduce(visit, system, draft)
    elif person.has_submitted:
        _thanks(system, draft, person)
    else:
        _form(visit, system, draft, person)


def _person(visit: Visit) -> Respondent | None:
    """Who this browser is, None where they have not said or were taken off."""
    try:
        return colleagues.person(visit.respondent) if visit.respondent else None
    except StoreError:
        return None


def _head(visit: Visit, system: System) -> None:
    st.set_page_config(page_title=f"{system.name} · Your answers · MLOps Checkup")
    with st.container(key="visit-head", horizontal=True, vertical_alignment="center"):
        widgets.html(marks.brand())
        widgets.html(marks.text(f"{system.name} · asked by {visit.link.created_by}", "mc-small"))


def _finished(system: System, person: Respondent | None) -> None:
    if person:
        visits.nothing_here("This assessment is finished", f"Thank you for your part in it, {person.name}. The team "
                            f"of {system.name} sends a new link when it asks again.")  # fmt: skip
    visits.nothing_here("No questions are open right now", f"The team of {system.name} has not begun a new "
                        "assessment. This link takes you to its questions as soon as it has.")  # fmt: skip


# Who are you?


def _introduce(visit: Visit, system: System, draft: Assessment) -> None:
    """A name and a role, and the form begins."""
    items = len(respond.asked(draft).items)
    if not items:
        visits.nothing_here("There is nothing to answer here", "The areas of this link have no questions any more.")
    minutes = -(-items * form.SECONDS_AN_ITEM // 60)
    widgets.html(marks.title(f"How is {system.name} run?", "h1"))
    widgets.say(
        f"{items} questions, about {minutes} minute{'s' if minutes > 1 else ''}. Answer for what you know; “don’t "
        "know” is an answer too. Nobody sees your answers before you submit, and you see nobody else’s."
    )
    with st.form("introduce", border=False), st.container(key="introduce-fields"):
        name = st.text_input("Your name", max_chars=200, key="visitor-name", width=420)
        role = st.selectbox(
            "Your role", people.ROLES, index=None, accept_new_options=True, placeholder="Choose or type one",
            key="visitor-role", width=420,
        )  # fmt: skip
        sent = st.form_submit_button("Begin", type="primary", icon=":material/arrow_forward:", icon_position="right")
    if sent:
        try:
            links.begin_form(visit, draft.id, name, role or "")
        except NameTaken as error:
            widgets.refusal(f"{error} If that is you, open your own way back, or the browser you began in.")
            return
        except StoreError as error:
            widgets.refusal(str(error))
            return
        state.forget_form()
        st.rerun()


# Their form


def _form(visit: Visit, system: System, draft: Assessment, person: Respondent) -> None:
    role = f", {person.role}" if person.role else ""
    with st.container(key="whose", horizontal=True, vertical_alignment="center"):
        widgets.say(
            f"These are the answers of {person.name}{role}. Nobody else sees them before you submit.", "mc-body"
        )
        if st.button("Go on elsewhere", key="way-back", type="tertiary", icon=":material/devices:"):
            _way_back(visit, person)
    form.walk(system, draft, person)


@st.dialog("Go on elsewhere")
def _way_back(visit: Visit, person: Respondent) -> None:
    """An address of their own for another device; in this browser the first link does."""
    if visit.link.respondent:
        widgets.say("You came through your own address. It goes on working, here and on your other devices.", "mc-body")
        return
    widgets.say(
        "Everything is saved as you choose it. In this browser the link that you were sent brings you back. For "
        "another device, make an address of your own.",
        "mc-body",
    )
    if st.button("Make my own address", type="primary", key="make-way-back"):
        try:
            address = links.way_back(person)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        share.address(address)
        until = visit.link.expires_at
        ends = f" It works until {widgets.day(until - timedelta(seconds=1))}." if until else ""
        widgets.small(
            "Keep this to yourself: whoever has it answers as you. It is shown this once; making another one ends "
            f"this one.{ends}"
        )


def _thanks(system: System, draft: Assessment, person: Respondent) -> None:
    """They have submitted, and may take that back while the assessment is open."""
    checklist = respond.asked(draft)
    answered = min(person.answered, len(checklist.items))
    widgets.html(marks.title(THANKS, "h1"))
    widgets.say(
        f"{person.name}, {voices.open_questions(len(checklist.items) - answered, len(checklist.items))} The team of "
        f"{system.name} can see them now. You can close this page."
    )
    if st.button("Take it back and change answers", key="reopen-form"):
        try:
            colleagues.change("reopen", person.id)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        st.rerun()
