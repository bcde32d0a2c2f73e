"""Where do I find how an answers file and the form are compared, and what taking the file's values leads to?

Not knowing takes nothing away: where the file is silent, the form's answer stays, whatever is decided; where the file
says "don't know", it stays unless a person takes that very answer back. Taking everything from the file yields the
file wherever it says something.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from checklist.model import WHOLE, Checklist
from data.steps import Step, StepKind, Value
from exchange.answers_file import AnswersFile
from scoring.model import UNANSWERED, Answers, Response, Target

Kind = Literal["only-in-file", "only-in-form", "unknown-in-file", "different"]
Decision = Literal["form", "file", "unknown"]
# What a value says: nothing, that nobody knows, or an answer. A lesser one never takes the place of a greater one.
SAYS = {"unanswered": 0, "unknown": 1, "not-applicable": 2, "rated": 2}


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not the same in the form and in the file.

    `taken` is what the form holds after a person takes the file's; it is the form's own value where there is
    nothing to take. `unknown` is what it holds after a person takes the file's "don't know" in place of an answer,
    None where the file says no such thing. The target and the lens have the id "".
    """

    part: StepKind
    id: str
    form: Value
    file: Value
    taken: Value
    kind: Kind
    unknown: Value = None

    @property
    def key(self) -> str:
        """Names the difference among all others of a comparison."""
        return f"{self.part}-{self.id}" if self.id else self.part

    @property
    def is_open(self) -> bool:
        """Whether there is something to decide."""
        return self.taken != self.form or self.unknown is not None

    @property
    def choices(self) -> tuple[Decision, ...]:
        """What a person can decide."""
        taken: tuple[Decision, ...] = ("file",) if self.taken != self.form else ()
        return ("form", *taken, *(("unknown",) if self.unknown is not None else ()))

    def after(self, decision: Decision | None) -> Value:
        """What the form holds after a decision; its own value where there is nothing of the kind to take."""
        if decision not in self.choices or decision == "form":
            return self.form
        return self.taken if decision == "file" else self.unknown

    @property
    def default(self) -> Decision | None:
        """What is decided unless a person decides otherwise; None: a person has to, and until then nothing changes."""
        if self.kind == "different":
            return None
        return "file" if self.kind == "only-in-file" else "form"


def differences(checklist: Checklist, form: AnswersFile, file: AnswersFile) -> tuple[Difference, ...]:
    """Every difference, items in checklist order first; none when both say the same."""
    mine, theirs = form.answers, file.answers
    found = (
        *(_of_item(item.id, mine.response(item.id), theirs.response(item.id)) for item in checklist.items),
        *_of_failures(checklist, mine, theirs),
        *(_of_choice("health", one.id, mine.health.get(one.id), theirs.health.get(one.id)) for one in checklist.health),
        _of_target(mine.target, theirs.target),
        _of_lens(form.lens, file.lens),
    )
    return tuple(one for one in found if one.form != one.file)


def decided(found: Iterable[Difference], decisions: Mapping[str, Decision]) -> Iterator[tuple[Difference, Value]]:
    """The differences that change the form, by decision, else by default; each with what the form then holds."""
    after = ((one, one.after(decisions.get(one.key, one.default))) for one in found)
    return ((one, value) for one, value in after if value != one.form)


def steps(found: Iterable[Difference], decisions: Mapping[str, Decision]) -> tuple[Step, ...]:
    """What the store has to change, to be carried out together."""
    return tuple(Step(one.part, one.id, one.form, value) for one, value in decided(found, decisions))


def everything(found: Iterable[Difference], decision: Decision) -> dict[str, Decision]:
    """The same decision for every difference."""
    return {one.key: decision for one in found}


def merged(form: AnswersFile, found: Iterable[Difference], decisions: Mapping[str, Decision]) -> AnswersFile:
    """The form after these decisions: exactly the taken values, and all others as they were."""
    responses, health = dict(form.answers.responses), dict(form.answers.health)
    failures, target, lens = set(form.answers.failures), form.answers.target, form.lens
    for one, value in decided(found, decisions):
        match one.part, value:
            case "item", Response() as response:
                responses[one.id] = response
            case "failure", bool() as ticked:
                (failures.add if ticked else failures.discard)(one.id)
            case "health", str() as choice:
                health[one.id] = choice
            case "target", Target() as aimed_at:
                target = aimed_at
            case "lens", str() as chosen:
                lens = chosen
    answers = replace(form.answers, responses=responses, health=health, failures=frozenset(failures), target=target)
    return replace(form, answers=answers, lens=lens)


def _of_item(item: str, form: Response, file: Response) -> Difference:
    if file == UNANSWERED:
        return Difference("item", item, form, file, form, "only-in-form")
    if SAYS[file.state] < SAYS[form.state]:
        # The answer stays; a note or links that only the file has may still be taken.
        links = file if file.evidence else form
        taken = replace(links, state=form.state, rating=form.rating, reason=form.reason, note=file.note or form.note)
        forgotten = replace(taken, state="unknown", rating=None, reason=None) if file.state == "unknown" else None
        return Difference("item", item, form, file, taken, "unknown-in-file", forgotten)
    return Difference("item", item, form, file, file, "only-in-file" if form == UNANSWERED else "different")


def _of_failures(checklist: Checklist, form: Answers, file: Answers) -> Iterator[Difference]:
    """A file that names no failure says nothing about failures."""
    for failure in checklist.failures:
        mine, theirs = failure.id in form.failures, failure.id in file.failures
        taken = theirs if file.failures else mine
        yield Difference("failure", failure.id, mine, theirs, taken, "only-in-file" if theirs else "only-in-form")


def _of_choice(part: StepKind, one: str, form: str | None, file: str | None) -> Difference:
    if file is None:
        return Difference(part, one, form, file, form, "only-in-form")
    if form is None:
        return Difference(part, one, form, file, file, "only-in-file")
    if file == "unsure":
        return Difference(part, one, form, file, form, "unknown-in-file", file)
    return Difference(part, one, form, file, file, "different")


def _of_target(form: Target, file: Target) -> Difference:
    if file == Target():
        return Difference("target", "", form, file, form, "only-in-form")
    return Difference("target", "", form, file, file, "only-in-file" if form == Target() else "different")


def _of_lens(form: str, file: str) -> Difference:
    """Without a lens a file is about the whole checklist, and says nothing about the lens of the form."""
    if file == WHOLE:
        return Difference("lens", "", form, file, form, "only-in-form")
    return Difference("lens", "", form, file, file, "different")
