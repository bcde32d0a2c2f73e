"""What every part of the store works with: engine, clock, ids, the permission check, the audit trail."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from access.actors import Actor
from access.permissions import ACTIONS, permit
from data.engine import Engine, Session
from data.ids import Clock, IdMaker
from data.recall import forget, recalled
from data.text import clean_line

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
READ = "read"
_EVENT = """
insert into audit_events (id, workspace, system, assessment, actor, role, event, subject, before_value,
    after_value, happened_at)
values (:id, :workspace, :system, :assessment, :actor, :role, :event, :subject, :before, :after, :happened)
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """The tools that the parts share."""

    engine: Engine
    now: Clock
    new_id: IdMaker


@dataclass(frozen=True, slots=True)
class Place:
    """What an event is about, from the workspace down as far as it goes."""

    workspace: str
    system: str | None = None
    assessment: str | None = None


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
            role=actor.role,
            event=event,
            subject=subject,
            before=as_json(before),
            after=as_json(after),
            happened=self._desk.now(),
        )


def allowed(
    action: str,
) -> Callable[[Callable[Concatenate[S, Actor, P], R]], Callable[Concatenate[S, Actor, P], R]]:
    """The one place where the store refuses: the method runs only for an actor who may do `action`."""
    if action not in ACTIONS:
        raise KeyError(f'There is no action "{action}" in access/permissions.py.')

    def wrap(method: Callable[Concatenate[S, Actor, P], R]) -> Callable[Concatenate[S, Actor, P], R]:
        @wraps(method)
        def checked(part: S, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            permit(actor, action)
            named = replace(actor, name=clean_line(actor.name, "name of the person"))
            if action == READ:
                call = (part, actor, method.__qualname__, args, tuple(kwargs.items()))
                return recalled(call, lambda: method(part, named, *args, **kwargs))
            try:
                return method(part, named, *args, **kwargs)
            finally:
                forget()

        checked.action = action  # type: ignore[attr-defined]
        return checked

    return wrap


def as_json(value: Any) -> str:
    """Compact JSON text with a fixed key order, so that equal values are equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
