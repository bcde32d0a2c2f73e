from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.evaluate import health_result
from tests.scoring.builders import HEALTH_IDS, the_real_shape
from tests.scoring.strategies import promise

CHECKLIST = the_real_shape()


def answered(*choices: str) -> dict[str, str]:
    return dict(zip(HEALTH_IDS, choices, strict=False))


def test_example_3_three_yes_and_two_no_are_level_3() -> None:
    health = health_result(CHECKLIST, answered("yes", "no", "yes", "no", "yes"))
    assert (health.complete, health.score, health.high, health.level) == (
        True,
        Fraction(17, 5),
        Fraction(17, 5),
        3,
    )
    assert health.no == (HEALTH_IDS[1], HEALTH_IDS[3])


def test_example_3_a_not_sure_opens_the_range_upwards() -> None:
    health = health_result(CHECKLIST, answered("yes", "no", "yes", "unsure", "yes"))
    assert (health.score, health.high, health.level) == (Fraction(17, 5), Fraction(21, 5), 3)
    assert health.unsure == (HEALTH_IDS[3],)


def test_five_yes_are_level_5_and_five_no_level_1() -> None:
    assert health_result(CHECKLIST, answered(*["yes"] * 5)).level == 5
    assert health_result(CHECKLIST, answered(*["no"] * 5)).level == 1


def test_there_is_no_level_until_all_five_are_answered() -> None:
    health = health_result(CHECKLIST, answered("yes", "yes", "unsure", "no"))
    assert (health.complete, health.score, health.high, health.level) == (False, None, None, None)
    assert (len(health.yes), len(health.no), len(health.unsure)) == (2, 1, 1)


def test_the_order_of_the_answers_does_not_matter() -> None:
    choices = answered("yes", "no", "unsure", "no", "yes")
    assert health_result(CHECKLIST, dict(reversed(choices.items()))) == health_result(CHECKLIST, choices)


@promise
@given(st.lists(st.sampled_from(("yes", "no", "unsure")), min_size=5, max_size=5), st.integers(0, 4))
def test_turning_any_answer_into_a_yes_never_lowers_the_quick_check(choices: list[str], place: int) -> None:
    before = health_result(CHECKLIST, answered(*choices))
    after = health_result(CHECKLIST, answered(*choices[:place], "yes", *choices[place + 1 :]))
    assert before.score is not None
    assert before.high is not None
    assert after.score is not None
    assert after.high is not None
    assert 1 <= before.score <= after.score <= after.high <= 5
    assert before.high <= after.high
