"""A report to hand over: as its readers will see it, and as a file in each format."""

import streamlit as st

from ui import guards, handout, outcome

system, assessment = guards.need_assessment("Report")
st.title("Report", anchor=False)
outcome.which(system, assessment)
handout.show(system, assessment)
