from dataclasses import replace
from fractions import Fraction

import pytest

from checklist.model import AntiPattern, Checklist
from scoring import explain
from scoring.evaluate import evaluate, health_result
from scoring.model import Answers, Blocker, Fix, HealthResult, Response, Result, Target
from tests.scoring.builders import (
    HEALTH_IDS,
    a_checklist,
    all_rated,
    an_item,
    ratings,
    the_real_shape,
    uniform,
)

CHECKLIST = the_real_shape()
SKIPPED = Response.not_applicable("other")


def result_of(checklist: Checklist = CHECKLIST, /, **by_area: int) -> Result:
    return evaluate(checklist, Answers(uniform(checklist, **by_area)))


def a_fix(item: str = "roof", **changes: object) -> Fix:
    fix = Fix(item, "data", "high", 1, 3, Fraction(1, 20), 9, ())
    return replace(fix, **changes)  # type: ignore[arg-type]


HELD = result_of(data=4, development=4, deployment=4, monitoring=4, governance=1)
UNANSWERED_AREA = result_of(data=4, development=4, deployment=4, monitoring=4)
EMPTY = evaluate(CHECKLIST, Answers())
NOTHING_APPLIES = evaluate(CHECKLIST, Answers({item.id: SKIPPED for item in CHECKLIST.items}))


# The level and what decided it.


def test_the_headline_says_number_and_name_of_the_level() -> None:
    assert explain.headline(CHECKLIST, "Churn model", HELD) == "Churn model is at Level 2, Basic."
    assert explain.headline(CHECKLIST, "Churn model", EMPTY) == "Churn model has no level yet."
    assert explain.headline(CHECKLIST, "  ", HELD) == "This system is at Level 2, Basic."


def test_the_name_of_a_system_stays_the_text_that_it_is() -> None:
    name = "<b>**Churn**</b> & {co}"
    assert explain.headline(CHECKLIST, name, HELD) == f"{name} is at Level 2, Basic."


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (HELD, "Its score of 3.4 of 5 is Intermediate; Model governance at Level 1 holds it at Basic."),
        (
            result_of(data=5, development=5, deployment=5, monitoring=1, governance=1),
            "Its score of 3.4 of 5 is Intermediate; "
            "Model monitoring and Model governance, both at Level 1, hold it at Basic.",
        ),
        (
            evaluate(
                a_checklist(*(an_item(f"{a}-1", a) for a in ("data", "deployment", "monitoring", "b", "c", "d"))),
                Answers(ratings(data_1=1, deployment_1=1, monitoring_1=1, b_1=5, c_1=5, d_1=5)),
            ),
            "Its score of 3 of 5 is Intermediate; "
            "Data pipeline, Model deployment and Model monitoring, all at Level 1, hold it at Basic.",
        ),
        (
            result_of(data=4, development=4, deployment=4, monitoring=4, governance=2),
            "Its score of 3.6 of 5 is Intermediate; the weakest area is Model governance at 2 of 5.",
        ),
        (
            result_of(data=4, development=4, deployment=4, monitoring=3, governance=3),
            "Its score of 3.6 of 5 is Intermediate; "
            "the weakest areas are Model monitoring and Model governance at 3 of 5.",
        ),
        (
            result_of(data=3, development=3, deployment=3, monitoring=3, governance=3),
            "Its score of 3 of 5 is Intermediate, the same in every area.",
        ),
        (UNANSWERED_AREA, "Its score of 4 of 5 is Advanced, the same in every rated area."),
        (result_of(data=2), "Its score of 2 of 5 is Basic, from Data pipeline alone."),
        (EMPTY, "No question is rated yet."),
        (NOTHING_APPLIES, "Nothing in the checklist applies."),
    ],
)
def test_the_rule_says_what_decided_the_level(result: Result, sentence: str) -> None:
    checklist = (
        CHECKLIST if len(result.areas) == 5 else a_checklist(*(an_item(f"{a.id}-1", a.id) for a in result.areas))
    )
    assert explain.rule(checklist, result) == sentence


