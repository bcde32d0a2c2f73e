"""The answers file's parts: take it out, bring it back, decide what differs, and begin a system from one."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any
from zlib import crc32

import streamlit as st

from checklist.reading import ContentError
from data.errors import StoreError
from data.model import Assessment, System
from data.steps import Outcome
from data.text import NAME_LENGTH, name_key
from exchange import merge, wording
from exchange.answers_file import AnswersFile
from exchange.merge import Decision, Difference, Kind
from exchange.workbook import read_either
from scoring.model import Response
from scoring.wording import counted
from ui import blank_form, frame, handout, marks, offers, services, state, widgets
from ui.filed import Filing

KINDS = ("yaml", "yml", "json", "xlsx")
UPLOAD = "Answers file (YAML or JSON), or a questionnaire filled in with Excel"
FAULTS_SHOWN = 50
# Stands for the upload of a file that the home page has passed on.
HANDED_ON = "handed on"
# Where an address begins, as far as Markdown looks.
ADDRESS = re.compile(r"https?(?=:)|www(?=\.)|[\w.+-](?=@)", re.IGNORECASE)
GROUPS: dict[str, Sequence[Kind]] = {
    "Both say something: you decide": ("different",),
    "Only one of the two says something": ("only-in-file", "only-in-form"),
    "The file doesn’t know: your answer stays, unless you take it back here": ("unknown-in-file",),
}
BUTTONS: dict[Decision | None, str] = {
    None: "Save these decisions",
    "file": "Take everything from the file",
    "form": "Keep everything here",
}
VERBS: dict[Decision, str] = {"form": "Keep", "file": "Take the file’s", "unknown": "Take the answer back"}


def show(system: System, shown: Assessment | None) -> None:
    """The file of what is open, and below it the way back, which always leads into the draft."""
    widgets.say(
        f"Everything answered for {system.name} as one text file. Keep it beside the code, review it in a pull "
        "request, and bring it back here: where it differs from your answers, you decide."
    )
    if shown:
        _out(system, shown)
    blank_form.show(system, shown)
    st.header("Bring a file back", anchor=False)
    _trouble(system)
    if shown and not shown.is_draft and services.draft(system.id):
        widgets.say("A milestone never changes. A file comes back into the draft.", "mc-body")
        widgets.link(frame.ANSWERS, "Go to the draft", icon=":material/arrow_forward:", system=system.id)
    elif draft := _draft(system):
        _back(system, draft)


def _trouble(system: System) -> None:
    """Why the last step was not carried out, once; also where there is no draft any more to compare with."""
    held = state.filing()
    if held.system == system.id and held.trouble:
        widgets.refusal(f"Nothing was changed: {held.trouble}")
        held.trouble = ""


def _out(system: System, shown: Assessment) -> None:
    """The download, and what stands in it."""
    edition = "The draft as it is now" if shown.is_draft else f"Milestone “{shown.name}”"
    widgets.small(f"{edition}. Who answered when, and the state of fixes, stay here.")
    handout.answers_file(system, shown)


def _draft(system: System) -> Assessment | None:
    """The draft that a file comes back into. After a milestone a person says that a new one begins."""
    draft, made = services.draft(system.id), services.milestones(system.id)
    if not offers.may("assess"):
        offers.say_who_can("bring a file back")
        return None
    if draft or not made:
        return draft or services.start(system.id)
    widgets.say(
        f"The last assessment is kept as the milestone “{made[0].name}”. A file comes back into a new one, which "
        "starts from its answers.", "mc-body",
    )  # fmt: skip
    if st.button("Start a new assessment", type="primary", key="start-new"):
        services.start(system.id)
        st.rerun()
    return None


def _back(system: System, draft: Assessment) -> None:
    """Ask for a file and compare it with the draft."""
    brought = _brought(system)
    if brought is None:
        return
    file = _read(brought.name, brought.content)
    if file is None:
        return
    if name_key(file.system) != name_key(system.name):
        widgets.refusal(f"The file is about “{file.system}”, and this is “{system.name}”. Is it the right one?")
    _came_of_it(draft, brought)
    _compare(system, draft, file, brought)


def _brought(system: System) -> Filing | None:
    """The file that was chosen here, or that another page passed on."""
    held = state.filing()
    chosen = st.file_uploader(UPLOAD, type=list(KINDS), key=f"answers-upload-{held.turn}")
    if chosen:
        return state.open_file(system.id, chosen.name, chosen.getvalue(), chosen.file_id)
    if held.system == system.id and held.upload == HANDED_ON:
        with st.container(horizontal=True, vertical_alignment="center"):
            widgets.small(f"Comparing with “{held.name}”.")
            st.button("Put it away", key="put-away", type="tertiary", on_click=state.put_file_away)
        return held
    return None


def _read(name: str, content: bytes) -> AnswersFile | None:
    """The file, or every fault that it has; then nothing of it is used."""
    try:
        return read_either(content, name, services.checklist())
    except ContentError as error:
        faults = [str(fault) for fault in error.faults]
        what = "a fault" if len(faults) == 1 else f"{len(faults):,} faults"
        widgets.refusal(f"The file has {what}, so nothing of it was used. Correct it and choose it again.")
        more = [f"{len(faults) - FAULTS_SHOWN:,} more follow; correct these first."] * (len(faults) > FAULTS_SHOWN)
        with st.container(key="faults"):
            widgets.html(_list([*faults[:FAULTS_SHOWN], *more]))
        return None


# What differs


def _compare(system: System, draft: Assessment, file: AnswersFile, brought: Filing) -> None:
    """Each difference with its two values; one button carries out what was chosen."""
    checklist = services.checklist()
    found = merge.differences(checklist, services.answers_file(system, draft), file)
    asked = [one for one in found if one.is_open and _key(one) not in brought.kept]
    with st.container(key="comparison"):
        widgets.say(wording.count_sentence(found))
        if asked:
            _decisions(draft, asked, brought.name)
        _stays([one for one in found if one not in asked])


def _decisions(draft: Assessment, asked: Sequence[Difference], source: str) -> None:
    """A form: a choice is the browser's own until it is sent, so quick hands lose none."""
    with st.form("decisions", border=False, enter_to_submit=False):
        for title, kinds in GROUPS.items():
            group = [one for one in asked if one.kind in kinds]
            if group:
                widgets.html(f'<h3 class="mc-group">{title}</h3>')
            for one in group:
                _row(one)
        with st.container(horizontal=True, key="decide"):
            for decision, label in BUTTONS.items():
                st.form_submit_button(
                    label, type="secondary" if decision else "primary", key=f"decide-{decision or 'each'}",
                    on_click=_decide, args=(draft.id, tuple(asked), source, decision),
                )  # fmt: skip


