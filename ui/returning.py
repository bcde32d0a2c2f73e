"""What comes up again, as parts of several pages: carried answers, done fixes, accepted risks, an assessment due."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import streamlit as st

from checklist.model import Checklist, Item
from data.errors import StoreError
from data.model import Assessment, FixState, Saved, System
from scoring import upkeep
from ui import answering, frame, marks, offers, services, standings, state, visits, widgets

RENEW_FOR = timedelta(days=180)
STILL_TRUE = "still-true"


# Carried answers, in the checklist's form


def is_carried(assessment: Assessment, saved: Saved | None) -> bool:
    """Whether an answer is still the one of the last assessment, confirmed by nobody since."""
    return saved is not None and saved.response.state != "unanswered" and saved.at < assessment.started_at


def to_confirm(
    assessment: Assessment, items: Iterable[Item], saved: Mapping[str, Saved], agreed: Container[str]
) -> list[Item]:
    """The items whose answer of the last assessment counts and that nobody has confirmed yet.

    Where others agree on an answer by now, that one counts; an old one would take its place if it was confirmed.
    """
    return [item for item in items if item.id not in agreed and is_carried(assessment, saved.get(item.id))]


def confirm_section(
    assessment: Assessment, items: Sequence[Item], saved: Mapping[str, Saved], agreed: Container[str]
) -> None:
    """How much of a section is from the last assessment, and one button for all of it."""
    if not any(is_carried(assessment, one) for one in saved.values()):
        return
    here = to_confirm(assessment, items, saved, agreed)
    answered = [item for item in items if item.id in saved and saved[item.id].response.state != "unanswered"]
    with st.container(key="still-true-section", horizontal=True, vertical_alignment="center"):
        widgets.html(marks.text(upkeep.section_sentence(len(here), len(answered)), "mc-body"))
        if here and offers.may("answer"):
            st.button(
                "All of this section is still true", key=f"{STILL_TRUE}-all", on_click=confirm,
                args=(assessment.id, [item.id for item in here]),
            )  # fmt: skip


def confirm_by_section(
    checklist: Checklist,
    assessment: Assessment,
    saved: Mapping[str, Saved],
    agreed: Container[str],
    open_section: Callable[[str, str], None],
) -> None:
    """The sections with answers of the last assessment, each with the way to them and the button that confirms them."""
    found = {section: to_confirm(assessment, section.items, saved, agreed) for section in checklist.sections}
    waiting = {section: items for section, items in found.items() if items}
    if not waiting:
        return
    widgets.html(marks.text("Answers from the last assessment: still true?", "mc-question", "h3"))
    for section, items in waiting.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"waiting-{section.id}"):
            st.button(
                f"{section.name}: {upkeep.remaining_words(len(items))}", key=f"review-{section.id}", type="tertiary",
                on_click=open_section, args=(section.id, items[0].id),
            )  # fmt: skip
            if offers.may("answer"):
                st.button(
                    "Still true", key=f"{STILL_TRUE}-all-{section.id}", on_click=confirm,
                    args=(assessment.id, [item.id for item in items]), icon=":material/check:",
                )  # fmt: skip


def confirm_item(assessment: Assessment, item: Item) -> None:
    """The button beside one carried answer."""
    if not offers.may("answer"):
        return
    st.button(
        "Still true", key=f"{STILL_TRUE}-{item.id}", on_click=confirm, args=(assessment.id, [item.id]),
        icon=":material/check:", width="content",
    )  # fmt: skip


def confirm(assessment_id: str, items: Iterable[str]) -> None:
    """Save what the form holds first: an answer that was changed just before is no longer carried."""
    answering.save_leftovers()
    try:
        services.confirm(assessment_id, items)
    except StoreError as error:
        state.say_next(str(error))


# Done fixes


@dataclass(frozen=True, slots=True)
class Done:
    """When fixes were marked done, by item, and when the last milestone was made."""

    at: Mapping[str, datetime]
    last_made: datetime | None = None


def done_fixes(system: System) -> Done:
    """The system's fixes that are done. A page reads them once: answering changes none of them."""
    # Who was asked through a link answers, and sees no fixes.
    fixes = visits.if_seen(lambda: services.fix_states(system.id)) or {}
    done = {item: fix.done_at for item, fix in fixes.items() if fix.done_at is not None}
    last = next(iter(services.milestones(system.id)), None) if done else None
    return Done(done, last.made_at if last else None)


def done_lines(done: Done, items: Iterable[Item], saved: Mapping[str, Saved]) -> dict[str, str]:
    """What each item of a section says about its fix that is done; an item without one is absent."""
    asked = [item.id for item in items if item.id in done.at]
    lines = {item: _done_line(done.at[item], done.last_made, saved.get(item)) for item in asked}
    return {item: line for item, line in lines.items() if line}


def _done_line(done_at: datetime, last_made: datetime | None, saved: Saved | None) -> str:
    """A request until the item is rated again. Then a note in its place, so that nothing below it moves."""
    day, today = done_at.astimezone(state.time_zone()).date(), widgets.today()
    if saved is None or saved.response.state == "unanswered" or saved.at <= done_at:
        return f'<p class="mc-late mc-again">{upkeep.rate_again_sentence(day, today)}</p>'
    if last_made is None or done_at > last_made:
        return f'<p class="mc-small mc-again">{upkeep.rated_again_sentence(day, today)}</p>'
    return ""


