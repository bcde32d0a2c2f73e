"""How the form and the store are brought together: compare on every run, save the difference, lose nothing.

A browser reports clicks faster than the server runs, and a callback sees only some of them. So nothing is saved by
callbacks: each run compares what the widgets hold with what they were last set from, and saves what differs.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from checklist.model import Item
from data.errors import Conflict, StoreError
from data.model import Saved
from scoring.model import UNANSWERED, Response
from ui import services, state
from ui.state import Seen

T = TypeVar("T")

DEFAULT_REASON = "out-of-scope"
# What the keys of single choices begin with.
HEALTH = "health-"
FAILURE = "failure-"
MARKS = ("not-applicable", "unknown")
# How the form writes an answer: its rating stands first.
IN_OLD_WORDS = re.compile(r"\*\*[1-5]\*\* ")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an item's widgets hold; a widget that is not on the page holds what it was last set from."""

    answer: int | str | None
    """A rating, one of MARKS, or nothing yet: one widget for all, because one of them excludes the others."""
    reason: str | None
    note: str
    evidence: tuple[str, ...]
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else changed an item while it was open here: both values, and the version that was stored."""

    theirs: Response
    mine: Response
    version: int
    author: str


def meaning(chosen: Chosen) -> Response:
    """The response that the widgets stand for; without a link there is nothing that could count until a day."""
    said = (chosen.note, chosen.evidence, chosen.valid_until if chosen.evidence else None)
    if isinstance(chosen.answer, int):
        return Response.rated(chosen.answer, *said)
    if chosen.answer == "not-applicable":
        return Response.not_applicable(chosen.reason or DEFAULT_REASON, *said)
    if chosen.answer == "unknown":
        return Response.unknown(*said)
    return Response("unanswered", None, None, *said)


def see_through(assessment_id: str, lens: str, items: Iterable[Item], respondent: str = "") -> None:
    """Before `items` are drawn in the words of another lens: what is chosen stays chosen.

    A browser names a choice by its words. It has to be told the new ones, or it would go on sending the old.
    """
    if state.shown_lens(assessment_id, respondent) not in (None, lens):
        held = state.fields("answer-")
        for key in (f"answer-{item.id}" for item in items):
            if key in held:
                state.set_widget(key, _option(held[key]))
    state.remember_lens(assessment_id, lens, respondent)


def _option(held: object) -> int | str | None:
    """The option that a widget holds. A click that was late still names it in the words of the lens before."""
    if isinstance(held, str) and held not in MARKS:
        return int(held[2]) if IN_OLD_WORDS.match(held) else None
    return held  # type: ignore[return-value]  # the options are ratings and MARKS


def settle(
    assessment_id: str, items: Iterable[Item], respondent: str = ""
) -> tuple[dict[str, Saved], dict[str, Clash | str]]:
    """Save what the form holds and the store does not, then set the widgets of `items` to what is stored.

    Answers of a step that was just left are saved too: they were clicked before the browser had drawn this one.
    The form is the team's, or that of one respondent. Returns everything that is stored now, and what was not saved:
    items that somebody else changed meanwhile, for a person to decide, and items that the store refused, with its
    sentence. Their widgets keep what was chosen or typed.
    """
    stored = dict(services.responses(assessment_id, respondent))
    drawn = {item.id for item in items}
    form = _Form(assessment_id, respondent)
    troubles: dict[str, Clash | str] = {}
    for item_id in drawn:
        if (key := f"answer-{item_id}") in form.held:
            form.put(key, _option(form.held[key]))
    for item_id in (*sorted(form.changed() - drawn), *drawn):
        outcome = _settle_item(form, item_id, stored.get(item_id), item_id in drawn)
        if isinstance(outcome, Saved):
            stored[item_id] = outcome
        elif outcome is not None:
            troubles[item_id] = outcome
    return stored, troubles


def is_behind(assessment_id: str, items: Iterable[Item], stored: Mapping[str, Saved], respondent: str = "") -> bool:
    """Whether one of these items is shown otherwise than it is stored: somebody else has changed it."""
    shown = state.seen(assessment_id, respondent)
    return any(item.id in shown and shown[item.id] != as_seen(stored.get(item.id)) for item in items)


class _Form:
    """A form as it is in this run: read at once, because each look into the session costs."""

    def __init__(self, assessment_id: str, respondent: str) -> None:
        self.assessment_id, self.respondent = assessment_id, respondent
        # In this order: the first look at another form forgets the fields of the last one.
        self.seen = state.seen(assessment_id, respondent)
        self.held = state.fields()

    def changed(self) -> set[str]:
        """The items of which something else is chosen than they were last set to."""
        kept = (key.removeprefix("answer-") for key in self.held if key.startswith("answer-"))
        known = ((item_id, self.seen[item_id].response) for item_id in kept if item_id in self.seen)
        return {item_id for item_id, seen in known if meaning(_chosen(self.held, item_id, seen)) != seen}

    def put(self, key: str, value: object) -> None:
        """As `put`, with what was read."""
        if key not in self.held or self.held[key] != value:
            state.set_widget(key, value)
            self.held[key] = value

    def show(self, item_id: str, stored: Seen, drawn: bool) -> None:
        """Remember what is stored as seen, and set the item's widgets to it where they are drawn."""
        # A look into the session ends a run that a newer one has replaced; what this one has read is old by then.
        state.page()
        self.seen[item_id] = stored
        if not drawn:
            return
        response = stored.response
        self.put(f"answer-{item_id}", _answer(response))
        for field, value in {"reason": response.reason, **folded_values(response)}.items():
            # These are on the page only now and then; whoever draws them fills them from the store.
            if f"{field}-{item_id}" in self.held:
                self.put(f"{field}-{item_id}", value)


