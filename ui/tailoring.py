"""How somebody wants the report: for which reader, which parts in which order, on which paper, under which line."""

from collections.abc import Callable

import streamlit as st

from reports.parts import EVERYTHING, LINE_LENGTH, PAPERS, PARTS, PRESETS, Choice, Paper, WrongChoice, preset
from ui import state, widgets

READER, CHOSEN, PAPER, LINE, LOGO = "report-reader", "report-parts", "report-paper", "report-line", "report-logo"
WHOLE = "auditor"


def reader() -> None:
    """For whom the report is; another reader begins with other parts."""
    chosen = st.segmented_control(
        "For",
        list(PRESETS),
        default=None if state.has_widget(READER) else WHOLE,
        required=True,
        format_func=lambda one: PRESETS[one].name,
        key=READER,
        persist_state=state.KEPT,
    )
    held = state.tailored()
    if held.reader != chosen or not state.has_widget(CHOSEN):
        state.set_widget(CHOSEN, list(preset(chosen or WHOLE).parts))
        held.reader = chosen or WHOLE
    widgets.small(f"{preset(held.reader).about}.")


def details(try_out: Callable[[Choice], object]) -> Choice | None:
    """The parts, and what stands around them; None where no report can be made of it, and then it says why.

    `try_out` makes a report of a choice: that is how a picture shows that it is whole, before it is taken in.
    """
    with st.expander("Parts and their order", key="report-fold-parts"):
        parts = _parts()
    with st.expander("Paper, confidentiality, logo", key="report-fold-around"):
        paper = _paper()
        line = _line()
        logo = _logo(try_out)
    try:
        return Choice(parts, paper, line, logo)
    except WrongChoice as wrong:
        widgets.refusal(str(wrong))
        return None


def _parts() -> tuple[str, ...]:
    parts: list[str] = st.multiselect(
        "Parts", EVERYTHING, format_func=lambda part: PARTS[part].name, key=CHOSEN, persist_state=state.KEPT
    )
    for place, part in enumerate(parts):
        with st.container(key=f"part-row-{part}", horizontal=True, vertical_alignment="center", gap="small"):
            widgets.small(f"{place + 1}. {PARTS[part].name}")
            _arrow(part, -1, "up", place == 0)
            _arrow(part, 1, "down", place == len(parts) - 1)
    return tuple(parts)


def _arrow(part: str, by: int, way: str, is_at_the_end: bool) -> None:
    st.button(
        f"Move {PARTS[part].name} {way}", key=f"part-{way}-{part}", icon=f":material/arrow_{way}ward:", type="tertiary",
        disabled=is_at_the_end, on_click=_move, args=(part, by),
    )  # fmt: skip


def _move(part: str, by: int) -> None:
    """Change places with the neighbour. A callback: the field above has to hear of it before it is drawn."""
    parts = list(state.widget(CHOSEN) or ())
    if part not in parts or not 0 <= (place := parts.index(part)) + by < len(parts):
        return
    parts[place], parts[place + by] = parts[place + by], part
    state.set_widget(CHOSEN, parts)


def _paper() -> Paper:
    chosen: Paper | None = st.segmented_control(
        "Paper", PAPERS, default=None if state.has_widget(PAPER) else PAPERS[0], required=True, key=PAPER,
        persist_state=state.KEPT,
    )  # fmt: skip
    return chosen or PAPERS[0]


def _line() -> str:
    return st.text_input(
        "Confidentiality line", max_chars=LINE_LENGTH, placeholder="Confidential: for the steering group", key=LINE,
        help="One line that stands on every page.", persist_state=state.KEPT,
    ) or ""  # fmt: skip


def _logo(try_out: Callable[[Choice], object]) -> bytes | None:
    """The logo that was taken in last. One that is none is told, and what was there stays."""
    held = state.tailored()
    if held.logo is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            widgets.small("Your logo stands on the cover.")
            st.button("Take the logo out", key="logo-out", type="tertiary", on_click=_take_out)
        return held.logo
    brought = st.file_uploader("Logo (PNG or JPEG, up to 1 MB)", type=["png", "jpg", "jpeg"], key=f"{LOGO}-{held.turn}")
    if brought is None:
        return None
    try:
        wanted = Choice(("cover",), logo=brought.getvalue())
        try_out(wanted)
    except WrongChoice as wrong:
        widgets.refusal(str(wrong))
        return None
    held.logo = wanted.logo
    # A new field: the old one would bring the picture back after it was taken out.
    held.turn += 1
    st.rerun()


def _take_out() -> None:
    state.tailored().logo = None
