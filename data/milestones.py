"""Where a draft becomes a milestone: scored once, written and frozen in one transaction."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from access.actors import Actor
from access.places import Place
from checklist.model import Checklist
from data.assessments import find_assessment, find_draft, target_value
from data.desk import Part, allowed, as_json
from data.engine import Session, first
from data.errors import NothingToMark, UnknownId, ValueRefused
from data.fixes import accepted_items
from data.latest import refresh_latest
from data.model import HEALTH, OVERALL, Assessment
from data.once import Once, claim
from data.people import TEAM
from data.responses import checked, health_answers, write_health, write_many
from data.standing import freeze, standing_responses
from data.systems import find_system
from data.text import clean_key, clean_line, clean_name
from scoring.evaluate import evaluate as evaluate_answers
from scoring.model import Answers, Result
from scoring.path import cheapest_path
from scoring.record import as_record

Evaluate = Callable[[Checklist, Answers], Result]
_SCORES = """
insert into assessment_scores (assessment, checklist, part, system, score_exact, score, level, coverage_exact,
    coverage, provisional)
select :assessment, :checklist, unnest(cast(:parts as varchar[])), :system,
    unnest(cast(:exacts as varchar[])), unnest(cast(:scores as double precision[])),
    unnest(cast(:levels as integer[])),
    unnest(cast(:coverage_exacts as varchar[])), unnest(cast(:coverages as double precision[])), :provisional
"""
_ADD = """
insert into assessments (id, system, status, checklist, name, target, failures, accepted, started_at, started_by,
    made_at, made_by, lens)
values (:id, :system, 'milestone', :checklist, :name, :target, :failures, :accepted, :now, :author, :now, :author,
    :lens)
"""
_NEWEST = """
select a.id, r.record from system_latest l
join assessments a on a.id = l.assessment
join results r on r.assessment = a.id and r.checklist = a.checklist
join systems s on s.id = l.system and s.deleted_at is null
join workspaces w on w.id = s.workspace and w.deleted_at is null
where l.system = :system
"""


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a result follows from, besides the checklist."""

    lens: str
    system: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    """A result as it will be written, and what it follows from."""

    basis: _Basis
    lens: str
    result: Result
    record: dict[str, Any]


class Milestones(Part):
    """Making milestones, and the full results they were made with."""

    @allowed("assess")
    def make(
        self,
        actor: Actor,
        draft: str,
        name: str,
        checklist: Checklist,
        evaluate: Evaluate = evaluate_answers,
        made_at: datetime | None = None,
    ) -> Assessment:
        """The draft as a milestone: immutable, named, and dated now or at an aware `made_at` in the past.

        It is scored through the draft's lens; where `checklist` has no such lens, the whole checklist is.
        `NothingToMark` when nothing is rated and the health check is incomplete;
        `MilestoneIsFrozen` when it is no draft.
        """
        wanted = clean_name(name)
        moment = _moment(made_at, self._desk.now())

        def look(session: Session) -> _Basis:
            return _basis(session, find_draft(session, draft)[0])

        # The path takes its time, and nobody else could save an answer during a write.
        worked_out = _worked_out(self._desk.engine.read(look), checklist, evaluate)

        def work(session: Session) -> Assessment:
            found, place = find_draft(session, draft)
            basis = _basis(session, found)
            # Seldom somebody has saved something in between; from here on nobody can.
            ready = worked_out if worked_out.basis == basis else _worked_out(basis, checklist, evaluate)
            agreed = freeze(session, found, self._desk.now())
            session.run(
                """update assessments set status = 'milestone', name = :name, checklist = :checklist,
                accepted = :accepted, made_at = :made, made_by = :author, lens = :lens where id = :id""",
                name=wanted,
                checklist=checklist.version,
                accepted=as_json(sorted(basis.answers.accepted)),
                made=moment,
                author=actor.name,
                lens=ready.lens,
                id=draft,
            )
            write_result(session, found, ready.record, ready.result)
            refresh_latest(session, found.system)
            told = {"level": ready.result.level} | ({"agreed": agreed} if agreed else {})
            self._leave_event(session, actor, "make-milestone", wanted, place, after=told)
            return find_assessment(session, draft)[0]

        return self._desk.engine.write(work)

    @allowed("assess")
    def record_from(
        self,
        actor: Actor,
        system: str,
        name: str,
        answers: Answers,
        lens: str,
        checklist: Checklist,
        source: str = "",
        once: Once | None = None,
    ) -> Assessment:
        """A milestone that says what `answers` say, made now beside the team's draft, which stays as it is.

        Nothing is carried over from earlier milestones; risks that the team has accepted stay accepted. With `once`
        a second call makes nothing and returns what the first has made; `KeyReused` when it asks for something else.
        `NothingToMark` as for `make`. `source` is where the answers come from, for the trail.
        """
        wanted, told = clean_name(name), clean_line(source, "name of the source")
        given = {clean_key(item, "checklist item"): checked(one) for item, one in answers.responses.items()}
        milestone = self._desk.new_id()

        def look(session: Session) -> _Basis:
            accepted = accepted_items(session, system)
            return _Basis(lens, find_system(session, system).name, replace(answers, responses=given, accepted=accepted))

        worked_out = _worked_out(self._desk.engine.read(look), checklist, evaluate_answers)

        def work(session: Session) -> Assessment:
            place = Place(find_system(session, system).workspace, system, milestone)
            earlier = claim(session, once, milestone, self._desk.now()) if once else None
            if earlier is not None:
                return find_assessment(session, earlier)[0]
            basis = look(session)
            ready = worked_out if worked_out.basis == basis else _worked_out(basis, checklist, evaluate_answers)
            self._add(session, actor, place, wanted, basis.answers, ready)
            made = find_assessment(session, milestone)[0]
            write_result(session, made, ready.record, ready.result)
            refresh_latest(session, system)
            after = {"level": ready.result.level, "source": told}
            self._leave_event(session, actor, "record-milestone", wanted, place, after=after)
            return made

        return self._desk.engine.write(work)

    def _add(
        self, session: Session, actor: Actor, place: Place, name: str, answers: Answers, ready: _WorkedOut
    ) -> None:
        """A milestone with all its answers, as it lies in the store; its result comes after it."""
        now, milestone = self._desk.now(), str(place.assessment)
        session.run(
            _ADD,
            id=milestone,
            system=place.system,
            checklist=ready.result.checklist,
            name=name,
            target=as_json(target_value(answers.target)),
            failures=as_json(sorted(answers.failures)),
            accepted=as_json(sorted(answers.accepted)),
            now=now,
            author=actor.name,
            lens=ready.lens,
        )
        if answers.responses:
            write_many(session, milestone, TEAM, answers.responses, actor.name, now)
        for question, choice in sorted(answers.health.items()):
            write_health(session, milestone, TEAM, question, choice, actor.name, now)

    @allowed("read")
    def newest(self, actor: Actor, system: str) -> tuple[str, dict[str, Any]] | None:
        """The id of a system's newest milestone and its result JSON as it was written; None when there is none."""

        def work(session: Session) -> tuple[str, dict[str, Any]] | None:
            row = first(session.rows(_NEWEST, system=system))
            if row is None:
                find_system(session, system)
                return None
            return row["id"], json.loads(row["record"])

        return self._desk.engine.read(work)

    @allowed("read")
    def record(self, actor: Actor, milestone: str) -> dict[str, Any]:
        """The result JSON as it was written when the milestone was made; `UnknownId` for a draft."""

        def work(session: Session) -> dict[str, Any]:
            found, _ = find_assessment(session, milestone)
            sql = "select record from results where assessment = :assessment and checklist = :checklist"
            row = first(session.rows(sql, assessment=milestone, checklist=found.checklist))
            if row is None:
                raise UnknownId("milestone", milestone)
            record: dict[str, Any] = json.loads(row["record"])
            return record

        return self._desk.engine.read(work)


