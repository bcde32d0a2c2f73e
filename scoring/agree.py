"""What several people's answers come to: the one they agree on, and where they disagree, the widest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checklist.model import NOT_APPLICABLE_REASONS, Checklist
from scoring.model import UNANSWERED, Response

# As much as one response may hold; what does not fit stays with the person who wrote it.
NOTE_LENGTH = 10_000
LINKS = 50
# From so many answers on it tells something to look at them by role.
ENOUGH_FOR_ROLES = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who answered; `role` may be empty."""

    id: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class RoleMedian:
    """What a role says: the median of its ratings, and how many people that is."""

    role: str
    rating: int
    people: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An item that people answered differently.

    `choices` are all who answered it, in the order in which they were named. `low` and `high` are the ends of the
    ratings, None when nobody rated. `agreed` is what counts unless somebody decides otherwise. `by_role` is empty
    unless three or more answered and more than one role rated.
    """

    item: str
    choices: tuple[tuple[Person, Response], ...]
    low: int | None
    high: int | None
    agreed: Response
    by_role: tuple[RoleMedian, ...] = ()

    @property
    def spread(self) -> int:
        """How far the ratings lie apart, 0 to 4; 0 when people only disagree whether the item applies."""
        return 0 if self.low is None or self.high is None else self.high - self.low

    @property
    def apart(self) -> int:
        """How many people said something else than what counts."""
        return sum(_gist(response) != _gist(self.agreed) for _, response in self.choices)


Answered = Mapping[Person, Mapping[str, Response]]


def agreed(responses: Iterable[Response]) -> Response:
    """The answer that stands for several, with their notes and links: the median rating, of two middle ones the lower.

    Not applicable when more than half of those who answered say so; "don't know" when nobody rated; unanswered when
    nobody answered.
    """
    given = [response for response in responses if response.state != "unanswered"]
    if not given:
        return UNANSWERED
    aside = [response.reason for response in given if response.state == "not-applicable"]
    ratings = [response.rating for response in given if response.rating is not None]
    note, evidence = _notes(given), _links(given)
    if 2 * len(aside) > len(given):
        return Response.not_applicable(max(NOT_APPLICABLE_REASONS, key=aside.count), note, evidence)
    return Response.rated(median(ratings), note, evidence) if ratings else Response.unknown(note, evidence)


def median(ratings: Sequence[int]) -> int:
    """The middle one; of two middle ones the lower, so that nobody's doubt is averaged away."""
    return sorted(ratings)[(len(ratings) - 1) // 2]


def disagreements(checklist: Checklist, answered: Answered) -> tuple[Disagreement, ...]:
    """Where ratings differ, or somebody rated what does not apply for another: widest first, then most people."""
    found = [
        one for item in checklist.items if (one := _disagreement(item.id, _choices(answered, item.id))) is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.spread, -one.apart, checklist.order[one.item])))


def _choices(answered: Answered, item: str) -> tuple[tuple[Person, Response], ...]:
    given = ((person, responses.get(item, UNANSWERED)) for person, responses in answered.items())
    return tuple((person, response) for person, response in given if response.state != "unanswered")


def _disagreement(item: str, choices: tuple[tuple[Person, Response], ...]) -> Disagreement | None:
    ratings = [response.rating for _, response in choices if response.rating is not None]
    aside = any(response.state == "not-applicable" for _, response in choices)
    if not ratings or (min(ratings) == max(ratings) and not aside):
        return None
    together = agreed(response for _, response in choices)
    return Disagreement(item, choices, min(ratings), max(ratings), together, _by_role(choices))


def _by_role(choices: Sequence[tuple[Person, Response]]) -> tuple[RoleMedian, ...]:
    if len(choices) < ENOUGH_FOR_ROLES:
        return ()
    roles: dict[str, list[int]] = {}
    for person, response in choices:
        if person.role and response.rating is not None:
            roles.setdefault(person.role, []).append(response.rating)
    medians = tuple(RoleMedian(role, median(ratings), len(ratings)) for role, ratings in roles.items())
    return medians if len(medians) > 1 else ()


def _gist(response: Response) -> tuple[str, int | None]:
    return response.state, response.rating


def _notes(responses: Iterable[Response]) -> str:
    """The different notes, one below the other."""
    kept = ""
    for note in dict.fromkeys(response.note for response in responses if response.note):
        longer = f"{kept}\n{note}" if kept else note
        kept = longer if len(longer) <= NOTE_LENGTH else kept
    return kept


def _links(responses: Iterable[Response]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link for response in responses for link in response.evidence))[:LINKS]
