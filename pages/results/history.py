"""How the system moved over time, and what changed between two milestones."""

import streamlit as st

from ui import guards, past, services

system = guards.need_system("History")
st.title("History", anchor=False)
milestones = services.milestones(system.id)
if milestones:
    past.trend(system, milestones)
    past.milestones(system, milestones)
    past.difference(system, milestones)
else:
    past.nothing_yet(system)
