"""Who answers: several people, each alone, and where they disagree."""

import streamlit as st

from ui import guards, outcome, people

system, assessment = guards.maybe_assessment("People")
st.title("People", anchor=False)
if assessment and not assessment.is_draft:
    outcome.which(system, assessment)
people.intro()
if assessment:
    people.rows(system, assessment)
people.add(system, assessment)
if assessment:
    people.disagreement(system, assessment)