def _settle_item(form: _Form, item_id: str, saved: Saved | None, drawn: bool) -> Saved | Clash | str | None:
    stored = as_seen(saved)
    seen = form.seen.get(item_id)
    if seen is None or f"answer-{item_id}" not in form.held:
        if drawn:
            form.show(item_id, stored, drawn)
        return None
    if _answer(seen.response) is not None and _option(form.held[f"answer-{item_id}"]) is None:
        # Nobody can let go of an option by hand: this browser has not drawn yet what somebody else has answered.
        if drawn:
            form.show(item_id, stored, drawn)
        return None
    mine = meaning(_chosen(form.held, item_id, seen.response))
    if mine == seen.response or mine == stored.response:
        # The widget of a step that was left goes on holding what was seen there. To remember as seen what somebody
        # else has stored since would make the next run take it for a choice of this person.
        if stored != seen and (drawn or mine == stored.response):
            form.show(item_id, stored, drawn)
        return None
    # Who only confirmed the answer has changed nothing of what was seen here.
    if saved is not None and stored.version != seen.version and stored.response != seen.response:
        return Clash(saved.response, mine, saved.version, saved.author)
    try:
        now = services.save_response(form.assessment_id, item_id, mine, stored.version, form.respondent)
    except Conflict as conflict:
        return Clash(conflict.stored.response, mine, conflict.stored.version, conflict.stored.author)
    except StoreError as error:
        return str(error)
    form.show(item_id, as_seen(now), drawn)
    return now


def as_seen(saved: Saved | None) -> Seen:
    """What is stored, as a form remembers it."""
    return Seen(saved.version, saved.response) if saved else Seen(0, UNANSWERED)


def keep(assessment_id: str, item_id: str, clash: Clash, mine: bool, respondent: str = "") -> None:
    """A person decided: take mine over what is stored, or show what is stored."""
    if mine:
        try:
            services.save_response(assessment_id, item_id, clash.mine, clash.version, respondent)
        except Conflict:
            # Somebody was faster once more: the widgets still hold my choice, and the next run shows both again.
            return
    stored = services.responses(assessment_id, respondent).get(item_id)
    _Form(assessment_id, respondent).show(item_id, as_seen(stored), True)


