"""How scores, levels and fixes come about, written from the content and the scoring code."""

import streamlit as st

from ui import explanation

st.title("How levels are computed", anchor=False)
explanation.show()
