"""Where a whole workspace is read at once: each system with its newest milestone, its draft and its fixes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from access.actors import Actor
from data.assessments import COLUMNS, assessment_of
from data.desk import Part, allowed
from data.engine import Row, Session
from data.fixes import COLUMNS as FIX_COLUMNS
from data.fixes import fix_state
from data.history import latest_scores
from data.model import Assessment, FixState, Latest, Saved, System
from data.people import TEAM
from data.standing import Counted, counting
from data.systems import living_systems
from scoring.model import Answers, Response

# Drafts and newest milestones of the living systems: what a portfolio looks into.
_SHOWN = """
with shown as (
    select a.id, a.status from assessments a
    join systems s on s.id = a.system and s.workspace = :workspace
        and s.deleted_at is null and s.archived_at is null
    left join system_latest l on l.assessment = a.id
    where a.status = 'draft' or l.assessment is not null
)
"""
_ASSESSMENTS = f"{_SHOWN} select {COLUMNS} from assessments a join shown on shown.id = a.id order by a.id"
# The team's answers and those of everybody who has submitted; which of them count is decided elsewhere.
_RESPONSES = f"""
{_SHOWN}
select r.assessment, r.respondent, r.item, r.state, r.rating, r.reason, r.saved_at
from responses r join shown on shown.id = r.assessment
left join respondents p on p.id = r.respondent and p.assessment = r.assessment and shown.status = 'draft'
    and p.submitted_at is not null and p.removed_at is null
where (r.respondent = '' or p.id is not null) and r.state <> 'unanswered'
order by r.assessment, p.created_at, p.id, r.item
"""
_HEALTH = f"""
{_SHOWN}
select h.assessment, h.question, h.answer from health_answers h join shown on shown.id = h.assessment
where h.respondent = '' and h.answer is not null
order by h.assessment, h.question
"""
_FIXES = f"""
select system, {FIX_COLUMNS} from fixes
where system in (select id from systems where workspace = :workspace and deleted_at is null and archived_at is null)
order by system, item
"""


@dataclass(frozen=True, slots=True)
class Filled:
    """An assessment with what counts in its result (no notes, no links), and when each item was last answered."""

    assessment: Assessment
    answers: Answers
    answered_at: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class Overview:
    """A system on one page: its newest milestone with its scores, its draft, and the states of its fixes."""

    system: System
    latest: Latest | None = None
    milestone: Filled | None = None
    draft: Filled | None = None
    fixes: Mapping[str, FixState] = field(default_factory=dict)

    @property
    def newest(self) -> Filled | None:
        """The draft, else the newest milestone."""
        return self.draft or self.milestone


class Portfolio(Part):
    """All systems of a workspace on one page."""

    @allowed("browse")
    def of(self, actor: Actor, workspace: str) -> list[Overview]:
        """The systems in use by name, in seven queries however many they are; `UnknownId` for no such workspace."""
        return self._desk.engine.read(lambda session: _overviews(session, workspace))


def _overviews(session: Session, workspace: str) -> list[Overview]:
    systems = living_systems(session, workspace)
    latest = {one.system: one for one in latest_scores(session, workspace)}
    fixes = _fixes(session, workspace)
    accepted = {
        system: frozenset(item for item, fix in states.items() if fix.state == "accepted")
        for system, states in fixes.items()
    }
    filled = _filled(session, workspace, accepted)
    drafts = {one.assessment.system: one for one in filled if one.assessment.is_draft}
    milestones = {one.assessment.system: one for one in filled if not one.assessment.is_draft}
    return [
        Overview(one, latest.get(one.id), milestones.get(one.id), drafts.get(one.id), fixes.get(one.id, {}))
        for one in systems
    ]


def _filled(session: Session, workspace: str, accepted: Mapping[str, frozenset[str]]) -> list[Filled]:
    rows = _by_assessment(session.rows(_RESPONSES, workspace=workspace))
    health = _by_assessment(session.rows(_HEALTH, workspace=workspace))
    assessments = [assessment_of(row) for row in session.rows(_ASSESSMENTS, workspace=workspace)]
    return [
        _of(one, rows[one.id], health[one.id], accepted.get(one.system, frozenset()) if one.is_draft else one.accepted)
        for one in assessments
    ]


def _of(assessment: Assessment, rows: list[Row], health: list[Row], accepted: frozenset[str]) -> Filled:
    counted = _counted(assessment, rows)
    answers = Answers(
        responses={item: one.response for item, one in counted.items()},
        failures=assessment.failures,
        target=assessment.target,
        health={row["question"]: row["answer"] for row in health},
        accepted=accepted,
    )
    return Filled(assessment, answers, {item: one.at for item, one in counted.items()})


def _counted(assessment: Assessment, rows: list[Row]) -> dict[str, Counted]:
    """What counts of everybody's answers. Nobody's name is read, because no note is."""
    given: dict[str, dict[str, Saved]] = defaultdict(dict)
    for row in rows:
        response = Response(row["state"], row["rating"], row["reason"])
        given[row["respondent"]][row["item"]] = Saved(response, 0, "", row["saved_at"])
    team = given.pop(TEAM, {})
    return counting(assessment, team, (("", answers) for answers in given.values()))


def _fixes(session: Session, workspace: str) -> dict[str, dict[str, FixState]]:
    found: dict[str, dict[str, FixState]] = defaultdict(dict)
    for row in session.rows(_FIXES, workspace=workspace):
        system, item = row.pop("system"), row.pop("item")
        found[system][item] = fix_state(row)
    return found


def _by_assessment(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["assessment"]].append(row)
    return found
