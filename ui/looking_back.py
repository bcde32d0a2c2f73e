"""The checklist's last step: what is still open or carried over, what failed in production, and on to the results."""

from collections.abc import Mapping, Sequence

import streamlit as st

from checklist.model import Checklist, Item
from data.model import Assessment, Saved, System
from scoring import upkeep
from ui import answering, frame, marks, offers, returning, state, widgets


def show(
    system: System,
    checklist: Checklist,
    assessment: Assessment,
    saved: Mapping[str, Saved],
    agreed: Mapping[str, str],
) -> None:
    """What is still open, what hit production lately, and on to the results."""
    open_questions(checklist, saved, agreed)
    _carried(checklist, assessment, saved, agreed)
    widgets.html(
        marks.text("What went wrong in production in the last six months?", "mc-question", "h3"),
        marks.text(
            "Gaps that let these failures through come first in your fixes. Leave all empty if none did.", "mc-body"
        ),
    )
    _failures(checklist, assessment)
    st.space("small")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("See the results", key="see-results", type="primary", icon=":material/arrow_forward:"):
            state.go(frame.RESULTS, system=system.id)
        widgets.link(frame.ANSWERS, "Answers as a file", system=system.id)


def open_questions(checklist: Checklist, saved: Mapping[str, Saved], agreed: Mapping[str, str]) -> None:
    """The questions without an answer, and those answered with "don't know"; each name leads to its question."""
    widgets.html(marks.text("Look back", "mc-sectionname", "h2"))
    unanswered = [
        item for item in checklist.items if not answering.is_answered(saved.get(item.id)) and item.id not in agreed
    ]
    unknown = [item for item in checklist.items if (one := saved.get(item.id)) and one.response.state == "unknown"]
    if unanswered:
        _names("One question is open" if len(unanswered) == 1 else f"{len(unanswered)} questions are open", unanswered)
        first = unanswered[0]
        st.button("Answer them now", key="answer-open", on_click=answering.open_section, args=(first.section, first.id))
    if unknown:
        _names(f"To find out: {len(unknown)} answered with “don’t know”", unknown)


def _carried(
    checklist: Checklist, assessment: Assessment, saved: Mapping[str, Saved], agreed: Mapping[str, str]
) -> None:
    """The sections with answers of the last assessment, each with the way to them and the button that confirms them."""
    waiting = {
        section: found
        for section in checklist.sections
        if (found := returning.to_confirm(assessment, section.items, saved, agreed))
    }
    if not waiting:
        return
    widgets.html(marks.text("Answers from the last assessment: still true?", "mc-question", "h3"))
    for section, items in waiting.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"waiting-{section.id}"):
            st.button(
                f"{section.name}: {upkeep.remaining_words(len(items))}", key=f"review-{section.id}", type="tertiary",
                on_click=answering.open_section, args=(section.id, items[0].id),
            )  # fmt: skip
            if offers.may("answer"):
                returning.confirm_all(assessment, section.id, items)


def _names(title: str, items: Sequence[Item]) -> None:
    widgets.html(marks.text(title, "mc-question", "h3"))
    with st.container(horizontal=True, gap="small", key=f"names-{title[:2].strip().lower()}"):
        for item in items:
            st.button(
                item.name,
                key=f"open-{item.id}",
                on_click=answering.open_section,
                args=(item.section, item.id),
                type="tertiary",
            )


def _failures(checklist: Checklist, assessment: Assessment) -> None:
    refused = answering.settle_failures(assessment.id)
    for failure in checklist.failures:
        st.checkbox(
            failure.question, key=f"{answering.FAILURE}{failure.id}", persist_state=state.KEPT,
            disabled=not offers.may("answer"),
        )  # fmt: skip
        widgets.html(marks.text(failure.about, "mc-small mc-under"))
    if refused:
        widgets.refusal(f"Not saved: {refused}")
