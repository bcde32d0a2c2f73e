"""Where do I find what a report may show? In `Report`: everything an export reads, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from checklist.model import Checklist
from kits.model import Catalogue, Kit
from reports.parts import Choice
from scoring.agree import Disagreement
from scoring.model import Answers, Fix, Result
from scoring.path import NoPath, Path
from scoring.trend import Point

WorkState = Literal["open", "doing", "done", "accepted"]
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FixState:
    """What people agreed about a fix; for an accepted risk also why, and when to look at it again."""

    owner: str = ""
    due: date | None = None
    state: WorkState = "open"
    reason: str = ""
    review: date | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who answered: name and role are plain text, the role may be empty."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything an export may show about one assessment; an export is a function from a report to bytes.

    `milestone` is None for a draft. `date` is the day the assessment stands for, `generated_at` the moment of
    this export; both are aware and passed in, so the same report gives the same bytes. `history` is in order
    of time and may end with this assessment. `fix_states` is by item id, and so is `origins`: a sentence about
    each answer that several people gave. `path` is the cheapest one to the target, or why there is none. `kits`
    are those that fixes may name. Who came through a link gets neither `participants` nor `disagreements`. Names
    and notes are plain text.
    """

    system: str
    workspace: str
    milestone: str | None
    date: datetime
    checklist: Checklist
    answers: Answers
    result: Result
    generated_at: datetime
    app_version: str
    history: tuple[Point, ...] = ()
    fix_states: Mapping[str, FixState] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    participants: tuple[Participant, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    path: Path | NoPath | None = None
    kits: Catalogue = field(default_factory=Catalogue)
    choice: Choice = field(default_factory=Choice)

    def __post_init__(self) -> None:
        for name in ("date", "generated_at"):
            if getattr(self, name).tzinfo is None:
                raise ValueError(f"The report's {name} has no time zone; pass an aware datetime.")

    @property
    def edition(self) -> str:
        """The milestone's name, or "Draft"."""
        return self.milestone if self.milestone is not None else "Draft"

    def fix_state(self, item_id: str) -> FixState:
        return self.fix_states.get(item_id, FixState())

    def kits_for(self, fix: Fix) -> tuple[Kit, ...]:
        """The starter kits that bring the fix's item above where it stands, the highest first."""
        return self.kits.kits_for(fix.item, above=fix.rating)


def day(moment: date) -> str:
    """A date for reading, the same in every locale: "22 November 2026"; day and month stay on one line."""
    return f"{moment.day}\u00a0{MONTHS[moment.month - 1]} {moment.year}"


def minute(moment: datetime) -> str:
    """A moment for reading, with its zone: "22 November 2026, 09:05 UTC"."""
    return f"{day(moment)}, {moment:%H:%M} {moment.tzname()}"
