"""Where answers are kept: one row per item with a version, so that nobody overwrites the unseen."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from access.actors import Actor
from access.places import Place
from checklist.model import HEALTH_CHOICES, NOT_APPLICABLE_REASONS, RATINGS
from data.assessments import find_assessment, find_draft
from data.desk import Part, allowed, as_json
from data.engine import Row, Session
from data.errors import Conflict, ValueRefused
from data.model import Saved
from data.people import TEAM, check_reader, check_writer
from data.rows import response_columns, saved_response
from data.text import clean_key, clean_links, clean_note
from scoring.model import Response

_STORED = f"""
select {response_columns("r")} from responses r where r.assessment = :assessment and r.respondent = :respondent
"""
_ALL_STORED = f"{_STORED} order by r.item"
_INSERT = """
insert into responses (assessment, respondent, item, state, rating, reason, note, evidence, valid_until, version,
    author, saved_at)
"""
# Not one text with "on conflict": whoever saves has read what is stored, and DuckDB takes three times as long over it.
_SAVE_FIRST = f"""{_INSERT}
values (:assessment, :respondent, :item, :state, :rating, :reason, :note, :evidence, :valid_until, 1, :author, :saved)
"""
_SAVE_NEXT = """
update responses set state = :state, rating = :rating, reason = :reason, note = :note, evidence = :evidence,
    valid_until = :valid_until, author = :author, saved_at = :saved, version = version + 1
where assessment = :assessment and respondent = :respondent and item = :item and version = :expected
returning version
"""
_SAVE_MANY = f"""{_INSERT}
select :assessment, :respondent, unnest(cast(:items as varchar[])),
    unnest(cast(:states as varchar[])), unnest(cast(:ratings as integer[])),
    unnest(cast(:reasons as varchar[])), unnest(cast(:notes as varchar[])),
    unnest(cast(:evidences as varchar[])), unnest(cast(:valid_untils as date[])), 1, :author, :saved
on conflict (assessment, respondent, item) do update set state = excluded.state, rating = excluded.rating,
    reason = excluded.reason, note = excluded.note, evidence = excluded.evidence,
    valid_until = excluded.valid_until, author = excluded.author, saved_at = excluded.saved_at,
    version = responses.version + 1
"""
_CONFIRM = f"""
update responses set saved_at = :saved, author = :author, version = version + 1
where assessment = :assessment and respondent = '' and saved_at < :started and state <> 'unanswered'
    and item in (select unnest(cast(:items as varchar[])))
returning {response_columns("responses")}
"""
_SAVE_HEALTH = """
insert into health_answers (assessment, respondent, question, answer, version, author, saved_at)
values (:assessment, :respondent, :question, :answer, 1, :author, :saved)
on conflict (assessment, respondent, question) do update set answer = excluded.answer,
    author = excluded.author, saved_at = excluded.saved_at, version = health_answers.version + 1
