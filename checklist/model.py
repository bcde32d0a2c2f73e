"""What a checklist is made of: areas, sections, items and the words around them, as plain frozen values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

RATINGS = (1, 2, 3, 4, 5)
EFFORTS = ("low", "medium", "high")
HEALTH_CHOICES = ("yes", "no", "unsure")
# What an item's meaning goes back to where the content names no later version.
FIRST_VERSION = "1"
NOT_APPLICABLE_REASONS = ("out-of-scope", "business-priorities", "architecture-constraints", "other")
WHOLE = "whole"


def is_newer(version: str, other: str) -> bool:
    """Whether a checklist version comes after another; versions that are no numbers have no order."""
    return version.isdecimal() and other.isdecimal() and int(version) > int(other)


class UnknownItem(KeyError):
    """An id that this checklist does not have."""

    def __init__(self, kind: str, wanted: str, known: Iterable[str]) -> None:
        self.kind, self.wanted, self.known = kind, wanted, tuple(known)
        super().__init__(f'The checklist has no {kind} "{wanted}".')

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Need:
    """A prerequisite: `item` has reached `rating` before the item that needs it is worth starting."""

    item: str
    rating: int


@dataclass(frozen=True, slots=True)
class Tool:
    """An open-source tool that fits a remedy."""

    name: str
    url: str
    use: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do: `first` fits into this week; `steps[0]` leads from level 1 to 2, `steps[3]` from 4 to 5."""

    first: str
    steps: tuple[str, ...]
    tools: tuple[Tool, ...]

    def step_to(self, rating: int) -> str:
        """The way from the level below to `rating` (2 to 5)."""
        return self.steps[rating - 2]


@dataclass(frozen=True, slots=True)
class Item:
    """One question with five worded answers; an item is what scores.

    `weight` is what it counts in its area, `example` a case from the work of those a lens is for: 1 and empty
    unless a lens says otherwise. `changed_in` is the checklist version in which its meaning last changed, or in
    which it was first asked.
    """

    id: str
    name: str
    area: str
    section: str
    question: str
    why: str
    answers: tuple[str, ...]
    show: str
    remedy: Remedy
    effort: str
    prevents: tuple[str, ...]
    needs: tuple[Need, ...]
    priority: str
    priority_reason: str
    weight: int = 1
    example: str = ""
    changed_in: str = FIRST_VERSION

    def answer(self, rating: int) -> str:
        """The sentence that stands for `rating` (1 to 5)."""
        return self.answers[rating - 1]


@dataclass(frozen=True, slots=True)
class Section:
    """At most five items that are answered together."""

    id: str
    name: str
    area: str
    about: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One of the five parts of the checklist; `weight` is what it counts in the overall score, 1 without a lens."""

    id: str
    name: str
    about: str
    sections: tuple[Section, ...]
    weight: int = 1

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Level:
    """A maturity level: its number, its name, one sentence and four characteristics."""

    number: int
    name: str
    about: str
    characteristics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HealthQuestion:
    """A yes/no question of the health check; `no` says what a "no" means, `hint` what counts as "yes"."""

    id: str
    name: str
    question: str
    hint: str
    no: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the one-page view: the mean of its items."""

    id: str
    group: str
    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailureMode:
    """One of the ways in which production ML fails; `question` asks whether it happened lately."""

    id: str
    name: str
    about: str
    question: str


@dataclass(frozen=True, slots=True)
class AntiPattern:
    """Recognised when at least `count` of `items` are rated `at_most` or lower."""

    id: str
    name: str
    problem: str
    way_out: str
    items: tuple[str, ...]
    at_most: int
    count: int


