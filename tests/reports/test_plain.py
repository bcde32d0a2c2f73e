import pytest

from reports.plain import WIDTH, health_text, result_text
from scoring import explain
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Target
from tests.reports.builders import rated, the_checklist

CHECKLIST = the_checklist()


def text_of(answers: Answers, system: str = "Churn model") -> str:
    return result_text(CHECKLIST, system, answers, evaluate(CHECKLIST, answers))


def block(text: str, begin: str) -> list[str]:
    """The lines of the block whose first line begins like this."""
    return next(part.splitlines() for part in text.split("\n\n") if part.startswith(begin))


def test_without_a_rating_there_are_no_tables_and_no_headings_without_content() -> None:
    text = text_of(Answers())
    assert text == (
        "Churn model has no level yet.\nNo question is rated yet.\n\n"
        "0 of 41 questions are rated (0 %).\n"
        "With no question rated yet, every score from 1 to 5 is possible.\n"
    )


@pytest.mark.parametrize("rating", [1, 3, 5])
def test_prose_is_wrapped_and_tables_stay_within_a_hundred_columns(rating: int) -> None:
    answers = Answers(rated(rating, data_1=Response.unknown()), target=Target(5), health={"fast-rollback": "no"})
    text = text_of(answers, "A system with a long name " * 7)
    assert max(map(len, text.splitlines())) <= 100
    assert max(map(len, block(text, "A system"))) <= WIDTH
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert all(line == line.rstrip() for line in text.splitlines())


def test_the_areas_stand_in_columns() -> None:
    answers = Answers(rated(3, data_1=Response.rated(1), governance_1=Response.unknown()))
    title, head, *rows = block(text_of(answers), "Data pipeline is furthest behind")
    assert title == "Data pipeline is furthest behind, at 2.75 of 5."
    for name in ("Level", "Still possible", "Rated"):
        assert {row[head.index(name) - 1] for row in rows} == {" "}
        assert " " not in {row[head.index(name)] for row in rows}
    assert {row[head.index("Score") + len("Score") - 1] for row in rows} <= set("0123456789")
    assert [row.split("  ")[1] for row in rows] == [area.name for area in CHECKLIST.areas]


def test_fixes_stand_in_their_order_with_priority_rating_gain_effort_and_what_comes_first() -> None:
    answers = Answers(rated(3, data_1=Response.rated(1), data_2=Response.rated(2)), target=Target(3))
    result = evaluate(CHECKLIST, answers)
    lines = block(text_of(answers), explain.target_sentence(CHECKLIST, result))
    told = [line for line in lines if line.strip()[0].isdigit() and "." in line.split()[0]]
    assert len(told) == len(result.fixes) == 2
    for row, fix in zip(told, result.fixes, strict=True):
        assert CHECKLIST.item(fix.item).name in row
        assert CHECKLIST.priority(fix.priority).name in row
        assert f"{fix.rating} → 3" in row
        assert explain.gain_words(fix) in row
        assert row.endswith(explain.effort_words(fix))
    assert sum("First step: " in line for line in lines) == 2


def test_what_is_unknown_or_not_applicable_is_named() -> None:
    changes = {"data_1": Response.unknown(), "data_2": Response(), "data_3": Response.not_applicable("out-of-scope")}
    text = text_of(Answers(rated(5, **changes)))
    assert block(text, "Find out") == ["Find out", "  Data 1, Data 2."]
    assert block(text, "Not applicable") == ["Not applicable", "  Data 3 (out of scope)."]


def test_an_anti_pattern_is_told_with_its_reason_and_the_way_out() -> None:
    answers = Answers(rated(1))
    told = " ".join(" ".join(block(text_of(answers), "A pattern to break")).split())
    assert told.startswith("A pattern to break Black box: Nobody sees. ")
    assert explain.anti_pattern_sentence(CHECKLIST, "black-box", answers) in told
    assert told.endswith("The way out: Look.")


def test_the_health_check_names_each_no() -> None:
    health = evaluate(CHECKLIST, Answers(health={"fast-rollback": "no", "pipeline-tests": "yes"})).health
    assert health_text(CHECKLIST, health) == (
        "The health check has no level yet.\nThree of five questions are still open.\n"
        "fast-rollback: A no on fast-rollback is a gap.\n"
    )
