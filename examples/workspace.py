"""Where a workspace gets its example systems: stories told to a store, dated back from a given day."""

from collections.abc import Sequence
from datetime import date

from access.actors import Actor
from checklist.loader import the_checklist
from checklist.model import Checklist
from data.errors import NameTaken
from data.model import Assessment, System
from data.store import Store, as_of
from examples.stories import EXAMPLES, Colleague, Step, Story, story


def fill(store: Store, actor: Actor, workspace_id: str, today: date, which: Sequence[str] | None = None) -> list[str]:
    """Add the example systems (all of `EXAMPLES`, or `which` of them) and return their ids in that order.

    Milestones are dated back from `today`, which must not lie in the future. What the workspace holds stays
    as it is: where a name is taken, the new system is called "Churn model (example)", then "(example 2)".
    `UnknownExample` before anything is written; else what the store raises.
    """
    checklist = the_checklist()
    stories = [story(example, checklist) for example in (EXAMPLES if which is None else which)]
    return [_add(store, actor, workspace_id, today, checklist, told) for told in stories]


def _add(store: Store, actor: Actor, workspace_id: str, today: date, checklist: Checklist, told: Story) -> str:
    """The system as if each step had been written down on its day."""
    first, last = (milestone.made_at(today) for milestone in (told.milestones[0], told.milestones[-1]))
    system = _create(as_of(store, first), actor, workspace_id, told)
    for milestone in told.milestones:
        moment = milestone.made_at(today)
        then = as_of(store, moment)
        draft = _write(then, actor, system, checklist, milestone.step, moment.date())
        if moment == last:
            # Only now: the newest result leaves out the accepted risks, the older ones never knew of them.
            _plan(store, actor, system, today, told)
        then.milestones.make(actor, draft.id, milestone.title(today), checklist, made_at=moment)
        for item in milestone.step.corrected:
            then.corrections.mark(actor, draft.id, item)
    if told.draft is not None:
        draft = _write(store, actor, system, checklist, told.draft, today)
        for colleague in told.people:
            _ask(store, actor, draft, colleague)
    return system.id


def _ask(store: Store, actor: Actor, draft: Assessment, colleague: Colleague) -> None:
    """Somebody answers the draft alone."""
    person = store.respondents.add(actor, draft.id, colleague.name, colleague.role).id
    store.responses.save_many(actor, draft.id, colleague.responses, respondent=person)
    if colleague.has_submitted:
        store.respondents.submit(actor, person)


def _create(store: Store, actor: Actor, workspace_id: str, told: Story) -> System:
    """The system under the first name that is free."""
    copies = 0
    while True:
        try:
            made = store.systems.create(actor, workspace_id, _name(told, copies), told.about)
        except NameTaken:
            copies += 1
        else:
            return store.systems.edit(actor, made.id, tags=told.tags, owner=told.owner, rhythm_days=told.rhythm_days)


def _name(told: Story, copies: int) -> str:
    if not copies:
        return told.name
    return f"{told.name} (example)" if copies == 1 else f"{told.name} (example {copies})"


def _write(store: Store, actor: Actor, system: System, checklist: Checklist, step: Step, day: date) -> Assessment:
    """A draft with everything of the last milestone and what the step changes."""
    draft = store.assessments.start(actor, system.id, checklist.version, from_milestone=True)
    if step.responses:
        store.responses.save_many(actor, draft.id, step.on(day))
    for question, choice in step.health.items():
        store.responses.save_health(actor, draft.id, question, choice)
    if step.failures is not None:
        store.assessments.set_failures(actor, draft.id, step.failures)
    if step.target is not None:
        store.assessments.set_target(actor, draft.id, step.target)
    return draft


def _plan(store: Store, actor: Actor, system: System, today: date, told: Story) -> None:
    last = told.milestones[-1].made_at(today)
    for item, plan in told.plans.items():
        as_of(store, plan.marked_at(today, last)).fixes.save(actor, system.id, item, plan.on(today))
