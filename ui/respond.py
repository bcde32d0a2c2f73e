"""The checklist's form as one person's own: whose answers it holds, what already counts, and how it is submitted."""

from collections.abc import Mapping

import streamlit as st

from checklist.model import Checklist
from checklist.viewing import limited_to
from data.errors import StoreError
from data.model import Assessment, Respondent, System
from scoring import voices
from ui import colleagues, frame, offers, services, state, visits, widgets


def whose(system: System, assessment: Assessment) -> Respondent | None:
    """The person that the address names, None for the team's own form; or a sentence where there is no such form."""
    wanted = state.parameter("respondent")
    if wanted is None:
        return None
    try:
        person = colleagues.person(wanted)
    except StoreError:
        person = None
    if person is None or person.assessment != assessment.id:
        st.title("This person does not answer here", anchor=False)
        st.text("The address names somebody who was removed, or who answered an assessment that is finished.")
    elif not person.has_submitted and not person.is_open_to(services.actor().subject):
        st.title(f"{widgets.plain(person.name)} answers alone", anchor=False)
        st.text("These answers are their author’s alone until they submit them.")
    elif person.has_submitted and not offers.may("submit"):
        st.title(f"{widgets.plain(person.name)} has submitted", anchor=False)
        offers.say_who_can("take that back")
    elif person.has_submitted:
        st.title(f"{widgets.plain(person.name)} has submitted", anchor=False)
        widgets.say("These answers count now, and the others may have seen them. Take that back to change them.")
        if st.button("Take it back and change answers", key="reopen-form"):
            colleagues.change("reopen", person.id)
            st.rerun()
    else:
        return person
    widgets.link(frame.PEOPLE, "See who answers", icon=":material/arrow_forward:", system=system.id)
    st.stop()


def asked(assessment: Assessment) -> Checklist:
    """What the open form asks: the checklist, or the areas of it that a link is limited to."""
    checklist, visit = services.checklist(assessment.lens), visits.visit() if visits.is_here() else None
    return limited_to(checklist, visit.link.areas) if visit and visit.link.areas else checklist


def may_go_on(person: Respondent) -> bool:
    """Whether this form is still theirs to fill in: nobody has removed them, and they have not submitted elsewhere."""
    try:
        return not colleagues.person(person.id).has_submitted
    except StoreError:
        return False


def banner(system: System, person: Respondent) -> None:
    """Whose answers these are, in view above the form."""
    role = f", {person.role}" if person.role else ""
    with st.container(key="whose", horizontal=True, vertical_alignment="center"):
        widgets.say(
            f"These are the answers of {person.name}{role}. Nobody else sees them before you submit.", "mc-body"
        )
        widgets.link(frame.PEOPLE, "Back to the people", system=system.id)


def agreed(checklist: Checklist, assessment: Assessment) -> Mapping[str, str]:
    """For each item that nobody decided, what people agree on, in a sentence; the team's form shows it."""
    people = colleagues.basis(checklist, assessment)
    if not people:
        return {}
    answers = services.answers(assessment.id)
    return {item: voices.counts_now(answers.response(item), count) for item, count in people.items()}


def finish(system: System, person: Respondent, answered: int, total: int) -> None:
    """The end of a person's form: what submitting means, and the button that does it."""
    widgets.html('<div class="mc-itemhead"></div>')
    widgets.say(f"{voices.open_questions(total - answered, total)} {voices.SUBMITTING}")
    if st.button("Submit my answers", key="submit-answers", type="primary", icon=":material/check:"):
        try:
            colleagues.change("submit", person.id)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        state.forget_form()
        if visits.is_here():
            st.rerun()
        undo = {"kind": "person", "verb": "reopen", "id": person.id}
        state.say_next(f"The answers of {person.name} are submitted. Thank you.", undo)
        state.go(frame.PEOPLE, system=system.id)
