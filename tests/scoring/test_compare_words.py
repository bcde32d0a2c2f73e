from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from scoring import compare_words as words
from scoring.compare import Comparison, Side, compare
from scoring.model import Answers, Response
from tests.scoring.builders import ratings, the_real_shape, uniform
from tests.scoring.versions import FIRST, SECOND

SHAPE = the_real_shape()
SPRING = Side("churn", "Spring audit", Answers(), "1", date(2026, 3, 1), system_name="Churn model")
AUTUMN = replace(SPRING, name="Autumn audit", day=date(2026, 9, 1))


def of_areas(before: dict[str, int], after: dict[str, int], **changes: object) -> Comparison:
    sides = (
        replace(SPRING, answers=Answers(uniform(SHAPE, **before))),
        replace(AUTUMN, answers=Answers(uniform(SHAPE, **after)), **changes),
    )
    return compare(SHAPE, *sides)


def of_one_item(before: Response, after: Response, corrected: bool = False, **changes: object) -> Comparison:
    sides = (
        replace(SPRING, answers=Answers({"kept": before})),
        replace(AUTUMN, answers=Answers({"kept": after}), **changes),
    )
    return compare(FIRST, *sides, frozenset({"kept"} if corrected else ()))


def said(comparison: Comparison) -> str:
    (one,) = comparison.differences
    return words.difference_words(comparison, one)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            {"data": 2, "monitoring": 2},
            {"data": 3, "monitoring": 4},
            "From “Spring audit” to “Autumn audit” the score rose from 2 to 3.5 of 5, from Level 2, Basic to Level 3, "
            "Intermediate.",
        ),
        (
            {"data": 4},
            {"data": 3},
            "From “Spring audit” to “Autumn audit” the score fell from 4 to 3 of 5, from Level 4, Advanced to Level 3, "
            "Intermediate.",
        ),
        (
            {"data": 3},
            {"data": 3},
            "From “Spring audit” to “Autumn audit” the score stays at 3 of 5, and the level stays Level 3, "
            "Intermediate.",
        ),
        ({}, {"data": 3}, "“Spring audit” has no score; “Autumn audit” is at 3 of 5, Level 3, Intermediate."),
        ({}, {}, "Neither “Spring audit” nor “Autumn audit” has a score."),
    ],
)
def test_the_headline_says_how_far_score_and_level_moved(
    before: dict[str, int], after: dict[str, int], sentence: str
) -> None:
    assert words.headline(SHAPE, of_areas(before, after)) == sentence


def test_a_move_too_small_to_show_is_not_called_from_and_to_the_same() -> None:
    comparison = of_areas({"data": 3}, {"data": 3})
    near = replace(comparison.stands_before, score=Fraction(3001, 1000))
    sentence = words.headline(SHAPE, replace(comparison, stands_after=near))
    assert "rose by less than 0.01, at 3 of 5" in sentence


def test_two_systems_stand_side_by_side_and_none_rose() -> None:
    comparison = of_areas({"data": 2}, {"data": 3}, system="ranking", system_name="Ranking")
    assert words.headline(SHAPE, comparison) == (
        "Churn model (“Spring audit”) is at 2 of 5, Level 2, Basic; Ranking (“Autumn audit”) is at 3 of 5, Level 3, "
        "Intermediate."
    )
    assert words.areas_title(SHAPE, comparison) == "Furthest apart: Data pipeline, by 1"
    assert words.counts(comparison) == "Eight questions are answered differently. No answer is the same on both sides."


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        ({"data": 2, "monitoring": 2}, {"data": 3, "monitoring": 4}, "Model monitoring rose most, by 2"),
        ({"data": 2, "monitoring": 2}, {"data": 3, "monitoring": 2}, "Data pipeline rose, by 1"),
        (
            {"data": 2, "monitoring": 4},
            {"data": 4, "monitoring": 3},
            "Data pipeline rose, by 2; Model monitoring fell by 1",
        ),
        (
            {"data": 4, "monitoring": 3},
            {"data": 2, "monitoring": 4},
            "Data pipeline fell, by 2; Model monitoring rose by 1",
        ),
        (
            {"data": 2, "development": 2, "deployment": 2, "monitoring": 3},
            {"data": 3, "development": 3, "deployment": 3, "monitoring": 3},
            "Three areas rose, by 1",
        ),
        ({"data": 3}, {"data": 3}, "No area moved"),
        ({"data": 3}, {"monitoring": 3}, "No area has a score on both sides"),
    ],
)
def test_the_chart_s_title_names_what_moved_most(before: dict[str, int], after: dict[str, int], title: str) -> None:
    assert words.areas_title(SHAPE, of_areas(before, after)) == title


def test_the_chart_is_told_to_those_who_do_not_see_it() -> None:
    told = words.areas_alt(SHAPE, of_areas({"data": 2}, {"data": 3}))
    assert told.startswith("Score of 5 by area, “Spring audit” and “Autumn audit”: Data pipeline 2 and 3, ")
    assert "Model governance no score and no score" in told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (Response.rated(2), Response.rated(3), "2 → 3, raised"),
        (Response.rated(3), Response.unknown(), "3 → “don’t know”, changed otherwise"),
        (Response(), Response.rated(3), "3, answered only in “Autumn audit”"),
        (Response.rated(3), Response(), "3, answered only in “Spring audit”"),
        (
            Response.rated(3, evidence=("x",), valid_until=date(2026, 8, 31)),
            Response.rated(3, evidence=("x",), valid_until=date(2026, 8, 31)),
            "3, shown until 31 August 2026",
        ),
    ],
)
def test_a_difference_says_from_what_to_what(before: Response, after: Response, told: str) -> None:
    assert said(of_one_item(before, after)) == told


