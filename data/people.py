"""How those who answer an assessment are found in the database, and what they have submitted."""

from access.places import Place
from data.assessments import find_assessment, find_draft
from data.engine import Row, Session, first
from data.errors import AlreadySubmitted, UnknownId
from data.model import Assessment, Respondent, Saved
from data.rows import response_columns, saved_response

TEAM = ""
_PEOPLE = """
select p.id, p.assessment, p.name, p.role, p.created_at, p.submitted_at, p.removed_at, p.subject,
    count(r.item) as answered
from respondents p
left join responses r on r.assessment = p.assessment and r.respondent = p.id and r.state <> 'unanswered'
where {}
group by p.id, p.assessment, p.name, p.role, p.created_at, p.submitted_at, p.removed_at, p.subject
order by p.created_at, p.id
"""
_SUBMITTED = f"""
select p.id as person, {response_columns("r")} from responses r
join respondents p on p.id = r.respondent and p.assessment = r.assessment
where r.assessment = :assessment and p.submitted_at is not null and p.removed_at is null and r.state <> 'unanswered'
order by p.created_at, p.id, r.item
"""
_HAVE_SUBMITTED = """
select id from respondents where assessment = :assessment and submitted_at is not null and removed_at is null
"""


def people_of(session: Session, assessment: str, removed: bool = False) -> list[Respondent]:
    """Who answers it, in the order in which they were added; with `removed` those who were taken off instead."""
    which = f"p.assessment = :assessment and p.removed_at is {'not null' if removed else 'null'}"
    return [_respondent(row) for row in session.rows(_PEOPLE.format(which), assessment=assessment)]


def find_respondent(session: Session, respondent: str, even_removed: bool = False) -> tuple[Respondent, Place]:
    """The person and where they belong; `UnknownId` when they, or what they answer, are gone."""
    row = first(session.rows(_PEOPLE.format("p.id = :id"), id=respondent))
    if row is None or (row["removed_at"] is not None and not even_removed):
        raise UnknownId("respondent", respondent)
    found = _respondent(row)
    return found, find_assessment(session, found.assessment)[1]


def check_reader(session: Session, assessment: str, respondent: str) -> None:
    """Nothing for the team and for somebody who answers this assessment; else `UnknownId`."""
    if respondent != TEAM and find_respondent(session, respondent)[0].assessment != assessment:
        raise UnknownId("respondent", respondent)


def check_writer(session: Session, assessment: str, respondent: str) -> None:
    """Like `check_reader`; `AlreadySubmitted` for somebody whose answers others may have seen by now."""
    check_reader(session, assessment, respondent)
    if respondent == TEAM:
        return
    found, _ = find_respondent(session, respondent)
    if found.has_submitted:
        raise AlreadySubmitted(f"{found.name} has submitted; take that back first, then change the answers.")


def find_open(session: Session, respondent: str, even_removed: bool = False) -> tuple[Respondent, Place]:
    """The person of a draft; `MilestoneIsFrozen` when it is a milestone by now."""
    found, place = find_respondent(session, respondent, even_removed)
    find_draft(session, found.assessment)
    return found, place


def submitted(session: Session, assessment: str) -> dict[Respondent, dict[str, Saved]]:
    """The answers of those who have submitted, and of nobody else; an empty mapping for who gave none."""
    if not session.rows(_HAVE_SUBMITTED, assessment=assessment):
        return {}
    people = {person.id: person for person in people_of(session, assessment) if person.has_submitted}
    answers: dict[Respondent, dict[str, Saved]] = {person: {} for person in people.values()}
    for row in session.rows(_SUBMITTED, assessment=assessment):
        answers[people[row["person"]]][row["item"]] = saved_response(row)
    return answers


def is_decided(saved: Saved | None, assessment: Assessment) -> bool:
    """Whether the team answered this in this assessment; what was only carried over gives way to what people say."""
    return saved is not None and saved.response.state != "unanswered" and saved.at >= assessment.started_at


def _respondent(row: Row) -> Respondent:
    return Respondent(**row)
