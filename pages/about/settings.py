"""Workspaces, what was put away, and where the data lies."""

import streamlit as st

from ui import guards, housekeeping, tokens

st.title("Settings", anchor=False)
workspace = guards.workspace()
housekeeping.data()
housekeeping.workspaces(workspace)
tokens.of(workspace)
housekeeping.put_away(workspace)
housekeeping.trail(workspace)
