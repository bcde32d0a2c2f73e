"""The target: what is aimed at, overall and by area, and the dialog that changes it."""

from collections.abc import Callable

import streamlit as st

from data.errors import StoreError
from data.model import Assessment
from scoring import explain, outlook
from scoring.levels import SCALE
from scoring.model import Result, Target
from ui import offers, services, state, widgets

# A choice that is no level.
DEFAULT = 0


def show(assessment: Assessment, result: Result, beside: Callable[[], None] | None = None) -> None:
    """The target in a sentence, a word where it is below what is reached, and the way to change it.

    `beside` draws what stands in the same row.
    """
    if result.score is None:
        return
    checklist = services.checklist()
    kept = "" if assessment.is_draft else " A milestone keeps the target it was made with."
    with st.container(horizontal=True, vertical_alignment="center", key="target"):
        widgets.small(outlook.target_words(checklist, result, assessment.target) + kept)
        may_change = assessment.is_draft and offers.may("assess")
        if may_change and st.button("Change the target", type="tertiary", key="change-target"):
            _change(assessment)
        if beside:
            beside()
    low = outlook.low_target_sentence(checklist, result, assessment.target)
    if low:
        widgets.refusal(low)


@st.dialog("Change the target")
def _change(assessment: Assessment) -> None:
    checklist, wanted = services.checklist(), assessment.target
    widgets.small("Fixes and charts measure against it. An area may have a target of its own.")
    with st.form("target-form", border=False):
        overall = _level("Whole system", "overall", wanted.overall, "One level up")
        areas = {
            area.id: _level(area.name, area.id, wanted.areas.get(area.id), "As the whole system")
            for area in checklist.areas
        }
        sent = st.form_submit_button("Save the target", type="primary")
    if sent:
        _save(assessment, Target(overall, {area: level for area, level in areas.items() if level is not None}))


def _level(label: str, key: str, wanted: int | None, default: str) -> int | None:
    """A level, or None for the default."""
    checklist = services.checklist()
    choices = [DEFAULT, *SCALE]
    chosen = st.selectbox(
        label, choices, index=choices.index(wanted or DEFAULT), key=f"target-{key}",
        format_func=lambda level: explain.level_name(checklist, level) if level else default,
    )  # fmt: skip
    return chosen or None


def _save(assessment: Assessment, target: Target) -> None:
    try:
        services.set_target(assessment.id, target)
    except StoreError as error:
        widgets.refusal(str(error))
        return
    result = services.result(assessment.id)
    state.say_next(outlook.target_words(services.checklist(), result, target))
    state.set_parameter("to", None)
    st.rerun()