def clear(assessment_id: str, item_id: str, respondent: str = "") -> None:
    """Take an answer back; its note and links stay."""
    saved = services.responses(assessment_id, respondent).get(item_id)
    if saved is None:
        return
    open_again = replace(saved.response, state="unanswered", rating=None, reason=None)
    try:
        now = services.save_response(assessment_id, item_id, open_again, saved.version, respondent)
    except Conflict:
        # The next run shows what somebody else has stored.
        return
    _Form(assessment_id, respondent).show(item_id, as_seen(now), True)


def save_leftovers() -> None:
    """Save what was clicked just before another page was opened: that page's run is the first to hear of it."""
    form = state.open_form()
    if form is None:
        return
    assessment_id, respondent = form
    left = _Form(assessment_id, respondent)

    def holds(prefix: str) -> bool:
        return any(key.startswith(prefix) for key in left.held)

    if left.changed():
        services.if_open(assessment_id, lambda: settle(assessment_id, (), respondent))
    if holds(HEALTH):
        services.if_open(assessment_id, lambda: settle_health(assessment_id))
    if holds(FAILURE):
        services.if_open(assessment_id, lambda: settle_failures(assessment_id))


def settle_health(assessment_id: str) -> dict[str, str]:
    """Save the answers of the health check that were given here; for each that the store refused, its sentence."""
    stored = services.health(assessment_id)
    refused: dict[str, str] = {}
    for question in services.checklist().health:
        save = partial(services.save_health, assessment_id, question.id)
        try:
            _settle_choice(assessment_id, f"{HEALTH}{question.id}", stored.get(question.id), save)
        except StoreError as error:
            refused[question.id] = str(error)
    return refused


def settle_failures(assessment_id: str) -> str | None:
    """Save the failures that were ticked or cleared here; the store's sentence if it refused."""
    stored = services.assessment(assessment_id).failures

    def save(failure_id: str, ticked: bool) -> None:
        nonlocal stored
        stored = stored | {failure_id} if ticked else stored - {failure_id}
        services.set_failures(assessment_id, stored)

    try:
        for failure in services.checklist().failures:
            key = f"{FAILURE}{failure.id}"
            _settle_choice(assessment_id, key, failure.id in stored, partial(save, failure.id))
    except StoreError as error:
        return str(error)
    return None


def _settle_choice(assessment_id: str, key: str, stored: T, save: Callable[[T], None]) -> None:
    """Save what one widget holds if a person moved it, else show what is stored."""
    shown = state.shown_choices(assessment_id)
    moved = state.has_widget(key) and key in shown and state.widget(key) != shown[key]
    if moved and (mine := state.widget(key)) != stored:
        save(mine)
        stored = mine
    if not moved:
        put(key, stored)
    shown[key] = stored


def _chosen(held: Mapping[str, Any], item_id: str, seen: Response) -> Chosen:
    return Chosen(
        answer=_option(held.get(f"answer-{item_id}", _answer(seen))),
        reason=held.get(f"reason-{item_id}", seen.reason),
        note=held.get(f"note-{item_id}", seen.note) or "",
        evidence=links(held.get(f"evidence-{item_id}", "\n".join(seen.evidence)) or ""),
        valid_until=held.get(f"valid-{item_id}", seen.valid_until),
    )


def links(text: str) -> tuple[str, ...]:
    """One link a line, blank lines left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _answer(response: Response) -> int | str | None:
    return response.state if response.state in MARKS else response.rating


def folded_values(response: Response) -> dict[str, object]:
    """What the fields in the fold of an item hold, by the beginning of their keys."""
    links = "\n".join(response.evidence)
    return {"note": response.note, "evidence": links, "valid": response.valid_until}


def put(key: str, value: object) -> None:
    """Give a widget a value that it does not hold. To put what it holds would undo a click that is on its way here."""
    if not state.has_widget(key) or state.widget(key) != value:
        state.set_widget(key, value)
