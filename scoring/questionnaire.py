"""The words of the questionnaire that is filled in outside the app: sheets, heads, choices, and what they mean."""

from collections.abc import Mapping
from typing import NamedTuple

from checklist.model import HEALTH_CHOICES, NOT_APPLICABLE_REASONS, RATINGS, Checklist
from scoring.explain import REASONS

# Heads of the columns in which somebody writes, and of the one by which a row is known again.
ID = "Id"
VALUE, RATING, NOTE, EVIDENCE, UNTIL = (
    "Your entry",
    "Rating",
    "Note",
    "Evidence, a link a line",
    "Evidence counts until",
)
HEALTH, HAPPENED = "Your answer", "Happened"
START, HEALTH_SHEET, FAILURES_SHEET = "Start here", "Health check", "Failures"
# Rows of the first sheet by their id; a target of an area is "target-" and the area's id.
SYSTEM, CHECKLIST, LENS, TARGET = "system", "checklist", "lens", "target"
RULE = (
    "Choose the highest answer of which every part is true today. Part of an answer does not count: then choose the "
    "one before it. Answer for how the work happens now, not for plans."
)
UNKNOWN = "Don’t know"
NOT_APPLICABLE = "Not applicable"
YES = "Yes"
HEALTH_WORDS = dict(zip(("Yes", "No", "Not sure"), HEALTH_CHOICES, strict=True))


class Choice(NamedTuple):
    """What somebody chose for an item, as an answers file has it: one key with its value."""

    key: str
    value: int | str


def choices() -> Mapping[str, Choice]:
    """All that may stand under `RATING`, in the order of the drop-down."""
    reasons = {f"{NOT_APPLICABLE}: {REASONS[reason]}": reason for reason in NOT_APPLICABLE_REASONS}
    return {
        **{str(rating): Choice("rating", rating) for rating in RATINGS},
        UNKNOWN: Choice("rating", "unknown"),
        **{words: Choice("not_applicable", reason) for words, reason in reasons.items()},
    }


def area_target(area_id: str) -> str:
    """The id of the row in which an area's own target is written."""
    return f"{TARGET}-{area_id}"


def instructions(checklist: Checklist) -> tuple[str, ...]:
    """How the questionnaire is filled in, one sentence a line; the same in the workbook and on paper."""
    return (
        RULE,
        f"“{UNKNOWN}” is an answer, and never counted as a “no”.",
        f"“{NOT_APPLICABLE}” needs its reason: {', '.join(REASONS[reason] for reason in NOT_APPLICABLE_REASONS)}.",
        "A note says what you saw and where; evidence is a link to it.",
        f"This is checklist {checklist.version}, seen through the lens “{checklist.lens.name}”.",
    )