def _row(one: Difference) -> None:
    """What both say, side by side; a rating's sentence on demand."""
    checklist = services.checklist()
    others = {choice: one.after("file") if choice == "form" else one.form for choice in one.choices}
    with st.container(key=f"difference-{one.key}", gap=None):
        widgets.html(
            marks.text(wording.name(checklist, one), "mc-cardname", "h4"),
            marks.text(wording.about(checklist, one), "mc-small"),
        )
        st.radio(
            wording.name(checklist, one),
            one.choices,
            index=one.choices.index(one.default) if one.default else None,
            format_func=lambda choice: _option(choice, wording.value_words(checklist, one.after(choice))),
            captions=[_caption(wording.reason_words(one.after(choice), others[choice])) for choice in one.choices],
            width="stretch",
            key=_key(one),
            label_visibility="collapsed",
        )
        if full := _in_full(one):
            widgets.html(full)


def _option(choice: Decision, words: str) -> str:
    return f"{VERBS[choice]}: **{widgets.plain(words)}**"


def _caption(words: str) -> str:
    """Text as typed. Markdown makes links of bare addresses even so; a word joiner keeps them text."""
    return widgets.plain(ADDRESS.sub("\\g<0>\u2060", words))


def _in_full(one: Difference) -> str:
    """The sentences of both ratings, and notes and links at full length."""
    if not isinstance(one.form, Response) or not isinstance(one.file, Response):
        return ""
    parts = [
        (title, [line for line in (_answer(one.id, response), response.note, *response.evidence) if line])
        for title, response in (("Here", one.form), ("In the file", one.file))
    ]
    return marks.fold(
        "Read both in full",
        "".join(
            marks.text(title, "mc-cardname", "h4")
            + "".join(marks.text(line, "mc-body") for line in lines or ["Nothing"])
            for title, lines in parts
        ),
    )


def _answer(item_id: str, response: Response) -> str:
    if response.rating is None:
        return wording.value_words(services.checklist(), response) if response.state != "unanswered" else ""
    return f"{response.rating}: {services.checklist().item(item_id).answer(response.rating)}"


def _key(one: Difference) -> str:
    """The widget of a difference; another one as soon as either value is another."""
    return f"decision-{one.key}-{crc32(repr((one.form, one.file)).encode()):08x}"


