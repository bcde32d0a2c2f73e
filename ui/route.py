"""The path page's parts: the level to reach, the sentence, the staircase, and the route step by step."""

from html import escape

import streamlit as st

from data.model import Assessment, System
from kits import words
from kits.catalogue import the_kits
from scoring import explain, outlook
from scoring.levels import HIGHEST, SCALE
from scoring.model import Result
from scoring.path import NoPath, Path, Step
from ui import charts, frame, marks, services, state, widgets

PARAMETER = "to"


def wanted_level(result: Result) -> int | None:
    """The level that the address names, else the target, as far as it is above the present one; else the next one."""
    if result.level is None:
        return None
    named = state.parameter(PARAMETER)
    levels = [level for level in SCALE if str(level) == named]
    levels += [result.target.overall] if result.target.overall else []
    levels += [result.level + 1] if result.level < HIGHEST else []
    return next((level for level in levels if level > result.level), None)


def title(path: Path | NoPath) -> str:
    """Where the path leads."""
    checklist = services.checklist()
    return "Path" if path.to is None else f"Path to {explain.level_name(checklist, path.to)}"


def sentence(system: System, assessment: Assessment, path: Path | NoPath) -> None:
    """What the way costs, or why there is none and where to go instead."""
    widgets.say(outlook.path_sentence(services.checklist(), path))
    if isinstance(path, Path):
        widgets.small("No cheaper set of steps leads there. Effort points compare steps; they are not days.")
    elif path.reason == "no-score" and assessment.is_draft:
        widgets.link(frame.CHECKLIST, "Go to the checklist", icon=":material/arrow_forward:", system=system.id)


def choose_level(result: Result, to: int | None) -> None:
    """The other levels that one may want to reach; the choice stands in the address."""
    if result.level is None:
        return
    others = [level for level in SCALE if level > result.level and level != to]
    if not others:
        return
    checklist = services.checklist()
    chosen = st.menu_button(
        "To another level", others, key="path-level", type="tertiary",
        format_func=lambda level: explain.level_name(checklist, level),
    )  # fmt: skip
    if chosen:
        state.set_parameter(PARAMETER, str(chosen))
        st.rerun()


def staircase(path: Path | NoPath) -> None:
    """Score against effort: the quick wins rise at the left, the last mile is flat and long."""
    if isinstance(path, NoPath):
        return
    checklist = services.checklist()
    widgets.html(marks.text(outlook.path_title(path), "mc-charttitle", "h2"))
    st.altair_chart(
        charts.staircase(checklist, path), theme=None, width="stretch", alt=outlook.path_alt(path), key="staircase"
    )
    with st.expander("The numbers behind it", type="compact", key="path-numbers"):
        widgets.html(_numbers(path))


def _numbers(path: Path) -> str:
    checklist = services.checklist()
    rows = [
        (
            str(number),
            f"{checklist.item(step.item).name}, from {step.start} to {step.end}",
            str(step.effort),
            str(step.spent),
            explain.number(step.score),
            f"{step.level} {checklist.level(step.level).name}",
        )
        for number, step in enumerate(path.steps, start=1)
    ]
    return marks.table("The steps in numbers", ("", "Step", "Effort", "In all", "Score after", "Level after"), rows)


def steps(path: Path | NoPath) -> None:
    """What to do, in order, each with its effort and where it leads."""
    if isinstance(path, NoPath):
        widgets.say("Without a path there are no steps. Try ratings under “What if” to see what would open one.")
        return
    rows = "".join(_row(number, step) for number, step in enumerate(path.steps, start=1))
    widgets.html(f'<ol class="mc-route">{rows}</ol>')
    if any(map(_offers, path.steps)):
        widgets.link(
            frame.KITS, "See the starter kits", icon=":material/arrow_forward:", system=state.parameter("system")
        )


def _row(number: int, step: Step) -> str:
    checklist = services.checklist()
    item = checklist.item(step.item)
    return (
        f'<li><span class="mc-stepno mc-l{step.level}" aria-hidden="true">{number}</span><div>'
        + marks.text(f"{item.name}, from {step.start} to {step.end}", "mc-cardname", "h3")
        + marks.text(item.remedy.step_to(step.end), "mc-cardtext")
        + "".join(marks.text(one, "mc-small") for one in _offers(step))
        + f'</div><p class="mc-small mc-after">{escape(outlook.effort_of(step))}<br>'
        + f"{escape(outlook.after_step(checklist, step))}</p></li>"
    )


def _offers(step: Step) -> tuple[str, ...]:
    """The kits that reach as high as the step."""
    return words.offers(the_kits().kits_for(step.item, above=step.end - 1), step.item)
