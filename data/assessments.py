"""Where fillings-in of the checklist are kept: drafts and milestones, their targets and failure modes."""

import json
from collections.abc import Iterable
from typing import Any

from access.actors import Actor
from access.places import Place
from checklist.model import RATINGS, WHOLE
from data.desk import Part, allowed, as_json
from data.engine import Row, Session, first
from data.errors import DraftExists, MilestoneIsFrozen, UnknownId, ValueRefused
from data.latest import refresh_latest
from data.model import Assessment
from data.systems import find_system
from data.text import clean_key, clean_name
from scoring.model import Target

COLUMNS = """a.id, a.system, a.status, a.checklist, a.name, a.target, a.failures, a.accepted, a.started_at,
    a.started_by, a.made_at, a.made_by, a.lens"""
_CARRY = """
insert into responses (assessment, respondent, item, state, rating, reason, note, evidence, valid_until, version,
    author, saved_at)
select :draft, respondent, item, state, rating, reason, note, evidence, valid_until, 1, author, saved_at
from responses where assessment = :source and respondent = ''
"""
_PROGRESS = """
select a.system, count(distinct case when r.respondent = '' or p.id is not null then r.item end) as answered
from assessments a
join systems s on s.id = a.system and s.workspace = :workspace and s.deleted_at is null
left join responses r on r.assessment = a.id and r.state <> 'unanswered'
left join respondents p on p.id = r.respondent and p.submitted_at is not null and p.removed_at is null
where a.status = 'draft'
group by a.system
"""


class Assessments(Part):
    """Assessments of a system: at most one draft, and the milestones made of earlier ones."""

    @allowed("glance")
    def get(self, actor: Actor, assessment: str) -> Assessment:
        """`UnknownId` when there is none, it was discarded, or its system is deleted."""
        return self._desk.engine.read(lambda session: find_assessment(session, assessment)[0])

    @allowed("see-draft")
    def draft(self, actor: Actor, system: str) -> Assessment | None:
        """The system's draft, if it has one."""

        def work(session: Session) -> Assessment | None:
            find_system(session, system)
            return _draft(session, system)

        return self._desk.engine.read(work)

    @allowed("read")
    def milestones(self, actor: Actor, system: str, void: bool = False) -> list[Assessment]:
        """The system's milestones, newest first; with `void` those declared void instead."""
        status = "void" if void else "milestone"

        def work(session: Session) -> list[Assessment]:
            find_system(session, system)
            return _milestones(session, system, status)

        return self._desk.engine.read(work)

    @allowed("browse")
    def progress(self, actor: Actor, workspace: str) -> dict[str, int]:
        """How many items each living system's draft has answered, by system id; a system without a draft is absent.

        An item counts that the team has answered, or somebody who has submitted.
        """
        rows = self._desk.engine.read(lambda session: session.rows(_PROGRESS, workspace=workspace))
        return {row["system"]: row["answered"] for row in rows}

    @allowed("assess")
    def start(self, actor: Actor, system: str, checklist_version: str, from_milestone: bool = False) -> Assessment:
        """The system's draft, or a new one when it has none.

        With `from_milestone` a new draft begins with all responses, the target and the lens of the newest
        milestone; who answered and when stay as they were.
        """
        version = clean_name(checklist_version, "checklist version")

        def work(session: Session) -> Assessment:
            place = Place(find_system(session, system).workspace, system)
            existing = _draft(session, system)
            if existing is not None:
                return existing
            source = first_of(_milestones(session, system, "milestone")) if from_milestone else None
            return self._begin(session, actor, place, version, source)

        return self._desk.engine.write(work)

    @allowed("answer")
    def set_failures(self, actor: Actor, assessment: str, failures: Iterable[str]) -> Assessment:
        """Which failure modes hit production in the last six months; the last save counts."""
        wanted = sorted({clean_key(failure, "failure mode") for failure in failures})
        return self._set(actor, assessment, "failures", wanted)

    @allowed("answer")
    def set_target(self, actor: Actor, assessment: str, target: Target) -> Assessment:
        """The level aimed at; the last save counts. `ValueRefused` for a level outside 1 to 5."""
        for level in (target.overall, *target.areas.values()):
            if level is not None and level not in RATINGS:
                raise ValueRefused(f"A target of {level} does not exist; choose a level from 1 to 5.")
        return self._set(actor, assessment, "target", target_value(target))

    @allowed("assess")
    def set_lens(self, actor: Actor, assessment: str, lens: str) -> Assessment:
        """See the checklist through another lens; every answer stays, also those that the lens leaves out."""
        return self._set(actor, assessment, "lens", clean_key(lens, "lens"))

    @allowed("assess")
    def rename(self, actor: Actor, milestone: str, name: str) -> Assessment:
        """The milestone under another name; its answers and its date stay."""
        wanted = clean_name(name)

        def work(session: Session) -> Assessment:
            found, place = find_assessment(session, milestone)
            if found.is_draft:
                raise ValueRefused("A draft gets its name when it becomes a milestone.")
            if found.name == wanted:
                return found
            session.run("update assessments set name = :name where id = :id", name=wanted, id=milestone)
            self._leave_event(session, actor, "rename-milestone", wanted, place, found.name, wanted)
            return find_assessment(session, milestone)[0]

        return self._desk.engine.write(work)

    @allowed("assess")
    def discard(self, actor: Actor, draft: str) -> Assessment:
        """Put a draft away with its answers; `recover` brings it back."""
        return self._turn(actor, draft, "draft", "discarded", "discard-draft")

    @allowed("assess")
    def recover(self, actor: Actor, draft: str) -> Assessment:
        """Take a discard back; `DraftExists` when a new draft was started in the meantime."""
        return self._turn(actor, draft, "discarded", "draft", "recover-draft")

    @allowed("assess")
    def void(self, actor: Actor, milestone: str) -> Assessment:
        """Take a milestone out of history and trends; `unvoid` puts it back."""
        return self._turn(actor, milestone, "milestone", "void", "void-milestone")

    @allowed("assess")
    def unvoid(self, actor: Actor, milestone: str) -> Assessment:
        """Put a void milestone back into history and trends."""
        return self._turn(actor, milestone, "void", "milestone", "unvoid-milestone")

    def _begin(
        self, session: Session, actor: Actor, place: Place, version: str, source: Assessment | None
    ) -> Assessment:
        draft, now = self._desk.new_id(), self._desk.now()
        session.run(
            """insert into assessments (id, system, status, checklist, name, target, failures, accepted,
            started_at, started_by, lens)
            values (:id, :system, 'draft', :checklist, '', :target, :failures, '[]', :started, :author, :lens)""",
            id=draft,
            system=place.system,
            checklist=version,
            target=as_json(target_value(source.target if source else Target())),
            # What hit production lately is asked anew: "the last six months" have moved on.
            failures=as_json([]),
            started=now,
            author=actor.name,
            lens=source.lens if source else WHOLE,
        )
        if source is not None:
            session.run(_CARRY, draft=draft, source=source.id)
        place = Place(place.workspace, place.system, draft)
        self._leave_event(session, actor, "start-draft", source.name if source else "", place, after=version)
        return find_assessment(session, draft)[0]

    def _set(self, actor: Actor, assessment: str, column: str, value: Any) -> Assessment:
        def work(session: Session) -> Assessment:
            found, place = find_draft(session, assessment)
            held = {"target": target_value(found.target), "failures": sorted(found.failures), "lens": found.lens}
            before = held[column]
            if before == value:
                return found
            session.run(
                f"update assessments set {column} = :value where id = :id",
                value=value if column == "lens" else as_json(value),
                id=assessment,
            )
            self._leave_event(session, actor, f"set-{column}", "", place, before, value)
            return find_assessment(session, assessment)[0]

        return self._desk.engine.write(work)

    def _turn(self, actor: Actor, assessment: str, old: str, new: str, event: str) -> Assessment:
        def work(session: Session) -> Assessment:
            found, place = find_assessment(session, assessment, even_discarded=True)
            if found.status == new:
                return found
            if found.status != old:
                raise ValueRefused(f"This assessment is a {found.status}, not a {old}; nothing was changed.")
            if new == "draft" and _draft(session, found.system) is not None:
                raise DraftExists("A new draft was started in the meantime; discard it first, then recover this one.")
            session.run("update assessments set status = :new where id = :id", new=new, id=assessment)
            refresh_latest(session, found.system)
            self._leave_event(session, actor, event, found.name, place, old, new)
            return find_assessment(session, assessment, even_discarded=True)[0]

        return self._desk.engine.write(work)


