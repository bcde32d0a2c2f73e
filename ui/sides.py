"""Which two assessments are compared: what the address names, what else may be chosen, and both as sides."""

from dataclasses import dataclass
from datetime import UTC, datetime

from checklist.model import is_newer
from data.errors import StoreError
from data.model import HEALTH, OVERALL, Assessment, System
from scoring.compare import Comparison, Side, Standing, compare, still_corrected
from ui import services, state, widgets

DRAFT = "Draft"
# A draft is later than every milestone.
TODAY = datetime.max.replace(tzinfo=UTC)
# What an entry of a menu begins with that names a system instead of an assessment.
SYSTEM = "system:"


@dataclass(frozen=True, slots=True)
class One:
    """An assessment and the system it is of."""

    system: System
    assessment: Assessment

    @property
    def name(self) -> str:
        return DRAFT if self.assessment.is_draft else self.assessment.name

    @property
    def when(self) -> datetime:
        return self.assessment.made_at or TODAY


def all_of(system: System) -> list[One]:
    """The draft and the milestones of a system, newest first."""
    draft = services.draft(system.id)
    return [One(system, one) for one in ([draft] if draft else []) + services.milestones(system.id)]


def other(here: One) -> One | None:
    """The left side: the one that the address names, else the assessment before this one, else any other.

    None where there is nothing else; `StoreError` with a sentence where the address names what is not there.
    """
    named = state.parameter("with")
    if named is None:
        return other_by_default(here)
    found = services.assessment(named)
    system = services.system(found.system)
    if found.status == "void" or system.workspace != here.system.workspace:
        raise StoreError("The other assessment was deleted, or belongs to another workspace; choose another one.")
    return One(system, found)


def other_by_default(here: One) -> One | None:
    """The assessment before this one, else any other of the system, None where there is none."""
    known = all_of(here.system)
    place = next(place for place, one in enumerate(known) if one.assessment.id == here.assessment.id)
    return next(iter((*known[place + 1 :], *known[:place])), None)


def left_choices(here: One, left: One | None) -> dict[str, str]:
    """What the left menu offers, by its words: assessments of both systems, then the other systems."""
    taken = {here.assessment.id, left.assessment.id if left else ""}
    systems = [here.system, *([left.system] if left and left.system.id != here.system.id else [])]
    found = {one.assessment.id: _words(here, one) for system in systems for one in all_of(system)}
    named = {system.id for system in systems}
    others = [system for system in services.systems(here.system.workspace) if system.id not in named]
    return {one: words for one, words in found.items() if one not in taken} | {
        f"{SYSTEM}{system.id}": f"{system.name}: newest" for system in others
    }


def right_choices(here: One, left: One | None) -> dict[str, str]:
    """What the right menu offers: the other assessments of the open system."""
    taken = {here.assessment.id, left.assessment.id if left else ""}
    return {one.assessment.id: _words(here, one) for one in all_of(here.system) if one.assessment.id not in taken}


def chosen_left(entry: str) -> str | None:
    """The assessment that an entry of the left menu stands for; None for a system without one."""
    if not entry.startswith(SYSTEM):
        return entry
    newest = services.newest(entry.removeprefix(SYSTEM))
    return newest.id if newest else None


def words(here: One, one: One | None) -> str:
    """A side on its menu."""
    return _words(here, one) if one else "Choose"


def _words(here: One, one: One) -> str:
    made = one.assessment.made_at
    said = f"{one.name} ({widgets.day(made)})" if made else one.name
    return said if one.system.id == here.system.id else f"{one.system.name}: {said}"


def compared(left: One, right: One) -> Comparison:
    """Both sides under the present checklist, and what differs between them."""
    marked = _marked(left, right) if left.system.id == right.system.id else frozenset()
    return compare(services.checklist(), _side(left), _side(right), marked)


def _side(one: One) -> Side:
    version = services.checklist().version
    made_with = one.assessment.checklist
    if one.assessment.is_draft and not is_newer(made_with, version):
        # Whatever it was begun with, it is asked and will be kept with the present one.
        made_with = version
    return Side(
        system=one.system.id,
        system_name=one.system.name,
        name=one.name,
        answers=services.all_answers(one.assessment.id),
        checklist=made_with,
        day=one.when.astimezone(state.time_zone()).date() if one.assessment.made_at else widgets.today(),
        stored=stored(one.assessment) if is_newer(made_with, version) and not one.assessment.is_draft else None,
        lens=one.assessment.lens,
    )


def stored(milestone: Assessment) -> Standing:
    """Where a milestone stands by what it was made with."""
    points = {
        point.part: point for point in services.stored_trend(milestone.system) if point.assessment == milestone.id
    }
    overall = points.get(OVERALL)
    areas = {part: point.score for part, point in points.items() if part not in (OVERALL, HEALTH)}
    return Standing(overall.score if overall else None, overall.level if overall else None, areas)


# Corrections


def _marks(left: One, right: One) -> dict[str, frozenset[str]]:
    """The marked items of each assessment after the earlier side, the later one included."""
    earlier, later = sorted((left, right), key=lambda one: one.when)
    between = {one.assessment.id for one in all_of(left.system) if earlier.when < one.when <= later.when}
    return {one: items for one, items in services.corrections(left.system.id).items() if one in between}


def _marked(left: One, right: One) -> frozenset[str]:
    later = max((left, right), key=lambda one: one.when)
    marks = _marks(left, right).items()
    return still_corrected(
        services.all_answers(later.assessment.id), [(services.all_answers(one), items) for one, items in marks]
    )


def set_corrected(left: One, right: One, item_id: str, corrected: bool) -> None:
    """A person says that a changed answer corrects a mistake, or takes that back."""
    later = max((left, right), key=lambda one: one.when)
    try:
        if corrected:
            services.change_correction("mark", later.assessment.id, item_id)
            return
        for assessment, items in _marks(left, right).items():
            if item_id in items:
                services.change_correction("take_back", assessment, item_id)
    except StoreError as error:
        state.say_next(str(error))
