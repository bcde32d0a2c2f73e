"""The history page's parts: the trend, the milestones, and what differs between two of them."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from itertools import zip_longest

import streamlit as st

from data.errors import StoreError
from data.model import HEALTH, OVERALL, Assessment, Point, System
from scoring import explain, lenses
from scoring.trend import Change
from ui import charts, frame, marks, services, state, widgets

DRAFT_NAME = "Draft (today)"
KINDS = {"raised": "raised", "lowered": "lowered", "answered": "newly rated", "cleared": "cleared", "state": "changed"}


def nothing_yet(system: System) -> None:
    """What this page will hold, and how to fill it."""
    widgets.say(
        "Each milestone you save becomes a point on a trend line here, and any two of them can be compared question "
        "by question. Save the first one on the results page."
    )
    draft = services.draft(system.id)
    if draft:
        widgets.link(frame.RESULTS, "Go to the results", icon=":material/arrow_forward:", system=system.id)
    else:
        frame.start_links(system)


def trend(system: System) -> None:
    """Overall and area scores of all milestones; the health check is told apart."""
    checklist = services.checklist()
    points = services.trend(system.id)
    scored = [point for point in points if point.part != HEALTH]
    overall = [point for point in scored if point.part == OVERALL]
    if len(overall) > 1:
        line = services.trend_points(overall)
        widgets.html(
            marks.text(explain.trend_title(checklist, line), "mc-charttitle", "h2"),
            marks.text(_last_rule(overall[-1]), "mc-small"),
        )
        st.altair_chart(
            charts.trend(checklist, scored, _target(system)), theme=None, width="stretch", alt=explain.trend_alt(line)
        )
        with st.expander("The numbers behind it", type="compact"):
            widgets.html(_numbers(scored))
    elif overall:
        widgets.say("One milestone has a score so far. The trend line begins with the second.")
    _health_line([point for point in points if point.part == HEALTH])


def _last_rule(point: Point) -> str:
    result = services.result(point.assessment)
    return explain.rule(services.checklist(result.lens), result)


def _target(system: System) -> int | None:
    """The level that the system's newest assessment aims at."""
    newest = services.newest(system.id)
    return services.result(newest.id).target.overall if newest else None


def _health_line(points: Sequence[Point]) -> None:
    if points:
        last = points[-1]
        widgets.small(
            f"Health check of “{last.name}”: {explain.number(last.score)} of 5, Level {last.level}. "
            "It is indicative and stays out of the trend."
        )


def _numbers(points: Sequence[Point]) -> str:
    """Milestones as rows, overall and areas as columns."""
    checklist = services.checklist()
    parts = {OVERALL: "Overall"} | {area.id: area.name for area in checklist.areas}
    table: dict[str, dict[str, Point]] = {}
    for point in points:
        table.setdefault(point.assessment, {})[point.part] = point
    rows = []
    for scores in table.values():
        one = next(iter(scores.values()))
        cells = (explain.number(scores[part].score) if part in scores else "–" for part in parts)
        rows.append((one.name, widgets.day(one.at), *cells))
    return marks.table("Scores of all milestones", ("Milestone", "Date", *parts.values()), rows)


def milestones(system: System, known: Sequence[Assessment]) -> None:
    """Newest first, each with its level, its age and what can be done with it."""
    levels = {point.assessment: point for point in services.overall_trend(system.id)}
    st.header("Milestones", anchor=False)
    earlier = [one.lens for one in known[1:]]
    for milestone, before in zip_longest(known, earlier):
        with st.container(key=f"milestone-row-{milestone.id}"):
            _milestone(system, milestone, levels.get(milestone.id), before)


def _milestone(system: System, milestone: Assessment, point: Point | None, lens_before: str | None) -> None:
    """`lens_before` is the lens of the milestone before this one, None for the first."""
    checklist = services.checklist()
    name, level, score, made, menu = st.columns([3, 2, 2.1, 2.6, 1], vertical_alignment="center")
    with name, st.container(gap=None):
        widgets.link(frame.RESULTS, milestone.name, system=system.id, assessment=milestone.id)
        if note := lenses.change(checklist, lens_before, milestone.lens):
            widgets.small(note)
    with level:
        widgets.html(marks.chip(checklist, point.level if point else None))
    with score:
        widgets.html(marks.score(checklist, point.score) if point else marks.text("Health check only", "mc-small"))
    with made:
        widgets.html(_when(milestone.made_at or milestone.started_at))
    with menu:
        _menu(milestone)


def _when(moment: datetime) -> str:
    return (
        f'<p class="mc-small" title="{escape(widgets.day(moment))}, {widgets.clock_time(moment)}">'
        f"{escape(widgets.day(moment))}, {widgets.ago(moment, services.now())}</p>"
    )


def _menu(milestone: Assessment) -> None:
    chosen = st.menu_button(
        "More", ["rename", "void"], key=f"milestone-{milestone.id}", type="tertiary",
        format_func={"rename": "Rename", "void": "Delete"}.__getitem__,
    )  # fmt: skip
    if chosen == "rename":
        _rename(milestone)
    elif chosen == "void":
        services.change_assessment("void", milestone.id)
        state.say_next(
            f"Milestone “{milestone.name}” is deleted.", {"kind": "assessment", "verb": "unvoid", "id": milestone.id}
        )
        st.rerun()


@st.dialog("Rename the milestone")
def _rename(milestone: Assessment) -> None:
    with st.form("rename-milestone", border=False):
        name = st.text_input("Name", value=milestone.name, max_chars=200)
        sent = st.form_submit_button("Save", type="primary")
    if sent:
        try:
            services.change_assessment("rename", milestone.id, name)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        st.rerun()


def difference(system: System, known: Sequence[Assessment]) -> None:
    """Item by item, what differs between two assessments of the reader's choice."""
    draft = services.draft(system.id)
    choices = ([draft] if draft else []) + list(known)
    if len(choices) < 2:
        return
    names = {one.id: DRAFT_NAME if one.is_draft else one.name for one in choices}
    st.header("What changed", anchor=False)
    left, right = st.columns(2)
    after = right.selectbox("To", list(names), index=0, format_func=names.__getitem__, key="compare-after")
    before = left.selectbox("From", list(names), index=1, format_func=names.__getitem__, key="compare-before")
    changes = services.changes(before, after)
    if before == after:
        widgets.say("Choose two different milestones to compare.")
    elif not changes:
        widgets.say("Every question has the same answer in both.")
    else:
        widgets.say(explain.changes_sentence(changes))
        widgets.html(_changes(changes))


def _changes(changes: Sequence[Change]) -> str:
    """One block a change, under the name of its area."""
    checklist = services.checklist()
    blocks = []
    for area in checklist.areas:
        here = [change for change in changes if checklist.item(change.item).area == area.id]
        blocks += [marks.text(area.name, "mc-small", "h3")] if here else []
        blocks += [_change(change) for change in here]
    return f'<div class="mc-changes">{"".join(blocks)}</div>'


def _change(change: Change) -> str:
    way = f"{explain.response_words(change.before)} → {explain.response_words(change.after)}"
    return (
        f'<div class="mc-change">{marks.text(services.checklist().item(change.item).name, "mc-cardname")}'
        f"{marks.text(f'{way}, {KINDS[change.kind]}', 'mc-cardtext')}{marks.text(change.after.note, 'mc-small')}</div>"
    )
