"""The home page's sorting and filters: menus whose choices are events; the session and the address hold the view."""

from collections.abc import Mapping, Sequence

import streamlit as st

from scoring.wording import counted
from ui import state, widgets
from ui.standings import NOBODY, ORDERS, Standing, arranged, owners_of, tags_of

# Fewer systems are seen at a glance.
SORT_FROM = 3
FIND_FROM = 11
FIND = "find-system"


def arrange(standings: Sequence[Standing]) -> list[Standing]:
    """The menus above the list, and what they leave of it."""
    if len(standings) < SORT_FROM:
        return list(standings)
    view = state.view()
    with st.container(horizontal=True, vertical_alignment="center", key="arrange"):
        if len(standings) >= FIND_FROM:
            view = _find(view)
        _sort(view)
        _filter("Tag", "tag", {tag: tag for tag in tags_of(standings)}, view)
        owners = {owner: owner for owner in owners_of(standings)}
        if owners and any(not found.system.owner for found in standings):
            owners[NOBODY] = "Nobody"
        _filter("Owner", "owner", owners, view)
    shown = arranged(standings, view)
    if len(shown) < len(standings):
        _left_out(shown, standings)
    return shown


def _find(view: Mapping[str, str]) -> Mapping[str, str]:
    """A field for a part of the name; what it holds is compared, as everywhere."""
    if not state.has_widget(FIND):
        state.set_widget(FIND, view.get("find", ""))
    typed = st.text_input(
        "Find a system", key=FIND, placeholder="Find a system", label_visibility="collapsed", width=200, max_chars=200
    ).strip()
    return view if typed == view.get("find", "") else state.set_view(find=typed)


def _sort(view: Mapping[str, str]) -> None:
    here = view.get("sort", "name")
    words = ORDERS.get(here, ORDERS["name"])[0]
    chosen = st.menu_button(
        f"Sort: {words}", list(ORDERS), key="sort", type="tertiary", format_func=lambda one: ORDERS[one][0]
    )
    if chosen and chosen != here:
        _change(sort=None if chosen == "name" else chosen)


def _filter(label: str, field: str, choices: Mapping[str, str], view: Mapping[str, str]) -> None:
    """One menu; a choice that no system has any more is shown too, so that it can be taken back."""
    held = view.get(field)
    if not choices and held is None:
        return
    names = {"": f"All {label.lower()}s", **choices}
    here = widgets.plain(names.get(held, held) if held else "All")
    chosen = st.menu_button(
        f"{label}: {here}", list(names), key=f"filter-{field}", type="tertiary",
        format_func=lambda one: widgets.plain(names[one]),
    )  # fmt: skip
    if chosen is not None and chosen != (held or ""):
        _change(**{field: chosen or None})


def _change(**changes: str | None) -> None:
    state.set_view(**changes)
    st.rerun()


def _left_out(shown: Sequence[Standing], standings: Sequence[Standing]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="left-out"):
        count = f"{len(shown)} of {counted(len(standings), 'system')}"
        widgets.small(count if shown else f"None of {counted(len(standings), 'system')} fits.")
        st.button("Show all", key="show-all", type="tertiary", on_click=_show_all)


def _show_all() -> None:
    state.set_view(tag=None, owner=None, find=None)
    state.set_widget(FIND, "")