@dataclass(frozen=True, slots=True)
class Priority:
    """A class of urgency; `about` says why its fixes belong together."""

    id: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that a lens does not ask, and why."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class Weight:
    """What an item counts in its area, or an area in the overall score, and why."""

    id: str
    weight: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """An item in other words; what is empty stays as it is. `steps` are those of the remedy, from 2 to 5."""

    item: str
    question: str = ""
    why: str = ""
    answers: tuple[str, ...] = ()
    show: str = ""
    first: str = ""
    steps: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """A viewpoint on the checklist: which items it leaves out, what counts more, and what is said in other words.

    `about` says whom it is for, `why` why it selects and weighs as it does.
    """

    id: str
    name: str
    about: str
    why: str
    leaves_out: tuple[LeftOut, ...] = ()
    item_weights: tuple[Weight, ...] = ()
    area_weights: tuple[Weight, ...] = ()
    words: tuple[Rewording, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A test, level, article, control or practice of a framework: its number there and its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A published framework in one edition; `source` is its address, `about` what has to be known about it."""

    id: str
    name: str
    edition: str
    publisher: str
    source: str
    about: str
    topics: tuple[Topic, ...]

    def topic(self, topic_id: str) -> Topic:
        return next(topic for topic in self.topics if topic.id == topic_id)


@dataclass(frozen=True, slots=True)
class Reference:
    """What of an item (`by`) supports a topic of a framework; it never means that the topic is fulfilled."""

    item: str
    framework: str
    topic: str
    by: str


THE_WHOLE = Lens(WHOLE, "Whole checklist", "For every ML system in production.", "Nothing is left out or weighed.")


@dataclass(frozen=True)
class Checklist:
    """Everything that is asked, in the order in which it is asked, as seen through `lens`."""

    version: str
    areas: tuple[Area, ...]
    levels: tuple[Level, ...]
    health: tuple[HealthQuestion, ...]
    summary: tuple[SummaryLine, ...]
    failures: tuple[FailureMode, ...]
    anti_patterns: tuple[AntiPattern, ...]
    priorities: tuple[Priority, ...]
    lenses: tuple[Lens, ...] = (THE_WHOLE,)
    lens: Lens = THE_WHOLE
    frameworks: tuple[Framework, ...] = ()
    references: tuple[Reference, ...] = ()
    seen_from: "Checklist | None" = field(default=None, repr=False, compare=False)

    @property
    def whole(self) -> "Checklist":
        """The checklist that this one is a view of; itself when nothing lies between."""
        return self.seen_from or self

    def through(self, lens_id: str) -> "Checklist":
        """The whole checklist as seen through a lens, always the same object; `UnknownItem` when there is no such lens.

        Items that the lens leaves out are gone, with everything that names them.
        """
        views = self.whole._views
        if lens_id not in views:
            from checklist.viewing import seen_through

            views[lens_id] = seen_through(self.whole, _named("lens", lens_id, self.lenses))
        return views[lens_id]

    def through_or_whole(self, lens_id: str) -> "Checklist":
        """As `through`, and the whole checklist where the lens does not exist (any more)."""
        return self.through(lens_id) if self.has_lens(lens_id) else self.whole

    def has_lens(self, lens_id: str) -> bool:
        return any(lens.id == lens_id for lens in self.lenses)

    @cached_property
    def _views(self) -> "dict[str, Checklist]":
        return {WHOLE: self}

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for area in self.areas for item in area.items)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for area in self.areas for section in area.sections)

    @cached_property
    def _items_by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def order(self) -> dict[str, int]:
        """Each item's place in the checklist, the last tie-break everywhere."""
        return {item.id: place for place, item in enumerate(self.items)}

    def has(self, item_id: str) -> bool:
        return item_id in self._items_by_id

    def item(self, item_id: str) -> Item:
        """The item with this id; `UnknownItem` when there is none."""
        try:
            return self._items_by_id[item_id]
        except KeyError:
            raise UnknownItem("item", item_id, self._items_by_id) from None

    def area(self, area_id: str) -> Area:
        return _named("area", area_id, self.areas)

    def section(self, section_id: str) -> Section:
        return _named("section", section_id, self.sections)

    def failure(self, failure_id: str) -> FailureMode:
        return _named("failure mode", failure_id, self.failures)

    def health_question(self, question_id: str) -> HealthQuestion:
        return _named("health question", question_id, self.health)

    def anti_pattern(self, pattern_id: str) -> AntiPattern:
        return _named("anti-pattern", pattern_id, self.anti_patterns)

    def priority(self, priority_id: str) -> Priority:
        return _named("priority", priority_id, self.priorities)

    def level(self, number: int) -> Level:
        return self.levels[number - 1]


Thing = TypeVar("Thing", Area, Section, FailureMode, HealthQuestion, AntiPattern, Priority, Lens)


def _named(kind: str, wanted: str, things: tuple[Thing, ...]) -> Thing:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise UnknownItem(kind, wanted, (thing.id for thing in things))
