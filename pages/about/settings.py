"""Workspaces, what was put away, where the data lies, and what is stored about one person."""

import streamlit as st

from ui import guards, housekeeping, safekeeping, tokens

st.title("Settings", anchor=False)
workspace = guards.workspace()
housekeeping.data()
housekeeping.workspaces(workspace)
tokens.of(workspace)
housekeeping.put_away(workspace)
safekeeping.person(workspace)
