"""A click that was on its way while the lens changed: it names its option in words that nobody asks any more."""

import pytest

from ui.answering import _option


@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5])
def test_a_late_click_counts_as_the_rating_it_was_made_on(rating: int) -> None:
    assert _option(f"**{rating}** Nobody looks at **the values**\\.") == rating


@pytest.mark.parametrize("held", [None, 1, 5, "unknown", "not-applicable"])
def test_what_is_an_option_stays_one(held: object) -> None:
    assert _option(held) == held


@pytest.mark.parametrize("held", ["**7** Off the scale", "Something else", ""])
def test_what_names_no_option_is_no_choice(held: str) -> None:
    assert _option(held) is None
