"""Two assessments side by side: how far each area moved, and what really changed."""

import streamlit as st

from ui import comparison, guards

system, assessment = guards.need_assessment("Compare", even_newer=True)
st.title("Compare", anchor=False)
comparison.show(system, assessment)
