import re

import pytest
from hypothesis import given

from scoring import voices
from scoring.agree import Disagreement, Person, disagreements
from scoring.model import Response
from tests.scoring.strategies import promise
from tests.scoring.test_agree import ANA, ASIDE, BEN, CHECKLIST, UNKNOWN, answered, told


def one(**choices: Response) -> Disagreement:
    return disagreements(CHECKLIST, told(**choices))[0]


def two_questions() -> tuple[Disagreement, ...]:
    return disagreements(
        CHECKLIST,
        {
            ANA: {"one": Response.rated(2), "two": Response.rated(1)},
            BEN: {"one": Response.rated(4), "two": Response.rated(2)},
        },
    )


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"ana": Response.rated(4), "ben": Response.rated(2)}, "The on-call engineer says 2, the lead says 4."),
        ({"ana": Response.rated(4), "ben": ASIDE}, "The lead says 4, the on-call engineer says it does not apply."),
        (
            {"ben": Response.rated(2), "carla": Response.rated(4), "dev": Response.rated(4)},
            "The on-call engineer says 2, Carla and Dev say 4.",
        ),
        (
            {"ana": Response.rated(4), "ben": Response.rated(2), "carla": UNKNOWN, "dev": Response.rated(3)},
            "The on-call engineer says 2, the lead says 4.",
        ),
        (
            {"ana": Response.rated(1), "ben": Response.rated(1), "carla": Response.rated(1), "dev": Response.rated(5)},
            "Three people say 1, Dev says 5.",
        ),
    ],
)
def test_a_sentence_says_who_stands_at_which_end(choices: dict[str, Response], words: str) -> None:
    assert voices.sentence(one(**choices)) == words


def test_the_first_one_is_to_be_talked_about_first() -> None:
    widest = one(ana=Response.rated(4), ben=Response.rated(2))
    said = "The on-call engineer says 2, the lead says 4: talk about this first."
    assert voices.sentence(widest, first=True) == said


def test_people_without_a_role_are_called_by_name() -> None:
    people = {Person("a", "ana"): {"one": Response.rated(1)}, Person("b", "Ben"): {"one": Response.rated(5)}}
    assert voices.sentence(disagreements(CHECKLIST, people)[0]) == "Ana says 1, Ben says 5."


def test_roles_are_told_with_how_many_people_they_are() -> None:
    four = one(ana=Response.rated(4), ben=Response.rated(2), carla=Response.rated(5), dev=Response.rated(3))
    assert voices.by_role(four) == "By role: lead 4, on-call engineer 2, data scientist 3 (2 people)."
    assert not voices.by_role(one(ana=Response.rated(4), ben=Response.rated(2)))


def test_the_finding_counts_and_names_the_widest() -> None:
    assert voices.finding(CHECKLIST, two_questions()) == "You disagree on 2 questions; the widest: One (2 to 4)."
    assert voices.finding(CHECKLIST, two_questions()[:1]) == "You disagree on 1 question; the widest: One (2 to 4)."
    aside = disagreements(CHECKLIST, told(ana=Response.rated(4), ben=ASIDE))
    assert voices.finding(CHECKLIST, aside) == "You disagree on 1 question: whether one applies."
    assert voices.finding(CHECKLIST, ()) == ""


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (0, "Disagreement shows here as soon as two people have submitted."),
        (1, "Disagreement shows here as soon as two people have submitted."),
        (2, "Two people answered and disagree on 2 questions; at most 2 levels apart."),
    ],
)
def test_the_page_says_how_far_people_are_apart(people: int, words: str) -> None:
    assert voices.agreement(two_questions(), people) == words


def test_people_who_agree_are_told_so() -> None:
    assert voices.agreement((), 3) == "Three people answered, and no two of them contradict each other."


@pytest.mark.parametrize(
    ("agreed", "words"),
    [
        ({}, ""),
        ({"a": 1}, "One answer is one person's; nobody else has answered there."),
        ({"a": 3, "b": 3}, "2 answers are agreed: the median of 3 people."),
        ({"a": 3, "b": 1}, "2 answers are agreed: the median of 1 to 3 people."),
    ],
)
def test_a_result_says_how_much_of_it_is_agreed(agreed: dict[str, int], words: str) -> None:
    assert voices.origin(agreed) == words


