"""Where the things that a call names belong: the place that permissions are decided at."""

from collections.abc import Mapping
from typing import Any

from access.places import EVERYWHERE, Place
from data.engine import Session, first

_OF_ASSESSMENT = "s.workspace, s.id as system, a.id as assessment, a.status"
_FIND = {
    "respondent": f"""select {_OF_ASSESSMENT}, p.id as respondent,
        case when p.submitted_at is null then p.subject end as private_to
        from respondents p join assessments a on a.id = p.assessment join systems s on s.id = a.system
        where p.id = :id""",
    "assessment": f"select {_OF_ASSESSMENT} from assessments a join systems s on s.id = a.system where a.id = :id",
    "link": "select workspace, system, assessment from share_links where id = :id",
    "system": "select workspace, id as system from systems where id = :id",
    "token": "select workspace from api_tokens where id = :id",
    "workspace": "select id as workspace from workspaces where id = :id",
}
# How parameters of the store's methods name a kind of thing, the narrowest first.
NAMED = {
    "respondent": "respondent",
    "assessment": "assessment",
    "draft": "assessment",
    "milestone": "assessment",
    "link": "link",
    "system": "system",
    "token": "token",
    "workspace": "workspace",
}


def named(given: Mapping[str, Any]) -> tuple[str, str] | None:
    """The kind and id of the narrowest thing that a call names, None when it names nothing."""
    return next(((kind, given[name]) for name, kind in NAMED.items() if given.get(name)), None)


def place_of(session: Session, kind: str, wanted: str) -> Place | None:
    """Where this thing is, None when there is none of this id; also for what was deleted or archived."""
    row = first(session.rows(_FIND[kind], id=wanted))
    return Place(**row) if row else None


def is_elsewhere(place: Place, given: Mapping[str, Any]) -> bool:
    """Whether the call also names something that this place does not lie in."""
    wider = {kind: given[name] for name, kind in NAMED.items() if given.get(name) and kind in Place.__slots__}
    return place != EVERYWHERE and not place.lies_in(Place(**wider))
