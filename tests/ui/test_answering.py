"""What the form's widgets mean together, before anything is saved."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model import UNANSWERED, Response
from ui.answering import Chosen, links, meaning

RESPONSES = st.one_of(
    st.just(UNANSWERED),
    st.integers(1, 5).map(Response.rated),
    st.sampled_from(["out-of-scope", "other"]).map(Response.not_applicable),
    st.just(Response.unknown()),
)


def chosen(response: Response, **changes: object) -> Chosen:
    """The widgets as they stand when `response` is shown, with changes."""
    shown = {
        "answer": response.state if response.state in ("not-applicable", "unknown") else response.rating,
        "reason": response.reason,
        "note": response.note,
        "evidence": response.evidence,
        "valid_until": response.valid_until,
    }
    return Chosen(**(shown | changes))  # type: ignore[arg-type]


@given(RESPONSES)
def test_widgets_that_nobody_touched_mean_what_was_shown(response: Response) -> None:
    assert meaning(chosen(response)) == response


@given(RESPONSES, st.integers(1, 5))
def test_a_rating_takes_the_place_of_whatever_was_there_before(before: Response, rating: int) -> None:
    assert meaning(chosen(before, answer=rating)) == Response.rated(rating)


@pytest.mark.parametrize("mark", ["not-applicable", "unknown"])
def test_a_mark_takes_the_place_of_a_rating_and_keeps_the_note(mark: str) -> None:
    after = meaning(chosen(Response.rated(4, "a note"), answer=mark))
    assert after.state == mark
    assert after.rating is None
    assert after.note == "a note"


def test_without_an_answer_the_item_is_open_and_keeps_its_note() -> None:
    assert meaning(chosen(Response.unknown("ask Priya"), answer=None)) == Response(note="ask Priya")


def test_not_applicable_gets_a_reason_at_once_and_keeps_the_one_that_was_chosen() -> None:
    assert meaning(chosen(UNANSWERED, answer="not-applicable")).reason == "out-of-scope"
    shown = Response.not_applicable("other")
    assert meaning(chosen(shown)).reason == "other"


def test_a_note_is_kept_without_an_answer() -> None:
    assert meaning(chosen(UNANSWERED, note="see the wiki")) == Response(note="see the wiki")


def test_the_last_day_of_links_is_kept_while_there_is_a_link() -> None:
    day = date(2026, 12, 31)
    shown = Response.rated(3, "", ("https://a.example",), day)
    assert meaning(chosen(shown)) == shown
    assert meaning(chosen(shown, evidence=())) == Response.rated(3)
    assert meaning(chosen(shown, valid_until=None)) == Response.rated(3, "", ("https://a.example",))


def test_links_are_one_a_line_and_blank_lines_do_not_count() -> None:
    assert links(" https://a.example/x \n\n  https://b.example \n") == ("https://a.example/x", "https://b.example")
