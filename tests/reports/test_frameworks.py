"""What a report says about published frameworks: every relation, with edition and source, and no claim beyond it."""

from pathlib import Path

from checklist.loader import the_checklist
from reports import frameworks
from tests.checklist.builders import Content, a_content

CHECKLIST = the_checklist()


def test_a_relation_says_edition_topic_title_and_what_supports_it(tmp_path: Path) -> None:
    content: Content = a_content(tmp_path)
    first, second, third = frameworks.relations(content.load())
    assert (
        first.sentence == "The data-catalog supports The rubric (2017), Test 1: There is a list, by a list of tables."
    )
    assert (second.reference, second.by) == ("The rubric (2017), Test 2: There is a way back", "a message in time")
    assert third.reference == "The law (First reading), Article 9: Somebody is told"
    assert third.source == "https://example.org/law"


def test_nothing_is_lost_by_item_or_by_framework() -> None:
    known = frameworks.relations(CHECKLIST)
    assert len(known) == len(CHECKLIST.references)
    assert tuple(one for _, found in frameworks.by_item(CHECKLIST) for one in found) == known
    assert [item.id for item, _ in frameworks.by_item(CHECKLIST)] == list(CHECKLIST.order)
    grouped = frameworks.by_framework(CHECKLIST)
    assert {one for _, found in grouped for one in found} == set(known)
    assert [framework.id for framework, _ in grouped] == [one.id for one in CHECKLIST.frameworks]


def test_within_a_framework_relations_stand_in_order_of_its_topics() -> None:
    for framework, found in frameworks.by_framework(CHECKLIST):
        assert list(dict.fromkeys(one.topic for one in found)) == [topic.id for topic in framework.topics]


def test_through_a_lens_only_what_is_asked_supports_something() -> None:
    seen = CHECKLIST.through("small-team")
    asked = {item.id for item, _ in frameworks.by_item(seen)}
    assert asked == set(seen.order)
    assert "data-catalog" not in asked


def test_the_caveat_disclaims_compliance_and_editions_name_every_source() -> None:
    assert "no claim of compliance" in frameworks.CAVEAT
    sources = [source for _, _, source in frameworks.editions(CHECKLIST)]
    assert sources == [framework.source for framework in CHECKLIST.frameworks]
    assert all(framework.edition in name for framework, (name, _, _) in
               zip(CHECKLIST.frameworks, frameworks.editions(CHECKLIST), strict=True))  # fmt: skip


def test_a_relation_is_worded_as_support() -> None:
    assert all(f"{one.item_name} supports {one.name} (" in one.sentence for one in frameworks.relations(CHECKLIST))
