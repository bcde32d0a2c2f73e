"""Every text of the shipped checklist is worded as promised: plain facts, short sentences, no two answers alike."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

from checklist.loader import FOLDER, the_checklist
from checklist.model import AntiPattern, Area, FailureMode, HealthQuestion, Item, Level, Priority, Section

CHECKLIST = the_checklist()

# An answer says what one would see; a word of merit, or a level's name, lets people guess which one to choose.
MERIT = re.compile(
    r"\b(good|better|best|great|excellent|advanced|robust(ly)?|comprehensive(ly)?|mature|maturity|proper(ly)?"
    r"|adequate(ly)?|sophisticated|optimal|effective(ly)?|often|mostly|usually|sometimes"
    r"|ad[- ]hoc|basic|intermediate|experts?|level [1-5])\b",
    re.IGNORECASE,
)
HYPE = re.compile(
    r"\b(best[- ]practices?|world[- ]class|cutting[- ]edge|state[- ]of[- ]the[- ]art|robust|seamless(ly)?|holistic"
    r"|comprehensive|leverag(e|es|ing)|empower(s|ing)?|game[- ]chang\w+|supercharge\w*|synerg\w+)\b",
    re.IGNORECASE,
)
BRITISH = re.compile(
    r"\b(behaviour|colour|favour|honour|labell(ed|ing)|modell(ed|ing)|cancelled|catalogue|centre|licence|programme"
    r"|analys(e|ed|ing)|(organ|recogn|minim|maxim|optim|summar|author|prior|standard|visual|normal)is(e[ds]?|ing))\b",
    re.IGNORECASE,
)
# What a keyboard has, and the few signs that print better than it.
PLAIN = re.compile(r"[ -~–’“”×→]*")
WORD = re.compile(r"[^\W_]+(?:[-'’/.][^\W_]+)*")
SENTENCE_END = re.compile(r"(?<=[.?])\s+")
# Two answers that share more of their words, in the same order, say the same thing about two things.
ALIKE = 0.55

Texts = tuple[tuple[str, str], ...]
ASKED: tuple[Item | HealthQuestion, ...] = (*CHECKLIST.items, *CHECKLIST.health)
DESCRIBED: tuple[Area | Section | Level | FailureMode | Priority, ...] = (
    *CHECKLIST.areas,
    *CHECKLIST.sections,
    *CHECKLIST.levels,
    *CHECKLIST.failures,
    *CHECKLIST.priorities,
)
NAMED: tuple[Area | Section | Level | FailureMode | Priority | Item | HealthQuestion | AntiPattern, ...] = (
    *DESCRIBED,
    *ASKED,
    *CHECKLIST.anti_patterns,
)


def prose_of_items() -> Iterator[tuple[str, str]]:
    for item in CHECKLIST.items:
        yield f"{item.id}: why", item.why
        yield f"{item.id}: show", item.show
        yield f"{item.id}: first step", item.remedy.first
        yield f"{item.id}: priority_reason", item.priority_reason
        yield from ((f"{item.id}: answer {n}", text) for n, text in enumerate(item.answers, 1))
        yield from ((f"{item.id}: step to {n}", text) for n, text in enumerate(item.remedy.steps, 2))


def prose_of_the_rest() -> Iterator[tuple[str, str]]:
    for part in DESCRIBED:
        yield f"{part.name}: about", part.about
    for question in CHECKLIST.health:
        yield from ((question.id, text) for text in (question.hint, question.no))
    for pattern in CHECKLIST.anti_patterns:
        yield from ((pattern.id, text) for text in (pattern.problem, pattern.way_out))


def phrases() -> Iterator[tuple[str, str]]:
    """What is no prose: names, labels and what a tool is for."""
    yield from ((f"{part.name}: name", part.name) for part in NAMED)
    yield from ((f"{item.id}: {tool.name}", tool.use) for item in CHECKLIST.items for tool in item.remedy.tools)
    yield from ((f"level {level.number}", text) for level in CHECKLIST.levels for text in level.characteristics)
    yield from ((failure.id, failure.question) for failure in CHECKLIST.failures)


QUESTIONS: Texts = tuple((part.id, part.question) for part in ASKED)
PROSE: Texts = (*prose_of_items(), *prose_of_the_rest())
TEXTS: Texts = (*PROSE, *QUESTIONS, *phrases())
ANSWERS: Texts = tuple((place, text) for place, text in PROSE if ": answer " in place)


def words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def long_sentences(text: str, most: int) -> list[str]:
    return [sentence for sentence in SENTENCE_END.split(text) if len(words(sentence)) > most]


def alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, words(one), words(other), autojunk=False)
    return matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE


def test_no_text_is_empty() -> None:
    assert [place for place, text in TEXTS if not words(text)] == []


def test_answers_have_12_to_40_words() -> None:
    assert [(place, len(words(text))) for place, text in ANSWERS if not 12 <= len(words(text)) <= 40] == []
    assert len(ANSWERS) == 41 * 5


def test_the_length_of_an_answer_does_not_give_its_level_away() -> None:
    for item in CHECKLIST.items:
        lengths = [len(words(text)) for text in item.answers]
        assert max(lengths) <= 1.6 * min(lengths), f"{item.id}: {lengths}"


def test_no_two_answers_are_nearly_alike() -> None:
    pairs = combinations(ANSWERS, 2)
    assert [(here, there) for (here, one), (there, other) in pairs if alike(one, other)] == []


def test_no_advice_is_given_twice() -> None:
    counted = Counter(" ".join(words(text)) for _, text in PROSE)
    assert [text for text, count in counted.items() if count > 1] == []


def test_answers_state_facts_not_merit_and_name_no_level() -> None:
    assert [(place, found.group()) for place, text in ANSWERS if (found := MERIT.search(text))] == []


def test_no_text_hypes() -> None:
    assert [(place, found.group()) for place, text in TEXTS if (found := HYPE.search(text))] == []


def test_spelling_is_american() -> None:
    assert [(place, found.group()) for place, text in TEXTS if (found := BRITISH.search(text))] == []


def test_questions_end_with_a_question_mark_and_have_at_most_20_words() -> None:
    assert [place for place, text in QUESTIONS if not text.endswith("?") or text.count("?") > 1] == []
    assert [place for place, text in QUESTIONS if len(words(text)) > 20] == []


def test_prose_is_whole_sentences() -> None:
    assert [place for place, text in PROSE if not re.fullmatch(r"[A-Z“\"].*[.?]", text)] == []


def test_sentences_have_at_most_30_words() -> None:
    assert [(place, long) for place, text in TEXTS for long in long_sentences(text, 30)] == []


def test_nothing_is_shouted_and_every_sign_is_plain() -> None:
    assert [place for place, text in TEXTS if "!" in text or "  " in text] == []
    assert [(place, text) for place, text in TEXTS if not PLAIN.fullmatch(text)] == []


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.yaml")), ids=lambda file: file.name)
def test_content_files_hold_no_hidden_signs(file: Path) -> None:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        assert PLAIN.fullmatch(line), f"{file.name}:{number}"
        assert line == line.rstrip(), f"{file.name}:{number} ends with blanks"


# That the measures above measure


@pytest.mark.parametrize("text", ["A good check runs.", "Ad-hoc checks run.", "It is properly done.", "As at level 3."])
def test_merit_is_noticed(text: str) -> None:
    assert MERIT.search(text)


@pytest.mark.parametrize("text", ["Goods are checked.", "The basis is checked.", "The level is checked."])
def test_facts_are_not_taken_for_merit(text: str) -> None:
    assert not MERIT.search(text)


def test_answers_that_differ_in_their_subject_alone_are_noticed() -> None:
    shape = "Every release of the {} is checked by a script, and a failed check stops it until an owner has looked."
    assert alike(shape.format("model"), shape.format("feature table"))
    assert not alike(shape.format("model"), CHECKLIST.items[0].answers[0])


def test_a_long_sentence_is_noticed_beside_short_ones() -> None:
    assert long_sentences(f"Short. {'word ' * 30}end. Short.", 30) == [f"{'word ' * 30}end."]
    assert long_sentences(f"Short. {'word ' * 29}end. Short.", 30) == []
