"""Two people changed the same answer at once: both values on the page, and the two buttons to decide between them."""

from collections.abc import Callable

import streamlit as st

from scoring import explain
from ui.answering import Clash


def ask(item_id: str, clash: Clash, what_they_did: str, decide: Callable[[bool], None]) -> None:
    """`decide` is told whether the person's own choice shall take the place of what is stored."""
    with st.container(border=True, key=f"clash-{item_id}"):
        st.text(
            f"{clash.author} {what_they_did} while you had it open.\n"
            f"Stored now: {explain.response_words(clash.theirs)}.\n"
            f"Your choice: {explain.response_words(clash.mine)}."
        )
        with st.container(horizontal=True):
            st.button("Keep what is stored", key=f"theirs-{item_id}", on_click=decide, args=(False,))
            st.button("Save my choice", key=f"mine-{item_id}", on_click=decide, args=(True,))
