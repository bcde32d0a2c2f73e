"""The fixes page's parts: filters, groups by priority with their reason, and one row a fix that opens in place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import streamlit as st

from checklist.model import Checklist
from data.errors import StoreError
from data.model import FIX_STAGES, FixState, System
from scoring import explain
from scoring.model import Fix, Result
from ui import marks, offers, services, standings, starter_kits, state, widgets

STAGES = {"open": "Open", "doing": "Doing", "done": "Done", "accepted": "Accepted risk"}
REVIEW_AFTER = timedelta(days=180)


def show(system: System, result: Result) -> None:
    """The whole list, or a sentence where there is none."""
    checklist = services.checklist(result.lens)
    states = services.fix_states(system.id)
    if result.score is None:
        widgets.say("Fixes appear here as soon as the first question of the checklist is answered.")
        return
    widgets.say(explain.target_sentence(checklist, result))
    if not result.fixes and not result.accepted:
        return
    shown = _filtered(result, states)
    _groups(system, checklist, shown, states)
    _accepted(system, result, states)
    _find_out(result)


def _filtered(result: Result, states: Mapping[str, FixState]) -> list[Fix]:
    """The fixes that the filters leave."""
    checklist = services.checklist(result.lens)
    with st.container(key="filters"):
        left, middle, right = st.columns(3)
        priorities = left.multiselect(
            "Priority", [one.id for one in checklist.priorities], key="filter-priority", placeholder="All priorities",
            format_func=lambda one: checklist.priority(one).name, label_visibility="collapsed",
        )  # fmt: skip
        areas = middle.multiselect(
            "Area", [area.id for area in checklist.areas], key="filter-area", placeholder="All areas",
            format_func=lambda one: checklist.area(one).name, label_visibility="collapsed",
        )  # fmt: skip
        stages = right.multiselect(
            "State", [stage for stage in FIX_STAGES if stage != "accepted"], key="filter-stage",
            placeholder="All states", format_func=STAGES.__getitem__, label_visibility="collapsed",
        )  # fmt: skip
    return [
        fix
        for fix in result.fixes
        if (not priorities or fix.priority in priorities)
        and (not areas or fix.area in areas)
        and (not stages or states.get(fix.item, FixState()).state in stages)
    ]


def look(result: Result, states: Mapping[str, FixState]) -> None:
    """The whole list with its advice, for somebody who may look and change nothing."""
    checklist = services.checklist(result.lens)
    if result.score is None or not (result.fixes or result.accepted):
        widgets.say(explain.target_sentence(checklist, result) if result.score else "No question is rated yet.")
        return
    widgets.say(explain.target_sentence(checklist, result))
    _groups(None, checklist, _filtered(result, states), states)
    for item_id in result.accepted:
        if item_id in states:
            widgets.html(marks.fold(f"Accepted risk: {checklist.item(item_id).name}",
                                    marks.text(states[item_id].reason, "mc-body")))  # fmt: skip
    _find_out(result)


def _groups(system: System | None, checklist: Checklist, fixes: list[Fix], states: Mapping[str, FixState]) -> None:
    if not fixes:
        widgets.say("No fix matches these filters. Clear one of them to see more.")
    for priority in checklist.priorities:
        group = [fix for fix in fixes if fix.priority == priority.id]
        if group:
            widgets.html(
                f'<h2 class="mc-group">{marks.word(priority.id, priority.name)}</h2>',
                marks.text(priority.about, "mc-body"),
            )
            for fix in group:
                _row(system, checklist, fix, states.get(fix.item, FixState()))


def _row(system: System | None, checklist: Checklist, fix: Fix, fix_state: FixState) -> None:
    """What to do first, with its worth and who does it; the whole advice and the plan open in place."""
    item = checklist.item(fix.item)
    with st.container(key=f"fix-row-{fix.item}", gap=None):
        widgets.html(
            marks.text(f"{item.name}, from {fix.rating} to {fix.target}", "mc-cardname", "h3"),
            _facts(fix, fix_state),
            marks.text(item.remedy.first, "mc-firststep"),
        )
        if system is None:
            widgets.html(marks.fold("Advice", _advice(checklist, fix)))
            starter_kits.offer(None, fix)
            return
        with st.expander("Advice, owner and due date", type="compact", key=f"fix-{fix.item}"):
            advice, care = st.columns([3, 2], gap="large")
            with advice:
                widgets.html(_advice(checklist, fix))
                starter_kits.offer(system, fix)
            with care:
                _care(system, fix.item, fix_state)


def _advice(checklist: Checklist, fix: Fix) -> str:
    """Why now, what has to come before, the first step, the way to the target, and tools that fit."""
    item = checklist.item(fix.item)
    steps = (
        marks.text(f"From {rating - 1} to {rating}", "mc-cardname", "h3")
        + marks.text(item.remedy.step_to(rating), "mc-body")
        for rating in range(fix.rating + 1, fix.target + 1)
    )
    return "".join(
        (
            marks.text(explain.fix_reason(checklist, fix), "mc-body"),
            marks.text(explain.blocked_sentence(checklist, fix), "mc-body") if fix.blocked_by else "",
            marks.text("Why it matters", "mc-cardname", "h3"),
            marks.text(item.why, "mc-body"),
            *steps,
            marks.text("What it looks like then", "mc-cardname", "h3"),
            marks.text(item.answer(fix.target), "mc-body"),
            marks.text("Open-source tools that fit", "mc-cardname", "h3"),
            marks.tools(item.remedy.tools),
        )
    )


def _facts(fix: Fix, fix_state: FixState) -> str:
    """Gain, effort, whether there is a kit, state, owner and due date in one line."""
    parts = [f"Gain {explain.gain_words(fix)}", f"effort {explain.effort_words(fix)}", *starter_kits.counted(fix)]
    parts += [STAGES[fix_state.state].lower()] if fix_state.state != "open" else []
    parts += [fix_state.owner] if fix_state.owner else []
    late = fix_state.due is not None and fix_state.state != "done" and fix_state.due < widgets.today()
    if fix_state.due and not late:
        parts.append(f"due {widgets.date_words(fix_state.due)}")
    overdue = f"Overdue since {widgets.date_words(fix_state.due)}" if fix_state.due and late else ""
    return marks.facts_line(parts, overdue)


def _care(system: System, item_id: str, fix_state: FixState) -> None:
    """Who, by when, and how far; saved with a button, so that half a sentence is never stored."""
    if not offers.may("plan"):
        offers.say_who_can("change owner, due date and state")
        return
    with st.container(key=f"care-{item_id}"):
        owner = st.text_input("Owner", value=fix_state.owner, max_chars=200, key=f"owner-{item_id}")
        due = st.date_input("Due", value=fix_state.due, key=f"due-{item_id}", format="DD/MM/YYYY")
        stage = st.selectbox(
            "State", FIX_STAGES, index=FIX_STAGES.index(fix_state.state), format_func=STAGES.__getitem__,
            key=f"stage-{item_id}",
        )  # fmt: skip
        reason, review = fix_state.reason, fix_state.review
        if stage == "accepted":
            reason = st.text_area("Why is the risk accepted?", value=reason, max_chars=2000, key=f"why-{item_id}")
            review = st.date_input(
                "Look at it again on", value=review or widgets.today() + REVIEW_AFTER, key=f"review-{item_id}",
                format="DD/MM/YYYY",
            )  # fmt: skip
        if st.button("Save", key=f"save-{item_id}"):
            wanted = replace(fix_state, owner=owner, due=due, state=stage, reason=reason, review=review)
            _save(system, item_id, wanted)


def _save(system: System, item_id: str, wanted: FixState) -> None:
    name = services.checklist().item(item_id).name
    try:
        services.save_fix(system.id, item_id, wanted)
    except StoreError as error:
        widgets.refusal(str(error))
        return
    said = {
        "accepted": f"The risk of “{name}” is accepted. It leaves the list, not the score.",
        "done": f"“{name}” is done. Rate its question again, so that the result shows it.",
    }
    state.say_next(said.get(wanted.state, f"“{name}” is saved."))
    st.rerun()


def _accepted(system: System, result: Result, states: Mapping[str, FixState]) -> None:
    """Accepted risks: out of the list, still in the score."""
    # Those to look at again stand at the top of the page.
    up_again = standings.reviews(services.checklist(), states, widgets.today())
    accepted = [item for item in result.accepted if item in states and item not in up_again]
    if not accepted:
        return
    st.header("Accepted risks", anchor=False)
    for item_id in accepted:
        item, fix_state = services.checklist().item(item_id), states[item_id]
        review = f", to look at again on {widgets.date_words(fix_state.review)}" if fix_state.review else ""
        with st.expander(f"**{item.name}**{review}", type="compact", key=f"accepted-{item_id}"):
            st.text(fix_state.reason)
            if offers.may("plan") and st.button("Take it back into the list", key=f"reopen-{item_id}"):
                _save(system, item_id, replace(fix_state, state="open"))


def _find_out(result: Result) -> None:
    if result.find_out:
        count = len(result.find_out)
        widgets.small(
            f"{count} question{'s have' if count > 1 else ' has'} no rating yet and no fix here. "
            "The results page lists what to find out."
        )
