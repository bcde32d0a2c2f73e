"""What if: try ratings on the path page and see at once what they would mean; the assessment is not touched."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from checklist.model import Checklist, Item
from scoring import outlook
from scoring.evaluate import evaluate
from scoring.levels import HIGHEST, LOWEST
from scoring.model import Answers, Result
from scoring.path import NoPath, Path, cheapest_path, raised
from ui import guards, marks, services, state, turns, widgets

ICONS = {"Lower": ":material/remove:", "Raise": ":material/add:"}


@st.fragment
@turns.drawing("part")
def show(assessment_id: str, answers: Answers, before: Result, path: Path | NoPath, to: int | None) -> None:
    """The panel with its numbers; a click runs this part of the page alone, on what the page has read."""
    if guards.is_over():
        st.rerun()
    checklist = services.checklist(before.lens)
    tried = _tried(checklist, assessment_id, answers)
    widgets.say("Raise or lower any item and see what it would mean. Nothing here changes the assessment.")
    then = raised(answers.within(checklist), tried)
    after = evaluate(checklist, then) if tried else before
    onward = cheapest_path(checklist, then, to) if tried else path
    widgets.html(_panel(before, after, path, onward, to))
    chosen = st.selectbox(
        "Find an item", [item.id for item in checklist.items], index=None, key="what-if-item",
        placeholder="Find an item", format_func=_label, label_visibility="collapsed", width=480,
    )  # fmt: skip
    for item_id in dict.fromkeys([*tried, *([chosen] if chosen else [])]):
        _row(assessment_id, checklist.item(item_id), answers.response(item_id).rating, tried.get(item_id))
    if tried:
        st.button("Start over", key="what-if-reset", on_click=state.forget_tries, args=(assessment_id,))
        if isinstance(onward, Path):
            widgets.html(marks.fold("The path from there", _onward(onward)))


def _tried(checklist: Checklist, assessment_id: str, answers: Answers) -> dict[str, int]:
    """What is tried here, in the order it was begun, without what is so already."""
    return {
        item: rating
        for item, rating in state.tries(assessment_id).items()
        if checklist.has(item) and answers.response(item).rating != rating
    }


def _label(item_id: str) -> str:
    item = services.checklist().item(item_id)
    return f"{item.name} ({services.checklist().area(item.area).name})"


def _panel(before: Result, after: Result, path: Path | NoPath, onward: Path | NoPath, to: int | None) -> str:
    """Score, level, held-by and path, each before and after."""
    checklist = services.checklist()
    there = f"Path to Level {to}" if to else "Path"
    pairs: Mapping[str, tuple[str, str]] = {
        "Score": outlook.score_change(before, after),
        "Level": outlook.level_change(checklist, before, after),
        "Held by": outlook.holder_change(checklist, before, after),
        there: (outlook.path_words(path), outlook.path_words(onward)),
    }
    cells = "".join(_change(name, *pair) for name, pair in pairs.items())
    return f'<dl class="mc-what-if" aria-live="polite">{cells}</dl>'


def _change(name: str, before: str, after: str) -> str:
    was = f"now {escape(before)}" if before != after else "&nbsp;"
    return f"<div><dt>{escape(name)}</dt><dd><b>{escape(after)}</b><small>{was}</small></dd></div>"


def _row(assessment_id: str, item: Item, rated: int | None, tried: int | None) -> None:
    """One item with its rating now and the one that is tried, and the two ways to move it."""
    rating = rated if tried is None else tried
    with st.container(key=f"what-if-row-{item.id}", horizontal=True, vertical_alignment="center"):
        was = "not rated" if rated is None else str(rated)
        way = f"{was} → {tried}" if tried is not None else was
        widgets.html(
            f'<p class="mc-tried mc-wrap"><b>{escape(item.name)}</b> <span>{escape(way)}</span></p>',
        )
        _button(assessment_id, item, "Lower", rated, -1, rating is None or rating <= LOWEST)
        _button(assessment_id, item, "Raise", rated, 1, rating is not None and rating >= HIGHEST)
        st.button(
            "Take back", key=f"what-if-back-{item.id}", type="tertiary", disabled=tried is None,
            on_click=state.try_rating, args=(assessment_id, item.id, None),
        )  # fmt: skip


def _button(assessment_id: str, item: Item, verb: str, rated: int | None, by: int, at_the_end: bool) -> None:
    # A callback, because the row has to be drawn with the rating that the click has made.
    st.button(
        verb, key=f"what-if-{verb.lower()}-{item.id}", icon=ICONS[verb], disabled=at_the_end,
        on_click=_move, args=(assessment_id, item.id, rated, by),
    )  # fmt: skip


def _move(assessment_id: str, item_id: str, rated: int | None, by: int) -> None:
    """One step from what is tried by now: a quick second click was made before the first one was drawn."""
    now = state.tries(assessment_id).get(item_id, rated)
    moved = LOWEST if now is None else min(max(now + by, LOWEST), HIGHEST)
    state.try_rating(assessment_id, item_id, moved)


def _onward(path: Path) -> str:
    checklist = services.checklist()
    rows = (
        marks.text(
            f"{checklist.item(step.item).name}, from {step.start} to {step.end}: "
            f"{outlook.effort_of(step)}, then {outlook.after_step(checklist, step)}",
            "mc-body",
            "li",
        )
        for step in path.steps
    )
    return marks.text(outlook.path_sentence(checklist, path), "mc-body") + f'<ol class="mc-list">{"".join(rows)}</ol>'
