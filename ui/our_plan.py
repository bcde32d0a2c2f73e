"""Make this our plan: chosen items of the path become fixes with one owner and one due date."""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from data.errors import StoreError
from data.model import FixState, System
from scoring import outlook
from scoring.path import NoPath, Path
from ui import frame, offers, services, state, widgets
from ui.plan import STAGES

QUARTER = timedelta(days=90)


def show(system: System, path: Path | NoPath) -> None:
    """The items to tick, the owner and the date; nothing happens before the button is pressed."""
    if isinstance(path, NoPath):
        widgets.say("Without a path there is nothing to plan here. The fixes page has the gaps one by one.")
        return
    if not offers.may("plan"):
        offers.say_who_can("make these steps the plan")
        return
    widgets.say("The ticked items become fixes with this owner and due date. You can change each on the fixes page.")
    states = services.fix_states(system.id)
    with st.form(f"our-plan-{path.to}", border=False):
        chosen = _ticked(path, states)
        left, right, _ = st.columns([2, 2, 3])
        owner = left.text_input("Owner", key="plan-owner", max_chars=200)
        due = right.date_input("Due", value=widgets.today() + QUARTER, key="plan-due", format="DD/MM/YYYY")
        sent = st.form_submit_button("Make this our plan", type="primary", icon=":material/event_available:")
    if sent:
        _plan(system, chosen, owner, due)


def _ticked(path: Path, states: Mapping[str, FixState]) -> list[str]:
    """The items whose box is ticked: all of them at first, but for those that have a plan already."""
    checklist = services.checklist()
    chosen = []
    for item_id, (start, end) in outlook.item_moves(path).items():
        planned = _planned(states.get(item_id, FixState()))
        label = f"{checklist.item(item_id).name}, from {start} to {end}"
        # The words of a plan that is there already are typed by people: shown as they are.
        said = f"{label} (planned already: {planned}; a tick gives it the new owner and date)" if planned else label
        if st.checkbox(widgets.plain(said), value=not planned, key=f"plan-item-{path.to}-{item_id}"):
            chosen.append(item_id)
    return chosen


def _planned(fix_state: FixState) -> str:
    """What is planned for a fix already, in a few words; empty when nothing is."""
    parts = [fix_state.owner] if fix_state.owner else []
    parts += [f"due {widgets.date_words(fix_state.due)}"] if fix_state.due else []
    parts += [STAGES[fix_state.state].lower()] if fix_state.state != "open" else []
    return ", ".join(parts)


def _plan(system: System, items: list[str], owner: str, due: date | None) -> None:
    if not items:
        widgets.refusal("No item is ticked, so there is nothing to plan. Tick at least one.")
        return
    if not owner.strip() and due is None:
        widgets.refusal("A plan needs an owner or a due date. Fill in at least one of them.")
        return
    try:
        services.plan(system.id, items, owner, due)
    except StoreError as error:
        widgets.refusal(str(error))
        return
    state.say_next(outlook.planned_sentence(len(items)))
    state.go(frame.FIXES, system=system.id)
