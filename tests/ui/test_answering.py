"""What the form's widgets mean together, before anything is saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model import UNANSWERED, Response
from ui.answering import Chosen, links, meaning

NOTHING = Chosen(rating=None, state=None, reason=None, note="", evidence=())
RESPONSES = st.one_of(
    st.just(UNANSWERED),
    st.integers(1, 5).map(Response.rated),
    st.sampled_from(["out-of-scope", "other"]).map(Response.not_applicable),
    st.just(Response.unknown()),
)


def chosen(response: Response, **changes: object) -> Chosen:
    """The widgets as they stand when `response` is shown, with changes."""
    state = response.state if response.state in ("not-applicable", "unknown") else None
    shown = {
        "rating": response.rating,
        "state": state,
        "reason": response.reason,
        "note": response.note,
        "evidence": response.evidence,
    }
    return Chosen(**(shown | changes))  # type: ignore[arg-type]


@given(RESPONSES)
def test_widgets_that_nobody_touched_mean_what_was_shown(response: Response) -> None:
    assert meaning(response, chosen(response)) == response


@given(RESPONSES, st.integers(1, 5))
def test_a_new_rating_wins_over_a_mark_that_was_there_before(before: Response, rating: int) -> None:
    after = meaning(before, chosen(before, rating=rating))
    assert after.state == ("rated" if rating != before.rating or before.state == "rated" else before.state)
    if before.rating != rating:
        assert after == Response.rated(rating)


@pytest.mark.parametrize("mark", ["not-applicable", "unknown"])
def test_a_new_mark_wins_over_a_rating_that_was_there_before(mark: str) -> None:
    before = Response.rated(4, "a note")
    after = meaning(before, chosen(before, state=mark))
    assert after.state == mark
    assert after.rating is None
    assert after.note == "a note"


def test_taking_a_mark_back_leaves_the_item_unanswered_and_keeps_the_note() -> None:
    before = Response.unknown("ask Priya")
    assert meaning(before, chosen(before, state=None)) == Response(note="ask Priya")


def test_not_applicable_gets_a_reason_at_once_and_keeps_the_one_that_was_chosen() -> None:
    assert meaning(UNANSWERED, chosen(UNANSWERED, state="not-applicable")).reason == "out-of-scope"
    shown = Response.not_applicable("other")
    assert meaning(shown, chosen(shown)).reason == "other"


def test_a_note_is_kept_without_an_answer() -> None:
    assert meaning(UNANSWERED, chosen(UNANSWERED, note="see the wiki")) == Response(note="see the wiki")


def test_links_are_one_a_line_and_blank_lines_do_not_count() -> None:
    assert links(" https://a.example/x \n\n  https://b.example \n") == ("https://a.example/x", "https://b.example")
