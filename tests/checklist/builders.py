"""A small content folder that is right in everything: change one thing, and read what the loader says about it."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from checklist.loader import load
from checklist.model import Checklist
from checklist.reading import ContentError

AREAS = {
    "data": ("data-catalog", "data-lineage"),
    "development": ("unit-tests",),
    "deployment": ("rollback",),
    "monitoring": ("alerting",),
    "governance": ("documentation",),
}
ITEMS = tuple(item for items in AREAS.values() for item in items)
NUMBERS = ("one", "two", "three", "four", "five")


class Case(NamedTuple):
    """Where `old` becomes `new`, the loader says exactly this, at the line that then holds `at`."""

    what: str
    file: str
    old: str
    new: str
    at: str
    says: str


class Content:
    """The folder, and its faults as lines of text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str | bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first `old`; a change that finds nothing to change would prove nothing."""
        text = self.text(file)
        assert old in text, f"{file} does not hold {old!r}"
        self.write(file, text.replace(old, new, 1))

    def line(self, file: str, text: str) -> int:
        """The number of the first line that holds `text`."""
        lines = self.text(file).splitlines()
        return 1 + next(number for number, line in enumerate(lines) if text in line)

    def load(self) -> Checklist:
        return load(self.folder)

    def faults(self) -> list[str]:
        try:
            self.load()
        except ContentError as error:
            return [str(fault) for fault in error.faults]
        return []


def a_content(folder: Path) -> Content:
    """Five areas; the first has two items, of which the second needs the first."""
    content = Content(folder)
    for area, items in AREAS.items():
        content.write(f"areas/{area}.yaml", an_area(area, items))
    content.write("levels.yaml", LEVELS)
    content.write("health.yaml", HEALTH)
    content.write("summary.yaml", SUMMARY)
    content.write("failures.yaml", FAILURES)
    content.write("lenses.yaml", LENSES)
    content.write("crosswalk.yaml", CROSSWALK)
    return content


def an_area(area: str, items: Iterable[str]) -> str:
    head = f"id: {area}\nname: {area.capitalize()}\nabout: All about {area}.\nsections:\n"
    section = f"  - id: {area}-section\n    name: First section\n    about: Think of it.\n    items:\n"
    return head + section + "".join(an_item(item) for item in items)


def an_item(item: str) -> str:
    """The text of an item in its section; every line of it stands by itself."""
    answers = "".join(f"          {n}: The {item} is seen in state {word}.\n" for n, word in enumerate(NUMBERS, 1))
    steps = "".join(f"            {n}: Go on to {word}.\n" for n, word in enumerate(NUMBERS[1:], 2))
    needs = "[{item: data-catalog, rating: 2}]" if item == "data-lineage" else "[]"
    return (
        f"      - id: {item}\n"
        f"        name: The {item}\n"
        f"        question: How is the {item}?\n"
        "        why: It hurts when it is missing.\n"
        f"        answers:\n{answers}"
        "        show: Open it.\n"
        f"        remedy:\n          first: Begin today.\n          to:\n{steps}"
        "          tools:\n"
        '            - {name: Git, url: "https://git-scm.com", use: versions of text}\n'
        '            - {name: Make, url: "https://www.gnu.org/software/make", use: one command}\n'
        "        effort: low\n"
        "        prevents: [data-drift]\n"
        f"        needs: {needs}\n"
        "        priority: medium\n"
        "        priority_reason: It is in the middle.\n"
    )


LEVELS = """checklist: "1"
levels:
""" + "".join(
    f"  - name: Level {word}\n    about: It is like {word}.\n    characteristics: [fast, safe]\n" for word in NUMBERS
)
LEVELS += """priorities:
  - {id: high, name: High, about: Close these early.}
  - {id: low, name: Low, about: Plan these.}
"""
HEALTH = """questions:
  - id: fast-rollback
    name: Roll back fast
    question: Can you roll back?
    hint: Yes, if it was rehearsed.
    no: no
    items: [rollback]
"""
SUMMARY = """groups:
  - name: Data
    lines:
      - {id: catalog, name: Catalog, items: [data-catalog, data-lineage]}
"""
FAILURES = """failures:
  - {id: data-drift, name: Data drift, about: The world moved on., question: The data changed}
  - {id: monitoring-gaps, name: Monitoring gaps, about: Nobody saw it., question: Nothing told us}
  - {id: rollback-failures, name: Rollback failures, about: No way back., question: It stayed bad}
anti_patterns:
  - id: black-box
    name: Black box
    problem: Nobody sees.
    way_out: Look.
    items: [alerting, data-lineage]
    at_most: 2
    count: 2
"""
LENSES = """lenses:
  - id: whole
    name: Whole checklist
    about: For everybody.
    why: Nothing changes.
    leaves_out: []
    weights: []
    words: []
  - id: small
    name: Small team
    about: For a few people.
    why: Little time.
    leaves_out:
      - {item: data-catalog, reason: Two people know their tables.}
    weights:
      - {item: rollback, weight: 2, reason: There is nobody on call.}
      - {area: monitoring, weight: 3, reason: There is nobody who looks.}
    words:
      - item: alerting
        question: Who of you is told?
        why: Both may sleep.
        answers:
          1: Neither of you is told of it.
          2: One of you is told of it at times.
          3: One of you is told of it each time.
          4: Both of you are told of it each time.
          5: Both are told and count how late it was.
        show: Break it.
        first: Write to both of you.
        to:
          2: Tell one.
          3: Tell one each time.
          4: Tell both.
          5: Count.
        example: The nightly job.
"""
CROSSWALK = """frameworks:
  - id: rubric
    name: The rubric
    edition: "2017"
    publisher: A journal
    source: "https://example.org/rubric"
    about: Ten tests.
    topics:
      - {id: Test 1, title: There is a list}
      - {id: Test 2, title: There is a way back}
  - id: law
    name: The law
    edition: First reading
    publisher: A parliament
    source: "https://example.org/law"
    about: It binds a few.
    topics:
      - {id: Article 9, title: Somebody is told}
items:
  - item: alerting
    supports:
      - {framework: law, topic: Article 9, by: a message to somebody}
      - {framework: rubric, topic: Test 2, by: a message in time}
  - item: data-catalog
    supports:
      - {framework: rubric, topic: Test 1, by: a list of tables}
"""
