"""Where several values of a draft are changed together, each only if it still is what the person saw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from access.actors import Actor
from checklist.model import HEALTH_CHOICES, RATINGS
from data.assessments import find_draft, target_value
from data.desk import Part, allowed, as_json
from data.engine import Session
from data.errors import ValueRefused
from data.model import Assessment, Saved
from data.responses import TEAM, checked, health_answers, saved_responses
from data.text import clean_key, clean_line
from scoring.model import UNANSWERED, Response, Target

StepKind = Literal["item", "failure", "health", "target", "lens"]
Value = Response | Target | str | bool | None
Key = tuple[str, str]

# The version that is written tells what was expected: one more than what the row held.
_SAVE_SEEN = """
insert into responses (assessment, respondent, item, state, rating, reason, note, evidence, version, author,
    saved_at)
select :assessment, :respondent, unnest(cast(:items as varchar[])),
    unnest(cast(:states as varchar[])), unnest(cast(:ratings as integer[])),
    unnest(cast(:reasons as varchar[])), unnest(cast(:notes as varchar[])),
    unnest(cast(:evidences as varchar[])), unnest(cast(:versions as integer[])), :author, :saved
on conflict (assessment, respondent, item) do update set state = excluded.state, rating = excluded.rating,
    reason = excluded.reason, note = excluded.note, evidence = excluded.evidence, author = excluded.author,
    saved_at = excluded.saved_at, version = excluded.version
where responses.version = excluded.version - 1
returning item
"""
_SAVE_HEALTH = """
insert into health_answers (assessment, respondent, question, answer, version, author, saved_at)
values (:assessment, :respondent, :question, :answer, 1, :author, :saved)
on conflict (assessment, respondent, question) do update set answer = excluded.answer,
    author = excluded.author, saved_at = excluded.saved_at, version = health_answers.version + 1
"""
_SUBJECTS = {"item": "checklist item", "failure": "failure mode", "health": "health question"}


@dataclass(frozen=True, slots=True)
class Step:
    """One value of a draft that is to change: `seen` is what the person saw, `wanted` what it is to become.

    An item has a `Response`, a failure mode a flag, a health question a choice or None; the target (with the id "")
    a `Target`.
    """

    kind: StepKind
    id: str
    seen: Value
    wanted: Value

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def back(self) -> "Step":
        """The step that takes this one back."""
        return Step(self.kind, self.id, self.wanted, self.seen)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A step that was not carried out: `author` changed the value to `stored` after it was seen."""

    step: Step
    stored: Value
    author: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which steps were carried out, and which were overtaken; one whose value was there already is in neither."""

    done: tuple[Step, ...] = ()
    overtaken: tuple[Overtaken, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    """What a draft holds: its values by key, and the stored responses of the team."""

    values: Mapping[Key, Value]
    responses: Mapping[str, Saved] = field(default_factory=dict)

    def value(self, step: Step) -> Value:
        return self.values.get(step.key, UNANSWERED if step.kind == "item" else False if _is_failure(step) else None)

    def overtaken(self, step: Step) -> Overtaken:
        saved = self.responses.get(step.id) if step.kind == "item" else None
        return Overtaken(step, self.value(step), saved.author if saved else "")


class Steps(Part):
    """Changes of a draft that belong together, such as what was taken from an answers file."""

    @allowed("answer")
    def take(self, actor: Actor, draft: str, steps: Iterable[Step], source: str) -> Outcome:
        """Carry out, in one transaction, every step whose value is still the one that was seen.

        The others change nothing and come back with what is stored now. `MilestoneIsFrozen` when the assessment is
        no draft; `ValueRefused` or `TextRefused` when a value does not fit, and then nothing is changed at all.
        `source` is where the values come from, for the trail.
        """
        wanted = [_checked(step) for step in steps]
        subject = clean_line(source, "name of the source")

        def work(session: Session) -> Outcome:
            found, place = find_draft(session, draft)
            held = _held(session, found)
            open_steps = [step for step in wanted if held.value(step) != step.wanted]
            due = [step for step in open_steps if held.value(step) == step.seen]
            saved = self._save(session, found, held, due, actor.name) if due else set()
            done = tuple(step for step in due if step.key in saved)
            if len(done) < len(due):
                held = _held(session, found)
            if done:
                before, after = ({"/".join(s.key): _plain(v) for s, v in _pairs(done, side)} for side in (0, 1))
                self._leave_event(session, actor, "take-answers", subject, place, before, after)
            return Outcome(done, tuple(held.overtaken(step) for step in open_steps if step.key not in saved))

        return self._desk.engine.write(work)

    def _save(self, session: Session, draft: Assessment, held: _Held, due: list[Step], author: str) -> set[Key]:
        """The keys of the steps that were written; a response may be lost to somebody faster even now."""
        now = self._desk.now()
        items = {step.id: step.wanted for step in due if isinstance(step.wanted, Response)}
        written: set[Key] = {step.key for step in due if step.kind != "item"}
        if items:
            lists = _lists(items, held.responses)
            rows = session.rows(_SAVE_SEEN, assessment=draft.id, respondent=TEAM, author=author, saved=now, **lists)
            written |= {("item", row["item"]) for row in rows}
        for step in due:
            if step.kind == "health":
                _save_health(session, draft.id, step, author, now)
        _save_aims(session, draft, due)
        return written


def _held(session: Session, draft: Assessment) -> _Held:
    responses = saved_responses(session, draft.id, TEAM)
    values: dict[Key, Value] = {("item", item): saved.response for item, saved in responses.items()}
    values |= {("health", question): answer for question, answer in health_answers(session, draft.id, TEAM).items()}
    values |= {("failure", failure): True for failure in draft.failures}
    return _Held(values | {("target", ""): draft.target}, responses)


def _save_health(session: Session, draft: str, step: Step, author: str, now: datetime) -> None:
    keys = {"assessment": draft, "respondent": TEAM, "question": step.id}
    session.run(_SAVE_HEALTH, **keys, answer=step.wanted, author=author, saved=now)


def _save_aims(session: Session, draft: Assessment, due: list[Step]) -> None:
    """The failure modes and the target, which stand in the draft's own row."""
    ticks = {step.id: step.wanted for step in due if _is_failure(step)}
    failures = {one for one in draft.failures if ticks.get(one, True)} | {
        one for one, wanted in ticks.items() if wanted
    }
    target = next((step.wanted for step in due if isinstance(step.wanted, Target)), draft.target)
    if failures != draft.failures or target != draft.target:
        session.run(
            "update assessments set failures = :failures, target = :target where id = :id",
            failures=as_json(sorted(failures)),
            target=as_json(target_value(target)),
            id=draft.id,
        )


