"""The page of the people who answer: who they are and how far, how to add one, and where they disagree."""

import streamlit as st

from checklist.model import Checklist
from data.errors import StoreError
from data.model import Assessment, Respondent, System
from scoring import explain, voices
from scoring.agree import Disagreement
from ui import accounts, colleagues, frame, marks, offers, services, state, strips, widgets

# So many levels apart, people speak of different things.
WIDE = 2
ROLES = ("Lead", "Data scientist", "ML engineer", "On-call engineer", "Product owner")
CHOICES = {"rename": "Change name or role", "reopen": "Take submitting back", "remove": "Remove"}
DONE = {
    "remove": ("“{name}” no longer answers.", "restore"),
    "reopen": ("“{name}” can change answers again; until then they do not count.", "submit"),
}


def intro() -> None:
    widgets.say(
        "Ask colleagues to answer on their own. Nobody sees the others’ answers before submitting. "
        "Then the median counts, and you see where you disagree."
    )


def rows(system: System, assessment: Assessment) -> None:
    """One row a person, with what they can do next."""
    known = colleagues.people(assessment.id)
    total = len(services.checklist(assessment.lens).items)
    for person in known:
        _row(system, assessment, person, total, [one.name for one in known])
    if not known and not assessment.is_draft:
        widgets.small("Nobody was asked for this milestone; the team answered together.")


def _row(system: System, assessment: Assessment, person: Respondent, total: int, names: list[str]) -> None:
    # A lens may leave out what somebody has answered before.
    answered = min(person.answered, total)
    with st.container(key=f"person-row-{person.id}"):
        name, progress, action = st.columns([4, 3, 4], vertical_alignment="center", gap="medium")
        with name:
            widgets.html(strips.named(person.name, person.role, names))
        with progress:
            widgets.html(
                marks.text(f"{answered} of {total} · {_state(person)}", "mc-small"),
                marks.meter(answered / total, f"Answered by {person.name}"),
            )
        if assessment.is_draft:
            with action, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
                _answer_as(system, person)
                if offers.may("invite"):
                    _menu(person)


def _state(person: Respondent) -> str:
    if person.submitted_at:
        return f"submitted {widgets.ago(person.submitted_at, services.now())}"
    return "not submitted" if person.answered else "not begun"


def _answer_as(system: System, person: Respondent) -> None:
    if person.has_submitted or not offers.may("answer"):
        return
    if not person.is_open_to(services.actor().subject):
        widgets.small("answers alone")
        return
    label = "Go on with my answers" if person.subject else f"Answer as {person.name}"
    widgets.link(frame.CHECKLIST, label, system=system.id, respondent=person.id)


def _menu(person: Respondent) -> None:
    choices = [choice for choice in CHOICES if choice != "reopen" or person.has_submitted]
    chosen = st.menu_button(
        "More", choices, key=f"person-menu-{person.id}", type="tertiary", format_func=CHOICES.__getitem__
    )
    if chosen == "rename":
        _rename(person)
    elif chosen:
        _change(person, chosen)


def _change(person: Respondent, verb: str) -> None:
    said, back = DONE[verb]
    try:
        colleagues.change(verb, person.id)
    except StoreError as error:
        state.say_next(str(error))
    else:
        state.say_next(said.format(name=person.name), {"kind": "person", "verb": back, "id": person.id})
    st.rerun()


@st.dialog("Change name or role")
def _rename(person: Respondent) -> None:
    with st.form("rename-person", border=False):
        name = st.text_input("Name", value=person.name, max_chars=200)
        role = st.text_input("Role", value=person.role, max_chars=200)
        sent = st.form_submit_button("Save", type="primary")
    if sent:
        try:
            colleagues.change("rename", person.id, name, role)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        st.rerun()


def add(system: System, assessment: Assessment | None) -> None:
    """A name and a role; the draft begins with the first person, if it has not."""
    if assessment is not None and not assessment.is_draft:
        widgets.small("This is a milestone. Who answers the next assessment is asked there.")
        return
    if not offers.may("join"):
        offers.say_who_can("ask people to answer")
        return
    _myself(system, assessment)
    with st.form("add-person", border=False, clear_on_submit=True), st.container(key="add-person-fields"):
        name, role, send = st.columns([4, 4, 2], vertical_alignment="bottom")
        called = name.text_input("Name", max_chars=200, key="person-name")
        does = role.selectbox(
            "Role", ROLES, index=None, accept_new_options=True, placeholder="Choose or type one", key="person-role"
        )
        sent = send.form_submit_button("Add a person", icon=":material/add:", width="stretch")
    if sent:
        try:
            colleagues.change("add", (assessment or services.start(system.id)).id, called, does or "")
        except StoreError as error:
            widgets.refusal(str(error))
            return
        st.rerun()
    if assessment:
        _same_as_before(system, assessment)


