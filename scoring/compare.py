"""What really changed between two assessments: practice, a corrected answer, expired evidence, or the question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from checklist.model import Checklist, is_newer
from scoring.evaluate import evaluate
from scoring.model import Answers, Response
from scoring.trend import Kind, difference, is_same_answer

Group = Literal["practice", "corrected", "expired", "question", "differs"]
GROUPS: tuple[Group, ...] = ("practice", "corrected", "expired", "question", "differs")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a side stands: overall score and level, None where there is none, and each scored area's score."""

    score: Fraction | None
    level: int | None
    areas: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two assessments, with all its answers, also those to what the present checklist does not ask.

    `checklist` is the version it was answered under and `day` the one on which its evidence is looked at: that of
    its making, today for a draft. `stored` is what it was made with; it stands where this checklist is too old to
    score the answers again.
    """

    system: str
    name: str
    answers: Answers
    checklist: str
    day: date
    stored: Standing | None = None
    lens: str = "whole"
    system_name: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that differs, in exactly one group.

    `kind` says how the answer differs, None where it is the same. An item that this checklist does not have is
    in the group "question".
    """

    item: str
    group: Group
    before: Response
    after: Response
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class AreaMove:
    """An area's score on both sides, None where it has none."""

    area: str
    before: Fraction | None
    after: Fraction | None

    @property
    def by(self) -> Fraction | None:
        """How far the score moved; None when a side has none."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides under one checklist: where each stands, the areas in their order, and what differs.

    `same` counts the items that were answered, and alike, on both sides.
    """

    checklist: str
    before: Side
    after: Side
    stands_before: Standing
    stands_after: Standing
    areas: tuple[AreaMove, ...]
    differences: tuple[Difference, ...]
    same: int

    @property
    def of_one_system(self) -> bool:
        return self.before.system == self.after.system

    def group(self, group: Group) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.group == group)


def compare(checklist: Checklist, before: Side, after: Side, corrected: frozenset[str] = frozenset()) -> Comparison:
    """Both sides under this checklist, and every item that differs in exactly one group.

    `corrected` are the items of which a person said that the changed answer corrects an earlier mistake. What is
    said of one comparison holds for the same two sides the other way round. Two systems have no history in common:
    all that differs between them is in the group "differs".
    """
    stands = [standing(checklist, side) for side in (before, after)]
    differences = _differences(checklist, before, after, corrected)
    differing = {one.item for one in differences}
    both = [item for item in checklist.items if _is_answered(before, item.id) and _is_answered(after, item.id)]
    return Comparison(
        checklist=checklist.version,
        before=before,
        after=after,
        stands_before=stands[0],
        stands_after=stands[1],
        areas=tuple(AreaMove(area.id, *(one.areas.get(area.id) for one in stands)) for area in checklist.areas),
        differences=differences,
        same=sum(item.id not in differing for item in both),
    )


def still_corrected(later: Answers, marks: Iterable[tuple[Answers, frozenset[str]]]) -> frozenset[str]:
    """The items that were marked on the way to `later`, and whose answer is still what the correction made it.

    `marks` are the answers and marked items of each assessment after the earlier side, the later side included.
    """
    return frozenset(
        item
        for answers, marked in marks
        for item in marked
        if is_same_answer(answers.response(item), later.response(item))
    )


def standing(checklist: Checklist, side: Side) -> Standing:
    """What the answers give under this checklist; for a side of a newer one, what it was made with."""
    if side.stored is not None and is_newer(side.checklist, checklist.version):
        return side.stored
    seen = checklist.through_or_whole(side.lens)
    result = evaluate(seen, side.answers.within(seen))
    areas = {area.id: area.score for area in result.areas if area.score is not None}
    return Standing(result.score, result.level, areas)


def _differences(checklist: Checklist, before: Side, after: Side, corrected: frozenset[str]) -> tuple[Difference, ...]:
    changes = {change.item: change for change in difference(checklist, before.answers, after.answers)}
    found = []
    for item_id in (*checklist.order, *_elsewhere(checklist, before, after)):
        old, new = before.answers.response(item_id), after.answers.response(item_id)
        change = changes.get(item_id)
        group = _group(checklist, item_id, before, after, change is not None)
        if group == "practice" and item_id in corrected:
            group = "corrected"
        if group is not None:
            found.append(Difference(item_id, group, old, new, change.kind if change else None))
    return tuple(found)


def _elsewhere(checklist: Checklist, before: Side, after: Side) -> list[str]:
    """What was answered, and this checklist does not ask."""
    answered = (*before.answers.responses, *after.answers.responses)
    return sorted({item for item in answered if not checklist.has(item)})


def _group(checklist: Checklist, item_id: str, before: Side, after: Side, changed: bool) -> Group | None:
    old, new = before.answers.response(item_id), after.answers.response(item_id)
    if before.system != after.system:
        return "differs" if changed else None
    if _is_another_question(checklist, item_id, before, after):
        return "question"
    if changed:
        return "practice"
    return "expired" if _has_expired(before.day, old, after.day, new) else None


def _is_another_question(checklist: Checklist, item_id: str, before: Side, after: Side) -> bool:
    """Whether the item meant something else on one side, or was not asked there; two sides of one version agree.

    Only its last change is known. Where that came after the older side, an earlier one may lie between them: rather
    than calling it a change of practice, this says that the question changed.
    """
    answered = [_is_answered(side, item_id) for side in (before, after)]
    if not any(answered):
        return False
    of_one_version = before.checklist == after.checklist
    if not checklist.has(item_id):
        # Its words are not here, so that even a change of practice could not be told.
        old, new = (side.answers.response(item_id) for side in (before, after))
        return not of_one_version or not is_same_answer(old, new)
    older = after.checklist if is_newer(before.checklist, after.checklist) else before.checklist
    return not of_one_version and is_newer(checklist.item(item_id).changed_in, older)


def _has_expired(day: date, response: Response, other_day: date, other: Response) -> bool:
    """Whether links that counted on the earlier day do not count any more on the later one."""
    if other_day < day:
        return _has_expired(other_day, other, day, response)
    return response.is_shown_on(day) and bool(other.evidence) and not other.is_shown_on(other_day)


def _is_answered(side: Side, item_id: str) -> bool:
    return side.answers.response(item_id).state != "unanswered"
