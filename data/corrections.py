"""Where a person's word is kept that a changed answer corrects an earlier mistake, so that no practice changed."""

from collections import defaultdict

from access.actors import Actor
from data.assessments import find_assessment
from data.desk import Part, allowed
from data.engine import Session
from data.systems import find_system
from data.text import clean_key

_MARKS = """
select c.assessment, c.item from corrections c
join assessments a on a.id = c.assessment and a.system = :system
order by c.assessment, c.item
"""
_IS_MARKED = "select count(*) as n from corrections where assessment = :assessment and item = :item"


class Corrections(Part):
    """Marks about changes. They change no answer and no score, so milestones can have them."""

    @allowed("read")
    def of(self, actor: Actor, system: str) -> dict[str, frozenset[str]]:
        """The marked items by the id of their (later) assessment; an assessment without a mark is absent."""

        def work(session: Session) -> dict[str, frozenset[str]]:
            find_system(session, system)
            found: defaultdict[str, set[str]] = defaultdict(set)
            for row in session.rows(_MARKS, system=system):
                found[row["assessment"]].add(row["item"])
            return {assessment: frozenset(items) for assessment, items in found.items()}

        return self._desk.engine.read(work)

    @allowed("assess")
    def mark(self, actor: Actor, assessment: str, item: str) -> None:
        """The changed answer of this item in this assessment corrects an earlier mistake; a second mark changes
        nothing."""
        clean_key(item, "checklist item")

        def work(session: Session) -> None:
            _, place = find_assessment(session, assessment)
            if _is_marked(session, assessment, item):
                return
            session.run(
                """insert into corrections (assessment, item, author, marked_at)
                values (:assessment, :item, :author, :marked)""",
                assessment=assessment,
                item=item,
                author=actor.name,
                marked=self._desk.now(),
            )
            self._leave_event(session, actor, "mark-correction", item, place, False, True)

        self._desk.engine.write(work)

    @allowed("assess")
    def take_back(self, actor: Actor, assessment: str, item: str) -> None:
        """It counts as a change again; where there is no mark nothing changes."""

        def work(session: Session) -> None:
            _, place = find_assessment(session, assessment)
            if not _is_marked(session, assessment, item):
                return
            session.run(
                "delete from corrections where assessment = :assessment and item = :item",
                assessment=assessment,
                item=item,
            )
            self._leave_event(session, actor, "take-back-correction", item, place, True, False)

        self._desk.engine.write(work)


def _is_marked(session: Session, assessment: str, item: str) -> bool:
    return bool(session.rows(_IS_MARKED, assessment=assessment, item=item)[0]["n"])
