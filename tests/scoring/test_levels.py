from fractions import Fraction

import pytest

from scoring import levels


@pytest.mark.parametrize(
    ("score", "level"),
    [("1", 1), ("1.999", 1), ("2", 2), ("2.999999999999", 2), ("3", 3), ("3.99", 3), ("4.99", 4), ("5", 5)],
)
def test_a_score_has_the_level_in_whose_band_it_lies(score: str, level: int) -> None:
    assert levels.level_of_score(Fraction(score)) == level


def test_thirds_that_make_a_whole_reach_the_level_exactly() -> None:
    scores = [Fraction(7, 3), Fraction(8, 3), Fraction(12, 3)]
    assert levels.level_of_score(sum(scores, Fraction(0)) / 3) == 3


def test_the_level_is_at_most_one_above_that_of_the_weakest_scored_area() -> None:
    scores = [Fraction(5), Fraction(5), Fraction(19, 10), None]
    assert levels.held_level(Fraction(4), scores) == 2
    assert levels.held_level(Fraction(4), [Fraction(5), Fraction(3)]) == 4


def test_only_the_areas_that_hold_the_level_are_holders_weakest_first() -> None:
    areas = {"a": Fraction(5), "b": Fraction(19, 10), "c": Fraction(2), "d": Fraction(1), "e": None}
    assert levels.holders(Fraction(17, 5), areas) == ("d", "b")


def test_holders_that_are_equally_weak_keep_their_order() -> None:
    areas = {"z": Fraction(1), "m": Fraction(5), "a": Fraction(1), "n": Fraction(5)}
    assert levels.holders(Fraction(3), areas) == ("z", "a")


def test_nobody_holds_a_level_that_the_score_itself_does_not_exceed() -> None:
    assert levels.holders(Fraction(2), {"a": Fraction(3), "b": Fraction(1)}) == ()


def test_the_mean_of_nothing_is_no_score() -> None:
    assert levels.mean(0, 0) is None
    assert levels.average([]) is None
    assert levels.average([None, None]) is None


def test_missing_scores_weigh_nothing_in_an_average() -> None:
    assert levels.average([Fraction(2), None, Fraction(3)]) == Fraction(5, 2)


def test_coverage_is_thin_below_four_fifths_and_never_where_nothing_applies() -> None:
    assert levels.is_thin(Fraction(79, 100))
    assert not levels.is_thin(Fraction(80, 100))
    assert not levels.is_thin(None)