def find_assessment(session: Session, assessment: str, even_discarded: bool = False) -> tuple[Assessment, Place]:
    """The assessment and where it belongs; `UnknownId` when it, its system or its workspace is gone."""
    sql = f"""select {COLUMNS}, s.workspace from assessments a
        join systems s on s.id = a.system and s.deleted_at is null
        join workspaces w on w.id = s.workspace and w.deleted_at is null
        where a.id = :id"""
    row = first(session.rows(sql, id=assessment))
    if row is None or (row["status"] == "discarded" and not even_discarded):
        raise UnknownId("assessment", assessment)
    place = Place(row.pop("workspace"), row["system"], assessment)
    return assessment_of(row), place


def find_draft(session: Session, assessment: str) -> tuple[Assessment, Place]:
    """Like `find_assessment`; `MilestoneIsFrozen` when it is no draft (any more)."""
    found, place = find_assessment(session, assessment)
    if not found.is_draft:
        raise MilestoneIsFrozen(f'"{found.name}" is a milestone, and its answers stay as they are; start a new draft.')
    return found, place


def target_value(target: Target) -> dict[str, Any]:
    """A target as a plain JSON value."""
    return {"overall": target.overall, "areas": dict(target.areas)}


def first_of(assessments: list[Assessment]) -> Assessment | None:
    """The first one, or None."""
    return assessments[0] if assessments else None


def _draft(session: Session, system: str) -> Assessment | None:
    sql = f"select {COLUMNS} from assessments a where a.system = :system and a.status = 'draft' order by a.id"
    row = first(session.rows(sql, system=system))
    return assessment_of(row) if row else None


def _milestones(session: Session, system: str, status: str) -> list[Assessment]:
    sql = f"""select {COLUMNS} from assessments a where a.system = :system and a.status = :status
        order by a.made_at desc, a.id desc"""
    return [assessment_of(row) for row in session.rows(sql, system=system, status=status)]


def assessment_of(row: Row) -> Assessment:
    """The assessment in a row of `COLUMNS`."""
    target = json.loads(row.pop("target"))
    failures, accepted = (frozenset(json.loads(row.pop(name))) for name in ("failures", "accepted"))
    return Assessment(target=Target(target["overall"], target["areas"]), failures=failures, accepted=accepted, **row)
