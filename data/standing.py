"""Which answer of an item counts: what the team decided, else what people agree on, else what was carried over."""

from collections.abc import Mapping
from datetime import datetime

from data.engine import Session
from data.model import Assessment
from data.people import TEAM, agreed_answers, is_decided
from data.responses import saved_responses, write_many
from scoring.model import Response

_AGREEMENTS = """
insert into agreements (assessment, item, people)
select :assessment, unnest(cast(:items as varchar[])), unnest(cast(:people as integer[]))
"""


def standing_responses(session: Session, assessment: Assessment) -> dict[str, Response]:
    """The response of every item that has one, as of now for a draft and as of its making for a milestone."""
    team = saved_responses(session, assessment.id, TEAM)
    own = {item: saved.response for item, saved in team.items() if saved.response.state != "unanswered"}
    if not assessment.is_draft:
        return own
    return own | {item: response for item, (response, _) in _undecided(session, assessment).items()}


def agreed_items(session: Session, assessment: Assessment) -> Mapping[str, int]:
    """The items whose standing response is an agreed one, each with how many people answered it."""
    if assessment.is_draft:
        return {item: people for item, (_, people) in _undecided(session, assessment).items()}
    sql = "select item, people from agreements where assessment = :assessment order by item"
    return {row["item"]: row["people"] for row in session.rows(sql, assessment=assessment.id)}


def freeze(session: Session, draft: Assessment, moment: datetime) -> int:
    """Write what people agree on as the team's answers, and which those are; how many that is.

    So a milestone reads like any other, and the next assessment starts from what counted in it.
    """
    standing = _undecided(session, draft)
    for people in sorted({people for _, people in standing.values()}):
        group = {item: response for item, (response, count) in standing.items() if count == people}
        write_many(session, draft.id, TEAM, group, f"Agreed by {people}", moment)
    if standing:
        counts = {item: people for item, (_, people) in standing.items()}
        session.run(_AGREEMENTS, assessment=draft.id, items=list(counts), people=list(counts.values()))
    return len(standing)


def _undecided(session: Session, draft: Assessment) -> dict[str, tuple[Response, int]]:
    agreed = agreed_answers(session, draft)
    if not agreed:
        return {}
    team = saved_responses(session, draft.id, TEAM)
    return {item: found for item, found in agreed.items() if not is_decided(team.get(item), draft)}
