"""Who belongs to the workspace: invite, change what somebody may do, remove."""

import streamlit as st

from ui import guards, members

st.title("Members", anchor=False)
members.show(guards.workspace())