@pytest.mark.parametrize(
    ("absent", "sentence"),
    [
        (["governance"], "This is Level 4 over four of five areas: nothing in Model governance applies."),
        (
            ["data", "governance"],
            "This is Level 4 over three of five areas: nothing in Data pipeline or Model governance applies.",
        ),
    ],
)
def test_the_rule_names_the_areas_the_level_does_not_speak_for(absent: list[str], sentence: str) -> None:
    responses = {item.id: SKIPPED if item.area in absent else Response.rated(4) for item in CHECKLIST.items}
    said = explain.rule(CHECKLIST, evaluate(CHECKLIST, Answers(responses)))
    assert said == f"Its score of 4 of 5 is Advanced, the same in every rated area. {sentence}"


# How much is known.


def test_standing_says_how_much_is_answered_and_what_makes_the_level_provisional() -> None:
    assert explain.standing(CHECKLIST, UNANSWERED_AREA) == (
        "33 of 41 questions are rated (80 %). The level is provisional until at least 80 % of the questions "
        "in every area are rated. One area is below that: Model governance (0 %)."
    )
    assert explain.standing(CHECKLIST, result_of(data=3, deployment=3, monitoring=3)).endswith(
        "Two areas are below that: Model development (0 %) and Model governance (0 %)."
    )


def test_standing_is_short_where_everything_is_answered() -> None:
    skipped = {**all_rated(CHECKLIST, 3).responses, "data-1": SKIPPED}
    assert explain.standing(CHECKLIST, HELD) == "All 41 questions are answered."
    assert explain.standing(CHECKLIST, evaluate(CHECKLIST, Answers(skipped))) == (
        "All 40 questions that apply are answered."
    )


def test_standing_without_a_level_says_nothing_of_the_level() -> None:
    assert explain.standing(CHECKLIST, EMPTY) == "0 of 41 questions are rated (0 %)."
    assert explain.standing(CHECKLIST, NOTHING_APPLIES) == "No question applies."


def test_standing_speaks_of_a_single_question_in_the_singular() -> None:
    checklist = a_checklist(an_item("one"))
    assert explain.standing(checklist, evaluate(checklist, Answers(ratings(one=3)))) == (
        "The only question that applies is answered."
    )


def test_what_is_possible_is_said_with_both_ends() -> None:
    one_open = {**all_rated(CHECKLIST, 4).responses, "data-1": Response.unknown()}
    assert explain.possible(CHECKLIST, UNANSWERED_AREA) == (
        "The 8 open questions can move the score between 3.4 and 4.2 of 5, from Level 2 to Level 4."
    )
    assert explain.possible(CHECKLIST, evaluate(CHECKLIST, Answers(one_open))) == (
        "The open question can move the score between 3.93 and 4.03 of 5, from Level 3 to Level 4."
    )


def test_what_is_possible_says_when_the_level_stays() -> None:
    one_open = {
        **all_rated(CHECKLIST, 3).responses,
        **uniform(CHECKLIST, data=4),
        "data-1": Response.unknown(),
    }
    assert explain.possible(CHECKLIST, evaluate(CHECKLIST, Answers(one_open))) == (
        "The open question can move the score between 3.13 and 3.23 of 5; the system stays at Level 3, Intermediate."
    )


def test_what_is_possible_without_open_questions_or_without_a_score() -> None:
    assert explain.possible(CHECKLIST, HELD) == "No question is open: the score of 3.4 of 5 stands."
    assert explain.possible(CHECKLIST, EMPTY) == ("With no question rated yet, every score from 1 to 5 is possible.")
    assert explain.possible(CHECKLIST, NOTHING_APPLIES) == "Without a question that applies there is no score."