def _checked(step: Step) -> Step:
    """The step with clean texts; `ValueRefused` when its value is of another kind, or off its scale."""
    if step.kind in _SUBJECTS:
        clean_key(step.id, _SUBJECTS[step.kind])
    wanted = step.wanted
    if step.kind == "item" and isinstance(wanted, Response):
        return Step(step.kind, step.id, step.seen, checked(wanted))
    if step.kind == "target" and isinstance(wanted, Target):
        for level in (wanted.overall, *wanted.areas.values()):
            if level is not None and level not in RATINGS:
                raise ValueRefused(f"A target of {level} does not exist; choose a level from 1 to 5.")
        return step
    if _is_failure(step) and isinstance(wanted, bool):
        return step
    if step.kind == "health" and (wanted is None or wanted in HEALTH_CHOICES):
        return step
    raise ValueRefused(f'"{str(wanted)[:80]}" is no value for {_SUBJECTS.get(step.kind, step.kind)} "{step.id}".')


def _is_failure(step: Step) -> bool:
    return step.kind == "failure"


def _lists(items: Mapping[str, Response], held: Mapping[str, Saved]) -> dict[str, Any]:
    responses = list(items.values())
    return {
        "items": list(items),
        "states": [response.state for response in responses],
        "ratings": [response.rating for response in responses],
        "reasons": [response.reason for response in responses],
        "notes": [response.note for response in responses],
        "evidences": [as_json(response.evidence) for response in responses],
        "versions": [held[item].version + 1 if item in held else 1 for item in items],
    }


def _pairs(steps: Iterable[Step], side: int) -> list[tuple[Step, Value]]:
    """Each step with its value before (0) or after (1)."""
    return [(step, (step.seen, step.wanted)[side]) for step in steps]


def _plain(value: Value) -> Any:
    """A value as JSON has it, without what is empty."""
    if isinstance(value, Target):
        return target_value(value)
    if isinstance(value, Response):
        pairs = ((name, getattr(value, name)) for name in ("state", "rating", "reason", "note", "evidence"))
        return {name: one for name, one in pairs if one}
    return value
