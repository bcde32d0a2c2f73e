"""Code that closes gaps: what each starter kit does, what it brings, how to adopt it and how to take it out again."""

import streamlit as st

from ui import starter_kits

st.title("Starter kits", anchor=False)
starter_kits.show()
