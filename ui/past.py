"""The history page's parts: the trend, the milestones, what changed last, and milestones of another checklist."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from itertools import pairwise, zip_longest

import streamlit as st

from checklist.model import is_newer
from data.errors import StoreError
from data.model import HEALTH, OVERALL, Assessment, Point, System
from scoring import compare_words, explain, lenses
from ui import charts, frame, marks, offers, services, sides, state, widgets
from ui.charts import Break
from ui.sides import One


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


def trend(system: System, known: Sequence[Assessment]) -> None:
    """Overall and area scores of all milestones under the present checklist; the health check is told apart."""
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
        drawn = charts.trend(checklist, scored, _target(system), _breaks(known))
        st.altair_chart(drawn, theme=None, width="stretch", alt=explain.trend_alt(line))
        for sentence in compare_words.trend_context(checklist, {one.name: one.checklist for one in reversed(known)}):
            widgets.small(sentence)
        with st.expander("The numbers behind it", type="compact"):
            widgets.html(*_tables(system, known, scored))
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


def _tables(system: System, known: Sequence[Assessment], scored: Sequence[Point]) -> list[str]:
    """The numbers of the chart; and where the questions changed, also those that the milestones were made with."""
    version = services.checklist().version
    if all(one.checklist == version for one in known):
        return [_numbers("Scores of all milestones", scored)]
    stored = [point for point in services.stored_trend(system.id) if point.part != HEALTH]
    return [
        marks.text(f"As drawn: scored with checklist {version} where that is possible", "mc-cardname", "h3"),
        _numbers("Scores under the present checklist", scored),
        marks.text("As stored: what each milestone was made with", "mc-cardname", "h3"),
        _numbers("Stored scores", stored),
    ]


def _numbers(label: str, points: Sequence[Point]) -> str:
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
        rows.append((one.name, widgets.day(one.at), one.checklist, *cells))
    return marks.table(label, ("Milestone", "Date", "Checklist", *parts.values()), rows)


def milestones(system: System, known: Sequence[Assessment]) -> None:
    """Newest first, each with its level, its age and what can be done with it."""
    levels = {point.assessment: point for point in services.overall_trend(system.id)}
    st.header("Milestones", anchor=False)
    earlier = [one.lens for one in known[1:]]
    for milestone, before in zip_longest(known, earlier):
        with st.container(key=f"milestone-row-{milestone.id}"):
            _milestone(system, milestone, levels.get(milestone.id), before)


def table(known: Sequence[Assessment], points: Sequence[Point]) -> None:
    """The milestones with their scores, newest first, for somebody who may look and change nothing."""
    checklist = services.checklist()
    levels = {point.assessment: point for point in points if point.part == OVERALL}
    rows = []
    for one in known:
        point = levels.get(one.id)
        level = f"{point.level} {checklist.level(point.level).name}" if point else "–"
        score = f"{explain.number(point.score)} of 5" if point else "Health check only"
        rows.append((one.name, level, score, widgets.day(one.made_at or one.started_at)))
    st.header("Milestones", anchor=False)
    widgets.html(marks.table("Milestones", ("Milestone", "Level", "Score", "Saved on"), rows))


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
        if offers.may("assess"):
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
    """What changed last, in one sentence, and the way to all of it."""
    right = One(system, services.draft(system.id) or known[0])
    left = sides.other_by_default(right)
    if left is None:
        return
    comparison = sides.compared(left, right)
    st.header("What changed", anchor=False)
    widgets.say(f"{compare_words.since(comparison)} {compare_words.counts(comparison)}")
    widgets.link(
        frame.COMPARE, "Compare them", icon=":material/compare_arrows:", system=system.id,
        assessment=right.assessment.id, **{"with": left.assessment.id},
    )  # fmt: skip


# Milestones of another checklist


def is_too_new(assessment: Assessment) -> bool:
    """Whether a milestone was made with a checklist that this app does not know yet."""
    return not assessment.is_draft and is_newer(assessment.checklist, services.checklist().version)


def stored_result(milestone: Assessment) -> None:
    """The result of such a milestone, and the way to the others."""
    as_stored(milestone)
    widgets.link(frame.HISTORY, "See the history", icon=":material/arrow_forward:", system=milestone.system)


def as_stored(milestone: Assessment) -> None:
    """The result of such a milestone, as it was stored: it cannot be computed here."""
    checklist, stands = services.checklist(), sides.stored(milestone)
    st.title(milestone.name, anchor=False)
    widgets.say(compare_words.version_sentence(checklist, milestone.name, milestone.checklist))
    if stands.score is None:
        widgets.small("It holds no score of the checklist.")
        return
    names = {area.id: area.name for area in checklist.areas}
    areas = (*(area for area in names if area in stands.areas), *(area for area in stands.areas if area not in names))
    rows = [(names.get(area, area), explain.number(stands.areas[area])) for area in areas]
    widgets.html(
        '<div class="mc-half">',
        f"<p>{marks.chip(checklist, stands.level)}</p>",
        marks.band(checklist, stands.score),
        marks.table("Stored scores", ("Area", "Score"), rows),
        "</div>",
    )


def _breaks(known: Sequence[Assessment]) -> list[Break]:
    """Where two milestones that follow each other were asked different things: another checklist, another lens."""
    found = []
    for before, after in pairwise(reversed(known)):
        words = compare_words.break_words(before.checklist != after.checklist, before.lens != after.lens)
        if words and before.made_at and after.made_at:
            found.append(Break(before.made_at + (after.made_at - before.made_at) / 2, words))
    return found
