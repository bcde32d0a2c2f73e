"""What goes into scoring (answers) and what comes out (a result), as frozen values with exact scores."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from checklist.model import WHOLE, Checklist

Choice = Literal["rated", "not-applicable", "unknown", "unanswered"]


@dataclass(frozen=True, slots=True)
class Response:
    """What a person chose for an item.

    "Don't know" and no answer yet are both unknown to scoring, and kept apart.
    `rating` is 1 to 5 exactly when `state` is "rated"; `reason` is set exactly when it is "not-applicable".
    `valid_until` is the last day on which the links in `evidence` count; without it they count for good.
    """

    state: Choice = "unanswered"
    rating: int | None = None
    reason: str | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()
    valid_until: date | None = None

    @classmethod
    def rated(
        cls, rating: int, note: str = "", evidence: tuple[str, ...] = (), valid_until: date | None = None
    ) -> "Response":
        return cls("rated", rating, None, note, evidence, valid_until)

    @classmethod
    def not_applicable(
        cls, reason: str, note: str = "", evidence: tuple[str, ...] = (), valid_until: date | None = None
    ) -> "Response":
        return cls("not-applicable", None, reason, note, evidence, valid_until)

    @classmethod
    def unknown(cls, note: str = "", evidence: tuple[str, ...] = (), valid_until: date | None = None) -> "Response":
        return cls("unknown", None, None, note, evidence, valid_until)

    def is_shown_on(self, day: date) -> bool:
        """Whether there are links that count on this day."""
        return bool(self.evidence) and (self.valid_until is None or day <= self.valid_until)


UNANSWERED = Response()


@dataclass(frozen=True, slots=True)
class Target:
    """The level aimed at: `overall` for every area that `areas` does not name; neither means one level up."""

    overall: int | None = None
    areas: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """One filling-in of the checklist. Items that `responses` does not name are unanswered.

    `failures` are the failure modes that hit production in the last six months; `accepted` the items whose
    risk somebody accepted; `health` maps a health question to "yes", "no" or "unsure".
    """

    responses: Mapping[str, Response] = field(default_factory=dict)
    failures: frozenset[str] = frozenset()
    target: Target = Target()
    health: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()

    def response(self, item_id: str) -> Response:
        return self.responses.get(item_id, UNANSWERED)

    def within(self, checklist: Checklist) -> "Answers":
        """Only what this checklist asks: answers from another lens or version are left out, not refused."""
        areas, failures = ({one.id for one in some} for some in (checklist.areas, checklist.failures))
        return replace(
            self,
            responses={item: response for item, response in self.responses.items() if checklist.has(item)},
            failures=self.failures & failures,
            target=Target(self.target.overall, {a: level for a, level in self.target.areas.items() if a in areas}),
            health={one.id: self.health[one.id] for one in checklist.health if one.id in self.health},
            accepted=frozenset(filter(checklist.has, self.accepted)),
        )


@dataclass(frozen=True, slots=True)
class Range:
    """What is still possible: every unknown item at 1 (`low`) or at 5 (`high`), with the levels of both."""

    low: Fraction
    high: Fraction
    low_level: int
    high_level: int


@dataclass(frozen=True, slots=True)
class AreaResult:
    """An area's score, None when none of its items is rated; coverage, None when none is applicable.

    `level` is the band the score lies in. In `range` the levels are those of the area's own ends.
    """

    id: str
    score: Fraction | None
    level: int | None
    rated: int
    applicable: int
    coverage: Fraction | None
    range: Range | None


@dataclass(frozen=True, slots=True)
class SummaryScore:
    """A summary line's mean over its rated items (None when none is rated) and how many are unknown."""

    id: str
    score: Fraction | None
    level: int | None
    unknown: int


@dataclass(frozen=True, slots=True)
class HealthResult:
    """The health check: score, high and level are None until all five questions are answered (`complete`)."""

    complete: bool
    score: Fraction | None
    high: Fraction | None
    level: int | None
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocker:
    """A prerequisite that is not met: the item, the rating it has to reach, and whether it is unknown."""

    item: str
    rating: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class Fix:
    """A gap in its order: from `rating` to `target`.

    `failures` are those that made it critical; `lifted_by` is the item that needs it first and lent it its
    priority. `gain` is the rise of the overall score when this item alone reaches its target; `effort` is in
    effort points.
    """

    item: str
    area: str
    priority: str
    rating: int
    target: int
    gain: Fraction
    effort: int
    blocked_by: tuple[Blocker, ...]
    failures: tuple[str, ...] = ()
    lifted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a set of answers means. Everything is None or empty that does not exist; nothing is rounded.

    `holders` are the areas that hold the level below the level of the score, weakest first (empty when none
    does); `thin_areas` those whose coverage is under the minimum; `absent_areas` those in which nothing is
    applicable; `target` is the one in force, every area named; `accepted` the gaps that `fixes` leaves out as
    accepted risks; `lens` is the id of the lens that the checklist was seen through.
    """

    checklist: str
    score: Fraction | None
    level: int | None
    level_of_score: int | None
    holders: tuple[str, ...]
    rated: int
    applicable: int
    coverage: Fraction | None
    provisional: bool
    thin_areas: tuple[str, ...]
    absent_areas: tuple[str, ...]
    range: Range | None
    areas: tuple[AreaResult, ...]
    summary: tuple[SummaryScore, ...]
    health: HealthResult
    target: Target
    fixes: tuple[Fix, ...]
    find_out: tuple[str, ...]
    not_applicable: tuple[str, ...]
    accepted: tuple[str, ...]
    anti_patterns: tuple[str, ...]
    lens: str = WHOLE

    @property
    def held_by(self) -> str | None:
        """The weakest of the areas that hold the level, None when none does."""
        return self.holders[0] if self.holders else None

    def area(self, area_id: str) -> AreaResult:
        return next(area for area in self.areas if area.id == area_id)
