"""The meeting: one disagreement at a time, and what you decide."""

import streamlit as st

from ui import guards, meeting, services

system = guards.need_system("Meeting")
st.title("Decide together", anchor=False)
meeting.go_through(system, services.draft(system.id))
