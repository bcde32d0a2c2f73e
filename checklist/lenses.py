"""Reads lenses.yaml: the viewpoints on the checklist, each with what it leaves out, weighs and words anew."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

from checklist import model
from checklist.reading import Entry

KEYS = ("id", "name", "about", "why", "leaves_out", "weights", "words")
WEIGHT = ("item", "area", "weight", "reason")
WORDS = ("item", "question", "why", "answers", "show", "first", "to", "example")
LIGHTEST, HEAVIEST = 2, 5

# The id of an entry, well formed and only once among its kind.
Identify = Callable[[Entry, str], str]
# Notes a reference from an entry, to be looked up when everything is read: key, kind and id.
Refer = Callable[[Entry, str, str, str], None]
# A text for each rating: key, noun and ratings.
ByRating = Callable[[Entry, str, str, tuple[int, ...]], tuple[str, ...]]


class LensReader:
    """Reads the lenses of a file, and says what is wrong with them."""

    def __init__(self, areas: tuple[model.Area, ...], identify: Identify, refer: Refer, by_rating: ByRating) -> None:
        self.areas = areas
        self.identify = identify
        self.refer = refer
        self.by_rating = by_rating
        # Where each item is worded anew, by lens and item: for faults that only the whole can tell.
        self.rewordings: dict[tuple[str, str], Entry] = {}

    def lenses(self, file: Entry) -> tuple[model.Lens, ...]:
        entries = tuple(file.some("lenses", "lens", KEYS))
        found = tuple(self._lens(entry) for entry in entries)
        if found and found[0].id != model.WHOLE:
            entries[0].fault("id", f'stands first; the first lens must be "{model.WHOLE}", which is the default.')
        for entry, lens in zip(entries, found, strict=True):
            self._check(entry, lens)
        return found

    def _lens(self, entry: Entry) -> model.Lens:
        weights = tuple(_called_by_what_they_name(entry, entry.each("weights", "weight", WEIGHT, optional=WEIGHT[:2])))
        return model.Lens(
            id=self.identify(entry, "lens"),
            name=entry.text("name"),
            about=entry.text("about"),
            why=entry.text("why"),
            leaves_out=tuple(self._left_out(entry)),
            item_weights=self._weights(weights, "item"),
            area_weights=self._weights(weights, "area"),
            words=tuple(self._words(entry)),
        )

    def _left_out(self, entry: Entry) -> Iterator[model.LeftOut]:
        for left in entry.each("leaves_out", f"{entry.what}: left out item", ("item", "reason"), named="item"):
            self.refer(left, "item", "item", left.text("item"))
            yield model.LeftOut(left.text("item"), left.text("reason"))

    def _weights(self, entries: tuple[Entry, ...], kind: str) -> tuple[model.Weight, ...]:
        found = []
        for weight in entries:
            if weight.has("item") == weight.has("area"):
                if kind == "item":  # told once
                    weight.fault("weight", "must name either an item or an area; name one of the two.")
            elif weight.has(kind):
                self.refer(weight, kind, kind, weight.text(kind))
                number = weight.number("weight", LIGHTEST, HEAVIEST)
                found.append(model.Weight(weight.text(kind), number, weight.text("reason")))
        return tuple(found)

    def _words(self, entry: Entry) -> Iterator[model.Rewording]:
        for words in entry.each("words", f"{entry.what}: words of", WORDS, named="item", optional=WORDS[1:]):
            self.refer(words, "item", "item", words.text("item"))
            if len(words.mapping) < 2:
                words.fault("item", f"say nothing; give one of {', '.join(WORDS[1:])}, or remove the entry.")
            self.rewordings[entry.text("id"), words.text("item")] = words
            yield model.Rewording(
                item=words.text("item"),
                question=words.text("question"),
                why=words.text("why"),
                answers=self._five(words, "answers", "answer", model.RATINGS),
                show=words.text("show"),
                first=words.text("first"),
                steps=self._five(words, "to", "step", model.RATINGS[1:]),
                example=words.text("example"),
            )

    def _five(self, words: Entry, key: str, noun: str, ratings: tuple[int, ...]) -> tuple[str, ...]:
        return self.by_rating(words, key, noun, ratings) if words.has(key) else ()

    def _check(self, entry: Entry, lens: model.Lens) -> None:
        """What a lens must be as a whole."""
        if lens.id == model.WHOLE and (lens.leaves_out or lens.item_weights or lens.area_weights or lens.words):
            entry.fault("id", "is the whole checklist and changes nothing; empty its lists.")
        said: dict[str, list[str]] = defaultdict(list)
        for key, ids in (
            ("leaves_out", [left.item for left in lens.leaves_out]),
            ("weights", [one.id for one in (*lens.item_weights, *lens.area_weights)]),
            ("words", [one.item for one in lens.words]),
        ):
            for one in ids:
                if key in said[one]:
                    entry.fault(key, f'names "{one}" twice in "{key}"; name it once.')
                elif "leaves_out" in said[one]:
                    entry.fault(key, f'names "{one}" in "{key}" and leaves it out; keep one of the two.')
                said[one].append(key)
        self._check_areas(entry, {left.item for left in lens.leaves_out})

    def _check_areas(self, entry: Entry, gone: set[str]) -> None:
        for area in self.areas:
            if area.items and all(item.id in gone for item in area.items):
                entry.fault("leaves_out", f'leaves nothing of the area "{area.id}"; keep at least one of its items.')


def _called_by_what_they_name(lens: Entry, weights: Iterator[Entry]) -> Iterator[Entry]:
    for weight in weights:
        named = weight.mapping.get("item", weight.mapping.get("area", ""))
        yield replace(weight, what=f'{lens.what}: weight "{named}"')
