"""The sentences about several people's answers: who says what, how far apart they are, and what then counts."""

from collections.abc import Mapping, Sequence

from checklist.model import Checklist
from scoring.agree import Disagreement, Person
from scoring.explain import response_words
from scoring.model import Response
from scoring.wording import counted, in_words, inside, listed

DOES_NOT_APPLY = "it does not apply"
# More people than this on one side and a sentence counts them.
NAMED = 2
SUBMITTING = "Once submitted, they count, and the others can see them."


def sentence(one: Disagreement, first: bool = False) -> str:
    """Who says what: "The on-call engineer says 2, the lead says 4."; `first` adds that this is where to begin."""
    people = [person for person, _ in one.choices]
    sides = _sides(one)
    told = [f"{_who(side, people)} {_verb(side)} {what}" for what, side in sides]
    said = _capital(", ".join(told))
    return f"{said}: talk about this first." if first else f"{said}."


def by_role(one: Disagreement) -> str:
    """The median of each role: "By role: lead 4, data scientist 3 (2 people)."; empty where there is none."""
    parts = [
        f"{inside(role.role)} {role.rating}" + (f" ({role.people} people)" if role.people > 1 else "")
        for role in one.by_role
    ]
    return f"By role: {', '.join(parts)}." if parts else ""


def finding(checklist: Checklist, found: Sequence[Disagreement]) -> str:
    """The finding of a result: "You disagree on 7 questions; the widest: Rollback (2 to 4)."; empty without one."""
    if not found:
        return ""
    widest = found[0]
    where = checklist.item(widest.item).name
    if not widest.spread:
        return f"You disagree on {_questions(found)}: whether {inside(where)} applies."
    apart = f"{where} ({widest.low} to {widest.high})"
    return f"You disagree on {_questions(found)}; the widest: {apart}."


def agreement(found: Sequence[Disagreement], people: int) -> str:
    """The page's first sentence about disagreement, for `people` who submitted."""
    if people < 2:
        return "Disagreement shows here as soon as two people have submitted."
    if not found:
        return f"{_capital(_people(people))} answered, and no two of them contradict each other."
    widest = max(one.spread for one in found)
    points = f"; at most {counted(widest, 'level')} apart" if widest else ""
    return f"{_capital(_people(people))} answered and disagree on {_questions(found)}{points}."


def closer(found: Sequence[Disagreement]) -> str:
    """The title over the disagreements that are not wide: "2 more, one level apart"."""
    kinds = {bool(one.spread): "one level apart" if one.spread else "about whether it applies" for one in found}
    return f"{len(found)} more, {' or '.join(kinds.values())}"


def counts_now(response: Response, people: int) -> str:
    """What the team's form says about a question that others have answered and nobody has decided."""
    how = "the answer of one person" if people == 1 else f"the median of {people} people"
    return f"Counts now: {response_words(response)}, {how}. An answer here decides instead."


def origin(agreed: Mapping[str, int]) -> str:
    """How much of a result is agreed, by item how many people that is; empty where nothing is."""
    if not agreed:
        return ""
    fewest, most = min(agreed.values()), max(agreed.values())
    answers = "One answer is" if len(agreed) == 1 else f"{len(agreed)} answers are"
    if most == 1:
        return f"{answers} one person's; nobody else has answered there."
    crowd = f"{most} people" if fewest == most else f"{fewest} to {most} people"
    return f"{answers} agreed: the median of {crowd}."


def agreed_by(people: int, apart: Disagreement | None) -> str:
    """Where an agreed answer comes from: "The median of three people, who say 2 to 4."; `apart` if they disagree."""
    if people == 1:
        return "The answer of one person."
    crowd = _people(people)
    if apart is None:
        return f"{_capital(crowd)} answered, and no two of them contradict each other."
    if apart.agreed.state == "not-applicable":
        return f"{_capital(crowd)} answered, and more than half of them say so."
    return f"The median of {crowd}, who say {_reach(apart)}."


def decided_by_the_team(apart: Disagreement) -> str:
    """Where an answer comes from on which people disagreed and the team decided."""
    return f"Decided together; {_people(len(apart.choices))} had said {_reach(apart)}."


def open_questions(unanswered: int, total: int) -> str:
    """What submitting means while questions are open."""
    if not unanswered:
        return f"All {total} questions are answered."
    stay = "One question stays open" if unanswered == 1 else f"{unanswered} questions stay open"
    return f"{stay}; your answers count where you gave one."


def waiting(names: Sequence[str]) -> str:
    """Whose answers do not count yet: "Ana and Ben have not submitted; their answers do not count yet."."""
    if not names:
        return ""
    named = listed(names) if len(names) <= NAMED + 1 else f"{len(names)} people"
    return f"{named} {'has' if len(names) == 1 else 'have'} not submitted; what they answered does not count yet."


def decided(count: int, total: int) -> str:
    """How a meeting ended."""
    if not total:
        return "There is nothing to decide."
    if count == total:
        return "You decided the one question." if total == 1 else f"You decided all {in_words(total)} questions."
    return f"You decided {in_words(count)} of {in_words(total)} questions. The rest keeps the agreed answer."


def spoken(response: Response) -> str:
    """What somebody chose, inside a sentence."""
    if response.rating is not None:
        return str(response.rating)
    return DOES_NOT_APPLY if response.state == "not-applicable" else "they don’t know"


def _reach(apart: Disagreement) -> str:
    """From where to where ratings go, and whether somebody says that the question does not apply."""
    ratings = str(apart.low) if not apart.spread else f"{apart.low} to {apart.high}"
    aside = any(response.state == "not-applicable" for _, response in apart.choices)
    return f"{ratings} or that {DOES_NOT_APPLY}" if aside else ratings


def _sides(one: Disagreement) -> list[tuple[str, list[Person]]]:
    """The low end, the high end, and those for whom the item does not apply; who does not know takes no side."""
    sides: list[tuple[str, list[Person]]] = []
    for rating in dict.fromkeys((one.low, one.high)):
        sides.append((str(rating), [person for person, response in one.choices if response.rating == rating]))
    aside = [person for person, response in one.choices if response.state == "not-applicable"]
    return [*sides, (DOES_NOT_APPLY, aside)] if aside else sides


def _who(side: Sequence[Person], everybody: Sequence[Person]) -> str:
    """A single person by role where nobody else has it, else by name; more than a few are counted."""
    if len(side) > NAMED:
        return _people(len(side))
    return listed([_called(person, everybody) for person in side])


def _called(person: Person, everybody: Sequence[Person]) -> str:
    alike = [one for one in everybody if one.role.casefold() == person.role.casefold()]
    return f"the {inside(person.role)}" if person.role and len(alike) == 1 else person.name


def _verb(side: Sequence[Person]) -> str:
    return "says" if len(side) == 1 else "say"


def _people(count: int) -> str:
    return f"{in_words(count)} people" if count != 1 else "one person"


def _questions(found: Sequence[Disagreement]) -> str:
    return counted(len(found), "question")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
