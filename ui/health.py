"""The health check's parts: five cards with three choices, and the result that grows beside them."""

import streamlit as st

from checklist.model import HEALTH_CHOICES, Checklist, HealthQuestion
from data.model import Assessment, System
from scoring import explain
from scoring.model import HealthResult
from scoring.wording import in_words
from ui import answering, frame, marks, offers, services, state, widgets

CHOICES = {"yes": "Yes", "no": "No", "unsure": "Not sure"}


def intro(system: System) -> None:
    widgets.say(
        f"Five questions about {system.name}. Answer for how it is today, not for how it is planned. "
        "Each answer is saved as you give it."
    )
    if not offers.may("answer"):
        offers.say_who_can("answer")


def questions(assessment: Assessment) -> None:
    """The five cards; what is chosen is saved before anything else is drawn."""
    refused = answering.settle_health(assessment.id)
    for number, question in enumerate(services.checklist().health, start=1):
        _card(number, question, refused.get(question.id))


def _card(number: int, question: HealthQuestion, refused: str | None) -> None:
    with st.container(key=f"health-card-{question.id}"):
        widgets.html(
            marks.text(f"{number} of 5 · {question.name}", "mc-itemname"),
            marks.text(question.question, "mc-question", "h2"),
        )
        st.segmented_control(
            question.question,
            HEALTH_CHOICES,
            format_func=CHOICES.__getitem__,
            key=f"{answering.HEALTH}{question.id}",
            label_visibility="collapsed",
            persist_state=state.KEPT,
            disabled=not offers.may("answer"),
        )
        widgets.small(question.hint)
    if refused:
        widgets.refusal(f"Not saved: {refused}")


def outcome(system: System, assessment: Assessment, result: HealthResult) -> None:
    """The indicative level, the button that goes on, and what each "no" means."""
    checklist = services.checklist(assessment.lens)
    with st.container(key="health-outcome"):
        if result.complete:
            _level(system, checklist, result)
        else:
            given = len(result.yes) + len(result.no) + len(result.unsure)
            widgets.html(
                marks.text("Your level appears here", "mc-question", "h2"),
                marks.text(f"{given} of {len(checklist.health)} answered", "mc-small"),
            )
        for question_id in result.no:
            _gap(checklist, question_id)


def _level(system: System, checklist: Checklist, result: HealthResult) -> None:
    widgets.html(
        marks.title(explain.health_headline(checklist, result)),
        marks.text(explain.health_rule(checklist, result), "mc-rule"),
        marks.health_band(checklist, result),
    )
    if st.button("Go on to the full checklist", type="primary", icon=":material/arrow_forward:"):
        state.go(frame.CHECKLIST, system=system.id)
    widgets.small(
        f"{len(checklist.items)} questions in {in_words(len(checklist.sections))} short sections, about 25 minutes. "
        "Stop and come back at any time."
    )
    widgets.link(frame.RESULTS, "Keep this as a milestone", system=system.id)


def _gap(checklist: Checklist, question_id: str) -> None:
    """What a "no" means, and the items of the checklist that go deeper."""
    question = checklist.health_question(question_id)
    items = [checklist.item(item).name for item in question.items]
    widgets.html(
        '<div class="mc-card">',
        marks.text(question.name, "mc-cardname", "h3"),
        marks.text(explain.health_gap(checklist, question_id), "mc-cardtext"),
        marks.text(f"In the checklist: {', '.join(items)}.", "mc-small") if items else "",
        "</div>",
    )
