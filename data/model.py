"""What the store hands out: plain frozen values, read-only as the database held them at that moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal

from checklist.model import WHOLE
from scoring.model import Response, Target

Status = Literal["draft", "milestone", "void", "discarded"]
FixStage = Literal["open", "doing", "done", "accepted"]
FIX_STAGES: tuple[FixStage, ...] = ("open", "doing", "done", "accepted")
RHYTHM_DAYS = 90
OVERALL = "overall"
HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A team's space."""

    id: str
    name: str
    created_at: datetime
    archived_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class System:
    """An ML system that is assessed.

    `rhythm_days` is how many days may pass between two milestones before a new assessment is due; 0 for no rhythm.
    """

    id: str
    workspace: str
    name: str
    about: str
    created_at: datetime
    archived_at: datetime | None = None
    deleted_at: datetime | None = None
    tags: tuple[str, ...] = ()
    owner: str = ""
    rhythm_days: int = RHYTHM_DAYS


@dataclass(frozen=True, slots=True)
class Assessment:
    """One filling-in of the checklist: a draft, or (with a name and `made_at`) a milestone.

    `accepted` are the items whose risk was accepted when the milestone was made; empty for a draft. `lens` is the id
    of the lens it is made through; content may have lost that lens since.
    """

    id: str
    system: str
    status: Status
    checklist: str
    name: str
    target: Target
    failures: frozenset[str]
    accepted: frozenset[str]
    started_at: datetime
    started_by: str
    made_at: datetime | None = None
    made_by: str | None = None
    lens: str = WHOLE

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"


@dataclass(frozen=True, slots=True)
class Saved:
    """A response as stored: `version` counts from 1; hand it back as `expected` to change it."""

    response: Response
    version: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who answers an assessment: `answered` counts their answers, which count once `submitted_at` is set.

    `subject` says whose own form it is: that of an account by its e-mail address, or of who came through a link.
    """

    id: str
    assessment: str
    name: str
    role: str
    created_at: datetime
    submitted_at: datetime | None = None
    removed_at: datetime | None = None
    answered: int = 0
    subject: str | None = None

    @property
    def has_submitted(self) -> bool:
        return self.submitted_at is not None

    def is_open_to(self, subject: str) -> bool:
        """Whether this is the form of nobody in particular, or of this one."""
        return self.subject is None or self.subject == subject


@dataclass(frozen=True, slots=True)
class FixState:
    """What a team does about a fix. Change it with `dataclasses.replace` and save it: `version` goes along.

    `reason` and `review` (the date to look again) belong to an accepted risk. Version 0 was never saved.
    `done_at` is when it was marked done, None in any other state; the store keeps it.
    """

    owner: str = ""
    due: date | None = None
    state: FixStage = "open"
    reason: str = ""
    review: date | None = None
    version: int = 0
    author: str = ""
    at: datetime | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One score of one milestone; `part` is an area's id, "overall" or "health"."""

    assessment: str
    name: str
    at: datetime
    checklist: str
    part: str
    score: Fraction
    level: int
    coverage: Fraction | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a badge shows of a system; without a level its newest milestone has the health check only."""

    level: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Latest:
    """Where a system stands: its newest milestone. Scores are None where they do not exist.

    `areas` maps an area's id to its score; `recent` holds the last overall scores, oldest first.
    """

    system: str
    system_name: str
    assessment: str
    assessment_name: str
    at: datetime
    level: int | None
    score: Fraction | None
    coverage: Fraction | None
    provisional: bool
    health: Fraction | None
    health_level: int | None
    areas: Mapping[str, Fraction] = field(default_factory=dict)
    recent: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what when; `before` and `after` are plain JSON values."""

    id: str
    at: datetime
    actor: str
    role: str
    event: str
    subject: str
    workspace: str
    system: str | None
    assessment: str | None
    before: Any
    after: Any
    via: str | None = None
    """The link or token that it was done through, as `link ID` or `token ID`, and how people named that."""
    via_name: str | None = None
    system_name: str | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """How large the store is: rows per table, bytes on disk (0 in memory); when it was last copied beside itself.

    `path` holds no password; `no_copy` says why `backup` is not for this database, "" when it is.
    """

    path: str
    bytes: int
    counts: Mapping[str, int]
    no_copy: str = ""
    backed_up_at: datetime | None = None