def _myself(system: System, assessment: Assessment | None) -> None:
    """Who has an account may answer alone; nobody else sees or changes that form before it is submitted."""
    if not accounts.are_needed():
        return
    me = services.actor()
    known = colleagues.people(assessment.id) if assessment else []
    if any(one.subject == me.subject for one in known):
        return
    if st.button("Answer for myself", key="answer-for-myself", type="primary", icon=":material/person:"):
        try:
            mine = colleagues.answer_myself((assessment or services.start(system.id)).id)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        state.go(frame.CHECKLIST, system=system.id, respondent=mine.id)


def _same_as_before(system: System, assessment: Assessment) -> None:
    """The people of the last milestone, in one click."""
    missing = colleagues.before(system.id, assessment)
    if not missing:
        return
    names = ", ".join(one.name for one in missing)
    if st.button(f"Add those of last time: {widgets.plain(names)}", key="same-as-before", type="tertiary"):
        for one in missing:
            colleagues.change("add", assessment.id, one.name, one.role)
        st.rerun()


# Where they disagree


def disagreement(system: System, assessment: Assessment) -> None:
    """The items on which people differ, the widest first, and the way into the meeting."""
    known = colleagues.people(assessment.id)
    if not known:
        return
    st.header("Where you disagree", anchor=False)
    checklist = services.checklist(assessment.lens)
    found = colleagues.disagreements(checklist, assessment)
    widgets.say(voices.agreement(found, sum(person.has_submitted for person in known)))
    if assessment.is_draft and (late := [person.name for person in known if not person.has_submitted]):
        widgets.small(voices.waiting(late))
    agreed = colleagues.basis(checklist, assessment) if found else {}
    still = [one for one in found if one.item in agreed]
    if still and assessment.is_draft:
        _meeting_button(system, still)
    # One level apart is common; what is wider, or all there is, stands in the open.
    wide = [one for one in still if one.spread >= WIDE] or still
    names = [person.name for person in known]
    for one in wide:
        widgets.html(_difference(checklist, one, names, first=one is still[0]))
    if near := still[len(wide) :]:
        rest = "".join(_difference(checklist, one, names, first=False) for one in near)
        widgets.html(marks.fold(voices.closer(near), rest))
    _decided(checklist, [one for one in found if one.item not in agreed], assessment, names)


def _meeting_button(system: System, still: list[Disagreement]) -> None:
    if st.button(
        "Go through them together", key="start-meeting", type="primary", icon=":material/groups:"
    ):  # fmt: skip
        state.go(frame.MEETING, system=system.id, item=still[0].item)


def _difference(checklist: Checklist, one: Disagreement, names: list[str], first: bool) -> str:
    return _beside_strip(checklist, one, names, voices.sentence(one, first), voices.by_role(one))


def _beside_strip(checklist: Checklist, one: Disagreement, names: list[str], sentence: str, below: str) -> str:
    """The item's name, a sentence and what belongs to it, beside who answered what."""
    words = (
        marks.text(checklist.item(one.item).name, "mc-cardname", "h3"),
        marks.text(sentence, "mc-body"),
        marks.text(below, "mc-small") if below else "",
    )
    return f'<div class="mc-differ"><div>{"".join(words)}</div>{strips.strip(one, names)}</div>'


def _decided(checklist: Checklist, settled: list[Disagreement], assessment: Assessment, names: list[str]) -> None:
    """What the team has decided, with its note."""
    if not settled:
        return
    saved = services.responses(assessment.id)
    st.header("Decided together", anchor=False)
    for one in settled:
        answer = saved[one.item]
        decision = f"Decided by {answer.author}: {explain.response_words(answer.response)}."
        widgets.html(_beside_strip(checklist, one, names, decision, answer.response.note))


# On the results page


def finding(system: System, assessment: Assessment) -> None:
    """How much of a result is agreed and where people differ, and the way there; nothing without people."""
    known = colleagues.people(assessment.id)
    if not known:
        return
    checklist = services.checklist(assessment.lens)
    agreed = colleagues.basis(checklist, assessment)
    found = [one for one in colleagues.disagreements(checklist, assessment) if one.item in agreed]
    late = voices.waiting([one.name for one in known if not one.has_submitted]) if assessment.is_draft else ""
    lines = [voices.origin(agreed), voices.finding(checklist, found), late]
    with st.container(key="people-finding", horizontal=True, vertical_alignment="center"):
        widgets.html(marks.text(" ".join(filter(None, lines)), "mc-body"))
        widgets.link(
            frame.PEOPLE, "See where you disagree" if found else "See who answered", icon=":material/arrow_forward:",
            system=system.id, assessment=None if assessment.is_draft else assessment.id,
        )  # fmt: skip
