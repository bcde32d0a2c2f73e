import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import TextRefused
from data.text import clean_key, clean_line, clean_links, clean_name, clean_note, clean_text, name_key
from tests.scoring.strategies import promise

# Everything a keyboard, a clipboard or an attacker can send, surrogates and controls included.
ANY_TEXT = st.text(st.characters(codec=None), max_size=300)


@promise
@given(ANY_TEXT)
def test_clean_text_holds_only_what_every_engine_can_store(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode()
    assert {unicodedata.category(sign) for sign in cleaned if sign not in "\n\t"}.isdisjoint({"Cc", "Cs"})
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()


@promise
@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_note(clean_note(text)) == clean_note(text)


@promise
@given(ANY_TEXT)
def test_a_name_is_one_line_or_a_sentence_of_refusal(text: str) -> None:
    line = " ".join(clean_text(text).split())
    if 1 <= len(line) <= 200:
        assert clean_name(text) == line == clean_name(line)
    else:
        with pytest.raises(TextRefused, match=r"write at least one|shorten it to 200 or fewer"):
            clean_name(text)


@promise
@given(ANY_TEXT)
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(("one", "other"), [("Straße", "STRASSE"), ("é", "e\u0301"), ("ﬁt", "FIT")])
def test_names_that_people_would_call_the_same_share_a_key(one: str, other: str) -> None:
    assert name_key(clean_name(one)) == name_key(clean_name(other))


def test_a_refusal_names_the_length_and_the_limit() -> None:
    with pytest.raises(TextRefused, match=r"The owner has 201 characters; shorten it to 200 or fewer\."):
        clean_line("x" * 201, "owner")


def test_links_keep_their_order_and_empty_ones_are_left_out() -> None:
    assert clean_links(("https://b", " ", "https://a ")) == ("https://b", "https://a")


@pytest.mark.parametrize("links", [("https://a",) * 51, ("x" * 2001,)])
def test_too_many_or_too_long_links_are_refused(links: tuple[str, ...]) -> None:
    with pytest.raises(TextRefused, match="evidence link"):
        clean_links(links)


def test_an_id_is_kept_as_it_is_or_refused() -> None:
    assert clean_key("data-validation", "checklist item") == "data-validation"
    with pytest.raises(TextRefused, match='"-x" is no id of a checklist item'):
        clean_key("-x", "checklist item")
