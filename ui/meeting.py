"""The meeting's parts: one disagreement at a time, who chose what and why, the decision, and what came of it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from checklist.model import NOT_APPLICABLE_REASONS, RATINGS, WHOLE, Checklist, Item
from data.errors import Conflict, StoreError
from data.model import Assessment, Saved, System
from scoring import explain, voices
from scoring.agree import Disagreement
from scoring.model import UNANSWERED, Response
from ui import answering, clash, colleagues, form, frame, marks, offers, services, state, strips, widgets
from ui.answering import Chosen, Clash

END = "end"
NOTE_LIMIT = 10_000


def go_through(system: System, assessment: Assessment | None) -> None:
    """The open disagreement of a draft, or the end; where there is none, what it takes to get here."""
    checklist = services.checklist(assessment.lens if assessment else WHOLE)
    found = colleagues.disagreements(checklist, assessment) if assessment else ()
    if assessment is None or not found:
        widgets.say(voices.agreement(found, len(colleagues.submitted(assessment.id)) if assessment else 0))
        widgets.link(frame.PEOPLE, "See who answers", icon=":material/arrow_forward:", system=system.id)
        return
    agreed = colleagues.basis(checklist, assessment)
    still = [one.item for one in found if one.item in agreed]
    here = state.step([*(one.item for one in found), END], "item", still[0] if still else END)
    if here == END:
        _end(system, checklist, assessment, found, still)
    else:
        _one(checklist, assessment, found, here)
    widgets.scroll()


def _one(checklist: Checklist, assessment: Assessment, found: Sequence[Disagreement], here: str) -> None:
    place = next(number for number, one in enumerate(found) if one.item == here)
    one, item = found[place], checklist.item(here)
    saved = services.responses(assessment.id).get(here)
    met = _settle(assessment, here, saved)
    widgets.html(
        marks.text(f"{place + 1} of {len(found)} · {item.name}", "mc-itemname"),
        marks.meter((place + 1) / len(found), "Questions gone through"),
        marks.text(item.question, "mc-question mc-ask", "h2"),
        marks.text(voices.sentence(one), "mc-body"),
        marks.text(voices.by_role(one), "mc-small") if one.by_role else "",
        strips.strip(one, colleagues.names(assessment.id)),
        _notes(one),
    )
    if met:
        clash.ask(here, met, "decided this", partial(_keep, assessment, here, met))
    _choice(item, one)
    _onward(assessment, found, place)


def _notes(one: Disagreement) -> str:
    """What people wrote to their answers."""
    noted = [(person.name, response.note) for person, response in one.choices if response.note]
    if not noted:
        return ""
    lines = "".join(marks.text(f"{name}: {note}", "mc-body", "li") for name, note in noted)
    return f'<ul class="mc-list">{lines}</ul>'


def _choice(item: Item, one: Disagreement) -> None:
    """The five answers and the two marks, under each who chose it, and the note that says why."""
    only_looks = not offers.may("answer")
    if only_looks:
        offers.say_who_can("decide")
    options: tuple[int | str, ...] = (*RATINGS, *form.MARKS)
    st.radio(
        "What do you decide?",
        options,
        index=None,
        format_func=lambda option: _worded(item, option),
        captions=[_chosen_by(one, option) for option in options],
        key=f"decide-{one.item}",
        disabled=only_looks,
    )
    if state.widget(f"decide-{one.item}") == "not-applicable":
        st.selectbox(
            "Why it does not apply", NOT_APPLICABLE_REASONS, format_func=widgets.REASONS.__getitem__,
            key=f"decide-reason-{one.item}", width=260, disabled=only_looks,
        )  # fmt: skip
    st.text_area(
        "Why", key=f"decide-note-{one.item}", max_chars=NOTE_LIMIT, height=90, width=736,
        disabled=only_looks,
        placeholder="One sentence for those who were not here. It is kept as the note.",
    )  # fmt: skip


def _worded(item: Item, option: int | str) -> str:
    return form.MARKS[option] if isinstance(option, str) else f"**{option}** {widgets.plain(item.answer(option))}"


def _chosen_by(one: Disagreement, option: int | str) -> str:
    names = strips.choosers(one.choices, option)
    return f"Chosen by {widgets.plain(names)}" if names else ""


def _onward(assessment: Assessment, found: Sequence[Disagreement], place: int) -> None:
    """Save and next, skip, and back; each button belongs to its question, so that a late click meets its own."""
    here = found[place].item
    following = found[place + 1].item if place + 1 < len(found) else END
    with st.container(horizontal=True, key="meeting-onward"):
        st.button(
            "Save and next", key=f"decide-save-{here}", type="primary", icon=":material/arrow_forward:",
            icon_position="right", on_click=_save, args=(assessment, found[place], following),
            disabled=not offers.may("answer"),
        )  # fmt: skip
        st.button("Skip", key=f"decide-skip-{here}", on_click=_open, args=(following,))
        if place:
            st.button("Back", key=f"decide-back-{here}", on_click=_open, args=(found[place - 1].item,))
        st.button("End the meeting", key=f"decide-end-{here}", type="tertiary", on_click=_open, args=(END,))
    refused = state.take_refusal()
    if refused:
        widgets.refusal(refused)


def _open(item: str) -> None:
    state.open_step(item)
    state.look_at(None)


# Deciding


def _settle(assessment: Assessment, item_id: str, saved: Saved | None) -> Clash | None:
    """Show what is decided, unless somebody chooses here: then both values, if another one was faster."""
    stored = answering.as_seen(saved)
    if not colleagues.is_decided(assessment, saved):
        stored = state.Seen(stored.version, UNANSWERED)
    seen = state.seen_in_meeting(assessment.id, item_id)
    if seen is None or not state.has_widget(f"decide-{item_id}"):
        _put(assessment.id, item_id, stored)
        return None
    mine = _chosen(item_id, stored.response)
    if stored.version == seen.version:
        return None
    if mine == stored.response or mine == _bare(seen.response, stored.response):
        _put(assessment.id, item_id, stored)
        return None
    return Clash(stored.response, mine, stored.version, saved.author if saved else "")


def _bare(shown: Response, stored: Response) -> Response:
    """What the widgets stood for when `shown` was put into them: they hold no links."""
    return Response(shown.state, shown.rating, shown.reason, shown.note, stored.evidence)


def _chosen(item_id: str, stored: Response) -> Response:
    return answering.meaning(
        Chosen(
            answer=state.widget(f"decide-{item_id}"),
            reason=state.widget(f"decide-reason-{item_id}"),
            note=str(state.widget(f"decide-note-{item_id}") or "").strip(),
            evidence=stored.evidence,
        )
    )


def _put(assessment_id: str, item_id: str, stored: state.Seen) -> None:
    state.remember_in_meeting(assessment_id, item_id, stored)
    response = stored.response
    answering.put(f"decide-{item_id}", response.state if response.state in answering.MARKS else response.rating)
    answering.put(f"decide-note-{item_id}", response.note)
    if response.reason:
        answering.put(f"decide-reason-{item_id}", response.reason)


def _save(assessment: Assessment, one: Disagreement, following: str) -> None:
    """Keep what is chosen as the team's answer, and go on; where that is not possible, stay and say why."""
    seen = state.seen_in_meeting(assessment.id, one.item)
    saved = services.responses(assessment.id).get(one.item)
    links = saved.response.evidence if saved and saved.response.evidence else one.agreed.evidence
    mine = _chosen(one.item, Response(evidence=links))
    if mine.state == "unanswered":
        state.refuse("Choose an answer first, or skip this question; the agreed answer then counts.")
        return
    try:
        services.save_response(assessment.id, one.item, mine, seen.version if seen else 0)
    except Conflict:
        return  # The next drawing shows both values.
    except StoreError as error:
        state.refuse(str(error))
        return
    _open(following)