def _stays(rest: Sequence[Difference]) -> None:
    """What the file says nothing about, or was decided to stay."""
    checklist = services.checklist()
    unknown = [one for one in rest if one.kind == "unknown-in-file"]
    silent = [one for one in rest if one.kind == "only-in-form"]
    kept = [one for one in rest if one not in unknown and one not in silent]
    lines = [
        f"{words}: {wording.names(checklist, group)}."
        for words, group in (
            ("The file doesn’t know, so your answer stays", unknown),
            ("The file says nothing about it, so it stays", silent),
            ("You keep it as it is", kept),
        )
        if group
    ]
    if lines:
        widgets.html(marks.fold(f"What stays as it is ({len(rest)})", _list(lines)))


# What comes of it


def _decide(draft_id: str, asked: Iterable[Difference], source: str, decision: Decision | None) -> None:
    """Carry out what was chosen, all in one transaction; what is not decided stays open."""
    held, asked = state.filing(), tuple(asked)
    chosen: dict[str, Any] = {one.key: decision or state.widget(_key(one)) or one.default for one in asked}
    held.kept |= {_key(one) for one in asked if chosen[one.key] and one.after(chosen[one.key]) == one.form}
    _take(draft_id, merge.steps(asked, chosen), source)
    if outcome := held.outcome:
        held.left = len(asked) - len(outcome.done) - len(outcome.overtaken)


def _take(draft_id: str, steps: Iterable[Any], source: str) -> None:
    held = state.filing()
    held.draft, held.outcome, held.trouble = draft_id, None, ""
    try:
        held.outcome = services.take_steps(draft_id, steps, source[:NAME_LENGTH])
    except StoreError as error:
        held.trouble = str(error)


def _undo(draft_id: str, outcome: Outcome) -> None:
    """Take back what was taken; what somebody changed since stays."""
    held = state.filing()
    held.kept.clear()
    _take(draft_id, [step.back for step in outcome.done], f"Undo: {held.name}")
    if held.outcome and not held.outcome.overtaken:
        held.outcome = None
        state.say_next("It is as it was before.")


def _came_of_it(draft: Assessment, held: Filing) -> None:
    """How many values were taken, which ones, what somebody else changed meanwhile, and the way back."""
    checklist, outcome = services.checklist(), held.outcome
    if outcome is None or held.draft != draft.id:
        return
    with st.container(key="outcome", border=True):
        st.text(wording.outcome_sentence(outcome, held.left))
        for one in outcome.overtaken:
            widgets.refusal(wording.overtaken(checklist, one))
        if outcome.done:
            widgets.html(marks.fold("What changed", _list(wording.change(checklist, step) for step in outcome.done)))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button("Undo", key="undo-file", on_click=_undo, args=(draft.id, outcome))
                widgets.link(frame.RESULTS, "See the results", icon=":material/arrow_forward:", system=draft.system)


def _list(lines: Iterable[str]) -> str:
    return f'<ul class="mc-list mc-wrap">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


# A new system from a file


def newcomer(workspace_id: str) -> None:
    """Add the system that an answers file names; where there is one of that name, compare with it."""
    with st.expander("Or begin from an answers file", type="compact", key="from-file"):
        chosen = st.file_uploader(UPLOAD, type=list(KINDS), key="system-file", label_visibility="collapsed")
        file = _read(chosen.name, chosen.getvalue()) if chosen else None
        if chosen is None or file is None:
            return
        same = [one for one in services.systems(workspace_id) if name_key(one.name) == name_key(file.system)]
        if same:
            st.text(f"There is a system “{same[0].name}” already. Compare the file with its answers.")
            if st.button("Compare", type="primary", key="compare-file"):
                state.open_file(same[0].id, chosen.name, chosen.getvalue(), HANDED_ON)
                state.go(frame.ANSWERS, system=same[0].id)
        else:
            _add(workspace_id, file, chosen.name)


def _add(workspace_id: str, file: AnswersFile, source: str) -> None:
    count = counted(len(file.answers.responses), "answer")
    st.text(f"“{file.system}”, with {count}.")
    if st.button("Add this system", type="primary", key="add-from-file"):
        try:
            system = services.add_from_file(workspace_id, file, source[:NAME_LENGTH])
        except StoreError as error:
            widgets.refusal(str(error))
            return
        state.say_next(f"“{system.name}” is added, with {count} from the file.")
        state.go(frame.RESULTS, system=system.id)
