"""Where several values of a draft are changed together, each only if it still is what the person saw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from access.actors import Actor
from checklist.model import HEALTH_CHOICES, RATINGS
from data.assessments import find_draft, target_value
from data.desk import Part, allowed, as_json
from data.engine import Session
from data.errors import ValueRefused
from data.milestones import answers_of
from data.model import Assessment, Saved
from data.people import TEAM
from data.responses import checked, saved_responses, write_health, write_response
from data.text import clean_key, clean_line
from scoring.model import UNANSWERED, Response, Target

StepKind = Literal["item", "failure", "health", "target", "lens"]
Value = Response | Target | str | bool | None
Key = tuple[str, str]

# What a draft holds where nothing is stored.
EMPTY: Mapping[StepKind, Value] = {"item": UNANSWERED, "failure": False}
_SUBJECTS = {"item": "checklist item", "failure": "failure mode", "health": "health question"}


@dataclass(frozen=True, slots=True)
class Step:
    """One value of a draft that is to change: `seen` is what the person saw, `wanted` what it is to become.

    An item has a `Response`, a failure mode a flag, a health question a choice or None; the target (with the id "")
    a `Target`, the lens (also "") its id.
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
    responses: Mapping[str, Saved]

    def value(self, step: Step) -> Value:
        return self.values.get(step.key, EMPTY.get(step.kind))

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
        written: set[Key] = set()
        for step in due:
            if isinstance(step.wanted, Response):
                before = held.responses.get(step.id)
                saved = Saved(step.wanted, before.version + 1 if before else 1, author, now)
                if not write_response(session, draft.id, TEAM, step.id, saved):
                    continue
            elif step.kind == "health":
                choice = None if step.wanted is None else str(step.wanted)
                write_health(session, draft.id, TEAM, step.id, choice, author, now)
            written.add(step.key)
        _save_aims(session, draft, due)
        return written


def _held(session: Session, draft: Assessment) -> _Held:
    """What counts now; notes on items that have no answer are seen by people, and so by their steps."""
    responses, answers = saved_responses(session, draft.id, TEAM), answers_of(session, draft)
    values: dict[Key, Value] = {("item", item): saved.response for item, saved in responses.items()}
    values |= {("item", item): response for item, response in answers.responses.items()}
    values |= {("health", question): answer for question, answer in answers.health.items()}
    values |= {("failure", failure): True for failure in answers.failures}
    return _Held(values | {("target", ""): answers.target, ("lens", ""): draft.lens}, responses)


def _save_aims(session: Session, draft: Assessment, due: list[Step]) -> None:
    """The failure modes, the target and the lens, which stand in the draft's own row."""
    ticks = {step.id: step.wanted for step in due if _is_failure(step)}
    failures = frozenset(one for one in draft.failures if ticks.get(one, True)) | {
        one for one, wanted in ticks.items() if wanted
    }
    target = next((step.wanted for step in due if isinstance(step.wanted, Target)), draft.target)
    lens = next((str(step.wanted) for step in due if step.kind == "lens"), draft.lens)
    if (failures, target, lens) != (draft.failures, draft.target, draft.lens):
        session.run(
            "update assessments set failures = :failures, target = :target, lens = :lens where id = :id",
            failures=as_json(sorted(failures)),
            target=as_json(target_value(target)),
            lens=lens,
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
    if step.kind == "lens" and isinstance(wanted, str):
        return Step(step.kind, step.id, step.seen, clean_key(wanted, "lens"))
    if step.kind == "health" and (wanted is None or wanted in HEALTH_CHOICES):
        return step
    raise ValueRefused(f'"{str(wanted)[:80]}" is no value for {_SUBJECTS.get(step.kind, step.kind)} "{step.id}".')


def _is_failure(step: Step) -> bool:
    return step.kind == "failure"


def _pairs(steps: Iterable[Step], side: int) -> list[tuple[Step, Value]]:
    """Each step with its value before (0) or after (1)."""
    return [(step, (step.seen, step.wanted)[side]) for step in steps]


def _plain(value: Value) -> Any:
    """A value as JSON has it, without what is empty."""
    if isinstance(value, Target):
        return target_value(value)
    if isinstance(value, Response):
        pairs = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {name: held for name, held in pairs if held}
    return value
