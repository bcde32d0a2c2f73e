"""How a checklist looks through a lens: the items it keeps, in its words and with its weights."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from checklist.model import AntiPattern, Area, Checklist, Item, Lens, Remedy, Rewording, Section


def seen_through(whole: Checklist, lens: Lens) -> Checklist:
    """The whole checklist without what the lens leaves out; nothing in it names an item that is gone.

    A need of a missing item is dropped. A summary line goes with its last item. An anti-pattern goes as soon as too
    few of its items are left to show it, so that it is never seen more easily than without the lens. Health questions
    and failure modes stay.
    """
    gone = {left.item for left in lens.leaves_out}
    view = _View(lens, frozenset(item.id for item in whole.items) - gone)
    return replace(
        whole,
        areas=tuple(view.area(area) for area in whole.areas),
        health=tuple(replace(question, items=view.kept(question.items)) for question in whole.health),
        summary=tuple(replace(line, items=kept) for line in whole.summary if (kept := view.kept(line.items))),
        anti_patterns=tuple(view.patterns(whole.anti_patterns)),
        references=tuple(one for one in whole.references if one.item in view.here),
        lens=lens,
        seen_from=whole,
    )


def limited_to(view: Checklist, areas: Collection[str]) -> Checklist:
    """A view of which only these areas are asked; everything else about it stays."""
    kept = tuple(area for area in view.areas if area.id in areas)
    return replace(view, areas=kept, seen_from=view.whole)


class _View:
    def __init__(self, lens: Lens, here: frozenset[str]) -> None:
        self.here = here
        self.item_weights = {one.id: one.weight for one in lens.item_weights}
        self.area_weights = {one.id: one.weight for one in lens.area_weights}
        self.words = {one.item: one for one in lens.words}

    def kept(self, items: Iterable[str]) -> tuple[str, ...]:
        return tuple(item for item in items if item in self.here)

    def area(self, area: Area) -> Area:
        sections = tuple(self._section(section) for section in area.sections)
        kept = tuple(section for section in sections if section.items)
        return replace(area, sections=kept, weight=self.area_weights.get(area.id, area.weight))

    def patterns(self, patterns: Iterable[AntiPattern]) -> Iterable[AntiPattern]:
        for pattern in patterns:
            kept = self.kept(pattern.items)
            if len(kept) >= pattern.count:
                yield replace(pattern, items=kept)

    def _section(self, section: Section) -> Section:
        return replace(section, items=tuple(self._item(item) for item in section.items if item.id in self.here))

    def _item(self, item: Item) -> Item:
        words = self.words.get(item.id, Rewording(item.id))
        return replace(
            item,
            question=words.question or item.question,
            why=words.why or item.why,
            answers=words.answers or item.answers,
            show=words.show or item.show,
            remedy=_remedy(item.remedy, words),
            needs=tuple(need for need in item.needs if need.item in self.here),
            weight=self.item_weights.get(item.id, item.weight),
            example=words.example or item.example,
        )


def _remedy(remedy: Remedy, words: Rewording) -> Remedy:
    return replace(remedy, first=words.first or remedy.first, steps=words.steps or remedy.steps)
