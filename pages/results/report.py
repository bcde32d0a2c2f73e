"""A report to hand over: what it holds, and the file."""

import streamlit as st

from ui import guards, handout, outcome

system, assessment = guards.need_assessment("Report")
st.title("Report", anchor=False)
outcome.which(system, assessment)
handout.show(system, assessment)
