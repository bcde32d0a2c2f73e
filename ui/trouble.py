"""What a visitor reads when a page cannot be drawn: the store's own sentence, or one of ours with a number."""

import streamlit as st

import logbook
import meters
from access.permissions import Forbidden
from data.errors import OF_THE_CALL, StoreError
from ui import services, widgets

LOOK_AGAIN_S = 5


def show(error: Exception) -> None:
    """In place of what could not be drawn; what was typed stays in its widgets, and is saved by the next drawing."""
    if isinstance(error, (Forbidden, *OF_THE_CALL)):
        widgets.refusal(str(error))
    elif isinstance(error, StoreError):
        _store(error)
    else:
        meters.INCIDENTS.inc()
        widgets.incident(logbook.incident(error))


def _store(error: StoreError) -> None:
    logbook.LOG.warning("A page could not be drawn: %s: %s", type(error).__name__, error)
    with st.container(key="store-away"):
        widgets.refusal(f"{error} What you typed is kept on this page and saved when this works again.")
        st.button("Try again", key="store-again", type="primary", icon=":material/refresh:")
        _until_it_is_back([])


@st.fragment(run_every=LOOK_AGAIN_S)
def _until_it_is_back(looked: list[bool]) -> None:
    """Look now and then, so that nobody has to click; `looked` is what one drawing of the page remembers of that."""
    # The first time this runs with the page that has just failed; to draw it again at once could go on for ever.
    if not looked:
        looked.append(True)
        return
    try:
        services.open_the_store().ping()
    except StoreError:
        return
    st.rerun()
