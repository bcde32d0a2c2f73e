"""What pages ask for about the people who answer an assessment: who they are, what they agree on, where they differ."""

from collections.abc import Callable, Mapping

from checklist.model import Checklist
from data import people as people_in_store
from data.model import Assessment, Respondent, Saved
from scoring import agree, voices
from scoring.agree import Disagreement, Person
from ui import services, visits


def people(assessment_id: str) -> list[Respondent]:
    """Who answers it, in the order in which they were added."""
    return services.open_the_store().respondents.all(services.actor(), assessment_id)


def names(assessment_id: str) -> list[str]:
    return [one.name for one in people(assessment_id)]


def person(respondent_id: str) -> Respondent:
    return services.open_the_store().respondents.get(services.actor(), respondent_id)


def change(verb: str, *arguments: str) -> Respondent:
    """`verb` is one of add, rename, remove, restore, submit, reopen."""
    change_it: Callable[..., Respondent] = getattr(services.open_the_store().respondents, verb)
    return change_it(services.actor(), *arguments)


def answer_myself(assessment_id: str) -> Respondent:
    """The form of who asks, under their own name: theirs alone until they submit it."""
    me = services.actor()
    return services.open_the_store().respondents.add(me, assessment_id, me.name, myself=True)


def basis(checklist: Checklist, assessment: Assessment) -> Mapping[str, int]:
    """The items that are asked and whose answer is what people agree on, each with how many answered it."""
    agreed = services.open_the_store().respondents.basis(services.actor(), assessment.id)
    return {item: people for item, people in agreed.items() if checklist.has(item)}


def submitted(assessment_id: str) -> Mapping[Respondent, Mapping[str, Saved]]:
    """The answers of everybody who has submitted."""
    return services.open_the_store().respondents.answers_of_submitted(services.actor(), assessment_id)


def disagreements(checklist: Checklist, assessment: Assessment) -> tuple[Disagreement, ...]:
    """Where those who submitted disagree, the widest first; also on what the team has decided since."""
    answered = {
        Person(one.id, one.name, one.role): {item: saved.response for item, saved in answers.items()}
        for one, answers in submitted(assessment.id).items()
    }
    return agree.disagreements(checklist, answered) if len(answered) > 1 else ()


def origins(checklist: Checklist, assessment: Assessment) -> Mapping[str, str]:
    """Where the answers come from that several people gave: agreed by how many and how far apart, or decided.

    Who came through a link to look does not learn how far colleagues lie apart.
    """
    apart = {one.item: one for one in visits.if_seen(lambda: disagreements(checklist, assessment)) or ()}
    agreed = basis(checklist, assessment)
    together = {item: voices.agreed_by(people, apart.get(item)) for item, people in agreed.items()}
    return {item: voices.decided_by_the_team(one) for item, one in apart.items()} | together


def before(system_id: str, assessment: Assessment) -> list[Respondent]:
    """Who answered the last milestone and does not answer this assessment yet."""
    last = next(iter(services.milestones(system_id)), None)
    if last is None or not assessment.is_draft:
        return []
    here = {one.name.casefold() for one in people(assessment.id)}
    return [one for one in people(last.id) if one.name.casefold() not in here]


def is_decided(assessment: Assessment, saved: Saved | None) -> bool:
    """Whether the team has answered this in this assessment."""
    return people_in_store.is_decided(saved, assessment)
