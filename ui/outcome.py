"""The results page's parts: the sentence, the areas, what to start with, the twenty lines, and what is unknown."""

from collections.abc import Mapping

import streamlit as st

from checklist.model import WHOLE, Checklist
from data.errors import StoreError
from data.model import Assessment, System
from scoring import compare_words, explain, lenses, outlook, upkeep
from scoring.model import Fix, Result
from ui import charts, frame, lens, marks, offers, services, state, widgets

START_WITH = 3


def which(system: System, assessment: Assessment) -> None:
    """Which assessment this is: the draft or a milestone by name and date, and the way to the others."""
    draft = services.draft(system.id)
    others = [one for one in ([draft] if draft else []) + services.milestones(system.id) if one.id != assessment.id]
    with st.container(horizontal=True, vertical_alignment="center", key="which"):
        if assessment.is_draft:
            widgets.small("Draft: it changes with every answer")
        else:
            widgets.small(f"Milestone “{assessment.name}”, {widgets.day(assessment.made_at or assessment.started_at)}")
        if (seen := services.checklist(assessment.lens)).lens.id != WHOLE:
            widgets.small(lenses.line(seen))
        if others:
            _other_assessments({one.id: "Draft" if one.is_draft else _named(one) for one in others})
        if not assessment.is_draft and (
            other := compare_words.version_sentence(services.checklist(), assessment.name, assessment.checklist)
        ):
            widgets.small(other)
        may_discard = assessment.is_draft and offers.may("assess")
        if may_discard and st.button("Discard this draft", type="tertiary", key="discard-draft"):
            _discard(system, assessment)
    if assessment.is_draft:
        _on_the_home_page(system, assessment)
    lens.notice(assessment)


def _on_the_home_page(system: System, draft: Assessment) -> None:
    """Why the home page may show other figures than this draft's."""
    last = next(iter(services.milestones(system.id)), None)
    given = services.answered_at(draft.id)
    if last is None or not given:
        return
    asked = (item.id for item in services.checklist(draft.lens).items)
    widgets.small(upkeep.counts_sentence(last.name, len(upkeep.to_go(asked, given, draft.started_at))))


def _other_assessments(names: Mapping[str, str]) -> None:
    chosen = st.menu_button(
        "Show another", list(names), key="which-assessment", type="tertiary",
        format_func=lambda one: widgets.plain(names[one]),
    )  # fmt: skip
    if chosen:
        state.set_parameter("assessment", chosen)
        st.rerun()


def _named(milestone: Assessment) -> str:
    return f"{milestone.name} ({widgets.day(milestone.made_at or milestone.started_at)})"


def _discard(system: System, draft: Assessment) -> None:
    services.change_assessment("discard", draft.id)
    state.forget_form()
    state.say_next("The draft is discarded.", {"kind": "assessment", "verb": "recover", "id": draft.id})
    state.go(frame.HISTORY if services.milestones(system.id) else frame.HOME, system=system.id)


def first_screen(system: System, assessment: Assessment, result: Result) -> None:
    """The state of the system in ten seconds: the sentence and its rule, beside the five areas."""
    if result.score is None:
        _nothing_rated(system, assessment, result)
        return
    checklist = services.checklist(result.lens)
    left, right = st.columns([5, 6], gap="large")
    with left:
        widgets.html(
            marks.headline(checklist, system.name, result),
            marks.text(explain.rule(checklist, result), "mc-rule"),
            marks.band(checklist, result.score, result.range, target=result.target.overall),
            marks.text(explain.standing(checklist, result), "mc-small"),
            marks.text(explain.possible(checklist, result), "mc-small"),
        )
    with right:
        widgets.html(marks.text(explain.areas_title(checklist, result), "mc-charttitle", "h2"))
        st.altair_chart(
            charts.areas(checklist, result), theme=None, width="stretch", alt=explain.areas_alt(checklist, result)
        )
        widgets.small(outlook.gap_sentence(checklist, result))
        with st.expander("The numbers behind it", type="compact"):
            widgets.html(_areas_table(result))


def _nothing_rated(system: System, assessment: Assessment, result: Result) -> None:
    """No question of the checklist is rated: what the health check says stands in, or the way to begin."""
    checklist = services.checklist(result.lens)
    if result.health.complete:
        widgets.html(
            marks.text(system.name, "mc-small mc-clamp"),
            marks.title(explain.health_headline(checklist, result.health), "h1"),
            marks.text(explain.health_rule(checklist, result.health), "mc-rule"),
            '<div class="mc-half">',
            marks.health_band(checklist, result.health),
            "</div>",
        )
        widgets.say("That is the health check. The checklist says which gaps are behind it, and what to do first.")
    else:
        widgets.html(marks.headline(checklist, system.name, result))
        widgets.say(explain.rule(checklist, result))
    goes_on = assessment.is_draft and offers.may("answer")
    if goes_on and st.button("Go on with the checklist", type="primary", icon=":material/arrow_forward:"):
        state.go(frame.CHECKLIST, system=system.id)


def _areas_table(result: Result) -> str:
    checklist = services.checklist(result.lens)
    rows = [
        (
            checklist.area(area.id).name,
            "–" if area.score is None else explain.number(area.score),
            "–" if area.level is None else f"{area.level} {checklist.level(area.level).name}",
            str(result.target.areas.get(area.id, "–")),
            "–" if area.range is None else f"{explain.number(area.range.low)} to {explain.number(area.range.high)}",
            f"{area.rated} of {area.applicable}",
        )
        for area in result.areas
    ]
    return marks.table("Scores by area", ("Area", "Score", "Level", "Target", "Still possible", "Rated"), rows)


