"""What is due again, and how a system moved: the rules about coming back and their sentences, for a given day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

from scoring.wording import counted, number

Direction = Literal["up", "level", "down"]
ARROWS: Mapping[Direction, str] = {"up": "↑", "level": "→", "down": "↓"}
DAYS_IN_MONTH = 30
# From here on a count of days says less than a count of months.
DAYS_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Move:
    """How far the newest score lies from that of the milestone before; `direction` says which way."""

    direction: Direction
    distance: Fraction


def move(scores: Iterable[Fraction]) -> Move | None:
    """The last step of these scores, oldest first; None where there are fewer than two."""
    last = tuple(scores)[-2:]
    if len(last) < 2:
        return None
    before, after = last
    return Move("up" if after > before else "down" if after < before else "level", abs(after - before))


def due_on(last: date, rhythm_days: int) -> date | None:
    """The day on which the next assessment is due; None without a rhythm."""
    return last + timedelta(days=rhythm_days) if rhythm_days > 0 else None


def overdue_since(last: date, rhythm_days: int, today: date) -> date | None:
    """The day on which the next assessment was due, once more days than the rhythm have passed."""
    due = due_on(last, rhythm_days)
    return due if due is not None and due < today else None


def to_rate_again(done_at: Mapping[str, datetime], answered_at: Mapping[str, datetime]) -> tuple[str, ...]:
    """The items whose fix was marked done after they were last answered or confirmed, longest waiting first."""
    waiting = [item for item, done in done_at.items() if item not in answered_at or answered_at[item] <= done]
    return tuple(sorted(waiting, key=lambda item: (done_at[item], item)))


def to_go(asked: Iterable[str], answered_at: Mapping[str, datetime], started: datetime) -> tuple[str, ...]:
    """The questions that nobody has answered or confirmed since a draft was started."""
    return tuple(item for item in asked if item not in answered_at or answered_at[item] < started)


def to_look_at_again(reviews: Mapping[str, date], today: date) -> tuple[str, ...]:
    """The accepted risks whose review date has come, earliest first."""
    return tuple(sorted((item for item, review in reviews.items() if review <= today), key=lambda i: (reviews[i], i)))


# In words


def day_words(day: date, today: date) -> str:
    """A day, with its year where that is not this one: "8 March", "8 March 2025"."""
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def age_words(last: date, today: date) -> str:
    """How old something is: "today", "12 days", "5 months"."""
    days = max(0, (today - last).days)
    if not days:
        return "today"
    return counted(days, "day") if days < DAYS_LIMIT else counted(days // DAYS_IN_MONTH, "month")


def due_words(since: date, today: date) -> str:
    """Beside an age: "due since 8 March"."""
    return f"due since {day_words(since, today)}"


def overdue_sentence(last: date, rhythm_days: int, today: date) -> str:
    """That a new assessment is due, and why; empty while it is not."""
    since = overdue_since(last, rhythm_days, today)
    if since is None:
        return ""
    passed = counted((today - last).days, "day")
    return (
        f"A new assessment has been due since {day_words(since, today)}: the last one is {passed} old, "
        f"and this system is looked at every {counted(rhythm_days, 'day') if rhythm_days > 1 else 'day'}."
    )


def move_words(step: Move) -> str:
    """A move said in full: "up 0.25 against the milestone before"."""
    if step.direction == "level":
        return "unchanged against the milestone before"
    return f"{step.direction} {_distance(step)} against the milestone before"


def move_sign(step: Move) -> str:
    """A move as an arrow and its number: "↑ 0.25", "→ 0"."""
    return f"{ARROWS[step.direction]} {_distance(step)}"


def carried_sentence(carried: Iterable[date], answered: int, today: date) -> str:
    """How many answers of a draft nobody has confirmed: "31 of 41 answers are from 12 March"; empty for none."""
    days = sorted(carried)
    if not days:
        return ""
    earlier = " or earlier" if days[0] != days[-1] else ""
    which = f"{len(days)} of {counted(answered, 'answer')}"
    return f"{which} {_are(len(days))} from {day_words(days[-1], today)}{earlier} and not confirmed yet."


def counts_sentence(milestone: str, to_go: int) -> str:
    """Which assessment the home page shows while a draft follows this milestone."""
    if not to_go:
        return "Every question is answered or confirmed, so the home page shows this draft."
    which = "one more question is" if to_go == 1 else f"{to_go} more questions are"
    return f"The home page shows milestone “{milestone}” until {which} answered or confirmed here."


def remaining_words(carried: int) -> str:
    """What is left to confirm: "31 still to confirm", "all confirmed"."""
    return f"{carried} still to confirm" if carried else "all confirmed"


def section_sentence(carried: int, answered: int) -> str:
    """How much of a section is still from the last assessment."""
    if not carried:
        return "Nothing here is left from the last assessment."
    if carried == answered == 1:
        return "This answer is from the last assessment. Is it still true?"
    if carried == answered:
        return f"All {answered} answers are from the last assessment. Are they still true?"
    return f"{carried} of {answered} answers {_are(carried)} from the last assessment. Still true?"


def rate_again_sentence(done: date, today: date) -> str:
    """What an item asks for whose fix is done: "Fix marked done on 3 May: rate it again."."""
    return f"Fix marked done on {day_words(done, today)}: rate it again."


def rated_again_sentence(done: date, today: date) -> str:
    """The same once it was rated."""
    return f"Fix marked done on {day_words(done, today)}, rated again since."


def review_sentence(review: date, today: date) -> str:
    """When an accepted risk was to be looked at again."""
    if review == today:
        return "To look at again today."
    return f"To look at again since {day_words(review, today)}."


def waiting_words(again: int, reviews: int) -> str:
    """What waits beside the next step: "2 fixes to rate again, 1 risk to look at again"; empty for nothing."""
    parts = [f"{counted(again, 'fix') if again == 1 else f'{again} fixes'} to rate again"] if again else []
    parts += [f"{counted(reviews, 'risk')} to look at again"] if reviews else []
    return ", ".join(parts)


def rhythm_words(rhythm_days: int) -> str:
    """A rhythm: "every 90 days", "every day", "no rhythm"."""
    if rhythm_days <= 0:
        return "no rhythm"
    return "every day" if rhythm_days == 1 else f"every {rhythm_days} days"


def _distance(step: Move) -> str:
    shown = number(step.distance)
    return "under 0.01" if shown == "0" and step.distance else shown


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
