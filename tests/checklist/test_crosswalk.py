"""What crosswalk.yaml may say, and what is left of it through a lens."""

import pytest

from checklist.model import Reference, Topic
from tests.checklist.builders import Case, Content

FILE = "crosswalk.yaml"


def a_case(what: str, old: str, new: str, at: str, says: str) -> Case:
    return Case(what, FILE, old, new, at, says)


FIRST = "      - {framework: law, topic: Article 9, by: a message to somebody}\n"
CASES = (
    a_case(
        "an unknown item", "item: data-catalog\n", "item: data-catalogue\n", "data-catalogue",
        'references of "data-catalogue" names the item "data-catalogue", which does not exist; '
        'did you mean "data-catalog"?',
    ),
    a_case(
        "an unknown framework", "{framework: law,", "{framework: laws,", "{framework: laws,",
        'references of "alerting": reference to "Article 9" names the framework "laws", which does not exist; '
        'did you mean "law"?',
    ),
    a_case(
        "an unknown topic", "{framework: rubric, topic: Test 1,", "{framework: rubric, topic: Tests 1,", "Tests 1",
        'references of "data-catalog": reference to "Tests 1" names no topic of "rubric"; did you mean "Test 1"?',
    ),
    a_case(
        "a topic of another framework", "{framework: law, topic: Article 9", "{framework: law, topic: Test 1",
        "{framework: law, topic: Test 1",
        'references of "alerting": reference to "Test 1" names no topic of "law"; check the spelling.',
    ),
    a_case(
        "a reference twice", FIRST, FIRST * 2, FIRST.strip(),
        'references of "alerting": reference to "Article 9" stands twice for "law"; keep one.',
    ),
    a_case(
        "an item twice", "item: data-catalog\n", "item: alerting\n", "item: alerting",
        'references of "alerting" stand twice; put them together.',
    ),
    a_case(
        "a reference that does not say why", ", by: a message to somebody", "", "{framework: law, topic: Article 9}",
        'references of "alerting": reference to "Article 9" has no "by"; add it.',
    ),
    a_case(
        "an item that supports nothing",
        f"{FIRST}      - {{framework: rubric, topic: Test 2, by: a message in time}}\n",
        "      []\n", "supports:", 'references of "alerting" has nothing in "supports"; give at least one entry.',
    ),
    a_case(
        "a topic named twice", "{id: Test 2,", "{id: Test 1,", "{id: Test 1,",
        'framework "rubric": topic "Test 1" stands twice; name it once.',
    ),
    a_case(
        "a framework twice", "id: law", "id: rubric", "id: rubric",
        'framework "rubric" is also in checklist/crosswalk.yaml:2; an id stands once.',
    ),
    a_case(
        "a framework without its edition", '    edition: "2017"\n', "", "id: rubric",
        'framework "rubric" has no "edition"; add it.',
    ),
    a_case(
        "a source that is no address", "https://example.org/rubric", "example.org", "example.org",
        'framework "rubric" has the address "example.org"; give a whole one that begins with https://.',
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_each_fault_is_told_with_its_line_and_cure(case: Case, content: Content) -> None:
    content.change(FILE, case.old, case.new)
    assert any(fault.endswith(f": {case.says}") for fault in content.faults()), content.faults()
    told = next(fault for fault in content.faults() if fault.endswith(f": {case.says}"))
    lines = content.text(FILE).splitlines()
    assert told.startswith(f"checklist/{FILE}:")
    assert case.at in lines[int(told.split(":")[1]) - 1]


def test_frameworks_and_references_are_read_as_they_stand(content: Content) -> None:
    checklist = content.load()
    rubric, law = checklist.frameworks
    assert (rubric.name, rubric.edition, rubric.source) == ("The rubric", "2017", "https://example.org/rubric")
    assert rubric.topics == (Topic("Test 1", "There is a list"), Topic("Test 2", "There is a way back"))
    assert law.topic("Article 9").title == "Somebody is told"
    assert checklist.references[0] == Reference("alerting", "law", "Article 9", "a message to somebody")


def test_what_a_lens_leaves_out_supports_nothing_through_it(content: Content) -> None:
    whole = content.load()
    assert {one.item for one in whole.references} == {"alerting", "data-catalog"}
    assert {one.item for one in whole.through("small").references} == {"alerting"}
