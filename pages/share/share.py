"""Links to hand out: to look, to answer, or a badge; and what came of those there are."""

import streamlit as st

from ui import guards, share

system = guards.need_system("Share")
st.title("Share", anchor=False)
share.show(system)
