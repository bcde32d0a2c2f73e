"""The checklist’s form: one section a step, with progress and what is saved always in view."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from checklist.model import NOT_APPLICABLE_REASONS, RATINGS, Checklist, Item, Section
from data.model import Assessment, Respondent, Saved, System
from data.recall import recalling
from scoring import upkeep
from scoring.model import UNANSWERED, Response
from scoring.questionnaire import RULE
from ui import (
    answering,
    clash,
    guards,
    look_back,
    marks,
    offers,
    respond,
    returning,
    sections,
    services,
    state,
    turns,
    widgets,
)
from ui.answering import Clash
from ui.returning import Done

SECONDS_AN_ITEM = 35
MARKS: dict[int | str, str] = {"not-applicable": "Not applicable", "unknown": "Don’t know"}
NOTE_LIMIT = 10_000


def walk(system: System, assessment: Assessment, person: Respondent | None = None) -> None:
    """The steps beside the one that is open: a section of questions, or the look back at the end.

    The form is that of the team, or of one person who answers alone and sees nothing of the others.
    """
    checklist = respond.asked(assessment)
    returning.follow_link(checklist)
    here = state.step(sections.all_steps(checklist))
    saved = services.responses(assessment.id, person.id if person else "")
    agreed = {} if person else respond.agreed(checklist, assessment)
    side, main = st.columns([1, 3], gap="large")
    if not offers.may("answer"):
        with main:
            offers.say_who_can("answer")
    with side:
        sections.show(checklist, saved, here)
    done = returning.done_fixes(system)
    with main:
        if here == sections.LOOK_BACK or not _apart(assessment, checklist, here, saved, person, agreed, done):
            _step(system, assessment, here, person, agreed, done)
        if here != sections.LOOK_BACK:
            sections.onward(checklist, here, saved)
    widgets.scroll()


@st.fragment
@turns.drawing("part")
@recalling()
def _step(
    system: System,
    assessment: Assessment,
    here: str,
    person: Respondent | None,
    agreed: Mapping[str, str],
    done: Done,
) -> None:
    """A step that is drawn again as one, because an answer changes more than its question and the progress."""
    if state.held_step() != here or guards.is_over():
        st.rerun()
    checklist = respond.asked(assessment)
    section = None if here == sections.LOOK_BACK else checklist.section(here)
    items = section.items if section else ()
    respondent = person.id if person else ""
    if person and not respond.may_go_on(person):
        st.rerun()
    answering.see_through(assessment.id, assessment.lens, items, respondent)
    saved, troubles = answering.settle(assessment.id, items, respondent)
    widgets.html(_saved_line(checklist, assessment, section, saved, agreed))
    # What a button of this part had to say; on a run of the whole page it was said before.
    widgets.flash()
    if section:
        _section_head(checklist, section)
        returning.confirm_section(assessment, items, saved, agreed)
        lines = returning.done_lines(done, items, saved)
        for item in items:
            _item(
                assessment, item, saved.get(item.id), troubles.get(item.id), respondent, agreed.get(item.id, ""),
                lines.get(item.id, ""),
            )  # fmt: skip
    elif person:
        look_back.open_questions(checklist, saved, agreed)
        respond.finish(system, person, sections.answered(checklist.items, saved), len(checklist.items))
    else:
        look_back.show(system, checklist, assessment, saved, agreed)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one is, in all and in the open section: one place on the page that every question writes to."""

    place: DeltaGenerator
    checklist: Checklist
    assessment: Assessment
    section: Section | None
    agreed: Mapping[str, str]

    def words(self, saved: Mapping[str, Saved]) -> str:
        return _saved_line(self.checklist, self.assessment, self.section, saved, self.agreed)