@pytest.mark.parametrize(
    ("responses", "sentence"),
    [
        (
            uniform(CHECKLIST, data=3),
            "Data pipeline is at Level 3, Intermediate, with 3 of 5. All 8 questions are answered.",
        ),
        (
            uniform(CHECKLIST, data=3) | {"data-1": SKIPPED},
            "Data pipeline is at Level 3, Intermediate, with 3 of 5. All 7 questions that apply are answered.",
        ),
        (
            uniform(CHECKLIST, data=3) | {"data-1": Response.unknown()},
            "Data pipeline is at Level 3, Intermediate, with 3 of 5. "
            "7 of 8 questions answered; the open one can move it between 2.75 and 3.25.",
        ),
        (
            ratings(data_1=3),
            "Data pipeline is at Level 3, Intermediate, with 3 of 5. "
            "1 of 8 questions answered; the open ones can move it between 1.25 and 4.75.",
        ),
        (
            {f"data-{n}": SKIPPED for n in range(2, 9)} | ratings(data_1=2),
            "Data pipeline is at Level 2, Basic, with 2 of 5. The only question that applies is answered.",
        ),
        ({}, "Data pipeline has no score yet: none of its questions is answered."),
        (
            {f"data-{n}": SKIPPED for n in range(2, 9)},
            "Data pipeline has no score yet: its only question that applies is not answered.",
        ),
        ({f"data-{n}": SKIPPED for n in range(1, 9)}, "Nothing in Data pipeline applies."),
    ],
)
def test_an_area_says_where_it_stands(responses: dict[str, Response], sentence: str) -> None:
    area = evaluate(CHECKLIST, Answers(responses)).area("data")
    assert explain.area_sentence(CHECKLIST, area) == sentence


# The health check.


def health_check(*choices: str) -> HealthResult:
    return health_result(CHECKLIST, dict(zip(HEALTH_IDS, choices, strict=False)))


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ("yes no yes no yes", "Three of five answers are yes, which makes 3.4 of 5."),
        ("yes no no no no", "One of five answers is yes, which makes 1.8 of 5."),
        ("yes yes yes yes yes", "All five answers are yes, which makes 5 of 5."),
        ("no no no no no", "No answer is yes, which makes 1 of 5."),
        (
            "yes no yes unsure yes",
            "Three of five answers are yes, which makes 3.4 of 5. "
            "If the one you are not sure about is yes too, it makes 4.2 of 5.",
        ),
        (
            "no no no unsure unsure",
            "No answer is yes, which makes 1 of 5. If the two you are not sure about are yes, it makes 2.6 of 5.",
        ),
        ("yes no yes", "Two of five questions are still open."),
        ("yes no yes no", "One of five questions is still open."),
        ("", "Answer all five questions to see an indicative level."),
    ],
)
def test_the_health_check_says_how_it_came_to_its_score(choices: str, sentence: str) -> None:
    assert explain.health_rule(CHECKLIST, health_check(*choices.split())) == sentence


def test_the_level_of_the_health_check_is_at_least_that_while_somebody_is_not_sure() -> None:
    sure, unsure = (
        health_check("yes", "no", "yes", "no", "yes"),
        health_check("yes", "no", "yes", "unsure", "yes"),
    )
    assert explain.health_headline(CHECKLIST, sure) == "Indicative level: Level 3, Intermediate."
    assert explain.health_headline(CHECKLIST, unsure) == "Indicative level: at least Level 3, Intermediate."
    assert explain.health_headline(CHECKLIST, health_check("yes")) == "The health check has no level yet."


def test_a_no_is_explained_by_the_content() -> None:
    assert explain.health_gap(CHECKLIST, "fast-rollback") == "A no on fast-rollback is a gap."


# Fixes.

HOUSE = a_checklist(an_item("roof", priority="high"), an_item("wall"), an_item("doors"), an_item("windows"))


def test_a_fix_says_why_it_stands_where_it_stands() -> None:
    failed = a_fix(failures=("rollback-failures",))
    twice = a_fix(failures=("data-drift", "monitoring-gaps"))
    assert explain.fix_reason(HOUSE, a_fix()) == "Roof matters this much."
    assert explain.fix_reason(HOUSE, a_fix("wall", lifted_by="roof")) == "Moved up: needed first for Roof."
    assert explain.fix_reason(HOUSE, failed) == ("Critical: rollback failures hit production in the last six months.")
    assert explain.fix_reason(HOUSE, twice) == (
        "Critical: data drift and monitoring gaps hit production in the last six months."
    )


