"""Reads crosswalk.yaml: published frameworks, and which of their topics each item supports, and by what of it."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from checklist import model
from checklist.lenses import Identify, Refer
from checklist.reading import Entry

FRAMEWORK = ("id", "name", "edition", "publisher", "source", "about", "topics")
REFERENCE = ("framework", "topic", "by")


class CrosswalkReader:
    """Reads the frameworks of a file and what items support of them, and says what is wrong with them."""

    def __init__(self, file: Entry, identify: Identify, refer: Refer) -> None:
        self.file = file
        self.identify = identify
        self.refer = refer
        self.topics: dict[str, dict[str, model.Topic]] = {}

    def frameworks(self) -> tuple[model.Framework, ...]:
        return tuple(self._framework(entry) for entry in self.file.some("frameworks", "framework", FRAMEWORK))

    def references(self) -> tuple[model.Reference, ...]:
        """To be read after the frameworks, whose topics they name."""
        entries = tuple(self.file.some("items", "references of", ("item", "supports"), named="item"))
        seen: Counter[str] = Counter()
        found: list[model.Reference] = []
        for entry in entries:
            item = entry.text("item")
            self.refer(entry, "item", "item", item)
            seen[item] += 1
            if item and seen[item] > 1:
                entry.fault("item", "stand twice; put them together.")
            found.extend(self._supports(entry, item))
        return tuple(found)

    def _framework(self, entry: Entry) -> model.Framework:
        framework = self.identify(entry, "framework")
        known = self.topics.setdefault(framework, {})
        for topic in entry.some("topics", f"{entry.what}: topic", ("id", "title")):
            wanted = topic.text("id")
            if wanted in known:
                topic.fault("id", "stands twice; name it once.")
            known[wanted] = model.Topic(wanted, topic.text("title"))
        return model.Framework(
            id=framework,
            name=entry.text("name"),
            edition=entry.text("edition"),
            publisher=entry.text("publisher"),
            source=entry.address("source"),
            about=entry.text("about"),
            topics=tuple(known.values()),
        )

    def _supports(self, entry: Entry, item: str) -> Iterator[model.Reference]:
        seen = set()
        for one in entry.some("supports", f"{entry.what}: reference to", REFERENCE, named="topic"):
            framework, topic = one.text("framework"), one.text("topic")
            self.refer(one, "framework", "framework", framework)
            if (framework, topic) in seen:
                one.fault("topic", f'stands twice for "{framework}"; keep one.')
            seen.add((framework, topic))
            self._check_topic(one, framework, topic)
            yield model.Reference(item, framework, topic, one.text("by"))

    def _check_topic(self, one: Entry, framework: str, topic: str) -> None:
        known = self.topics.get(framework)
        if known and topic and topic not in known:
            close = get_close_matches(topic, known, 1)
            cure = f'did you mean "{close[0]}"?' if close else "check the spelling."
            one.fault("topic", f'names no topic of "{framework}"; {cure}')