@pytest.mark.parametrize(
    ("unanswered", "words"),
    [
        (21, "21 questions stay open; your answers count where you gave one."),
        (1, "One question stays open; your answers count where you gave one."),
        (0, "All 41 questions are answered."),
    ],
)
def test_submitting_half_says_what_that_means(unanswered: int, words: str) -> None:
    assert voices.open_questions(unanswered, 41) == words


def test_the_close_ones_are_counted_with_what_they_are_about() -> None:
    by_one = one(ana=Response.rated(2), ben=Response.rated(3))
    aside = one(ana=Response.rated(2), ben=ASIDE)
    assert voices.closer([by_one, by_one]) == "2 more, one level apart"
    assert voices.closer([by_one, aside]) == "2 more, one level apart or about whether it applies"
    assert voices.closer([aside]) == "1 more, about whether it applies"


def test_who_has_not_submitted_is_named() -> None:
    ending = "not submitted; what they answered does not count yet."
    assert voices.waiting(["Ana"]) == f"Ana has {ending}"
    assert voices.waiting(["Ana", "Ben"]) == f"Ana and Ben have {ending}"
    assert voices.waiting(["Ana", "Ben", "C", "D"]) == f"4 people have {ending}"
    assert voices.waiting([]) == ""


def test_a_meeting_ends_with_what_was_decided() -> None:
    assert voices.decided(7, 7) == "You decided all seven questions."
    assert voices.decided(1, 1) == "You decided the one question."
    assert voices.decided(3, 7) == "You decided three of seven questions. The rest keeps the agreed answer."
    assert voices.decided(0, 0) == "There is nothing to decide."


@pytest.mark.parametrize(
    ("response", "people", "words"),
    [
        (Response.rated(3), 3, "Counts now: 3, the median of 3 people. An answer here decides instead."),
        (
            ASIDE,
            1,
            "Counts now: not applicable (another reason), the answer of one person. An answer here decides instead.",
        ),
    ],
)
def test_the_team_s_form_says_what_counts_without_it(response: Response, people: int, words: str) -> None:
    assert voices.counts_now(response, people) == words


@promise
@given(answered)
def test_every_sentence_is_one(given_by: dict[Person, dict[str, Response]]) -> None:
    found = disagreements(CHECKLIST, given_by)
    said = [voices.finding(CHECKLIST, found) or ".", voices.agreement(found, len(given_by))]
    said += [voices.sentence(one, first) for one in found for first in (True, False)]
    said += [voices.by_role(one) or "." for one in found]
    for sentence in said:
        assert re.fullmatch(r"([A-Z0-9].*)?\.", sentence), sentence
        assert "None" not in sentence
        assert "  " not in sentence


@pytest.mark.parametrize(
    ("people", "choices", "words"),
    [
        (1, {}, "The answer of one person."),
        (2, {}, "Two people answered, and no two of them contradict each other."),
        (2, {"ana": Response.rated(4), "ben": Response.rated(2)}, "The median of two people, who say 2 to 4."),
        (
            3, {"ana": Response.rated(4), "ben": Response.rated(4), "carla": ASIDE},
            "The median of three people, who say 4 or that it does not apply.",
        ),
        (
            3, {"ana": Response.rated(4), "ben": ASIDE, "carla": ASIDE},
            "Three people answered, and more than half of them say so.",
        ),
    ],
)  # fmt: skip
def test_an_agreed_answer_says_how_many_people_and_how_far_apart(
    people: int, choices: dict[str, Response], words: str
) -> None:
    assert voices.agreed_by(people, one(**choices) if choices else None) == words


def test_a_decision_says_what_people_had_said() -> None:
    apart = one(ana=Response.rated(4), ben=Response.rated(1))
    assert voices.decided_by_the_team(apart) == "Decided together; two people had said 1 to 4."