def start_with(system: System, assessment: Assessment, result: Result) -> None:
    """The first three fixes as cards, and the way to all of them."""
    if not result.fixes:
        return
    first_fixes(result, "The method page has the rule.")
    widgets.link(
        frame.FIXES,
        f"All {len(result.fixes)} fixes in order" if len(result.fixes) > START_WITH else "The fixes in detail",
        icon=":material/arrow_forward:",
        system=system.id,
        assessment=None if assessment.is_draft else assessment.id,
    )


def first_fixes(result: Result, more: str = "") -> None:
    """The first three fixes as cards: first step, effort and gain."""
    st.header("Start with these", anchor=False)
    widgets.small(f"Effort is in points that compare fixes with each other; they are not days. {more}")
    for place, column in zip(result.fixes[:START_WITH], st.columns(START_WITH, gap="large"), strict=False):
        with column:
            widgets.html(_card(services.checklist(result.lens), place))


def _card(checklist: Checklist, fix: Fix) -> str:
    item = checklist.item(fix.item)
    return (
        '<div class="mc-card">'
        + marks.word(fix.priority, checklist.priority(fix.priority).name)
        + marks.text(item.name, "mc-cardname", "h3")
        + marks.text(item.remedy.first, "mc-cardtext")
        + marks.text(f"Gain {explain.gain_words(fix)} · effort {explain.effort_words(fix)}", "mc-small")
        + "</div>"
    )


def lines(result: Result) -> None:
    """The one-page view: twenty lines in five groups."""
    if result.score is None:
        return
    checklist = services.checklist(result.lens)
    st.header("The system on one page", anchor=False)
    widgets.small(f"{explain.summary_title(checklist, result)}. Dashed: not rated yet.")
    widgets.html(marks.heat_map(checklist, result.summary))


def anti_patterns(assessment: Assessment, result: Result) -> None:
    """The patterns that the ratings show, each with the way out."""
    if not result.anti_patterns:
        return
    checklist, answers = services.checklist(result.lens), services.answers(assessment.id)
    st.header("Patterns to break" if len(result.anti_patterns) > 1 else "A pattern to break", anchor=False)
    columns = st.columns(2, gap="large")
    for place, pattern_id in enumerate(result.anti_patterns):
        pattern = checklist.anti_pattern(pattern_id)
        with columns[place % 2]:
            widgets.html(
                '<div class="mc-card">',
                marks.text(pattern.name, "mc-cardname", "h3"),
                marks.text(pattern.problem, "mc-cardtext"),
                marks.text(f"The way out: {pattern.way_out}", "mc-cardtext"),
                marks.text(explain.anti_pattern_sentence(checklist, pattern_id, answers), "mc-small"),
                "</div>",
            )


def open_questions(system: System, assessment: Assessment, result: Result) -> None:
    """What is unknown, and what was set aside with its reason."""
    checklist = services.checklist(result.lens)
    if result.find_out and result.score is not None:
        st.header("Find out", anchor=False)
        widgets.say(
            "These questions have no rating yet. They are not counted as a no; they widen what is still possible."
        )
        _names(checklist, result.find_out)
        if assessment.is_draft:
            section = checklist.item(result.find_out[0]).section
            widgets.link(
                frame.CHECKLIST, "Answer the first of them", icon=":material/arrow_forward:",
                system=system.id, section=section,
            )  # fmt: skip
    if result.not_applicable:
        st.header("Not applicable", anchor=False)
        answers = services.answers(assessment.id)
        reasons = [
            f"{checklist.item(item).name}: {widgets.REASONS[answers.response(item).reason or 'other'].lower()}"
            for item in result.not_applicable
        ]
        widgets.html('<ul class="mc-list">', *(marks.text(reason, "mc-body", "li") for reason in reasons), "</ul>")


def _names(checklist: Checklist, items: tuple[str, ...]) -> None:
    widgets.html(
        '<ul class="mc-list mc-columns">',
        *(marks.text(checklist.item(item).name, "mc-body", "li") for item in items),
        "</ul>",
    )


def keep(system: System, assessment: Assessment, result: Result) -> None:
    """Save the draft as a milestone, so that there is something to compare with next time."""
    if not assessment.is_draft or (result.score is None and not result.health.complete) or not offers.may("assess"):
        return
    st.header("Keep this result", anchor=False)
    widgets.say(
        "A milestone fixes today’s answers and result under a name. It never changes again; the next assessment "
        "starts from its answers."
    )
    with st.form("make-milestone", border=False):
        name = st.text_input(
            "Name of the milestone", key="milestone-name", max_chars=200, value=widgets.day(services.now()), width=360
        )
        sent = st.form_submit_button("Save as milestone", type="primary", icon=":material/flag:")
    if sent:
        try:
            milestone = services.make_milestone(assessment.id, name)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        state.forget_form()
        state.set_parameter("assessment", None)
        state.say_next(
            f"Saved as milestone “{milestone.name}”.", {"kind": "assessment", "verb": "void", "id": milestone.id}
        )
        state.go(frame.HISTORY, system=system.id)