"""


class Responses(Part):
    """Responses and health answers of an assessment. `respondent` "" is the team itself, else a person's id.

    A person's answers are for their own form; others see them through `respondents`, once they are submitted.
    """

    @allowed("read-form")
    def of(self, actor: Actor, assessment: str, respondent: str = TEAM) -> dict[str, Saved]:
        """Every item ever saved, by id; one that was cleared is there as "unanswered" with its version."""

        def work(session: Session) -> dict[str, Saved]:
            find_assessment(session, assessment)
            check_reader(session, assessment, respondent)
            return saved_responses(session, assessment, respondent)

        return self._desk.engine.read(work)

    @allowed("answer")
    def save(
        self,
        actor: Actor,
        assessment: str,
        item: str,
        response: Response,
        expected: int | None = None,
        respondent: str = TEAM,
    ) -> Saved:
        """Store what a person chose, if the store still holds the version they saw (None: nothing yet).

        Saving what is already stored changes nothing. Otherwise `Conflict` with both values.
        `MilestoneIsFrozen` when the assessment is no draft; `ValueRefused` or
        `TextRefused` when the response does not fit.
        """
        clean_key(item, "checklist item")
        wanted = checked(response)

        def work(session: Session) -> Saved:
            _, place = find_draft(session, assessment)
            check_writer(session, assessment, respondent)
            # Whoever saves has just looked at all of them: where there is a memory, all of them are in it.
            everything = self._desk.engine.memory is not None
            rows = _rows(session, assessment, respondent, None if everything else item)
            stored = next((saved_response(row) for row in rows if row["item"] == item), None)
            if stored is not None and stored.response == wanted:
                return stored
            saved = Saved(wanted, (expected or 0) + 1, actor.name, self._desk.now())
            held = stored.version if stored else None
            if held != expected or not write_response(session, assessment, respondent, item, saved):
                raise _conflict(item, stored, wanted)
            if everything:
                others = [row for row in rows if row["item"] != item]
                _foresee(session, assessment, respondent, [*others, _row(item, saved)])
            before = _plain(stored.response) if stored else None
            self._tell(session, actor, "answer", item, place, respondent, before, _plain(wanted))
            return saved

        return self._desk.engine.write(work, alone=False)

    @allowed("answer")
    def save_many(
        self, actor: Actor, assessment: str, responses: Mapping[str, Response], respondent: str = TEAM
    ) -> dict[str, Saved]:
        """Store all of these over what is there, or none of them; what is there keeps its version."""
        wanted = {clean_key(item, "checklist item"): checked(response) for item, response in responses.items()}

        def work(session: Session) -> dict[str, Saved]:
            _, place = find_draft(session, assessment)
            check_writer(session, assessment, respondent)
            stored = saved_responses(session, assessment, respondent)
            changed = {
                item: response
                for item, response in wanted.items()
                if item not in stored or stored[item].response != response
            }
            if changed:
                write_many(session, assessment, respondent, changed, actor.name, self._desk.now())
                before = {item: _plain(stored[item].response) for item in changed if item in stored}
                after = {item: _plain(response) for item, response in changed.items()}
                self._tell(session, actor, "answer-many", "", place, respondent, before, after)
            return saved_responses(session, assessment, respondent)

        return self._desk.engine.write(work, alone=False)

    @allowed("answer")
    def confirm(self, actor: Actor, assessment: str, items: Iterable[str]) -> dict[str, Saved]:
        """ "Still true": the answers among `items` that were carried over now count as given here and now.

        They keep what they say and get this moment, this author and the next version; an answer that was already
        given or confirmed in this assessment stays as it is. Returns what was confirmed.
        """
        wanted = sorted({clean_key(item, "checklist item") for item in items})

        def work(session: Session) -> dict[str, Saved]:
            found, place = find_draft(session, assessment)
            values = {"author": actor.name, "saved": self._desk.now(), "started": found.started_at}
            rows = session.rows(_CONFIRM, assessment=assessment, items=wanted, **values)
            confirmed = {row["item"]: saved_response(row) for row in sorted(rows, key=lambda row: str(row["item"]))}
            if confirmed:
                self._leave_event(session, actor, "confirm", "", place, after=list(confirmed))
            return confirmed

        return self._desk.engine.write(work, alone=False)

    @allowed("read-form")
    def health(self, actor: Actor, assessment: str, respondent: str = TEAM) -> dict[str, str]:
        """The answered health questions: "yes", "no" or "unsure" by question id."""

        def work(session: Session) -> dict[str, str]:
            find_assessment(session, assessment)
            check_reader(session, assessment, respondent)
            return health_answers(session, assessment, respondent)

        return self._desk.engine.read(work)

    @allowed("answer")
    def save_health(
        self, actor: Actor, assessment: str, question: str, answer: str | None, respondent: str = TEAM
    ) -> None:
        """Store one health answer, None takes it back; the last save counts, the trail keeps all."""
        clean_key(question, "health question")
        if answer is not None and answer not in HEALTH_CHOICES:
            raise ValueRefused(f'"{answer}" is no answer to a health question; choose {", ".join(HEALTH_CHOICES)}.')

        def work(session: Session) -> None:
            _, place = find_draft(session, assessment)
            check_writer(session, assessment, respondent)
            before = health_answers(session, assessment, respondent).get(question)
            if before == answer:
                return
            write_health(session, assessment, respondent, question, answer, actor.name, self._desk.now())
            self._tell(session, actor, "answer-health", question, place, respondent, before, answer)

        self._desk.engine.write(work, alone=False)

    def _tell(
        self,
        session: Session,
        actor: Actor,
        event: str,
        subject: str,
        place: Place,
        respondent: str,
        before: Any,
        after: Any,
    ) -> None:
        """Into the audit trail; what a person chose stays out of it, because everybody may read the trail."""
        told = (before, after) if respondent == TEAM else (None, None)
        self._leave_event(session, actor, event, subject, place, *told)


def checked(response: Response) -> Response:
    """The response with clean texts; `ValueRefused` when state, rating and reason do not fit together.

    The day until which links count goes with the last link.
    """
    if response.state not in ("rated", "not-applicable", "unknown", "unanswered"):
        raise ValueRefused(f'"{response.state}" is no state of a response; choose a rating, not applicable or unknown.')
    if (response.state == "rated") != (response.rating is not None):
        raise ValueRefused("A rating belongs to a rated response, and to no other.")
    if response.rating is not None and (isinstance(response.rating, bool) or response.rating not in RATINGS):
        raise ValueRefused(f"A rating of {response.rating} does not exist; choose 1 to 5.")
    if (response.state == "not-applicable") != (response.reason is not None):
        raise ValueRefused("A reason belongs to a response that is not applicable, and to no other.")
    if response.reason is not None and response.reason not in NOT_APPLICABLE_REASONS:
        raise ValueRefused(f'"{response.reason}" is no reason; choose one of {", ".join(NOT_APPLICABLE_REASONS)}.')
    note, evidence = clean_note(response.note), clean_links(response.evidence)
    valid_until = response.valid_until if evidence else None
    return Response(response.state, response.rating, response.reason, note, evidence, valid_until)


def write_response(session: Session, assessment: str, respondent: str, item: str, saved: Saved) -> bool:
    """Store a response over the version just before its own; False when that is not what is stored.

    Two who save the first one at once have lost a race; the engine tries again, and then there is one.
    """
    values = {"assessment": assessment, "respondent": respondent, "item": item, **_values(saved)}
    if saved.version == 1:
        session.run(_SAVE_FIRST, **values)
        return True
    return bool(session.rows(_SAVE_NEXT, **values, expected=saved.version - 1))


def write_health(
    session: Session, assessment: str, respondent: str, question: str, answer: str | None, author: str, at: datetime
) -> None:
    """Store a health answer over whatever is there."""
    keys = {"assessment": assessment, "respondent": respondent, "question": question}
    session.run(_SAVE_HEALTH, **keys, answer=answer, author=author, saved=at)


def saved_responses(session: Session, assessment: str, respondent: str, item: str | None = None) -> dict[str, Saved]:
    """The stored responses by item, only that of `item` when it is named."""
    return {row["item"]: saved_response(row) for row in _rows(session, assessment, respondent, item)}


def write_many(
    session: Session, assessment: str, respondent: str, responses: Mapping[str, Response], author: str, saved: datetime
) -> None:
    """Store these over what is there, whatever its version."""
    values = _lists(responses, author, saved)
    session.run(_SAVE_MANY, assessment=assessment, respondent=respondent, **values)


def health_answers(session: Session, assessment: str, respondent: str) -> dict[str, str]:
    """The answered health questions."""
    sql = """select question, answer from health_answers
        where assessment = :assessment and respondent = :respondent and answer is not null
        order by question"""
    rows = session.rows(sql, assessment=assessment, respondent=respondent)
    return {row["question"]: row["answer"] for row in rows}


def _rows(session: Session, assessment: str, respondent: str, item: str | None) -> list[Row]:
    values = {"assessment": assessment, "respondent": respondent}
    if item is not None:
        return session.rows(f"{_STORED} and r.item = :item", **values, item=item)
    return session.rows(_ALL_STORED, **values)


def _foresee(session: Session, assessment: str, respondent: str, rows: list[Row]) -> None:
    """All the rows that are stored now, in any order."""
    in_order = sorted(rows, key=lambda row: row["item"])
    session.foresee(in_order, _ALL_STORED, assessment=assessment, respondent=respondent)


def _row(item: str, saved: Saved) -> Row:
    """What will be read of a response that was just stored."""
    values = _values(saved)
    at = values.pop("saved")
    return {"item": item, **values, "version": saved.version, "saved_at": at}


def _values(saved: Saved) -> dict[str, Any]:
    response = saved.response
    return {
        "state": response.state,
        "rating": response.rating,
        "reason": response.reason,
        "note": response.note,
        "evidence": as_json(response.evidence),
        "valid_until": response.valid_until,
        "author": saved.author,
        "saved": saved.at,
    }


def _lists(changed: Mapping[str, Response], author: str, saved: datetime) -> dict[str, Any]:
    responses = list(changed.values())
    return {
        "items": list(changed),
        "states": [response.state for response in responses],
        "ratings": [response.rating for response in responses],
        "reasons": [response.reason for response in responses],
        "notes": [response.note for response in responses],
        "evidences": [as_json(response.evidence) for response in responses],
        "valid_untils": [response.valid_until for response in responses],
        "author": author,
        "saved": saved,
    }


def _plain(response: Response) -> dict[str, Any]:
    """A response as a JSON value, without what is empty."""
    values = {
        "state": response.state,
        "rating": response.rating,
        "reason": response.reason,
        "note": response.note,
        "evidence": list(response.evidence),
        "valid_until": response.valid_until.isoformat() if response.valid_until else None,
    }
    return {name: value for name, value in values.items() if value}


def _conflict(item: str, stored: Saved | None, yours: Response) -> Conflict:
    what = f"{stored.author or 'somebody'} answered it meanwhile" if stored else "it has no answer any more"
    return Conflict(f'"{item}" has changed since you opened it: {what}. Choose which one stays.', stored, yours)
