"""What is wrong inside a store that opens: each finding a sentence with what to do about it."""

from dataclasses import dataclass

from checklist.model import Checklist
from data.assessments import find_assessment
from data.desk import Desk
from data.engine import Row, Session
from data.milestones import Evaluate, answers_of, score_rows
from data.schema import REFERENCES
from scoring.evaluate import evaluate as evaluate_answers

RESTORE = "Restore the latest backup from before this, or ask the maintainers with this sentence."
_DRAFTS = """
select s.name, count(*) as n from assessments a join systems s on s.id = a.system
where a.status = 'draft' group by s.id, s.name having count(*) > 1 order by s.name, s.id
"""
_NAMES = """
select min(name) as name, count(*) as n from systems where deleted_at is null
group by workspace, name_key having count(*) > 1 order by name
"""
_LATEST = """
with newest as (
    select system, id, row_number() over (partition by system order by made_at desc, id desc) as age
    from assessments where status = 'milestone'
)
select s.name from systems s
left join newest n on n.system = s.id and n.age = 1
left join system_latest l on l.system = s.id
where coalesce(n.id, '') <> coalesce(l.assessment, '')
order by s.name, s.id
"""
_WITHOUT_PERSON = """
select r.assessment, count(*) as n from responses r
left join respondents p on p.id = r.respondent and p.assessment = r.assessment
where r.respondent <> '' and p.id is null group by r.assessment order by r.assessment
"""
_WITHOUT_RESULT = """
select a.id, a.name from assessments a
left join results r on r.assessment = a.id and r.checklist = a.checklist
where a.status in ('milestone', 'void') and r.assessment is null order by a.id
"""
_MILESTONES = """
select a.id, a.lens from assessments a
join systems s on s.id = a.system and s.deleted_at is null
join workspaces w on w.id = s.workspace and w.deleted_at is null
where a.status in ('milestone', 'void') and exists (
    select 1 from results r where r.assessment = a.id and r.checklist = :checklist
) order by a.id
"""
_SCORES = """
select part, score_exact, score, level, coverage_exact, coverage from assessment_scores
where assessment = :assessment and checklist = :checklist order by part
"""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What an examination found; `milestones` is how many were scored again."""

    findings: tuple[str, ...]
    milestones: int

    @property
    def is_healthy(self) -> bool:
        return not self.findings

    @property
    def summary(self) -> str:
        """One sentence for the end of the report."""
        if self.is_healthy:
            return f"The store is healthy; milestones scored again: {self.milestones}."
        return f"Findings: {len(self.findings)}; milestones scored again: {self.milestones}."


def examine(desk: Desk, checklist: Checklist, evaluate: Evaluate = evaluate_answers) -> Checkup:
    """Look at every reference, rule and score; milestones of other checklists or lost lenses are not scored again."""

    def work(session: Session) -> Checkup:
        rows = session.rows(_MILESTONES, checklist=checklist.version)
        milestones = [row["id"] for row in rows if checklist.has_lens(row["lens"])]
        wrong = [_scores(session, milestone, checklist, evaluate) for milestone in milestones]
        findings = (*_references(session), *_rules(session), *filter(None, wrong))
        return Checkup(findings, len(milestones))

    return desk.engine.read(work)


def _references(session: Session) -> list[str]:
    findings = []
    for table, column, parent in REFERENCES:
        sql = f"select count(*) as n from {table} where {column} not in (select id from {parent})"
        lost = session.rows(sql)[0]["n"]
        if lost:
            findings.append(f"Rows of {table} whose {column} is not in {parent}: {lost}. {RESTORE}")
    return findings


def _rules(session: Session) -> list[str]:
    rules = (
        (
            _DRAFTS,
            'The system "{name}" has {n} drafts where one is allowed; discard all but the one you need.',
        ),
        (_NAMES, 'The name "{name}" stands for {n} systems of one workspace; rename all but one.'),
        (
            _LATEST,
            'The newest milestone of "{name}" is not the one on record; void and unvoid its newest one.',
        ),
        (_WITHOUT_PERSON, f"Answers of somebody who is not there, in assessment {{assessment}}: {{n}}. {RESTORE}"),
        (_WITHOUT_RESULT, f'The milestone "{{name}}" ({{id}}) has no result. {RESTORE}'),
    )
    return [words.format(**row) for sql, words in rules for row in session.rows(sql)]


def _scores(session: Session, milestone: str, checklist: Checklist, evaluate: Evaluate) -> str | None:
    found, _ = find_assessment(session, milestone)
    stored = session.rows(_SCORES, assessment=milestone, checklist=checklist.version)
    try:
        seen = checklist.through(found.lens)
        expected = score_rows(evaluate(seen, answers_of(session, found).within(seen)))
    except (KeyError, ValueError) as fault:
        return f'The milestone "{found.name}" ({milestone}) cannot be scored: {fault} {RESTORE}'
    if stored == _as_rows(expected):
        return None
    return f'The stored scores of "{found.name}" ({milestone}) differ from what its answers give. {RESTORE}'


def _as_rows(columns: dict[str, list[object]]) -> list[Row]:
    names = ("part", "score_exact", "score", "level", "coverage_exact", "coverage")
    lists = (columns[name] for name in ("parts", "exacts", "scores", "levels", "coverage_exacts", "coverages"))
    rows = [dict(zip(names, values, strict=True)) for values in zip(*lists, strict=True)]
    return sorted(rows, key=lambda row: str(row["part"]))
