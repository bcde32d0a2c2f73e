"""Which answer of an item counts: what the team decided, else what people agree on, else what was carried over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from data.engine import Session
from data.model import Assessment, Saved
from data.people import TEAM, is_decided, submitted
from data.responses import saved_responses, write_many
from scoring.agree import agreed
from scoring.model import Response

# Somebody's name with their answers by item.
Voice = tuple[str, Mapping[str, Saved]]
_AGREEMENTS = """
insert into agreements (assessment, item, people)
select :assessment, unnest(cast(:items as varchar[])), unnest(cast(:people as integer[]))
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """The response that counts for an item, when it was last given or confirmed, and how many people agree on it.

    `people` is 0 for an answer of the team.
    """

    response: Response
    at: datetime
    people: int = 0


def counting(assessment: Assessment, team: Mapping[str, Saved], voices: Iterable[Voice]) -> dict[str, Counted]:
    """What counts of the team's answers and those of everybody who submitted: the one rule, for every reader."""
    own = {item: Counted(saved.response, saved.at) for item, saved in team.items() if is_answered(saved)}
    if not assessment.is_draft:
        # What people agreed on was written as answers of the team when the milestone was made.
        return own
    together = _agreed(voices).items()
    return own | {item: one for item, one in together if not is_decided(team.get(item), assessment)}


def is_answered(saved: Saved) -> bool:
    return saved.response.state != "unanswered"


def counted_answers(session: Session, assessment: Assessment) -> dict[str, Counted]:
    """What counts for each item that has an answer, as of now for a draft and as of its making for a milestone."""
    team = saved_responses(session, assessment.id, TEAM)
    heard = submitted(session, assessment.id) if assessment.is_draft else {}
    return counting(assessment, team, ((person.name, answers) for person, answers in heard.items()))


def standing_responses(session: Session, assessment: Assessment) -> dict[str, Response]:
    """The response of every item that has one, as of now for a draft and as of its making for a milestone."""
    return {item: one.response for item, one in counted_answers(session, assessment).items()}


def agreed_items(session: Session, assessment: Assessment) -> Mapping[str, int]:
    """The items whose standing response is an agreed one, each with how many people answered it."""
    if assessment.is_draft:
        return {item: one.people for item, one in counted_answers(session, assessment).items() if one.people}
    sql = "select item, people from agreements where assessment = :assessment order by item"
    return {row["item"]: row["people"] for row in session.rows(sql, assessment=assessment.id)}


def freeze(session: Session, draft: Assessment, moment: datetime) -> int:
    """Write what people agree on as the team's answers, and which those are; how many that is.

    So a milestone reads like any other, and the next assessment starts from what counted in it.
    """
    standing = {item: one for item, one in counted_answers(session, draft).items() if one.people}
    for people in sorted({one.people for one in standing.values()}):
        group = {item: one.response for item, one in standing.items() if one.people == people}
        write_many(session, draft.id, TEAM, group, f"Agreed by {people}", moment)
    if standing:
        counts = [one.people for one in standing.values()]
        session.run(_AGREEMENTS, assessment=draft.id, items=list(standing), people=counts)
    return len(standing)


def _agreed(voices: Iterable[Voice]) -> dict[str, Counted]:
    """By item, what these people agree on, each note with its author."""
    given: dict[str, list[Saved]] = {}
    for name, answers in voices:
        for item, saved in answers.items():
            note = f"{name}: {saved.response.note}" if saved.response.note else ""
            given.setdefault(item, []).append(replace(saved, response=replace(saved.response, note=note)))
    return {
        item: Counted(agreed(one.response for one in saved), max(one.at for one in saved), len(saved))
        for item, saved in given.items()
    }
