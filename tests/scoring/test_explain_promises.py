import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given

from checklist.model import Checklist
from scoring import compare_words, explain
from scoring.compare import Comparison, Side, compare
from scoring.evaluate import evaluate
from scoring.model import Answers
from scoring.trend import Point
from tests.scoring.strategies import cases, promise

DAY = date(2026, 1, 1)


def sentences(checklist: Checklist, answers: Answers) -> Iterator[str]:
    """Everything that can be said about a result."""
    result = evaluate(checklist, answers)
    yield explain.headline(checklist, "Churn model", result)
    yield explain.health_headline(checklist, result.health)
    yield explain.health_rule(checklist, result.health)
    for say in (explain.rule, explain.standing, explain.possible, explain.target_sentence):
        yield say(checklist, result)
    for alt in (explain.areas_alt, explain.summary_alt):
        yield alt(checklist, result)
    for area in result.areas:
        yield explain.area_sentence(checklist, area)
    for fix in result.fixes:
        yield explain.fix_reason(checklist, fix)
        yield explain.blocked_sentence(checklist, fix) or "."
    for pattern in checklist.anti_patterns:
        yield explain.anti_pattern_sentence(checklist, pattern.id, answers)
        yield explain.pattern_rule(checklist, pattern)
    for comparison in comparisons(checklist, answers):
        yield compare_words.headline(checklist, comparison)
        yield compare_words.counts(comparison)
        yield compare_words.areas_alt(checklist, comparison)
        yield compare_words.group_about(comparison, "practice")


def comparisons(checklist: Checklist, answers: Answers) -> Iterator[Comparison]:
    """With nothing, with itself, and with another system; and the other way round."""
    one, none = (
        Side("a", name, said, "1", DAY, system_name="A") for name, said in (("One", answers), ("Empty", Answers()))
    )
    for other in (one, none, replace(none, system="b", system_name="B")):
        yield compare(checklist, one, other)
        yield compare(checklist, other, one)


def titles(checklist: Checklist, answers: Answers) -> Iterator[str]:
    """What is said in passing, without a full stop."""
    result = evaluate(checklist, answers)
    yield explain.areas_title(checklist, result)
    yield explain.summary_title(checklist, result)
    yield explain.trend_title(checklist, [Point(date(2026, 1, 1), "First", result.score, result.level)])
    for comparison in comparisons(checklist, answers):
        yield compare_words.areas_title(checklist, comparison)
        for one in comparison.differences:
            yield compare_words.difference_words(comparison, one)
            yield compare_words.item_name(checklist, one.item)
    for fix in result.fixes:
        yield explain.gain_words(fix)
        yield explain.effort_words(fix)


@promise
@given(cases())
def test_every_answer_can_be_told_in_clean_sentences(case: tuple[Checklist, Answers]) -> None:
    stops = re.compile(
        r"None|[{}]| {2}|\b1 (items|points|questions)\b|\bone (items|areas|questions)\b|Fraction|\.\.|^ | $"
    )
    for sentence in sentences(*case):
        assert sentence.endswith(".")
        assert not stops.search(sentence), sentence
    for title in titles(*case):
        assert title
        assert not title.endswith(".")
        assert not stops.search(title), title


@promise
@given(cases())
def test_no_sentence_shows_a_score_in_a_band_it_does_not_lie_in(case: tuple[Checklist, Answers]) -> None:
    checklist, answers = case
    result = evaluate(checklist, answers)
    for area in result.areas:
        if area.score is not None:
            shown = re.search(r"with ([\d.]+) of 5\.", explain.area_sentence(checklist, area))
            assert shown
            assert Fraction(shown[1]) // 1 == area.level