def _basis(session: Session, draft: Assessment) -> _Basis:
    return _Basis(draft.lens, find_system(session, draft.system).name, answers_of(session, draft))


def _worked_out(basis: _Basis, checklist: Checklist, evaluate: Evaluate) -> _WorkedOut:
    """Score and path through the draft's lens; `NothingToMark` where there is nothing to score."""
    seen = checklist.through_or_whole(basis.lens)
    answers = basis.answers.within(seen)
    result = evaluate(seen, answers)
    if result.score is None and not result.health.complete:
        raise NothingToMark("Nothing is rated yet; rate an item or complete the health check first.")
    record = as_record(seen, basis.system, result, cheapest_path(seen, answers))
    return _WorkedOut(basis, seen.lens.id, result, record)


def write_result(session: Session, assessment: Assessment, record: dict[str, Any], result: Result) -> None:
    """The full result and its scores, under the checklist version they were computed with."""
    session.run(
        "insert into results (assessment, checklist, record) values (:assessment, :checklist, :record)",
        assessment=assessment.id,
        checklist=result.checklist,
        record=json.dumps(record, ensure_ascii=False),
    )
    rows = score_rows(result)
    session.run(_SCORES, assessment=assessment.id, checklist=result.checklist, system=assessment.system, **rows)


def answers_of(session: Session, assessment: Assessment) -> Answers:
    """Everything that scoring needs, as of now for a draft and as of its making for a milestone."""
    is_frozen = assessment.status in ("milestone", "void")
    return Answers(
        responses=standing_responses(session, assessment),
        failures=assessment.failures,
        target=assessment.target,
        health=health_answers(session, assessment.id, TEAM),
        accepted=assessment.accepted if is_frozen else accepted_items(session, assessment.system),
    )


def score_rows(result: Result) -> dict[str, Any]:
    """The score rows of a result, as columns: one per scored area, one overall, one for health."""
    rows: list[tuple[str, Fraction, int, Fraction | None]] = []
    for part in result.areas:
        if part.score is not None and part.level is not None:
            rows.append((part.id, part.score, part.level, part.coverage))
    if result.score is not None and result.level is not None:
        rows.append((OVERALL, result.score, result.level, result.coverage))
    if result.health.score is not None and result.health.level is not None:
        rows.append((HEALTH, result.health.score, result.health.level, None))
    return {
        "parts": [part for part, _, _, _ in rows],
        "exacts": [exact(score) for _, score, _, _ in rows],
        "scores": [float(score) for _, score, _, _ in rows],
        "levels": [level for _, _, level, _ in rows],
        "coverage_exacts": [None if share is None else exact(share) for _, _, _, share in rows],
        "coverages": [None if share is None else float(share) for _, _, _, share in rows],
        "provisional": result.provisional,
    }


def exact(number: Fraction) -> str:
    """A fraction as text, always with its denominator: "17/5", "3/1"."""
    return f"{number.numerator}/{number.denominator}"


def _moment(wanted: datetime | None, now: datetime) -> datetime:
    if wanted is None:
        return now
    if wanted.tzinfo is None:
        raise ValueRefused("The date of a milestone needs a time zone.")
    if wanted > now:
        raise ValueRefused("The date of a milestone lies in the future; choose today or earlier.")
    return wanted