def _saved_line(
    checklist: Checklist,
    assessment: Assessment,
    section: Section | None,
    saved: Mapping[str, Saved],
    agreed: Mapping[str, str],
) -> str:
    """How far one is, how long it will take, and when something was last saved."""
    items = checklist.items
    answered, total = sections.answered(items, saved), len(items)
    minutes = -(-(total - answered) * SECONDS_AN_ITEM // 60)
    left = "all answered" if answered == total else f"about {minutes} minute{'s' if minutes != 1 else ''} left"
    carried = len(returning.to_confirm(assessment, checklist.items, saved, agreed))
    if carried:
        left = upkeep.remaining_words(carried) + ("" if answered == total else f", {total - answered} open")
    more = sum(not sections.is_answered(saved.get(item_id)) for item_id in agreed)
    if more:
        left = f"{more} more agreed by the people you asked"
    here = f"{sections.answered(section.items, saved)} of {len(section.items)} in this section" if section else ""
    last = max((one.at for one in saved.values()), default=None)
    return (
        f'<div class="mc-saved" role="status"><span><b>{answered} of {total}</b> answered, {left}</span>'
        + (f"<span>{here}</span>" if here else "")
        + f"<span>{widgets.saved_words(last, services.now())}</span></div>"
        + marks.meter(answered / total, "Answered questions")
    )


# A section


def _section_head(checklist: Checklist, section: Section) -> None:
    widgets.html(
        marks.text(checklist.area(section.area).name, "mc-itemname"),
        marks.text(section.name, "mc-sectionname", "h2"),
        marks.text(section.about, "mc-lead"),
        marks.fold("How to choose", marks.text(RULE, "mc-body")),
    )


def _apart(
    assessment: Assessment,
    checklist: Checklist,
    here: str,
    saved: Mapping[str, Saved],
    person: Respondent | None,
    agreed: Mapping[str, str],
    done: Done,
) -> bool:
    """A section whose questions are drawn each by itself, so that an answer costs little; false where it is none."""
    section, respondent = checklist.section(here), person.id if person else ""
    told = agreed.keys() | returning.done_lines(done, section.items, saved).keys()
    if any(item.id in told or returning.is_carried(assessment, saved.get(item.id)) for item in section.items):
        return False
    answering.see_through(assessment.id, assessment.lens, section.items, respondent)
    stored, troubles = answering.settle(assessment.id, section.items, respondent)
    if troubles:
        return False
    progress = Progress(st.empty(), checklist, assessment, section, agreed)
    _section_head(checklist, section)
    returning.confirm_section(assessment, section.items, stored, agreed)
    words = progress.words(stored)
    for item in section.items:
        st.fragment(_question)([(stored, words)], assessment, section, item, person, progress)
    return True


@turns.drawing("part")
@recalling()
def _question(
    given: list[tuple[Mapping[str, Saved], str]],
    assessment: Assessment,
    section: Section,
    item: Item,
    person: Respondent | None,
    progress: Progress,
) -> None:
    """One question by itself. `given` is what its section drew it with (what is stored, the words about the progress),
    and empty when it is drawn alone.
    """
    respondent = person.id if person else ""
    if given:
        saved, words = given.pop()
    else:
        if state.held_step() != section.id or guards.is_over() or (person and not respond.may_go_on(person)):
            st.rerun()
        saved, troubles = answering.settle(assessment.id, (item,), respondent)
        if troubles or answering.is_behind(assessment.id, section.items, saved, respondent):
            st.rerun()
        words = progress.words(saved)
    # On every run: Streamlit keeps a place outside of a part only for a part that has written to it.
    widgets.fill(progress.place, words)
    _item(assessment, item, saved.get(item.id), None, respondent)


def _item(
    assessment: Assessment,
    item: Item,
    saved: Saved | None,
    trouble: Clash | str | None,
    respondent: str,
    agreed: str = "",
    done: str = "",
) -> None:
    is_carried = returning.is_carried(assessment, saved)
    asked = done + (
        marks.text(agreed, "mc-small") if agreed and (is_carried or not sections.is_answered(saved)) else ""
    )
    head = _item_head(item, saved, is_carried, asked)
    if is_carried:
        # In the corner of the head, which is as tall without it: nothing below moves when the button goes.
        with st.container(key=f"carried-{item.id}"):
            widgets.html(head)
            returning.confirm_item(assessment, item)
    else:
        widgets.html(head)
    if trouble:
        _trouble(assessment, item, trouble, respondent)
    stored = saved.response if saved else UNANSWERED
    # Made once: Streamlit asks for each several times.
    rated = ((rating, f"**{rating}** {widgets.plain(item.answer(rating))}") for rating in RATINGS)
    words = dict[int | str, str](rated) | MARKS
    with st.container(key=f"state-{item.id}"):
        st.radio(
            item.question,
            tuple(words),
            index=None,
            format_func=words.__getitem__,
            key=f"answer-{item.id}",
            label_visibility="collapsed",
            persist_state=state.KEPT,
            disabled=not offers.may("answer"),
        )
        if state.widget(f"answer-{item.id}") == "not-applicable":
            if not state.has_widget(f"reason-{item.id}"):
                state.set_widget(f"reason-{item.id}", stored.reason)
            st.selectbox(
                f"{item.name}: why it does not apply",
                NOT_APPLICABLE_REASONS,
                format_func=widgets.REASONS.__getitem__,
                key=f"reason-{item.id}",
                label_visibility="collapsed",
                persist_state=state.KEPT,
                disabled=not offers.may("answer"),
                width=260,
            )
    _note(assessment, item, stored, respondent)


def _item_head(item: Item, saved: Saved | None, is_carried: bool, asked: str) -> str:
    """The question, where its answer comes from, what it is asked for, and on demand why it matters."""
    why = (
        marks.text(item.why, "mc-body")
        + marks.text("How to show it", "mc-cardname", "h4")
        + marks.text(item.show, "mc-body")
    )
    origin = f"Answered on {widgets.day(saved.at)}" if saved and is_carried else ""
    # Beside the name, where nothing below it moves when a note is saved: a click on its way would miss its button.
    noted = f"with {_noted(saved.response)}" if saved and _noted(saved.response) else ""
    beside = ", ".join(filter(None, (origin, noted)))
    return (
        f'<div class="mc-itemhead"><div class="mc-spread">{marks.text(item.name, "mc-itemname")}'
        f"{marks.text(beside[:1].upper() + beside[1:], 'mc-itemname') if beside else ''}</div>"
        f"{marks.text(item.question, 'mc-question', 'h3')}"
        f"{marks.text(f'For example: {item.example}', 'mc-small') if item.example else ''}{asked}"
        f"{marks.fold('Why this matters, and how to show it', why)}</div>"
    )


def _note(assessment: Assessment, item: Item, stored: Response, respondent: str) -> None:
    """Note and links, drawn only while they are open: they are the dearest part of a question."""
    # The label stays the same: Streamlit takes another label for another fold, and would close it while one types.
    folded = st.expander("Note and links", type="compact", key=f"more-{item.id}", on_change="rerun")
    if not folded.open:
        return
    only_looks = not offers.may("answer")
    with folded:
        for field, value in answering.folded_values(stored).items():
            if not state.has_widget(f"{field}-{item.id}"):
                state.set_widget(f"{field}-{item.id}", value)
        st.text_area(
            "Note", key=f"note-{item.id}", max_chars=NOTE_LIMIT, placeholder="What did you base the answer on?",
            persist_state=state.KEPT, disabled=only_looks,
        )  # fmt: skip
        st.text_area(
            "Links that show it, one a line", key=f"evidence-{item.id}", height=68, max_chars=NOTE_LIMIT,
            persist_state=state.KEPT, disabled=only_looks,
        )  # fmt: skip
        # Always there, so that nothing below it moves when a first link is saved and a click is on its way.
        st.date_input(
            "These links count until (optional)", value=None, key=f"valid-{item.id}", format="DD/MM/YYYY", width=260,
            disabled=not stored.evidence or only_looks, persist_state=state.KEPT,
            help="After this day the comparison says that the evidence has expired.",
        )  # fmt: skip
        if stored.state != "unanswered" and not only_looks:
            st.button(
                "Take the answer back", key=f"clear-{item.id}", type="tertiary",
                on_click=answering.clear, args=(assessment.id, item.id, respondent),
            )  # fmt: skip


def _noted(response: Response) -> str:
    """Whether there is a note, and how many links."""
    links = len(response.evidence)
    parts = (["a note"] if response.note else []) + ([f"{links} link{'s' if links > 1 else ''}"] if links else [])
    return " and ".join(parts)


def _trouble(assessment: Assessment, item: Item, trouble: Clash | str, respondent: str) -> None:
    """Somebody else was faster, or the store refused: say so, and let a person decide."""
    if isinstance(trouble, str):
        widgets.refusal(f"Not saved: {trouble}")
        return
    decide = partial(answering.keep, assessment.id, item.id, trouble, respondent=respondent)
    clash.ask(item.id, trouble, "changed this answer", decide)
