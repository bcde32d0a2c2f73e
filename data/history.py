"""Where trends and roll-ups come from: score rows written once, never answers scored again."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

from access.actors import Actor
from data.desk import Part, allowed
from data.engine import Row, Session, first
from data.model import HEALTH, OVERALL, Latest, Point, Standing
from data.systems import find_system

RECENT = 12
_TREND = """
select p.assessment, a.name, a.made_at, p.checklist, p.part, p.score_exact, p.level, p.coverage_exact,
    p.provisional
from assessment_scores p
join assessments a on a.id = p.assessment and a.status = 'milestone' and a.system = :system
where p.system = :system
order by a.made_at, a.id, p.checklist, p.part
"""
_LATEST = """
select l.system, s.name as system_name, l.assessment, a.name as assessment_name, a.made_at
from system_latest l
join systems s on s.id = l.system and s.workspace = :workspace
    and s.deleted_at is null and s.archived_at is null
join assessments a on a.id = l.assessment
order by s.name_key, s.id
"""
_STANDING = """
select p.level, a.made_at as at
from system_latest l
join assessments a on a.id = l.assessment
left join assessment_scores p on p.assessment = a.id and p.checklist = a.checklist and p.part = 'overall'
where l.system = :system
"""
_ROLL_UP = """
with living as (
    select l.system, l.assessment as newest from system_latest l
    join systems s on s.id = l.system and s.workspace = :workspace
    and s.deleted_at is null and s.archived_at is null
), made as (
    select a.id, a.system, a.checklist, v.newest,
        row_number() over (partition by a.system order by a.made_at desc, a.id desc) as age
    from assessments a join living v on v.system = a.system
    where a.status = 'milestone'
)
select p.system, p.part, p.score_exact, p.level, p.coverage_exact, p.provisional, m.id = m.newest as is_newest
from assessment_scores p
join made m on m.id = p.assessment and m.checklist = p.checklist
where p.system in (select system from living)
    and (m.id = m.newest or (p.part = 'overall' and m.age <= :recent))
order by p.system, m.age desc, p.part
"""


class History(Part):
    """How systems moved, and where they stand."""

    @allowed("read")
    def trend(self, actor: Actor, system: str) -> list[Point]:
        """Every score of every milestone of a system, oldest first; empty when there is none."""
        rows = self._desk.engine.read(lambda session: session.rows(_TREND, system=system))
        return [_point(row) for row in rows]

    @allowed("badge")
    def standing(self, actor: Actor, system: str) -> Standing | None:
        """The level of the newest milestone and its day, and nothing else; None when there is no milestone."""

        def work(session: Session) -> Standing | None:
            find_system(session, system)
            row = first(session.rows(_STANDING, system=system))
            return Standing(**row) if row else None

        return self._desk.engine.read(work)

    @allowed("browse")
    def latest(self, actor: Actor, workspace: str) -> list[Latest]:
        """Each living system with a milestone, by name: its newest scores, its last 12 overall ones."""
        return self._desk.engine.read(lambda session: latest_scores(session, workspace))


def latest_scores(session: Session, workspace: str) -> list[Latest]:
    """Where each living system of a workspace with a milestone stands, by name, in two queries."""
    of_system: dict[str, list[Row]] = defaultdict(list)
    for row in session.rows(_ROLL_UP, workspace=workspace, recent=RECENT):
        of_system[row["system"]].append(row)
    return [_latest(row, of_system[row["system"]]) for row in session.rows(_LATEST, workspace=workspace)]


def _point(row: Row) -> Point:
    score, coverage = Fraction(row.pop("score_exact")), _fraction(row.pop("coverage_exact"))
    return Point(at=row.pop("made_at"), score=score, coverage=coverage, **row)


def _latest(system: Row, scores: list[Row]) -> Latest:
    """One system from its row and the rows of its scores, which come oldest first."""
    newest = {row["part"]: row for row in scores if row["is_newest"]}
    latest = Latest(
        at=system.pop("made_at"),
        level=None,
        score=None,
        coverage=None,
        provisional=False,
        health=None,
        health_level=None,
        areas={part: Fraction(row["score_exact"]) for part, row in newest.items() if part not in (OVERALL, HEALTH)},
        recent=tuple(Fraction(row["score_exact"]) for row in scores if row["part"] == OVERALL),
        **system,
    )
    if OVERALL in newest:
        row = newest[OVERALL]
        latest = replace(
            latest,
            score=Fraction(row["score_exact"]),
            level=row["level"],
            coverage=_fraction(row["coverage_exact"]),
            provisional=row["provisional"],
        )
    if HEALTH in newest:
        row = newest[HEALTH]
        latest = replace(latest, health=Fraction(row["score_exact"]), health_level=row["level"])
    return latest


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
