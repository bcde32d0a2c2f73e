"""Where do I find the words that every format of a report shares? Here, beside those of `scoring.explain`."""

from checklist.model import Item
from reports.document import FixState, day
from scoring.explain import REASONS
from scoring.model import Response

PRODUCT = "MLOps Checkup"
WORK = {"open": "Open", "doing": "In progress", "done": "Done", "accepted": "Risk accepted"}
HEALTH = {"yes": "Yes", "no": "No", "unsure": "Not sure"}


def chosen(item: Item, response: Response) -> str:
    """What was answered, as a sentence."""
    if response.rating is not None:
        return item.answer(response.rating)
    if response.state == "not-applicable":
        reason = response.reason or "other"
        return f"Not applicable: {REASONS.get(reason, reason)}."
    return "Don’t know." if response.state == "unknown" else "Not answered yet."


def to_target(response: Response, target: int | None, accepted: bool) -> str:
    """How far a rated item is from its target, in a few words; empty where there is nothing to say."""
    if response.rating is None or target is None:
        return ""
    below = target - response.rating
    if below <= 0:
        return "At target" if below == 0 else "Above target"
    return f"{below} below target" + (", accepted" if accepted else "")


def person(name: str, role: str) -> str:
    """Somebody by name and role: "Ana Costa (lead)"."""
    return f"{name} ({role})" if role.strip() else name


def work(state: FixState) -> tuple[str, ...]:
    """Who does a fix, until when and how far it is; only what is known."""
    due = f"Due {day(state.due)}" if state.due else ""
    review = f"Review {day(state.review)}" if state.review else ""
    return tuple(part for part in (state.owner, due, WORK[state.state], state.reason, review) if part)
