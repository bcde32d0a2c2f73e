"""Turns the content files of a folder into a checklist, or says everything that is wrong with them at once."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypedDict, TypeVar

from checklist import model
from checklist.reading import ContentError, Reader
from strict_yaml import Fault, Mapping

FOLDER = Path(__file__).parent
AREA_ORDER = ("data", "development", "deployment", "monitoring", "governance")
LEVEL_COUNT = 5
SECTION_LIMIT = 5

ITEM_KEYS = (
    "id", "name", "question", "why", "answers", "show", "remedy",
    "effort", "prevents", "needs", "priority", "priority_reason",
)  # fmt: skip
BASE_PRIORITIES = ("high", "medium", "low")


@cache
def the_checklist() -> model.Checklist:
    """The checklist that ships with the app, read once."""
    return load(FOLDER)


def load(folder: Path) -> model.Checklist:
    """The checklist in `folder`; `ContentError` with all faults, each with file, line and cure."""
    return _Loader(folder).checklist()


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        # Where each referring value stands, to be looked up once everything that can be referred to is known.
        self.references: list[tuple[Reader, int, str, str]] = []
        self.places: dict[str, tuple[Reader, int]] = {}

    def checklist(self) -> model.Checklist:
        reader, levels = self._file("levels.yaml")
        reader.keys(levels, ("checklist", "levels", "priorities"), "The file")
        areas = tuple(self._area(name) for name in AREA_ORDER)
        content = model.Checklist(
            version=reader.text(levels, "checklist", "The file"),
            areas=areas,
            levels=self._levels(reader, levels),
            health=self._health(),
            summary=self._summary(),
            **self._failures(),
            priorities=self._priorities(reader, levels),
        )
        self._check_references(content)
        self._check_cycles(content)
        self._check_alike(content)
        if self.faults:
            raise ContentError(sorted(self.faults, key=lambda fault: (fault.file, fault.line, fault.message)))
        return content

    def _file(self, name: str) -> tuple[Reader, Mapping]:
        path = self.folder / name
        reader = Reader(f"checklist/{name}", self.faults)
        try:
            return reader, reader.document(path.read_bytes())
        except OSError:
            reader.fault(1, "The file is missing or cannot be read; restore it.")
            return reader, reader.document("{}")

    # Areas, sections, items

    def _area(self, area_id: str) -> model.Area:
        reader, area = self._file(f"areas/{area_id}.yaml")
        reader.keys(area, ("id", "name", "about", "sections"), "The area")
        if (found := reader.text(area, "id", "The area")) != area_id and found:
            reader.fault(
                area.key_lines["id"], f'The area\'s id is "{found}", the file is of "{area_id}"; make them equal.'
            )
        return model.Area(
            area_id,
            reader.text(area, "name", "The area"),
            reader.text(area, "about", "The area"),
            tuple(self._section(reader, area_id, section) for section in reader.mappings(area, "sections", "The area")),
        )

    def _section(self, reader: Reader, area_id: str, section: Mapping) -> model.Section:
        section_id = str(section.get("id", ""))
        what = f'section "{section_id}"'
        reader.keys(section, ("id", "name", "about", "items"), what)
        items = tuple(self._item(reader, area_id, section_id, item) for item in reader.mappings(section, "items", what))
        if not 1 <= len(items) <= SECTION_LIMIT:
            reader.fault(section.line, f"{what} has {len(items)} items; give one to {SECTION_LIMIT}.")
        return model.Section(
            section_id, reader.text(section, "name", what), area_id, reader.text(section, "about", what), items
        )

    def _item(self, reader: Reader, area_id: str, section_id: str, item: Mapping) -> model.Item:
        item_id = reader.text(item, "id", "an item")
        what = f'item "{item_id}"'
        self._place(reader, item, item_id)
        reader.keys(item, ITEM_KEYS, what)
        return model.Item(
            id=item_id,
            name=reader.text(item, "name", what),
            area=area_id,
            section=section_id,
            question=reader.text(item, "question", what),
            why=reader.text(item, "why", what),
            answers=self._numbered(reader, item, "answers", what, range(1, LEVEL_COUNT + 1), "answers"),
            show=reader.text(item, "show", what),
            remedy=self._remedy(reader, item, what),
            effort=reader.choice(item, "effort", what, model.EFFORTS),
            prevents=self._prevents(reader, item, what),
            needs=self._needs(reader, item, what),
            priority=reader.choice(item, "priority", what, BASE_PRIORITIES),
            priority_reason=reader.text(item, "priority_reason", what),
        )

    def _place(self, reader: Reader, item: Mapping, item_id: str) -> None:
        line = item.key_lines.get("id", item.line)
        if item_id in self.places:
            first_reader, first = self.places[item_id]
            reader.fault(line, f'item "{item_id}" is also in {first_reader.file}:{first}; an id stands once.')
        self.places[item_id] = reader, line

    def _numbered(
        self, reader: Reader, parent: Mapping, key: str, what: str, numbers: range, noun: str
    ) -> tuple[str, ...]:
        texts = reader.mapping(parent, key, what)
        if key in parent and set(texts) != {str(number) for number in numbers}:
            reader.fault(
                texts.line,
                f"{what} has {len(texts)} {noun}; give one for each level {numbers[0]} to {numbers[-1]}.",
            )
        return tuple(reader.text(texts, str(number), what) for number in numbers)

    def _remedy(self, reader: Reader, item: Mapping, what: str) -> model.Remedy:
        remedy = reader.mapping(item, "remedy", what)
        reader.keys(remedy, ("first", "to", "tools"), f"the remedy of {what}")
        tools = tuple(self._tool(reader, tool, what) for tool in reader.mappings(remedy, "tools", what))
        if "tools" in remedy and not 2 <= len(tools) <= 3:
            reader.fault(remedy.key_lines["tools"], f"{what} names {len(tools)} tools; give two or three.")
        steps = self._numbered(reader, remedy, "to", what, range(2, LEVEL_COUNT + 1), "steps")
        return model.Remedy(reader.text(remedy, "first", what), steps, tools)

    def _tool(self, reader: Reader, tool: Mapping, what: str) -> model.Tool:
        reader.keys(tool, ("name", "url", "use"), f"a tool of {what}")
        url = reader.text(tool, "url", what)
        if url and not url.startswith("https://"):
            reader.fault(tool.key_lines["url"], f'{what}: the tool\'s address "{url}" must begin with https://.')
        return model.Tool(reader.text(tool, "name", what), url, reader.text(tool, "use", what))

    def _prevents(self, reader: Reader, item: Mapping, what: str) -> tuple[str, ...]:
        prevents = reader.texts(item, "prevents", what)
        if len(prevents) > 2:
            reader.fault(
                item.key_lines["prevents"], f"{what} prevents {len(prevents)} failure modes; name two at most."
            )
        self._refer(reader, item.key_lines.get("prevents", item.line), "failure mode", prevents)
        return prevents

    def _needs(self, reader: Reader, item: Mapping, what: str) -> tuple[model.Need, ...]:
        needs = []
        for need in reader.mappings(item, "needs", what):
            reader.keys(need, ("item", "rating"), f"a need of {what}")
            needs.append(
                model.Need(reader.text(need, "item", what), reader.number(need, "rating", what, 2, LEVEL_COUNT))
            )
            self._refer(reader, need.line, "item", [needs[-1].item])
        return tuple(needs)

    # The small files

    def _levels(self, reader: Reader, file: Mapping) -> tuple[model.Level, ...]:
        levels = []
        for number, level in enumerate(reader.mappings(file, "levels", "The file"), start=1):
            what = f"level {number}"
            reader.keys(level, ("name", "about", "characteristics"), what)
            levels.append(
                model.Level(
                    number,
                    reader.text(level, "name", what),
                    reader.text(level, "about", what),
                    reader.texts(level, "characteristics", what),
                )
            )
        if file and len(levels) != LEVEL_COUNT:
            reader.fault(file.line, f"There are {len(levels)} levels; give {LEVEL_COUNT}.")
        return tuple(levels)

    def _priorities(self, reader: Reader, file: Mapping) -> tuple[model.Priority, ...]:
        return self._things(reader, file, "priorities", model.Priority, ("id", "name", "about"))

    def _health(self) -> tuple[model.HealthQuestion, ...]:
        reader, file = self._file("health.yaml")
        return self._things(reader, file, "questions", model.HealthQuestion, ("id", "name", "question", "hint", "no"))

    def _failures(self) -> "_Failures":
        reader, file = self._file("failures.yaml")
        reader.keys(file, ("failures", "anti_patterns"), "The file")
        rules: dict[str, Callable[[Mapping], int]] = {
            "at_most": lambda pattern: reader.number(pattern, "at_most", "an anti-pattern", 1, LEVEL_COUNT - 1),
            "count": lambda pattern: reader.number(pattern, "count", "an anti-pattern", 1, 10),
        }
        modes = ("id", "name", "about", "question")
        patterns = ("id", "name", "problem", "way_out")
        return {
            "failures": self._things(reader, file, "failures", model.FailureMode, modes),
            "anti_patterns": self._things(reader, file, "anti_patterns", model.AntiPattern, patterns, rules),
        }

    def _summary(self) -> tuple[model.SummaryLine, ...]:
        reader, file = self._file("summary.yaml")
        lines = []
        for group in reader.mappings(file, "groups", "The file"):
            reader.keys(group, ("name", "lines"), "a group")
            name = reader.text(group, "name", "a group")
            for line in reader.mappings(group, "lines", f'group "{name}"'):
                reader.keys(line, ("id", "name", "items"), "a summary line")
                lines.append(
                    model.SummaryLine(
                        reader.text(line, "id", "a summary line"),
                        name,
                        reader.text(line, "name", "a summary line"),
                        self._items(reader, line),
                    )
                )
        return tuple(lines)

    def _things(
        self,
        reader: Reader,
        file: Mapping,
        key: str,
        kind: Callable[..., "Thing"],
        words: tuple[str, ...],
        numbers: dict[str, Callable[[Mapping], int]] | None = None,
    ) -> "tuple[Thing, ...]":
        """A list of like things: some words, perhaps `items`, perhaps numbers; ids stand once."""
        fields = getattr(kind, "__dataclass_fields__", {})
        takes_items = "items" in fields
        known = (*words, *(("items",) if takes_items else ()), *(numbers or ()))
        things: dict[str, Thing] = {}
        for entry in reader.mappings(file, key, "The file"):
            thing_id = reader.text(entry, "id", key)
            what = f'"{thing_id}" of {key}'
            reader.keys(entry, known, what)
            if thing_id in things:
                reader.fault(entry.line, f"{what} stands twice; an id stands once.")
            values: dict[str, object] = {word: reader.text(entry, word, what) for word in words}
            values |= {"items": self._items(reader, entry)} if takes_items else {}
            values |= {name: read(entry) for name, read in (numbers or {}).items()}
            things[thing_id] = kind(**values)
        return tuple(things.values())

    def _items(self, reader: Reader, entry: Mapping) -> tuple[str, ...]:
        items = reader.texts(entry, "items", f'"{entry.get("id", "")}"')
        if "items" in entry and not items:
            reader.fault(entry.key_lines["items"], f'"{entry.get("id", "")}" names no items; name at least one.')
        self._refer(reader, entry.key_lines.get("items", entry.line), "item", items)
        return items

    # What only the whole can tell

    def _refer(self, reader: Reader, line: int, kind: str, ids: Iterable[str]) -> None:
        self.references += [(reader, line, kind, wanted) for wanted in ids if wanted]

    def _check_references(self, content: model.Checklist) -> None:
        known = {"item": set(content.order), "failure mode": {failure.id for failure in content.failures}}
        for reader, line, kind, wanted in self.references:
            if wanted not in known[kind]:
                reader.fault(line, f'There is no {kind} "{wanted}"; check the spelling.')

    def _check_cycles(self, content: model.Checklist) -> None:
        needs = {item.id: [need.item for need in item.needs if content.has(need.item)] for item in content.items}
        for circle in _circles(needs):
            reader, line = self.places[circle[0]]
            way = " → ".join((*circle, circle[0]))
            reader.fault(line, f"These items need each other in a circle: {way}; remove one need.")

    def _check_alike(self, content: model.Checklist) -> None:
        seen: dict[str, str] = {}
        for item in content.items:
            for rating, text in enumerate(item.answers, start=1):
                here = f'answer {rating} of "{item.id}"'
                plain = text.casefold()
                if plain and plain in seen:
                    reader, line = self.places[item.id]
                    reader.fault(line, f"{here} is the same as {seen[plain]}; say what one would see here.")
                seen[plain] = here


Thing = TypeVar("Thing")


class _Failures(TypedDict):
    failures: tuple[model.FailureMode, ...]
    anti_patterns: tuple[model.AntiPattern, ...]


def _circles(needs: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Each circle once, beginning with its first item in checklist order."""
    done: set[str] = set()

    def walk(item: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if item in path:
            yield path[path.index(item) :]
        elif item not in done:
            yield from chain.from_iterable(walk(needed, (*path, item)) for needed in needs[item])
            done.add(item)

    for item in needs:
        yield from walk(item, ())
