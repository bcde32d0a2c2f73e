"""How the form and the store are brought together: compare on every run, save the difference, lose nothing.

A browser reports clicks faster than the server runs, and a callback sees only some of them. So nothing is saved by
callbacks: each run compares what the widgets hold with what they were last set from, and saves what differs.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checklist.model import Item
from data.errors import Conflict, StoreError
from data.model import Saved
from scoring.model import UNANSWERED, Response
from ui import services, state
from ui.state import Seen

DEFAULT_REASON = "out-of-scope"
STATES = ("not-applicable", "unknown")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an item's five widgets hold; a widget that is not on the page holds what it was last set from."""

    rating: int | None
    state: str | None
    reason: str | None
    note: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else changed an item while it was open here: both values, and the version that was stored."""

    theirs: Response
    mine: Response
    version: int
    author: str


def meaning(seen: Response, chosen: Chosen) -> Response:
    """The response that the widgets stand for. A rating and a state exclude each other: the newer move wins."""
    rating, mark = chosen.rating, chosen.state
    if rating is not None and mark is not None:
        newer_is_rating = rating != seen.rating
        rating, mark = (rating, None) if newer_is_rating else (None, mark)
    if rating is not None:
        return Response.rated(rating, chosen.note, chosen.evidence)
    if mark == "not-applicable":
        return Response.not_applicable(chosen.reason or DEFAULT_REASON, chosen.note, chosen.evidence)
    if mark == "unknown":
        return Response.unknown(chosen.note, chosen.evidence)
    return Response(note=chosen.note, evidence=chosen.evidence)


def settle(assessment_id: str, items: Iterable[Item]) -> tuple[dict[str, Saved], dict[str, Clash | str]]:
    """Save what the form holds and the store does not, then set the widgets of `items` to what is stored.

    Answers of a step that was just left are saved too: they were clicked before the browser had drawn this one.
    Returns everything that is stored now, and what was not saved: items that somebody else changed meanwhile, for a
    person to decide, and items that the store refused, with its sentence. Their widgets keep what was chosen or typed.
    """
    stored = dict(services.responses(assessment_id))
    drawn = {item.id for item in items}
    left = {key.removeprefix("answer-") for key in state.widget_keys("answer-")} - drawn
    troubles: dict[str, Clash | str] = {}
    for item_id in (*sorted(left), *drawn):
        outcome = _settle_item(assessment_id, item_id, stored.get(item_id), item_id in drawn)
        if isinstance(outcome, Saved):
            stored[item_id] = outcome
        elif outcome is not None:
            troubles[item_id] = outcome
    return stored, troubles


def _settle_item(assessment_id: str, item_id: str, saved: Saved | None, drawn: bool) -> Saved | Clash | str | None:
    stored = _as_seen(saved)
    seen = state.seen(assessment_id, item_id)
    if seen is None or not state.has_widget(f"answer-{item_id}"):
        _show(assessment_id, item_id, stored, drawn)
        return None
    mine = meaning(seen.response, _chosen(item_id, seen.response))
    if mine == seen.response or mine == stored.response:
        if stored != seen or _both_marked(item_id):
            _show(assessment_id, item_id, stored, drawn)
        return None
    if saved is not None and stored.version != seen.version:
        return Clash(saved.response, mine, saved.version, saved.author)
    try:
        now = services.save_response(assessment_id, item_id, mine, stored.version)
    except Conflict as conflict:
        return Clash(conflict.stored.response, mine, conflict.stored.version, conflict.stored.author)
    except StoreError as error:
        return str(error)
    _show(assessment_id, item_id, _as_seen(now), drawn)
    return now


def _as_seen(saved: Saved | None) -> Seen:
    return Seen(saved.version, saved.response) if saved else Seen(0, UNANSWERED)


def keep(assessment_id: str, item_id: str, clash: Clash, mine: bool) -> None:
    """A person decided: take mine over what is stored, or show what is stored."""
    if mine:
        try:
            services.save_response(assessment_id, item_id, clash.mine, clash.version)
        except Conflict:
            # Somebody was faster once more: the widgets still hold my choice, and the next run shows both again.
            return
    _show(assessment_id, item_id, _as_seen(services.responses(assessment_id).get(item_id)), drawn=True)


def save_leftovers() -> None:
    """Save what was clicked just before another page was opened: that page's run is the first to hear of it."""
    assessment_id = state.open_form()
    if assessment_id is None:
        return
    if state.widget_keys("answer-"):
        services.if_open(assessment_id, lambda: settle(assessment_id, ()))


def _chosen(item_id: str, seen: Response) -> Chosen:
    def held(field: str, otherwise: object) -> object:
        key = f"{field}-{item_id}"
        return state.widget(key) if state.has_widget(key) else otherwise

    return Chosen(
        rating=held("answer", seen.rating),  # type: ignore[arg-type]  # the radio's options are ratings
        state=held("state", seen.state if seen.state in STATES else None),  # type: ignore[arg-type]
        reason=held("reason", seen.reason),  # type: ignore[arg-type]
        note=str(held("note", seen.note) or ""),
        evidence=links(str(held("evidence", "\n".join(seen.evidence)) or "")),
    )


def links(text: str) -> tuple[str, ...]:
    """One link a line, blank lines left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _both_marked(item_id: str) -> bool:
    """A rating and a state are both marked: the one that lost has to let go, or it would count as a new move."""
    return state.widget(f"answer-{item_id}") is not None and state.widget(f"state-{item_id}") is not None


def _show(assessment_id: str, item_id: str, stored: Seen, drawn: bool) -> None:
    """Remember what is stored as seen, and set the item's widgets to it where they are drawn."""
    state.remember(assessment_id, item_id, stored)
    response = stored.response
    if drawn or _both_marked(item_id):
        _put(f"answer-{item_id}", response.rating)
        _put(f"state-{item_id}", response.state if response.state in STATES else None)
    if not drawn:
        return
    folded = {"reason": response.reason, "note": response.note, "evidence": "\n".join(response.evidence)}
    for field, value in folded.items():
        # These are on the page only now and then; whoever draws them fills them from the store.
        if state.has_widget(f"{field}-{item_id}"):
            _put(f"{field}-{item_id}", value)


def _put(key: str, value: object) -> None:
    """Give a widget a value that it does not hold. To put what it holds would undo a click that is on its way here."""
    if not state.has_widget(key) or state.widget(key) != value:
        state.set_widget(key, value)
