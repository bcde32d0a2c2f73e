"""Five questions in two minutes: an indicative level at once, and the way into the full checklist."""

import streamlit as st

from ui import guards, health, services

system, assessment = guards.need_draft("Health check")
st.title("Health check", anchor=False)
health.intro(system)
questions, outcome = st.columns([3, 2], gap="large")
with questions:
    health.questions(assessment)
with outcome:
    health.outcome(system, assessment, services.result(assessment.id).health)
