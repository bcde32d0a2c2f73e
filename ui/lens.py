"""The lens of an assessment on the pages: its line above the form, the choice of another, and what it leaves out."""

from html import escape

import streamlit as st

from checklist.model import Lens
from data.errors import StoreError
from data.model import Assessment
from scoring import lenses
from ui import answering, marks, offers, services, state, widgets


def line(assessment: Assessment) -> None:
    """Through which lens the form is seen, and the way to another one; every answer stays."""
    checklist = services.checklist(assessment.lens)
    with st.container(horizontal=True, vertical_alignment="center", key="lens"):
        st.html(marks.text(lenses.line(checklist), "mc-small"), width="content")
        if offers.may("assess") and st.button("Change the lens", type="tertiary", key="change-lens"):
            _choose(assessment)
    notice(assessment)


def notice(assessment: Assessment) -> None:
    """Say so where the lens that is stored does not exist any more."""
    if said := lenses.lost(services.checklist(), assessment.lens, assessment.is_draft):
        widgets.refusal(said)


@st.dialog("Choose a lens", width="medium")
def _choose(assessment: Assessment) -> None:
    widgets.small("A lens decides which questions are asked, what they mean and what counts more. No answer is lost.")
    for lens in services.checklist().lenses:
        with st.container(key=f"lens-{lens.id}"):
            widgets.html(
                marks.text(lens.name, "mc-cardname", "h3"),
                marks.text(lens.about, "mc-body"),
                marks.text(lenses.effect(lens), "mc-small"),
            )
            if lens.id == assessment.lens:
                widgets.small("In use")
            elif st.button(f"Use “{lens.name}”", key=f"use-{lens.id}"):
                _use(assessment, lens)


def _use(assessment: Assessment, lens: Lens) -> None:
    answering.save_leftovers()
    try:
        services.set_lens(assessment.id, lens.id)
    except StoreError as error:
        widgets.refusal(str(error))
        return
    state.say_next(f"You now see the checklist through the lens “{lens.name}”. Every answer is kept.")
    st.rerun()


def left_out(lens_id: str) -> None:
    """The questions that a result's lens leaves out, folded, each with its reason."""
    checklist = services.checklist(lens_id)
    if said := lenses.left_out_sentence(checklist):
        widgets.html(marks.fold(said, _reasons(lenses.left_out(checklist.whole, checklist.lens))))


def described(lens: Lens) -> str:
    """Everything about a lens, for the method page: whom it is for, why, and what it leaves out, weighs and words."""
    whole = services.checklist()
    parts = [marks.text(lens.about, "mc-body"), marks.text(lens.why, "mc-body")]
    for title, reasons in (
        ("Left out", lenses.left_out(whole, lens)),
        ("Counts more", lenses.weighed(whole, lens)),
    ):
        parts += [marks.text(title, "mc-cardname", "h4"), _reasons(reasons)] if reasons else []
    if names := lenses.reworded(whole, lens):
        parts.append(marks.text("Worded in its own way", "mc-cardname", "h4"))
        parts.append(marks.text(f"{', '.join(names)}.", "mc-body"))
    return "".join(parts)


def _reasons(reasons: lenses.Reasons) -> str:
    rows = "".join(f"<li><b>{escape(name)}.</b> {escape(reason)}</li>" for name, reason in reasons)
    return f'<ul class="mc-list">{rows}</ul>'
