"""What to fix next, most valuable first, with who does it and by when."""

import streamlit as st

from ui import aim, guards, outcome, plan, returning, services, takeaway

system, assessment = guards.need_assessment("Fixes")
result = services.result(assessment.id)
st.title("What to fix next", anchor=False)
outcome.which(system, assessment)
aim.show(assessment, result)
returning.to_settle(system)
takeaway.show(system, assessment, result)
plan.show(system, result)
