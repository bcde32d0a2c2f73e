"""Where answers are kept: one row per item with a version, so that nobody overwrites the unseen."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from access.actors import Actor
from checklist.model import HEALTH_CHOICES, NOT_APPLICABLE_REASONS, RATINGS
from data.assessments import find_assessment, find_draft
from data.desk import Part, allowed, as_json
from data.engine import Row, Session
from data.errors import Conflict, ValueRefused
from data.model import Saved
from data.text import clean_key, clean_links, clean_note
from scoring.model import Response

_COLUMNS = "item, state, rating, reason, note, evidence, valid_until, version, author, saved_at"
_INSERT = """
insert into responses (assessment, respondent, item, state, rating, reason, note, evidence, valid_until, version,
    author, saved_at)
"""
_SAVE = f"""{_INSERT}
values (:assessment, :respondent, :item, :state, :rating, :reason, :note, :evidence, :valid_until, 1, :author, :saved)
on conflict (assessment, respondent, item) do update set state = excluded.state, rating = excluded.rating,
    reason = excluded.reason, note = excluded.note, evidence = excluded.evidence,
    valid_until = excluded.valid_until, author = excluded.author, saved_at = excluded.saved_at,
    version = responses.version + 1
where responses.version = :expected
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
_SAVE_HEALTH = """
insert into health_answers (assessment, respondent, question, answer, version, author, saved_at)
values (:assessment, :respondent, :question, :answer, 1, :author, :saved)
on conflict (assessment, respondent, question) do update set answer = excluded.answer,
    author = excluded.author, saved_at = excluded.saved_at, version = health_answers.version + 1
"""
TEAM = ""


class Responses(Part):
    """Responses and health answers of an assessment. `respondent` "" is the team itself."""

    @allowed("read")
    def of(self, actor: Actor, assessment: str, respondent: str = TEAM) -> dict[str, Saved]:
        """Every item ever saved, by id; one that was cleared is there as "unanswered" with its version."""

        def work(session: Session) -> dict[str, Saved]:
            find_assessment(session, assessment)
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
            stored = saved_responses(session, assessment, respondent, item).get(item)
            if stored is not None and stored.response == wanted:
                return stored
            saved = Saved(wanted, (expected or 0) + 1, actor.name, self._desk.now())
            keys = {"assessment": assessment, "respondent": respondent, "item": item}
            held = stored.version if stored else None
            if held != expected or not session.rows(_SAVE, **keys, **_values(saved), expected=expected or 0):
                raise _conflict(item, stored, wanted)
            before = _plain(stored.response) if stored else None
            self._leave_event(session, actor, "answer", item, place, before, _plain(wanted))
            return saved

        return self._desk.engine.write(work)

    @allowed("answer")
    def save_many(
        self, actor: Actor, assessment: str, responses: Mapping[str, Response], respondent: str = TEAM
    ) -> dict[str, Saved]:
        """Store all of these over what is there, or none of them; what is there keeps its version."""
        wanted = {clean_key(item, "checklist item"): checked(response) for item, response in responses.items()}

        def work(session: Session) -> dict[str, Saved]:
            _, place = find_draft(session, assessment)
            stored = saved_responses(session, assessment, respondent)
            changed = {
                item: response
                for item, response in wanted.items()
                if item not in stored or stored[item].response != response
            }
            if changed:
                values = _lists(changed, actor.name, self._desk.now())
                session.run(_SAVE_MANY, assessment=assessment, respondent=respondent, **values)
                before = {item: _plain(stored[item].response) for item in changed if item in stored}
                after = {item: _plain(response) for item, response in changed.items()}
                self._leave_event(session, actor, "answer-many", "", place, before, after)
            return saved_responses(session, assessment, respondent)

        return self._desk.engine.write(work)

    @allowed("read")
    def health(self, actor: Actor, assessment: str, respondent: str = TEAM) -> dict[str, str]:
        """The answered health questions: "yes", "no" or "unsure" by question id."""

        def work(session: Session) -> dict[str, str]:
            find_assessment(session, assessment)
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
            before = health_answers(session, assessment, respondent).get(question)
            if before == answer:
                return
            keys = {"assessment": assessment, "respondent": respondent, "question": question}
            session.run(_SAVE_HEALTH, **keys, answer=answer, author=actor.name, saved=self._desk.now())
            self._leave_event(session, actor, "answer-health", question, place, before, answer)

        self._desk.engine.write(work)


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


def saved_responses(session: Session, assessment: str, respondent: str, item: str | None = None) -> dict[str, Saved]:
    """The stored responses by item, only that of `item` when it is named."""
    sql = f"select {_COLUMNS} from responses where assessment = :assessment and respondent = :respondent"
    values = {"assessment": assessment, "respondent": respondent}
    if item is not None:
        rows = session.rows(f"{sql} and item = :item", **values, item=item)
    else:
        rows = session.rows(f"{sql} order by item", **values)
    return {row["item"]: _saved(row) for row in rows}


def health_answers(session: Session, assessment: str, respondent: str) -> dict[str, str]:
    """The answered health questions."""
    sql = """select question, answer from health_answers
        where assessment = :assessment and respondent = :respondent and answer is not null
        order by question"""
    rows = session.rows(sql, assessment=assessment, respondent=respondent)
    return {row["question"]: row["answer"] for row in rows}


def _saved(row: Row) -> Saved:
    evidence = tuple(json.loads(row["evidence"]))
    response = Response(row["state"], row["rating"], row["reason"], row["note"], evidence, row["valid_until"])
    return Saved(response, row["version"], row["author"], row["saved_at"])


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
