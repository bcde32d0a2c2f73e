"""Where do I find how a difference between the form and an answers file is put into words?"""

from collections.abc import Iterable, Sequence
from typing import Any

from checklist.model import Checklist
from data.steps import Outcome, Overtaken, Step, Value
from exchange.answers_file import as_written
from exchange.merge import Difference, Kind
from exchange.values import on_one_line
from scoring.explain import response_words
from scoring.model import Response, Target
from scoring.wording import in_words, level_name, listed

NOTE_SHOWN = 160
LINKS_SHOWN = 3
HEALTH = {"yes": "Yes", "no": "No", "unsure": "Not sure"}
STATES = {"unanswered": "No answer", "unknown": "Don’t know"}


def record(checklist: Checklist, one: Difference) -> dict[str, Any]:
    """The difference as a JSON value; `before` and `after` are written as in an answers file."""
    kind = {"only-in-form": "only-before", "only-in-file": "only-after", "unknown-in-file": "unknown-after"}
    before, after = (
        as_written(checklist, value) if isinstance(value, Response | Target) else value
        for value in (one.form, one.file)
    )
    return {
        "part": one.part,
        "id": one.id or None,
        "kind": kind.get(one.kind, one.kind),
        "before": before,
        "after": after,
    }


def name(checklist: Checklist, one: Difference | Step) -> str:
    """What the difference is about: an item's name, a failure mode, a health question, the target or the lens."""
    kind = one.part if isinstance(one, Difference) else one.kind
    match kind:
        case "item":
            return checklist.item(one.id).name
        case "failure":
            return checklist.failure(one.id).name
        case "health":
            return checklist.health_question(one.id).name
    return kind.capitalize()


def about(checklist: Checklist, one: Difference) -> str:
    """The question that both answer differently."""
    match one.part:
        case "item":
            return checklist.item(one.id).question
        case "failure":
            return checklist.failure(one.id).question
        case "health":
            return checklist.health_question(one.id).question
        case "target":
            return "Which level is the aim?"
    return "Through which lens is the system seen?"


def value_words(checklist: Checklist, value: Value) -> str:
    """A value in a few words: "3", "Not applicable (out of scope)", "Level 3, Intermediate", "No answer"."""
    match value:
        case Response():
            words = STATES.get(value.state) or response_words(value)
            return words[:1].upper() + words[1:]
        case Target():
            return _target_words(checklist, value)
        case bool():
            return "Seen lately" if value else "Not seen lately"
        case None:
            return "No answer"
    return HEALTH.get(value, value)


def reason_words(value: Value, other: Value) -> str:
    """Note and links of a response, where one of the two has any; a missing one is named, so that it is missed."""
    if not isinstance(value, Response) or not isinstance(other, Response):
        return ""
    parts = []
    if value.note or other.note:
        parts.append(f"“{on_one_line(value.note, NOTE_SHOWN)}”" if value.note else "no note")
    if value.evidence != other.evidence:
        parts.append(", ".join(on_one_line(link, NOTE_SHOWN) for link in value.evidence[:LINKS_SHOWN]) or "no links")
    if len(value.evidence) > LINKS_SHOWN and value.evidence != other.evidence:
        parts.append(f"{len(value.evidence) - LINKS_SHOWN} more")
    if value.valid_until != other.valid_until and value.evidence:
        parts.append(f"links until {value.valid_until}" if value.valid_until else "links for good")
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def sentence(checklist: Checklist, one: Difference, here: str, there: str) -> str:
    """The difference on one line: "Rollback: 2 in a.yaml, 3 in b.yaml."."""
    return f"{name(checklist, one)}: {_both(checklist, one, here, there)}."


def change(checklist: Checklist, step: Step) -> str:
    """What a step has changed: "Rollback: from 2 to 3"."""
    before, after = value_words(checklist, step.seen), value_words(checklist, step.wanted)
    if before == after:
        return f"{name(checklist, step)}: {before} as before, with another note or other links"
    return f"{name(checklist, step)}: from {_inside(before)} to {_inside(after)}"


def overtaken(checklist: Checklist, one: Overtaken) -> str:
    """What somebody else did meanwhile, with both values."""
    who, what = one.author or "Somebody else", name(checklist, one.step)
    now, wanted = (_inside(value_words(checklist, value)) for value in (one.stored, one.step.wanted))
    return f"{who} changed “{what}” meanwhile: stored now {now}, not {wanted}. Look at it again."


def outcome_sentence(outcome: Outcome, left: int) -> str:
    """What came of it: "Three values are taken from the file, two stay as they were."."""
    taken = len(outcome.done)
    first = f"{in_words(taken).capitalize()} value{' is' if taken == 1 else 's are'} taken from the file"
    if not taken:
        first = "Nothing is taken from the file"
    if not left:
        return f"{first}."
    return f"{first}, {in_words(left)} {'stays as it was' if left == 1 else 'stay as they were'}."


def count_sentence(found: Sequence[Difference]) -> str:
    """How many differences there are, and of which kinds."""
    if not found:
        return "The file and your answers say the same."
    kinds = [one.kind for one in found]
    words: dict[Kind, tuple[str, str]] = {
        "different": ("differs", "differ"),
        "only-in-file": ("stands only in the file", "stand only in the file"),
        "only-in-form": ("stands only here", "stand only here"),
        "unknown-in-file": ("is unknown in the file", "are unknown in the file"),
    }
    parts = [f"{in_words(kinds.count(kind))} {_plural(kinds.count(kind), *both)}" for kind, both in words.items()
             if kind in kinds]  # fmt: skip
    total = in_words(len(found)).capitalize()
    return f"{total} {_plural(len(found), 'value is', 'values are')} not the same: {listed(parts)}."


def names(checklist: Checklist, found: Iterable[Difference]) -> str:
    """Some differences by name and what the form says, in a row."""
    return ", ".join(f"{name(checklist, one)} ({_inside(value_words(checklist, one.form))})" for one in found)


def _plural(count: int, one: str, more: str) -> str:
    return one if count == 1 else more


def _both(checklist: Checklist, one: Difference, here: str, there: str) -> str:
    left, right = value_words(checklist, one.form), value_words(checklist, one.file)
    if left != right:
        return f"{_inside(left)} in {here}, {_inside(right)} in {there}"
    mine, theirs = reason_words(one.form, one.file), reason_words(one.file, one.form)
    return f"{_inside(left)} in both; {_inside(mine)} in {here}, {_inside(theirs)} in {there}"


def _inside(words: str) -> str:
    """Words inside a sentence; a level keeps its capital."""
    return words if words.startswith("Level") else words[:1].lower() + words[1:]


def _target_words(checklist: Checklist, target: Target) -> str:
    parts = [level_name(checklist, target.overall)] if target.overall else []
    parts += [f"{area.name} at {target.areas[area.id]}" for area in checklist.areas if area.id in target.areas]
    return "; ".join(parts) or "One level up"
