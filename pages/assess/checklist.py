"""The full checklist, one section at a time; every answer is saved as it is given."""

import streamlit as st

from ui import form, guards, lens, respond

system, assessment = guards.need_draft("Checklist")
person = respond.whose(system, assessment)
st.title("Checklist", anchor=False)
if person:
    respond.banner(system, person)
else:
    lens.line(assessment)
form.walk(system, assessment, person)
