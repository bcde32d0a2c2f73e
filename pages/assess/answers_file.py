"""The answers as a file: take it out, bring it back, and decide item by item what differs."""

import streamlit as st

from ui import filing, guards

system, assessment = guards.maybe_assessment("Answers file")
st.title("Answers file", anchor=False)
filing.show(system, assessment)
