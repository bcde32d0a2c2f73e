"""Where milestones of an older checklist get their scores under the present one, beside what they were made with."""

from access.actors import Actor
from checklist.model import Checklist, is_newer
from data.assessments import find_assessment
from data.desk import Part, allowed
from data.engine import Session
from data.milestones import Evaluate, answers_of, write_result
from data.systems import find_system
from scoring.evaluate import evaluate as evaluate_answers
from scoring.record import as_record

_WITHOUT = """
select a.id, a.checklist from assessments a
where a.system = :system and a.status = 'milestone' and a.checklist <> :checklist
    and not exists (select 1 from results r where r.assessment = a.id and r.checklist = :checklist)
order by a.made_at, a.id
"""


class Rescoring(Part):
    """Scores of old milestones under a newer checklist; stored results never change."""

    # Looking at a trend is enough to have it drawn: what is written follows from what is there, whoever looks first.
    @allowed("rescore")
    def refresh(self, actor: Actor, system: str, checklist: Checklist, evaluate: Evaluate = evaluate_answers) -> int:
        """Score the system's older milestones under this checklist, where that is missing; how many those were.

        All of them or none; milestones of a newer checklist are left alone. What was made and kept before stays as
        it is, and a second call changes nothing.
        """

        def look(session: Session) -> list[str]:
            find_system(session, system)
            rows = session.rows(_WITHOUT, system=system, checklist=checklist.version)
            return [row["id"] for row in rows if not is_newer(row["checklist"], checklist.version)]

        def work(session: Session) -> int:
            # Looked up again: somebody else may have been here since.
            missing = look(session)
            for milestone in missing:
                _score(session, milestone, checklist, evaluate)
            return len(missing)

        return self._desk.engine.write(work) if self._desk.engine.read(look) else 0


def _score(session: Session, milestone: str, checklist: Checklist, evaluate: Evaluate) -> None:
    found, _ = find_assessment(session, milestone)
    seen = checklist.through_or_whole(found.lens)
    result = evaluate(seen, answers_of(session, found).within(seen))
    record = as_record(seen, find_system(session, found.system).name, result)
    write_result(session, found, record, result)
