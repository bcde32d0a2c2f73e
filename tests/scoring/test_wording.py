from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import wording
from tests.scoring.builders import the_real_shape
from tests.scoring.strategies import promise


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1", "1"),
        ("3.4", "3.4"),
        ("2.875", "2.88"),
        ("3.625", "3.63"),
        ("2.994", "2.99"),
        ("2.999", "2.99"),
        ("4.9999", "4.99"),
        ("3.001", "3"),
        ("5", "5"),
        ("0.05", "0.05"),
        ("0.004", "0"),
        ("12.5", "12.5"),
    ],
)
def test_a_number_has_at_most_two_decimals_and_never_reaches_a_level_it_lacks(value: str, shown: str) -> None:
    assert wording.number(Fraction(value)) == shown


@promise
@given(st.fractions(1, 5, max_denominator=2000))
def test_a_score_is_shown_in_its_own_band_and_nearly_as_it_is(score: Fraction) -> None:
    shown = Fraction(wording.number(score))
    assert shown // 1 == score // 1
    assert abs(shown - score) <= Fraction(1, 100)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("1", "100 %"),
        ("0", "0 %"),
        ("33/41", "80 %"),
        ("0.999", "99 %"),
        ("0.001", "1 %"),
        ("0.796", "79 %"),
        ("1/2", "50 %"),
    ],
)
def test_a_share_is_never_shown_as_complete_or_enough_before_it_is(share: str, shown: str) -> None:
    assert wording.percent(Fraction(share)) == shown


def test_a_level_is_a_number_and_a_name() -> None:
    assert wording.level_name(the_real_shape(), 2) == "Level 2, Basic"


def test_one_thing_is_singular() -> None:
    assert (wording.counted(1, "point"), wording.counted(9, "point")) == ("1 point", "9 points")


def test_small_counts_are_words() -> None:
    assert (wording.in_words(0), wording.in_words(4), wording.in_words(41)) == ("no", "four", "41")


def test_parts_are_listed_with_an_and_before_the_last() -> None:
    assert wording.listed(["A"]) == "A"
    assert wording.listed(["A", "B"]) == "A and B"
    assert wording.listed(["A", "B", "C"], "or") == "A, B or C"


def test_a_name_inside_a_sentence_is_small_unless_it_is_an_abbreviation() -> None:
    assert (wording.inside("Data drift"), wording.inside("ML outage")) == ("data drift", "ML outage")
