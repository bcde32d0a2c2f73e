"""What every part of the store works with: engine, clock, ids, the permission check, the audit trail."""

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar

from access.actors import Actor
from access.permissions import ACTIONS, OF_THE_APP, Forbidden, is_stranger, may_anywhere, permit
from access.places import Place
from data.engine import Engine, Session
from data.errors import NotAllowed, UnknownId
from data.ids import Clock, IdMaker
from data.memory import clock_was_asked
from data.places import NAMED, is_elsewhere, named, place_of
from data.recall import forget, recalled
from data.text import clean_line
from data.watch import Watch, unwatched, watched

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
# What changes nothing, and may be remembered while a page is drawn.
LOOKS = ("glance", "see-draft", "read", "badge", "browse", "read-form", "meet", "enter", "review")
# What each actor is shown their own part of.
OF_THE_ACTOR = ("enter",)
_EVENT = """
insert into audit_events (id, workspace, system, assessment, actor, role, event, subject, before_value,
    after_value, happened_at, via)
values (:id, :workspace, :system, :assessment, :actor, :role, :event, :subject, :before, :after, :happened, :via)
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """The tools that the parts share."""

    engine: Engine
    clock: Clock
    new_id: IdMaker
    watch: Watch = unwatched

    def now(self) -> datetime:
        """What the clock says; what is read by it is not kept."""
        clock_was_asked()
        return self.clock()

    def recalled(self, call: Hashable, read: Callable[[], R]) -> R:
        """What `read` returns; from memory, where this drawing of a page or (unchanged since) this process has it."""
        memory = self.engine.memory
        if memory is None:
            return recalled((self.engine, call), read)
        return recalled((self.engine, call), lambda: memory.known(call, read))


class Part:
    """One subject of the store, such as systems; each public method is `allowed` to somebody."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _leave_event(
        self,
        session: Session,
        actor: Actor,
        event: str,
        subject: str,
        place: Place,
        before: Any = None,
        after: Any = None,
    ) -> None:
        """Write into the audit trail, in the transaction of the change itself."""
        session.run(
            _EVENT,
            id=self._desk.new_id(),
            workspace=place.workspace,
            system=place.system,
            assessment=place.assessment,
            actor=actor.name,
            role=actor.role_at(place),
            event=event,
            subject=subject,
            before=as_json(before),
            after=as_json(after),
            happened=self._desk.now(),
            via=actor.via or None,
        )


def allowed(
    action: str,
) -> Callable[[Callable[Concatenate[S, Actor, P], R]], Callable[Concatenate[S, Actor, P], R]]:
    """The one place where the store refuses: the method runs only for an actor who may do `action` at that place.

    The place is found by the names of the parameters (`data/places.py`). Where nothing at all was granted, the thing
    is not there: `UnknownId`, as for one that does not exist. A method that names no place is for the whole app.
    """
    if action not in ACTIONS:
        raise KeyError(f'There is no action "{action}" in access/permissions.py.')

    def wrap(method: Callable[Concatenate[S, Actor, P], R]) -> Callable[Concatenate[S, Actor, P], R]:
        names = tuple(signature(method).parameters)[2:]
        if not set(names) & set(NAMED) and action not in (*OF_THE_APP, *OF_THE_ACTOR):
            raise TypeError(f"{method.__qualname__} names no place; permissions cannot be decided for it.")

        @wraps(method)
        def checked(part: S, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            desk: Desk = part._desk  # type: ignore[attr-defined]  # every part has a desk
            given = dict(zip(names, args, strict=False)) | kwargs
            try:
                _permit(desk, actor, action, given)
            except Forbidden as refusal:
                raise NotAllowed(str(refusal)) from None
            known = replace(actor, name=clean_line(actor.name, "name of the person"))

            def work() -> R:
                return method(part, known, *args, **kwargs)

            if action in LOOKS:
                call = (part, actor, method.__qualname__, args, tuple(kwargs.items()))
                return desk.recalled(call, lambda: watched(desk.watch, "look", work))
            try:
                return watched(desk.watch, "answer" if action == "answer" else "change", work)
            finally:
                forget()

        checked.action = action  # type: ignore[attr-defined]
        return checked

    return wrap


def _permit(desk: Desk, actor: Actor, action: str, given: Mapping[str, Any]) -> None:
    thing = named(given)
    if action in OF_THE_ACTOR:
        if not may_anywhere(actor, action):
            permit(actor, action)
        return
    # A role that holds everywhere needs no place, unless the form is somebody's own.
    if thing is None or action in OF_THE_APP or (actor.is_everywhere and thing[0] != "respondent"):
        permit(actor, action)
        return
    place = desk.recalled(("place", *thing), lambda: desk.engine.read(lambda one: place_of(one, *thing)))
    if place is None or is_elsewhere(place, given) or is_stranger(actor, place):
        raise UnknownId(*thing)
    permit(actor, action, place, given.get("item"))


def as_json(value: Any) -> str:
    """Compact JSON text with a fixed key order, so that equal values are equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
