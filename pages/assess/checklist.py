"""The full checklist, one section at a time; every answer is saved as it is given."""

import streamlit as st

from ui import form, guards, lens

system, assessment = guards.need_draft("Checklist")
st.title("Checklist", anchor=False)
lens.line(assessment)
form.walk(system, assessment)
