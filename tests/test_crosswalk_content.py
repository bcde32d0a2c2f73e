"""The shipped relations to published frameworks say where they come from and claim no more than they may."""

import re

import pytest

from checklist.loader import the_checklist
from tests.test_content_wording import BRITISH, HYPE, PLAIN

CHECKLIST = the_checklist()
EDITIONS = {
    "ml-test-score": "2017",
    "microsoft-mlops": "Levels 0 to 4, undated page",
    "google-mlops": "Levels 0 to 2, undated page",
    "nist-ai-rmf": "1.0",
    "eu-ai-act": "Regulation (EU) 2024/1689",
    "iso-42001": "2023",
    "aws-ml-lens": "2023",
}
NUMBERS = {
    "ml-test-score": r"(Data|Model|Infra|Monitor) [1-7]",
    "microsoft-mlops": r"Level [0-4]",
    "google-mlops": r"Level [0-2]",
    "nist-ai-rmf": r"(GOVERN [1-6]|MAP [1-5]|MEASURE [1-4]|MANAGE [1-4])\.\d{1,2}",
    "eu-ai-act": r"Article \d{1,3}",
    "iso-42001": r"A\.([2-9]|10)\.\d(\.\d)?",
    "aws-ml-lens": r"ML(OE|SEC|REL|PER|COST|SUS)-\d\d",
}
# Whoever says one of these about a framework claims what no self-assessment can show.
CLAIMS = re.compile(r"\b(compl(y|ies|iant|iance)|fulfil\w*|satisf\w+|meets?|guarantee\w*|certif\w+|conform\w*)\b", re.I)
DATES = re.compile(r"\b(19|20)\d\d-\d\d|\b(January|February|March|April|June|July|August|September|October|November"
                   r"|December) \d|\b(applies|in force|enters?) (from|on|by|since)\b", re.I)  # fmt: skip
LONGEST = 70


def test_every_framework_stands_in_one_edition_with_its_source() -> None:
    assert {one.id: one.edition for one in CHECKLIST.frameworks} == EDITIONS
    assert all(one.source.startswith("https://") and one.publisher and one.about for one in CHECKLIST.frameworks)


@pytest.mark.parametrize("framework", CHECKLIST.frameworks, ids=lambda one: one.id)
def test_topics_have_the_numbers_of_their_framework_and_each_is_supported(framework: object) -> None:
    one = next(known for known in CHECKLIST.frameworks if known is framework)
    assert [topic.id for topic in one.topics if not re.fullmatch(NUMBERS[one.id], topic.id)] == []
    supported = {known.topic for known in CHECKLIST.references if known.framework == one.id}
    assert supported == {topic.id for topic in one.topics}


def test_items_stand_in_order_of_the_checklist_and_each_supports_something() -> None:
    items = list(dict.fromkeys(one.item for one in CHECKLIST.references))
    assert items == list(CHECKLIST.order)


def test_a_topic_is_supported_by_different_items_for_different_reasons() -> None:
    said = [(one.framework, one.topic, one.by) for one in CHECKLIST.references]
    assert len(said) == len(set(said))


def test_phrases_are_short_plain_and_claim_nothing() -> None:
    for one in CHECKLIST.references:
        assert PLAIN.fullmatch(one.by), one
        assert len(one.by) <= LONGEST, one
        assert one.by[-1] not in ".!?", one
        assert one.by[0].islower() or one.by.startswith("A/B"), one
        assert not HYPE.search(one.by), one
        assert not BRITISH.search(one.by), one
        assert not CLAIMS.search(one.by), one


def test_nothing_says_when_a_law_applies() -> None:
    texts = [framework.about for framework in CHECKLIST.frameworks] + [one.by for one in CHECKLIST.references]
    assert [text for text in texts if DATES.search(text)] == []
    law = next(one for one in CHECKLIST.frameworks if one.id == "eu-ai-act")
    assert "high-risk AI systems only" in law.about


def test_of_iso_there_are_titles_only() -> None:
    iso = next(one for one in CHECKLIST.frameworks if one.id == "iso-42001")
    assert max(len(topic.title) for topic in iso.topics) <= LONGEST
    assert "Titles of controls only" in iso.about
