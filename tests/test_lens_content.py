"""The shipped lenses keep what the checklist promises: whole, worded alike, and each with its reasons."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest

from checklist.loader import the_checklist
from checklist.model import WHOLE, Checklist, Lens, Rewording
from scoring.evaluate import evaluate
from scoring.model import Answers, Response
from tests.test_content_wording import BRITISH, HYPE, MERIT, PLAIN, alike, long_sentences, words

CHECKLIST = the_checklist()
LENSES = CHECKLIST.lenses
LENS_IDS = [lens.id for lens in LENSES]
Texts = tuple[tuple[str, str], ...]
each_lens = pytest.mark.parametrize("lens", LENSES, ids=LENS_IDS)
# Talk of law and of being in order: a lens supports an examination and promises nothing.
CLAIMS = re.compile(r"\b(comply|complies|compliant|conforms?|guarantees?|certif\w+|fulfill?s?|20\d\d)\b", re.IGNORECASE)
# What an LLM team has none of; its questions are worded anew so that they do not have to translate.
NOT_OF_AN_LLM_TEAM = re.compile(r"\b(training (run|set|data|job)s?|retrain\w*|column|feature code)\b", re.IGNORECASE)


def prose(lens: Lens) -> Iterator[tuple[str, str]]:
    """Whole sentences, each with its place."""
    yield from ((f"{lens.id}: {key}", text) for key, text in (("about", lens.about), ("why", lens.why)))
    yield from ((f"{lens.id}: leaves out {left.item}", left.reason) for left in lens.leaves_out)
    yield from ((f"{lens.id}: weight of {one.id}", one.reason) for one in (*lens.item_weights, *lens.area_weights))
    for one in lens.words:
        place = f"{lens.id}: {one.item}"
        yield from ((f"{place}: answer {n}", text) for n, text in enumerate(one.answers, 1))
        yield from ((f"{place}: step to {n}", text) for n, text in enumerate(one.steps, 2))
        said = {"why": one.why, "show": one.show, "first": one.first, "example": one.example}
        yield from ((f"{place}: {key}", text) for key, text in said.items() if text)


PROSE: Texts = tuple(text for lens in LENSES for text in prose(lens))
QUESTIONS: Texts = tuple(
    (f"{lens.id}: {one.item}", one.question) for lens in LENSES for one in lens.words if one.question
)
TEXTS: Texts = (*PROSE, *QUESTIONS, *((lens.id, lens.name) for lens in LENSES))
ANSWERS: Texts = tuple((place, text) for place, text in PROSE if ": answer " in place)
REWORDED = [(lens.id, one) for lens in LENSES for one in lens.words if one.answers]


def view(lens: Lens) -> Checklist:
    return CHECKLIST.through(lens.id)


def all_rated(checklist: Checklist, rating: int) -> Answers:
    return Answers({item.id: Response.rated(rating) for item in checklist.items})


# What each lens is


def test_the_five_lenses_are_there_and_the_whole_is_the_default() -> None:
    assert LENS_IDS == [WHOLE, "small-team", "regulated", "llm", "batch"]
    assert CHECKLIST.lens.id == WHOLE
    assert CHECKLIST.through(WHOLE) is CHECKLIST


@each_lens
def test_a_uniform_rating_is_the_same_score_and_level_through_every_lens(lens: Lens) -> None:
    for rating in (1, 3, 5):
        result = evaluate(view(lens), all_rated(view(lens), rating))
        assert (result.score, result.level, result.lens, result.coverage) == (rating, rating, lens.id, 1)


@each_lens
def test_every_area_and_summary_group_stays(lens: Lens) -> None:
    assert [area.id for area in view(lens).areas] == [area.id for area in CHECKLIST.areas]
    assert all(area.items for area in view(lens).areas)
    assert {line.group for line in view(lens).summary} == {line.group for line in CHECKLIST.summary}


@each_lens
def test_answers_to_what_a_lens_leaves_out_do_not_disturb_it(lens: Lens) -> None:
    given = all_rated(CHECKLIST, 3).within(view(lens))
    assert evaluate(view(lens), given).score == 3


def test_the_llm_lens_says_every_question_in_its_own_words_or_with_its_own_example() -> None:
    words_of = {one.item: one for one in CHECKLIST.through("llm").lens.words}
    assert set(words_of) == set(CHECKLIST.order)
    assert [item for item, one in words_of.items() if not one.example] == []


def test_the_llm_lens_does_not_talk_of_what_an_llm_team_has_not() -> None:
    texts = [(place, text) for place, text in TEXTS if place.startswith("llm: ")]
    assert [(place, found.group()) for place, text in texts if (found := NOT_OF_AN_LLM_TEAM.search(text))] == []


@pytest.mark.parametrize(("lens_id", "words_"), REWORDED, ids=lambda case: getattr(case, "item", case))
def test_new_answers_come_with_new_advice(lens_id: str, words_: Rewording) -> None:
    assert all((words_.question, words_.why, words_.show, words_.first, words_.steps))


def test_the_regulated_lens_supports_and_claims_nothing() -> None:
    regulated = CHECKLIST.through("regulated").lens
    assert [one.id for one in regulated.item_weights if not one.reason.startswith("Supports ")] == []
    assert [found.group() for _, text in prose(regulated) if (found := CLAIMS.search(text))] == []
    assert "does not show that any law" in regulated.why


# How it is worded: the promises of tests/test_content_wording.py


def test_answers_have_12_to_40_words() -> None:
    assert [(place, len(words(text))) for place, text in ANSWERS if not 12 <= len(words(text)) <= 40] == []


def test_the_length_of_an_answer_does_not_give_its_level_away() -> None:
    for lens_id, one in REWORDED:
        lengths = [len(words(text)) for text in one.answers]
        assert max(lengths) <= 1.6 * min(lengths), f"{lens_id}, {one.item}: {lengths}"


@each_lens
def test_no_two_answers_of_a_lens_are_nearly_alike(lens: Lens) -> None:
    own = {one.item for one in lens.words if one.answers}
    answers = [(item.id, n, text) for item in view(lens).items for n, text in enumerate(item.answers, 1)]
    pairs = ((one, other) for one, other in combinations(answers, 2) if one[0] in own or other[0] in own)
    assert [(one[:2], other[:2]) for one, other in pairs if alike(one[2], other[2])] == []


def test_no_advice_is_given_twice() -> None:
    counted = Counter(" ".join(words(text)) for _, text in PROSE)
    assert [text for text, count in counted.items() if count > 1] == []


def test_answers_state_facts_not_merit_and_name_no_level() -> None:
    assert [(place, found.group()) for place, text in ANSWERS if (found := MERIT.search(text))] == []


def test_no_text_hypes_and_spelling_is_american() -> None:
    assert [(place, found.group()) for place, text in TEXTS if (found := HYPE.search(text))] == []
    assert [(place, found.group()) for place, text in TEXTS if (found := BRITISH.search(text))] == []


def test_questions_end_with_a_question_mark_and_have_at_most_20_words() -> None:
    assert [place for place, text in QUESTIONS if not text.endswith("?") or text.count("?") > 1] == []
    assert [place for place, text in QUESTIONS if len(words(text)) > 20] == []


def test_prose_is_whole_sentences_of_at_most_30_words() -> None:
    assert [place for place, text in PROSE if not re.fullmatch(r"[A-Z“].*[.?”]", text)] == []
    assert [(place, long) for place, text in TEXTS for long in long_sentences(text, 30)] == []


def test_nothing_is_shouted_and_every_sign_is_plain() -> None:
    assert [place for place, text in TEXTS if "!" in text or not PLAIN.fullmatch(text)] == []
