"""Turns the content files of a folder into a checklist, or says everything that is wrong with them at once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from checklist import model
from checklist.crosswalk import CrosswalkReader
from checklist.lenses import LensReader
from checklist.reading import ContentError, Entry, Reader, nothing
from strict_yaml import Fault, Mapping

FOLDER = Path(__file__).parent
AREA_ORDER = ("data", "development", "deployment", "monitoring", "governance")
BASE_PRIORITIES = ("high", "medium", "low")
SECTION_LIMIT = 5

ITEM_KEYS = (
    "id", "name", "question", "why", "answers", "show", "remedy",
    "effort", "prevents", "needs", "priority", "priority_reason",
)  # fmt: skip
OPTIONAL_ITEM_KEYS = ("changed_in",)
VERSION = re.compile(r"[1-9][0-9]{0,8}")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORD = re.compile(r"\w+")


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
        self.incomplete = False
        self.version = ""
        # What has an id, by its kind: an id stands once, and references are looked up when all files are read.
        self.named: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        self.references: list[tuple[Entry, str, str, str]] = []
        self.rewordings: dict[tuple[str, str], Entry] = {}

    def checklist(self) -> model.Checklist:
        levels = self._file("levels.yaml", ("checklist", "levels", "priorities"))
        self.version = levels.text("checklist")
        failures = self._file("failures.yaml", ("failures", "anti_patterns"))
        areas = tuple(self._area(area_id) for area_id in AREA_ORDER)
        lenses = self._lenses(areas)
        crosswalk = CrosswalkReader(self._file("crosswalk.yaml", ("frameworks", "items")), self._id, self._note)
        content = model.Checklist(
            version=self.version,
            areas=areas,
            levels=self._levels(levels),
            health=self._health(self._file("health.yaml", ("questions",))),
            summary=self._summary(self._file("summary.yaml", ("groups",))),
            failures=self._failures(failures),
            anti_patterns=self._anti_patterns(failures),
            priorities=self._priorities(levels),
            lenses=lenses,
            lens=lenses[0] if lenses else model.THE_WHOLE,
            frameworks=crosswalk.frameworks(),
            references=crosswalk.references(),
        )
        self._check_references()
        self._check_circles(content)
        self._check_alike(content)
        if not self.faults:
            self._check_alike_through(content)
        if self.faults:
            raise ContentError(sorted(self.faults, key=lambda fault: (fault.file, fault.line, fault.message)))
        return content

    def _file(self, name: str, keys: Iterable[str], what: str = "The file") -> Entry:
        reader = Reader(f"checklist/{name}", self.faults)
        known_before = len(self.faults)
        try:
            document = reader.document((self.folder / name).read_bytes())
        except OSError:
            reader.fault(1, "The file is missing or cannot be read; restore it.")
            document = nothing()
        file = Entry.of(reader, document, what, keys)
        self.incomplete = self.incomplete or len(self.faults) > known_before
        return file

    # Areas, sections, items

    def _area(self, area_id: str) -> model.Area:
        area = self._file(f"areas/{area_id}.yaml", ("id", "name", "about", "sections"), f'area "{area_id}"')
        self.named["area"][area_id] = area
        if (found := area.text("id")) and found != area_id:
            area.fault("id", f'has the id "{found}"; the file\'s name and its id must be the same.')
        sections = area.some("sections", "section", ("id", "name", "about", "items"))
        return model.Area(
            area_id,
            area.text("name"),
            area.text("about"),
            tuple(self._section(section, area_id) for section in sections),
        )

    def _section(self, section: Entry, area_id: str) -> model.Section:
        section_id = self._id(section, "section")
        entries = section.some("items", "item", ITEM_KEYS, optional=OPTIONAL_ITEM_KEYS)
        items = tuple(self._item(item, area_id, section_id) for item in entries)
        if len(items) > SECTION_LIMIT:
            section.fault("items", f"has {len(items)} items; give {SECTION_LIMIT} at most.")
        return model.Section(section_id, section.text("name"), area_id, section.text("about"), items)

    def _item(self, item: Entry, area_id: str, section_id: str) -> model.Item:
        return model.Item(
            id=self._id(item, "item"),
            name=item.text("name"),
            area=area_id,
            section=section_id,
            question=item.text("question"),
            why=item.text("why"),
            answers=_by_rating(item, "answers", "answer", model.RATINGS),
            show=item.text("show"),
            remedy=_remedy(item),
            effort=item.choice("effort", model.EFFORTS),
            prevents=self._prevents(item),
            needs=self._needs(item),
            priority=item.choice("priority", BASE_PRIORITIES),
            priority_reason=item.text("priority_reason"),
            changed_in=self._changed_in(item),
        )

    def _changed_in(self, item: Entry) -> str:
        """The version in which the item's meaning last changed, from the first to the present one."""
        version = item.text("changed_in") or model.FIRST_VERSION
        if not VERSION.fullmatch(version):
            item.fault("changed_in", f'has "changed_in: {version}"; give a checklist version, such as "2".')
        elif model.is_newer(version, self.version):
            wrong = f"changed in checklist {version}, but this is checklist {self.version}; correct one of them."
            item.fault("changed_in", wrong)
        return version

    def _prevents(self, item: Entry) -> tuple[str, ...]:
        prevents = self._refer(item, "prevents", "failure mode", item.texts("prevents"))
        if len(prevents) > 2:
            item.fault("prevents", f"prevents {len(prevents)} failure modes; name two at most.")
        return prevents

    def _needs(self, item: Entry) -> tuple[model.Need, ...]:
        entries = item.each("needs", f"{item.what}: need", ("item", "rating"), named="item")
        needs = tuple(
            model.Need(need.text("item"), need.number("rating", model.RATINGS[1], model.RATINGS[-1]))
            for need in entries
        )
        self._refer(item, "needs", "item", tuple(need.item for need in needs))
        return needs

    # The small files

    def _levels(self, file: Entry) -> tuple[model.Level, ...]:
        entries = file.each("levels", "level", ("name", "about", "characteristics"), named="name")
        levels = tuple(
            model.Level(number, level.text("name"), level.text("about"), level.texts("characteristics"))
            for number, level in enumerate(entries, start=1)
        )
        if file.has_list("levels") and len(levels) != len(model.RATINGS):
            file.fault("levels", f"has {_counted(len(levels), 'level')}; give {len(model.RATINGS)}.")
        return levels

    def _priorities(self, file: Entry) -> tuple[model.Priority, ...]:
        return tuple(
            model.Priority(self._id(entry, "priority"), entry.text("name"), entry.text("about"))
            for entry in file.some("priorities", "priority", ("id", "name", "about"))
        )

    def _health(self, file: Entry) -> tuple[model.HealthQuestion, ...]:
        return tuple(
            model.HealthQuestion(
                self._id(entry, "question"),
                entry.text("name"),
                entry.text("question"),
                entry.text("hint"),
                entry.text("no"),
                self._items(entry),
            )
            for entry in file.some("questions", "question", ("id", "name", "question", "hint", "no", "items"))
        )

    def _failures(self, file: Entry) -> tuple[model.FailureMode, ...]:
        return tuple(
            model.FailureMode(
                self._id(entry, "failure mode"), entry.text("name"), entry.text("about"), entry.text("question")
            )
            for entry in file.some("failures", "failure mode", ("id", "name", "about", "question"))
        )

    def _anti_patterns(self, file: Entry) -> tuple[model.AntiPattern, ...]:
        keys = ("id", "name", "problem", "way_out", "items", "at_most", "count")
        return tuple(self._anti_pattern(entry) for entry in file.some("anti_patterns", "anti-pattern", keys))

    def _anti_pattern(self, entry: Entry) -> model.AntiPattern:
        items = self._items(entry)
        return model.AntiPattern(
            self._id(entry, "anti-pattern"),
            entry.text("name"),
            entry.text("problem"),
            entry.text("way_out"),
            items,
            # A rule that every rating or no rating meets tells nothing.
            at_most=entry.number("at_most", model.RATINGS[0], model.RATINGS[-2]),
            count=entry.number("count", 1, max(1, len(items))),
        )

    def _summary(self, file: Entry) -> tuple[model.SummaryLine, ...]:
        return tuple(
            model.SummaryLine(self._id(line, "summary line"), group.text("name"), line.text("name"), self._items(line))
            for group in file.some("groups", "group", ("name", "lines"), named="name")
            for line in group.some("lines", "summary line", ("id", "name", "items"))
        )

    def _lenses(self, areas: tuple[model.Area, ...]) -> tuple[model.Lens, ...]:
        file = self._file("lenses.yaml", ("lenses",))
        reader = LensReader(areas, self._id, self._note, _by_rating)
        lenses = reader.lenses(file)
        self.rewordings = reader.rewordings
        return lenses

    # Ids and references

    def _id(self, entry: Entry, kind: str) -> str:
        """The entry's id: well formed, and only once among its kind."""
        found = entry.text("id")
        if found and not ID.fullmatch(found):
            entry.fault("id", "has no proper id; use lower-case words joined by hyphens, as in data-catalog.")
        first = self.named[kind].setdefault(found, entry)
        if found and first is not entry:
            entry.fault("id", f"is also in {first.reader.file}:{first.line('id')}; an id stands once.")
        return found

    def _items(self, entry: Entry) -> tuple[str, ...]:
        items = self._refer(entry, "items", "item", entry.texts("items"))
        if entry.has_list("items") and not entry.mapping["items"]:
            entry.fault("items", "names no items; name at least one.")
        return items

    def _refer(self, entry: Entry, key: str, kind: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The ids, noted to be looked up when everything is read; each stands once."""
        for wanted in dict.fromkeys(ids):
            if ids.count(wanted) > 1:
                entry.fault(key, f'names the {kind} "{wanted}" {ids.count(wanted)} times; name it once.')
            self._note(entry, key, kind, wanted)
        return ids

    def _note(self, entry: Entry, key: str, kind: str, wanted: str) -> None:
        self.references.append((entry, key, kind, wanted))

    # What only the whole can tell

    def _check_references(self) -> None:
        if self.incomplete:
            return  # what a file that cannot be read defines would seem to be missing everywhere else
        for entry, key, kind, wanted in self.references:
            if wanted and wanted not in self.named[kind]:
                close = get_close_matches(wanted, self.named[kind], 1)
                cure = f'did you mean "{close[0]}"?' if close else "check the spelling."
                entry.fault(key, f'names the {kind} "{wanted}", which does not exist; {cure}')

    def _check_circles(self, content: model.Checklist) -> None:
        needs = {
            item.id: list(dict.fromkeys(need.item for need in item.needs if content.has(need.item)))
            for item in content.items
        }
        for circle in _circles(needs):
            way = " → ".join((*circle, circle[0]))
            self.named["item"][circle[0]].fault("needs", f"stands in a circle of needs: {way}; remove one of them.")

    def _check_alike(self, content: model.Checklist) -> None:
        seen: dict[str, str] = {}
        for item in content.items:
            for rating, text in zip(model.RATINGS, item.answers, strict=True):
                words = _bare(text)
                here = f'answer {rating} of "{item.id}"'
                first = seen.setdefault(words, here)
                if words and first != here:
                    item_entry = self.named["item"][item.id]
                    item_entry.fault("answers", f"words answer {rating} like {first}; say what one would see here.")

    def _check_alike_through(self, content: model.Checklist) -> None:
        """No lens words an answer like another one that is asked beside it."""
        for lens in content.lenses:
            own = {words.item for words in lens.words if words.answers}
            seen = content.through(lens.id)
            others = (item for item in seen.items if item.id not in own)
            known = {_bare(text): (item.id, n) for item in others for n, text in enumerate(item.answers, 1)}
            for words in lens.words:
                for rating, text in enumerate(words.answers, 1):
                    place = known.setdefault(_bare(text), (words.item, rating))
                    if place != (words.item, rating):
                        first = f'answer {place[1]} of "{place[0]}"'
                        entry = self.rewordings[lens.id, words.item]
                        entry.fault("answers", f"words answer {rating} like {first}; say what one would see here.")


def _by_rating(entry: Entry, key: str, noun: str, ratings: tuple[int, ...]) -> tuple[str, ...]:
    """A text for each of `ratings`, which are the keys of the mapping under `key`."""
    texts = entry.reader.mapping(entry.mapping, key, entry.what)
    wanted = {str(rating) for rating in ratings}
    if isinstance(entry.mapping.get(key), Mapping) and set(texts) != wanted:
        found = f"{noun}s for {', '.join(texts)}" if len(texts) == len(wanted) else _counted(len(texts), noun)
        entry.fault(key, f"has {found}; give one for each level {ratings[0]} to {ratings[-1]}.")
    return tuple(entry.reader.text(texts, str(rating), f"{entry.what}, {key}") for rating in ratings)


def _bare(text: str) -> str:
    """A text without capitals and signs: what two texts share that differ in these alone."""
    return " ".join(WORD.findall(text.casefold()))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _remedy(item: Entry) -> model.Remedy:
    remedy = item.part("remedy", f"the remedy of {item.what}", ("first", "to", "tools"))
    tools = tuple(_tool(tool) for tool in remedy.each("tools", f"{item.what}: tool", ("name", "url", "use"), "name"))
    if remedy.has_list("tools") and not 2 <= len(tools) <= 3:
        remedy.fault("tools", f"has {_counted(len(tools), 'tool')}; give two or three.")
    return model.Remedy(remedy.text("first"), _by_rating(remedy, "to", "step", model.RATINGS[1:]), tools)


def _tool(tool: Entry) -> model.Tool:
    return model.Tool(tool.text("name"), tool.address("url"), tool.text("use"))


def _circles(needs: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Circles, each beginning with its first item in checklist order; taking one need out of each leaves none."""
    order = list(needs)
    while circle := _a_circle(needs):
        start = circle.index(min(circle, key=order.index))
        circle = (*circle[start:], *circle[:start])
        yield circle
        needs[circle[-1]].remove(circle[0])


def _a_circle(needs: dict[str, list[str]]) -> tuple[str, ...]:
    """Items of which each needs the next and the last the first; empty when there is no circle."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1][1:]))
    return ()
