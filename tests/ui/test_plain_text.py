"""Text of a person is shown as it was typed, in labels and in blocks."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ui import handout, marks, widgets

HOSTILE = "<img src=x onerror=alert(1)> **bold** [x](https://evil.example) $x$ :material/home: `code` #h"


def test_a_label_escapes_every_sign_that_markdown_reads() -> None:
    shown = widgets.plain(HOSTILE)
    for sign in "<>*[]()$:`#_":
        assert not re.search(rf"(?<!\\){re.escape(sign)}", shown), f"{sign} stands unescaped in {shown}"


@given(st.text(max_size=60))
def test_a_label_is_the_same_text_again_once_the_escapes_are_read(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", widgets.plain(text)) == " ".join(text.split())


def test_a_block_shows_markup_as_text() -> None:
    block = marks.text(HOSTILE)
    assert "<img" not in block
    assert "&lt;img" in block


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_file_name_is_one_that_every_file_system_takes(system: str, edition: str) -> None:
    name = handout.file_name(system, edition, ".pdf")
    assert re.fullmatch(r"mlops-checkup-[a-z0-9-]+\.pdf", name)
    assert len(name) < 120


def test_a_large_sentence_keeps_a_level_on_one_line_and_shows_markup_as_text() -> None:
    said = marks.title(f"From Level 1, Ad hoc to Level 2, Basic: {HOSTILE}")
    assert "Level\N{NO-BREAK SPACE}1, Ad hoc to Level\N{NO-BREAK SPACE}2" in said
    assert "<img" not in said


def test_small_facts_break_between_each_other_and_not_within() -> None:
    said = marks.facts_line(["Gain +0.03 of 5", "<b>Priya</b>", "due 17 December 2026"], "Overdue")
    spans = re.findall(r'<span class="([^"]+)">([^<]*)</span>', said)
    assert spans == [
        ("mc-fact mc-late", "Overdue ·"), ("mc-fact", "Gain +0.03 of 5 ·"),
        ("mc-fact", "&lt;b&gt;Priya&lt;/b&gt; ·"), ("mc-fact", "due 17 December 2026"),
    ]  # fmt: skip