def _keep(assessment: Assessment, item_id: str, met: Clash, mine: bool) -> None:
    if mine:
        try:
            services.save_response(assessment.id, item_id, met.mine, met.version)
        except Conflict:
            return  # Somebody was faster once more; both are shown again.
    saved = services.responses(assessment.id).get(item_id)
    _put(assessment.id, item_id, answering.as_seen(saved))


# The end


def _end(
    system: System, checklist: Checklist, assessment: Assessment, found: Sequence[Disagreement], still: Sequence[str]
) -> None:
    """What was decided, what was left open, and on to the results."""
    widgets.html(marks.text(voices.decided(len(found) - len(still), len(found)), "mc-sectionname", "h2"))
    saved = services.responses(assessment.id)
    for one in found:
        if one.item not in still:
            widgets.html(_decision(checklist.item(one.item).name, saved[one.item]))
    with st.container(horizontal=True, key="meeting-end"):
        if st.button("See the results", key="meeting-results", type="primary", icon=":material/arrow_forward:"):
            state.go(frame.RESULTS, system=system.id)
        if still:
            st.button("Go through the open ones", key="meeting-again", on_click=_open, args=(still[0],))


def _decision(name: str, saved: Saved) -> str:
    return "".join(
        (
            '<div class="mc-card">',
            marks.text(name, "mc-cardname", "h3"),
            marks.text(f"{explain.response_words(saved.response)}, by {saved.author}", "mc-cardtext"),
            marks.text(saved.response.note, "mc-small") if saved.response.note else "",
            "</div>",
        )
    )