def follow_link(checklist: Checklist) -> None:
    """Open the step of the item that the address asks for, and show it; once."""
    asked = state.take_parameter("item")
    if asked and checklist.has(asked):
        state.open_step(checklist.item(asked).section)
        state.look_at(f"answer-{asked}")


# The fixes page


@dataclass(frozen=True, slots=True)
class Waiting:
    """What comes up again for a system: items to rate, risks to look at."""

    rate_again: tuple[str, ...]
    reviews: tuple[str, ...]
    fixes: Mapping[str, FixState]


def waiting(system: System) -> Waiting:
    """What comes up again, judged by the newest assessment."""
    checklist, fixes = services.checklist(), services.fix_states(system.id)
    newest = services.newest(system.id)
    return Waiting(
        standings.rate_again(checklist, fixes, services.answered_at(newest.id) if newest else {}),
        standings.reviews(checklist, fixes, widgets.today()),
        fixes,
    )


def to_settle(system: System) -> None:
    """At the top of the fixes page: risks to look at again, and done fixes that ask for their rating."""
    found = waiting(system)
    if found.reviews:
        st.header("To look at again", anchor=False)
        for item_id in found.reviews:
            with st.container(key=f"review-row-{item_id}"):
                _review(system, item_id, found.fixes[item_id])
    if found.rate_again:
        st.header("To rate again", anchor=False)
        for item_id in found.rate_again:
            with st.container(key=f"again-row-{item_id}"):
                _again(system, item_id, found.fixes[item_id])
    if found.reviews or found.rate_again:
        st.space("small")


def _review(system: System, item_id: str, fix: FixState) -> None:
    """The risk with its reason; a person accepts it once more or takes it back, and nothing happens by itself."""
    item, today = services.checklist().item(item_id), widgets.today()
    since = f" on {widgets.day(fix.at)}" if fix.at else ""
    words, act = st.columns([3, 2], gap="large")
    with words:
        widgets.html(
            marks.text(item.name, "mc-cardname", "h3"),
            marks.text(upkeep.review_sentence(fix.review, today), "mc-late") if fix.review else "",
            marks.text(f"Accepted{since}: {fix.reason}", "mc-cardtext"),
        )
    if not offers.may("plan"):
        return
    with act:
        until = st.date_input(
            "Look at it again on", value=today + RENEW_FOR, min_value=today + timedelta(days=1),
            key=f"renew-until-{item_id}", format="DD/MM/YYYY",
        )  # fmt: skip
        with st.container(horizontal=True):
            if st.button("Accept until then", key=f"renew-{item_id}"):
                _save(system, item_id, replace(fix, review=until), f"The risk of “{item.name}” stays accepted.")
            if st.button("Take it back into the list", key=f"take-back-{item_id}", type="tertiary"):
                back = replace(fix, state="open", review=None)
                _save(system, item_id, back, f"“{item.name}” is back in the list.")


def _save(system: System, item_id: str, wanted: FixState, said: str) -> None:
    if wanted.state == "accepted" and wanted.review is None:
        widgets.refusal("Choose the day on which to look at it again.")
        return
    try:
        services.save_fix(system.id, item_id, wanted)
    except StoreError as error:
        widgets.refusal(str(error))
        return
    state.say_next(said)
    st.rerun()


def _again(system: System, item_id: str, fix: FixState) -> None:
    item = services.checklist().item(item_id)
    day = fix.done_at.astimezone(state.time_zone()).date() if fix.done_at else widgets.today()
    widgets.html(
        marks.text(item.name, "mc-cardname", "h3"),
        marks.text(upkeep.rate_again_sentence(day, widgets.today()), "mc-cardtext"),
    )
    if not offers.may("answer"):
        return
    widgets.link(
        frame.CHECKLIST, f"Rate {item.name}", icon=":material/arrow_forward:", system=system.id,
        section=item.section, item=item.id,
    )  # fmt: skip


# The results page


def notices(system: System, assessment: Assessment) -> None:
    """That answers of a draft are still those of the last assessment, or that a new assessment is due."""
    if assessment.is_draft:
        given, zone = services.answered_at(assessment.id), state.time_zone()
        days = [at.astimezone(zone).date() for at in given.values() if at < assessment.started_at]
        _notice(upkeep.carried_sentence(days, len(given), widgets.today()), "Go through them", system)
        return
    last = next(iter(services.milestones(system.id)), None)
    if last is None or last.id != assessment.id or services.draft(system.id):
        return
    day = (last.made_at or last.started_at).astimezone(state.time_zone()).date()
    _notice(upkeep.overdue_sentence(day, system.rhythm_days, widgets.today()), "Start the next assessment", system)


def _notice(sentence: str, way: str, system: System) -> None:
    if sentence:
        with st.container(horizontal=True, vertical_alignment="center", key="notice"):
            widgets.html(marks.text(sentence, "mc-body"))
            if not offers.may("answer"):
                return
            widgets.link(frame.CHECKLIST, way, icon=":material/arrow_forward:", system=system.id)
