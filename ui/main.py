"""What runs before every page: the frame, the gate, and what the last page still had to save."""

import copy
from pathlib import Path

import streamlit as st

from data.recall import recalling
from ui import answering, frame, guards, state, style, turns

SIDEBAR_WIDTH = 248

st.set_page_config(
    page_title="MLOps Checkup",
    # A file of ours: a Material icon as favicon would be fetched from a font server.
    page_icon=str(Path(__file__).parent / "assets" / "icon.png"),
    layout="wide",
    initial_sidebar_state=SIDEBAR_WIDTH,
    menu_items={"About": "MLOps Checkup: where your ML system stands, and what to do next."},
)
st.html(style.SHEET)
# A page remembers whether it may be run, so each run needs pages of its own: two people may open one at a time.
page = st.navigation([copy.copy(one) for one in frame.PAGES], position="hidden")
with turns.drawing("page"), recalling():
    state.enter(page.url_path)
    guards.the_store()
    guards.the_reader()
    with guards.refusals():
        answering.save_leftovers()
        frame.show(page)
        page.run()
