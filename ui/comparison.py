"""The compare page's parts: the two sides, the areas as dumbbells, and what differs in its groups."""

from itertools import groupby

import streamlit as st

from data.errors import StoreError
from data.model import Assessment, System
from scoring import compare_words, explain
from scoring.compare import GROUPS, Comparison, Difference, Group, Side
from scoring.model import Response
from ui import charts, frame, marks, offers, services, sides, state, widgets
from ui.sides import One


def show(system: System, assessment: Assessment) -> None:
    """The choice of two sides, and what is between them; or a sentence where there are no two."""
    right, problem = One(system, assessment), ""
    try:
        left = sides.other(right)
    except StoreError:
        left, problem = (
            None,
            "The address names a second assessment that is not here: it does not exist or was deleted.",
        )
    if left is None and not problem and not sides.left_choices(right, None):
        _nothing_to_compare(system)
        return
    _choose(left, right)
    if left is None:
        widgets.say(f"{problem} Choose what to compare with.".strip())
    elif left.assessment.id == right.assessment.id:
        widgets.say("Both sides are the same assessment. Choose another one.")
    else:
        _compared(left, right)


def _nothing_to_compare(system: System) -> None:
    widgets.say(
        "Two assessments stand side by side here: how far each area moved, and what really changed. There is one so "
        "far. Save it as a milestone on the results page; the next assessment can be compared with it."
    )
    widgets.link(frame.RESULTS, "Go to the results", icon=":material/arrow_forward:", system=system.id)


# The two sides


def _choose(left: One | None, right: One) -> None:
    """A menu for each side, with the sign it has in the chart, and a button that swaps them."""
    with st.container(key="compare-sides"):
        one, swap, two = st.columns([6, 1.2, 6], vertical_alignment="bottom")
        with one:
            widgets.html(marks.side("From", is_ring=True))
            entry = _menu("compare-left", sides.words(right, left), sides.left_choices(right, left))
        with two:
            widgets.html(marks.side("To"))
            chosen = _menu("compare-right", sides.words(right, right), sides.right_choices(right, left))
        with swap:
            if left and st.button("Swap", key="compare-swap", type="tertiary", icon=":material/swap_horiz:"):
                _open(right.assessment.id, left)
    if entry:
        picked = sides.chosen_left(entry)
        if picked is None:
            state.say_next("This system has no assessment yet.")
            st.rerun()
        _open(picked, right)
    if chosen:
        state.set_parameter("with", left.assessment.id if left else None)
        state.set_parameter("assessment", chosen)
        st.rerun()


def _menu(key: str, here: str, others: dict[str, str]) -> str | None:
    """What was chosen just now: an event, which no late message of the browser repeats."""
    if not others:
        widgets.say(here, "mc-sidename")
        return None
    return st.menu_button(
        widgets.plain(here), list(others), key=key, format_func=lambda one: widgets.plain(others[one]),
        width="stretch",
    )  # fmt: skip


def _open(left: str, right: One) -> None:
    state.go(frame.COMPARE, system=right.system.id, assessment=right.assessment.id, **{"with": left})


# What is between them


def _compared(left: One, right: One) -> None:
    checklist = services.checklist()
    comparison = sides.compared(left, right)
    widgets.html(
        marks.title(compare_words.headline(checklist, comparison)),
        marks.text(compare_words.counts(comparison), "mc-rule"),
    )
    if context := compare_words.context(checklist, comparison):
        widgets.small(context)
    _areas(comparison)
    for group in GROUPS:
        _group(left, right, comparison, group)


def _areas(comparison: Comparison) -> None:
    checklist = services.checklist()
    widgets.html(marks.text(compare_words.areas_title(checklist, comparison), "mc-charttitle", "h2"))
    if not any(move.before is not None or move.after is not None for move in comparison.areas):
        return
    st.altair_chart(
        charts.dumbbells(checklist, comparison), theme=None, width="stretch",
        alt=compare_words.areas_alt(checklist, comparison),
    )  # fmt: skip
    with st.expander("The numbers behind it", type="compact"):
        widgets.html(_numbers(comparison))


def _numbers(comparison: Comparison) -> str:
    checklist, before, after = services.checklist(), comparison.stands_before, comparison.stands_after
    ends = [("Overall", before.score, after.score, compare_words.moved(before.score, after.score))]
    ends += [
        (checklist.area(move.area).name, move.before, move.after, compare_words.moved(move.before, move.after))
        for move in comparison.areas
    ]
    rows = [
        (name, *("–" if score is None else explain.number(score) for score in (old, new)), moved)
        for name, old, new, moved in ends
    ]
    names = (compare_words.plain_name(comparison, side) for side in (comparison.before, comparison.after))
    return marks.table("Scores of both sides", ("Area", *names, "Moved"), rows)


def _group(left: One, right: One, comparison: Comparison, group: Group) -> None:
    found = comparison.group(group)
    if not found:
        return
    st.header(compare_words.group_title(group, len(found)), anchor=False)
    widgets.say(compare_words.group_about(comparison, group), "mc-body")
    for area, ones in groupby(found, key=lambda one: compare_words.area_name(services.checklist(), one.item)):
        widgets.html(marks.text(area, "mc-rowgroup", "h3"))
        for one in ones:
            with st.container(key=f"differs-{one.item}", gap=None):
                _difference(left, right, comparison, one)


def _difference(left: One, right: One, comparison: Comparison, one: Difference) -> None:
    """From what to what, the whole answers on demand, and what a person has to say about it."""
    answer, word = st.columns([8, 3], vertical_alignment="top")
    old, new = one.before.rating, one.after.rating
    with answer:
        widgets.html(
            marks.unfolding_row(
                compare_words.item_name(services.checklist(), one.item),
                marks.step(old, new, comparison.of_one_system) if old and new and one.kind else "",
                compare_words.way_words(one)
                if old and new and one.kind
                else compare_words.difference_words(comparison, one),
                _in_words(comparison, one),
            )
        )
    if one.group in ("practice", "corrected") and offers.may("assess"):
        corrects = one.group == "practice"
        with word:
            st.button(
                "This corrects an earlier mistake" if corrects else "Count it as a change", key=f"correct-{one.item}",
                type="tertiary", on_click=sides.set_corrected, args=(left, right, one.item, corrects),
            )  # fmt: skip


def _in_words(comparison: Comparison, one: Difference) -> str:
    return _answer(comparison, comparison.before, one.item, one.before) + _answer(
        comparison, comparison.after, one.item, one.after
    )


def _answer(comparison: Comparison, side: Side, item_id: str, response: Response) -> str:
    """One side's answer as a sentence, with its note, its links and until when they count."""
    said = compare_words.answer_words(services.checklist(), item_id, response, side.checklist)
    small = (response.note, *response.evidence, compare_words.until_words(response))
    return (
        marks.text(compare_words.plain_name(comparison, side), "mc-cardname", "h4")
        + marks.text(said, "mc-body")
        + "".join(marks.text(words, "mc-small") for words in small if words)
    )
