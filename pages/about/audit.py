"""Who changed what and when, from what to what, and through which link or token."""

import streamlit as st

from ui import guards, trail

st.title("Audit", anchor=False)
trail.show(guards.workspace())
