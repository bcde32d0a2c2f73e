"""The steps of the checklist: which there are, which one is open, and how one gets from one to another."""

from collections.abc import Iterable, Mapping

import streamlit as st

from checklist.model import Checklist, Item, Section
from data.model import Saved
from ui import answering, state, widgets

LOOK_BACK = "look-back"


def all_steps(checklist: Checklist) -> tuple[str, ...]:
    return (*(section.id for section in checklist.sections), LOOK_BACK)


def show(checklist: Checklist, saved: Mapping[str, Saved], here: str) -> None:
    """The sections with their progress; a list on a wide screen, a menu on a narrow one."""
    with st.container(key="sections-wide", gap=None):
        for area in checklist.areas:
            widgets.say(area.name, "mc-steparea")
            for section in area.sections:
                # The open step counts its answers itself, beside its name.
                is_open = section.id == here
                _step_button(section.id, section.name if is_open else _step_label(section, saved), is_open)
        st.space("small")
        _step_button(LOOK_BACK, "Look back", here == LOOK_BACK)
    with st.container(key="sections-narrow"):
        names = {section.id: _step_label(section, saved) for section in checklist.sections}
        names[LOOK_BACK] = "Look back"
        # A menu's choice is an event: unlike a select box it has no state that a browser could send late.
        chosen = st.menu_button(
            names[here], list(names), key="section-menu", format_func=names.__getitem__, width="stretch"
        )
        if chosen and chosen != here:
            open_section(chosen)
            st.rerun()


def _step_label(section: Section, saved: Mapping[str, Saved]) -> str:
    return f"{section.name}  {answered(section.items, saved)}/{len(section.items)}"


def answered(items: Iterable[Item], saved: Mapping[str, Saved]) -> int:
    return sum(is_answered(saved.get(item.id)) for item in items)


def _step_button(step: str, label: str, here: bool) -> None:
    st.button(
        label, key=f"go-{step}", type="secondary" if here else "tertiary", width="stretch",
        on_click=open_section, args=(step,),
    )  # fmt: skip


def open_section(step: str, item_id: str | None = None) -> None:
    """Show another step from its top, or one item of it; what the present step still holds is saved first."""
    answering.save_leftovers()
    state.open_step(step)
    state.look_at(f"answer-{item_id}" if item_id else None)


def is_answered(saved: Saved | None) -> bool:
    return saved is not None and saved.response.state != "unanswered"


def onward(checklist: Checklist, here: str, saved: Mapping[str, Saved]) -> None:
    """The next step, and the next question that is still open. They change with a step, not with an answer."""
    steps = all_steps(checklist)
    place = steps.index(here)
    following = steps[place + 1]
    elsewhere = _next_open(checklist, place, saved)
    with st.container(horizontal=True, key="onward"):
        if place:
            st.button("Back", key="back", icon=":material/arrow_back:", on_click=open_section, args=(steps[place - 1],))
        label = "Look back" if following == LOOK_BACK else f"Next: {checklist.section(following).name}"
        st.button(
            label, key="next", type="primary", icon=":material/arrow_forward:", icon_position="right",
            shortcut="Alt+Down", on_click=open_section, args=(following,),
        )  # fmt: skip
        if elsewhere and elsewhere.section != following:
            st.button("Next unanswered", key="next-open", on_click=open_section, args=(elsewhere.section, elsewhere.id))


def _next_open(checklist: Checklist, place: int, saved: Mapping[str, Saved]) -> Item | None:
    """The first unanswered item of the sections after this one, then of those before it."""
    sections = checklist.sections
    items = (item for section in (*sections[place + 1 :], *sections[:place]) for item in section.items)
    return next((item for item in items if not is_answered(saved.get(item.id))), None)