def test_a_fix_says_what_comes_before_it() -> None:
    wall, doors = Blocker("wall", 2, unknown=False), Blocker("doors", 3, unknown=True)
    windows = Blocker("windows", 4, unknown=False)
    assert explain.blocked_sentence(HOUSE, a_fix()) == ""
    assert explain.blocked_sentence(HOUSE, a_fix(blocked_by=(wall,))) == "First bring Wall to Level 2."
    assert explain.blocked_sentence(HOUSE, a_fix(blocked_by=(wall, windows, doors))) == (
        "First bring Wall to Level 2, bring Windows to Level 4 and answer the question on Doors (Level 3 is needed)."
    )


def test_gain_and_effort_are_said_with_their_scale() -> None:
    assert explain.gain_words(a_fix()) == "+0.05 of 5"
    assert explain.gain_words(a_fix(gain=Fraction(1, 300))) == "less than +0.01 of 5"
    assert explain.effort_words(a_fix()) == "9 points, medium"
    assert explain.effort_words(a_fix(effort=1)) == "1 point, low"


def test_the_target_is_said_with_the_number_of_gaps() -> None:
    checklist = a_checklist(an_item("one"), an_item("two", "monitoring"))
    answers = Answers(ratings(one=2, two=3), target=Target(3))
    mixed = replace(answers, target=Target(3, {"monitoring": 4}))
    mixed_once = replace(mixed, accepted=frozenset({"one"}))
    accepted = replace(answers, accepted=frozenset({"one"}))
    reached = replace(answers, target=Target(2))
    assert [
        explain.target_sentence(checklist, evaluate(checklist, a))
        for a in (answers, mixed, mixed_once, accepted, reached)
    ] == [
        "1 item is below Level 3, Intermediate.",
        "2 items are below the targets of their areas.",
        "1 item is below the target of its area.",
        "No rated item is below Level 3, Intermediate, accepted risks left out.",
        "No rated item is below Level 2, Basic.",
    ]
    assert explain.target_sentence(CHECKLIST, EMPTY) == "There is nothing to aim at before a question is rated."


# Anti-patterns.


@pytest.mark.parametrize(
    ("items", "at_most", "count", "sentence"),
    [
        (
            ("wall", "doors", "roof"),
            2,
            2,
            "Seen in Wall (2) and Doors (1): at least two of three items are rated 2 or lower.",
        ),
        (("wall", "roof"), 2, 1, "Seen in Wall (2): at least one of two items is rated 2 or lower."),
        (("wall", "doors"), 2, 2, "Seen in Wall (2) and Doors (1): both are rated 2 or lower."),
        (("doors",), 1, 1, "Seen in Doors (1): it is rated 1."),
        (
            ("wall", "doors", "windows"),
            3,
            3,
            "Seen in Wall (2), Doors (1) and Windows (3): all three are rated 3 or lower.",
        ),
        (("wall", "roof"), 1, 1, "Not seen: too few of its items are rated 1."),
    ],
)
def test_an_anti_pattern_is_shown_by_the_ratings_that_met_its_rule(
    items: tuple[str, ...], at_most: int, count: int, sentence: str
) -> None:
    answers = Answers(ratings(wall=2, doors=1, windows=3, roof=4))
    pattern = AntiPattern("shaky", "Shaky", "Problem.", "Way out.", items, at_most, count)
    house = replace(HOUSE, anti_patterns=(pattern,))
    assert explain.anti_pattern_sentence(house, "shaky", answers) == sentence


@pytest.mark.parametrize(
    ("items", "at_most", "count", "sentence"),
    [
        (("wall", "doors", "roof"), 2, 2, "Seen when at least two of Wall, Doors and Roof are rated 2 or lower."),
        (("wall", "doors", "roof"), 1, 1, "Seen when at least one of Wall, Doors and Roof is rated 1."),
        (("wall", "doors", "roof"), 2, 3, "Seen when all of Wall, Doors and Roof are rated 2 or lower."),
        (("wall", "doors"), 2, 2, "Seen when both Wall and Doors are rated 2 or lower."),
        (("doors",), 2, 1, "Seen when the rating of Doors is 2 or lower."),
    ],
)
def test_the_rule_of_an_anti_pattern_can_be_told_without_answers(
    items: tuple[str, ...], at_most: int, count: int, sentence: str
) -> None:
    pattern = AntiPattern("shaky", "Shaky", "Problem.", "Way out.", items, at_most, count)
    assert explain.pattern_rule(HOUSE, pattern) == sentence
