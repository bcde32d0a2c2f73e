"""A report to hand over: what it holds, and the file."""

import streamlit as st

from ui import guards, handout, outcome

system, assessment = guards.need_assessment()
st.title("Report")
outcome.which(system, assessment)
handout.show(system, assessment)
