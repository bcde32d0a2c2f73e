"""Clicks that were on their way while something changed: words that nobody asks any more, a row of one click ago."""

import pytest
import streamlit as st

from ui import state, what_if
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


@pytest.mark.parametrize(("rated", "by", "ends"), [(1, 1, 3), (None, 1, 2), (5, -1, 3), (4, 1, 5), (2, -1, 1)])
def test_a_second_click_on_a_row_that_is_not_drawn_again_yet_counts_too(
    rated: int | None, by: int, ends: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "session_state", {})
    for _ in range(2):
        what_if._move("draft", "model-registry", rated, by)
    assert state.tries("draft") == {"model-registry": ends}
