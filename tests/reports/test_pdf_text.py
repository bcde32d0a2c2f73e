import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.pdf import faces, script, text
from reports.pdf.text import Piece, Style

STYLE = Style("sans", 10, 14)
ANY_TEXT = st.text(st.characters(), max_size=300)


def set_lines(words: str, width: float = 60) -> list[str]:
    return [line.text for line in text.lines(Piece(words, STYLE), width)]


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT, st.floats(30, 300))
def test_no_line_is_wider_than_its_column(words: str, width: float) -> None:
    for line in text.lines(Piece(words, STYLE), width):
        assert faces.width(line.text, "sans") * STYLE.size / 1000 <= width + 0.01


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT)
def test_every_character_of_clean_text_has_a_face(words: str) -> None:
    clean = script.clean(words)
    assert all(char == "\n" or faces.has_face(char) for char in clean)
    assert script.clean(clean) == clean


@settings(max_examples=60, deadline=None)
@given(st.text("abc de", max_size=200), st.floats(30, 300))
def test_wrapping_loses_no_letter(words: str, width: float) -> None:
    assert "".join(set_lines(words, width)).replace(" ", "") == words.replace(" ", "")


def test_lines_break_at_spaces() -> None:
    assert set_lines("one two three four five six seven") == ["one two three", "four five six", "seven"]


def test_a_line_break_in_a_note_stays() -> None:
    assert set_lines("one\r\ntwo\n\nthree") == ["one", "two", "", "three"]


def test_an_empty_text_takes_no_line() -> None:
    assert set_lines(" \n \n") == []


def test_chinese_breaks_anywhere_but_not_before_a_full_stop() -> None:
    lines = set_lines("这是一个很长的中文笔记。" * 4, 115)
    assert len(lines) > 3
    assert not any(line.startswith("。") for line in lines)


def test_arabic_letters_join() -> None:
    assert script.joined("بيت") == "\ufe91\ufef4\ufe96"
    assert script.joined("لا") == "\ufefb"


def test_marks_above_a_letter_do_not_part_it_from_the_next() -> None:
    assert script.joined("بَيت")[0] == "\ufe91"


def test_numbers_keep_their_order_in_hebrew() -> None:
    assert script.visual("שלום 123", right_to_left=True) == "123 םולש"


def test_brackets_enclose_what_they_did_where_text_runs_to_the_left() -> None:
    assert script.visual("שלום (Grafana 10)", right_to_left=True) == "(Grafana 10) םולש"
    assert script.visual("ש [א] «ב»", right_to_left=True) == "«ב» [א] ש"
    assert script.visual("Model (שלום) v2 [x]", right_to_left=False) == "Model (םולש) v2 [x]"


@settings(max_examples=60, deadline=None)
@given(st.text("אב (a)[1] <", max_size=40), st.booleans())
def test_no_sign_is_lost_when_a_line_is_put_into_drawing_order(words: str, right_to_left: bool) -> None:
    pairs = str.maketrans(")]>", "([<")
    assert sorted(script.visual(words, right_to_left).translate(pairs)) == sorted(words.translate(pairs))


def test_each_language_of_the_east_is_printed_by_a_face_that_has_its_letters() -> None:
    faces_of = {piece: face.name for face, piece in faces.runs("王据 と 김민준", "sans")}
    assert faces_of["김민준"] == faces.EAST_ASIAN["korean"]
    assert faces_of["と"] == faces.EAST_ASIAN["japanese"]
    assert not any("가" in faces.face(name).covers for name in ("chinese", "japanese"))


def test_a_text_is_right_to_left_by_its_first_letter() -> None:
    assert script.is_right_to_left("123 שלום abc")
    assert not script.is_right_to_left("abc שלום")


def test_a_shortened_text_ends_in_an_ellipsis_at_a_word() -> None:
    short = text.shortened(Piece("one two three four five six seven", STYLE), 60, 1)
    assert short.text == "one two…"


def test_a_text_that_fits_is_not_shortened() -> None:
    piece = Piece("one two", STYLE)
    assert text.shortened(piece, 80, 1) is piece


def test_balanced_lines_are_as_many_and_more_even() -> None:
    piece = Piece("one two three four", STYLE)
    width = text.balanced(piece, 62)
    assert [line.text for line in text.lines(piece, width)] == ["one two", "three four"]


@pytest.mark.parametrize("words", ["short", "a name that is much too long to fit", "שלום " * 20])
def test_a_fitted_text_fits(words: str) -> None:
    assert faces.width(text.fitted(words, "sans", 10, 60), "sans") / 100 <= 60
