"""The least work to a higher level, step by step; the steps as the team's plan; and what if."""

import streamlit as st

from ui import aim, guards, our_plan, outcome, route, services, what_if

system, assessment = guards.need_assessment("Path")
result = services.result(assessment.id)
to = route.wanted_level(result)
path = services.path(assessment.id, to)
st.title(route.title(path), anchor=False)
outcome.which(system, assessment)
route.sentence(system, assessment, path)
aim.show(assessment, result, lambda: route.choose_level(result, to))
route.staircase(path)
steps, plan, trying = st.tabs(["The route", "Make it our plan", "What if"], key="path-parts")
with steps:
    route.steps(path)
with plan:
    our_plan.show(system, path)
with trying:
    what_if.show(assessment.id, services.answers(assessment.id), result, path, to)
