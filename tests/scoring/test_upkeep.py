from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scoring import upkeep
from scoring.upkeep import Move

TODAY = date(2026, 6, 1)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
moments = some.datetimes(timezones=some.just(UTC))
items = some.sampled_from(["alerting", "rollback", "security"])


def test_a_move_is_the_last_step_of_the_scores() -> None:
    assert upkeep.move([Fraction(1), Fraction(3), Fraction(5, 2)]) == Move("down", Fraction(1, 2))
    assert upkeep.move([Fraction(3), Fraction(3)]) == Move("level", Fraction(0))
    assert upkeep.move([Fraction(3)]) is None
    assert upkeep.move([]) is None


@pytest.mark.parametrize(
    ("before", "after", "sign", "words"),
    [
        (Fraction(2), Fraction(9, 4), "↑ 0.25", "up 0.25 against the milestone before"),
        (Fraction(3), Fraction(2), "↓ 1", "down 1 against the milestone before"),
        (Fraction(3), Fraction(3), "→ 0", "unchanged against the milestone before"),
        (Fraction(3), Fraction(3001, 1000), "↑ under 0.01", "up under 0.01 against the milestone before"),
    ],
)
def test_a_move_is_said_with_its_number_and_never_as_a_step_of_nothing(
    before: Fraction, after: Fraction, sign: str, words: str
) -> None:
    step = upkeep.move([before, after])
    assert step is not None
    assert (upkeep.move_sign(step), upkeep.move_words(step)) == (sign, words)


@given(last=some.dates(date(2020, 1, 1), TODAY), rhythm=some.integers(1, 3650))
def test_a_system_is_overdue_once_more_days_than_its_rhythm_have_passed(last: date, rhythm: int) -> None:
    since = upkeep.overdue_since(last, rhythm, TODAY)
    assert (since is not None) == ((TODAY - last).days > rhythm)
    assert since in (None, last + timedelta(days=rhythm))
    assert bool(upkeep.overdue_sentence(last, rhythm, TODAY)) == (since is not None)


def test_a_system_without_a_rhythm_is_never_overdue() -> None:
    assert upkeep.overdue_since(date(1990, 1, 1), 0, TODAY) is None
    assert upkeep.overdue_sentence(date(1990, 1, 1), 0, TODAY) == ""


def test_an_overdue_assessment_is_told_with_its_reason() -> None:
    assert upkeep.overdue_sentence(date(2026, 2, 1), 90, TODAY) == (
        "A new assessment has been due since 2 May: the last one is 120 days old, "
        "and this system is looked at every 90 days."
    )


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2026, 6, 1), "today"),
        (date(2026, 6, 2), "today"),
        (date(2026, 5, 31), "1 day"),
        (date(2026, 5, 20), "12 days"),
        (date(2026, 2, 22), "99 days"),
        (date(2026, 1, 1), "5 months"),
    ],
)
def test_an_age_is_in_days_until_months_say_more(last: date, words: str) -> None:
    assert upkeep.age_words(last, TODAY) == words


def test_a_day_of_another_year_names_its_year() -> None:
    assert upkeep.due_words(date(2026, 3, 8), TODAY) == "due since 8 March"
    assert upkeep.due_words(date(2025, 3, 8), TODAY) == "due since 8 March 2025"


@given(done=some.dictionaries(items, moments), answered=some.dictionaries(items, moments))
def test_an_item_is_rated_again_exactly_when_it_was_answered_after_its_fix_was_done(
    done: dict[str, datetime], answered: dict[str, datetime]
) -> None:
    waiting = upkeep.to_rate_again(done, answered)
    settled = {item for item in done if item in answered and answered[item] > done[item]}
    assert set(waiting) == set(done) - settled
    assert [done[item] for item in waiting] == sorted(done[item] for item in waiting)


def test_a_fix_done_and_answered_in_the_same_moment_still_asks() -> None:
    assert upkeep.to_rate_again({"alerting": NOON}, {"alerting": NOON}) == ("alerting",)


def test_an_accepted_risk_comes_up_on_its_review_date_and_not_before() -> None:
    reviews = {"alerting": TODAY, "rollback": TODAY - timedelta(days=1), "security": TODAY + timedelta(days=1)}
    assert upkeep.to_look_at_again(reviews, TODAY) == ("rollback", "alerting")
    assert upkeep.review_sentence(TODAY, TODAY) == "To look at again today."
    assert upkeep.review_sentence(date(2026, 3, 8), TODAY) == "To look at again since 8 March."


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], ""),
        ([12, 12, 12], "3 of 41 answers are from 12 March and not confirmed yet."),
        ([3, 12], "2 of 41 answers are from 12 March or earlier and not confirmed yet."),
        ([12], "1 of 41 answers is from 12 March and not confirmed yet."),
    ],
)
def test_carried_answers_are_told_with_their_newest_day(days: list[int], sentence: str) -> None:
    assert upkeep.carried_sentence([date(2026, 3, day) for day in days], 41, TODAY) == sentence


def test_what_is_left_to_confirm_is_counted() -> None:
    assert (upkeep.remaining_words(31), upkeep.remaining_words(0)) == ("31 still to confirm", "all confirmed")
    assert upkeep.section_sentence(4, 4) == "All 4 answers are from the last assessment. Are they still true?"
    assert upkeep.section_sentence(1, 1) == "This answer is from the last assessment. Is it still true?"
    assert upkeep.section_sentence(1, 4) == "1 of 4 answers is from the last assessment. Still true?"
    assert upkeep.section_sentence(0, 4) == "Nothing here is left from the last assessment."


def test_a_done_fix_asks_for_its_rating_and_says_when_it_was_given() -> None:
    assert upkeep.rate_again_sentence(date(2026, 5, 3), TODAY) == "Fix marked done on 3 May: rate it again."
    assert upkeep.rated_again_sentence(date(2026, 5, 3), TODAY) == "Fix marked done on 3 May, rated again since."


@pytest.mark.parametrize(
    ("again", "reviews", "words"),
    [
        (0, 0, ""),
        (1, 0, "1 fix to rate again"),
        (2, 1, "2 fixes to rate again, 1 risk to look at again"),
        (0, 3, "3 risks to look at again"),
    ],
)
def test_what_waits_is_counted_in_words(again: int, reviews: int, words: str) -> None:
    assert upkeep.waiting_words(again, reviews) == words


def test_a_rhythm_is_said_in_words() -> None:
    assert [upkeep.rhythm_words(days) for days in (0, 1, 90)] == ["no rhythm", "every day", "every 90 days"]