def test_answers_to_another_question_or_of_another_system_go_no_way() -> None:
    sides = replace(SPRING, answers=Answers(ratings(reworded=2))), replace(AUTUMN, answers=Answers(ratings(reworded=4)))
    assert said(compare(SECOND, sides[0], replace(sides[1], checklist="2"))) == "2 → 4"
    assert said(compare(SECOND, sides[0], replace(sides[1], system="ranking"))) == "2 and 4"


def test_the_counts_name_every_group_and_what_is_alike() -> None:
    before = Answers(ratings(kept=2, reworded=2, dropped=2, policy=3))
    after = Answers(ratings(kept=3, reworded=4, dropped=3, policy=3))
    sides = replace(SPRING, answers=before), replace(AUTUMN, answers=after)
    assert words.counts(compare(FIRST, *sides, frozenset({"kept"}))) == (
        "Two practices changed and one answer is corrected. 1 answer is the same on both sides."
    )
    assert words.counts(compare(FIRST, SPRING, AUTUMN)) == "No question is answered on either side."
    assert words.counts(compare(FIRST, sides[0], sides[0])) == "Nothing differs: 4 answers are the same on both sides."


def test_other_versions_and_lenses_are_said() -> None:
    old, new = replace(SPRING, checklist="1"), replace(AUTUMN, checklist="2")
    assert words.context(SECOND, compare(SECOND, old, new)) == (
        "“Spring audit” was made with checklist 1 and is scored here with checklist 2."
    )
    both = compare(SECOND, old, replace(new, checklist="1"))
    assert words.context(SECOND, both) == "Both were made with checklist 1 and are scored here with checklist 2."
    lenses = compare(SECOND, replace(old, checklist="2"), replace(new, lens="regulated"))
    assert "“Autumn audit” through “regulated”" in words.context(SECOND, lenses)
    assert words.context(FIRST, compare(FIRST, SPRING, AUTUMN)) == ""


def test_a_newer_checklist_is_said_in_one_sentence_with_what_to_do() -> None:
    told = words.version_sentence(FIRST, "Autumn audit", "2")
    assert "made with checklist 2, which is newer than checklist 1 of this app" in told
    assert told.endswith("Update the app to see all of it.")
    assert words.trend_context(FIRST, {"Spring": "1", "Autumn": "2"})[0].startswith("“Autumn” was made with")
    assert words.trend_context(SECOND, {"Spring": "1", "Autumn": "2"}) == [
        "One milestone of an older checklist is scored here with checklist 2, so that the line compares like with "
        "like. The stored results stay as they are."
    ]


def test_between_a_newer_checklist_and_this_one_no_change_is_claimed_for_sure() -> None:
    comparison = compare(FIRST, SPRING, replace(AUTUMN, checklist="2"))
    assert words.context(FIRST, comparison).endswith("is not known here, so that some changes may be theirs.")


def test_the_group_of_changed_practices_says_which_way_they_went() -> None:
    before = Answers(ratings(kept=2, reworded=3, dropped=3))
    after = Answers(ratings(kept=3, reworded=2, policy=1))
    comparison = compare(FIRST, replace(SPRING, answers=before), replace(AUTUMN, answers=after))
    assert words.group_about(comparison, "practice").endswith(
        "One raised, one lowered, one newly rated and one cleared."
    )
    assert words.group_about(comparison, "expired").endswith("has passed.")


def test_a_long_name_is_cut_inside_a_sentence_and_whole_in_a_table() -> None:
    comparison = compare(FIRST, replace(SPRING, name="Prognose" * 25), AUTUMN)
    assert words.headline(FIRST, comparison) == (f"Neither “{('Prognose' * 25)[:59]}…” nor “Autumn audit” has a score.")
    assert words.plain_name(comparison, comparison.before) == "Prognose" * 25


def test_an_answer_is_told_in_its_sentence_and_says_when_that_was_worded_later() -> None:
    assert words.answer_words(SECOND, "kept", Response.rated(2), "1") == "2. Kept is like 2."
    assert "answered in those of checklist 1" in words.answer_words(SECOND, "reworded", Response.rated(2), "1")
    assert words.answer_words(SECOND, "dropped", Response.rated(2), "1") == "2"
    assert (
        words.answer_words(SECOND, "kept", Response.not_applicable("other"), "1") == "Not applicable (another reason)"
    )


def test_until_when_links_count_is_said_only_where_it_is_limited() -> None:
    day = date(2026, 12, 31)
    assert words.until_words(Response.rated(3, evidence=("x", "y"), valid_until=day)) == (
        "These links count until 31 December 2026."
    )
    assert words.until_words(Response.rated(3, evidence=("x",), valid_until=day)) == (
        "This link counts until 31 December 2026."
    )
    assert words.until_words(Response.rated(3, evidence=("x",))) == words.until_words(Response()) == ""


@pytest.mark.parametrize(
    ("other_checklist", "other_lens", "said"),
    [
        (False, False, ""),
        (True, False, "questions changed"),
        (False, True, "lens changed"),
        (True, True, "questions and lens changed"),
    ],
)
def test_a_trend_says_what_it_breaks_at(other_checklist: bool, other_lens: bool, said: str) -> None:
    assert words.break_words(other_checklist, other_lens) == said
