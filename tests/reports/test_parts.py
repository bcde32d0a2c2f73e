"""A report can be chosen part by part, and what cannot be made is told in one sentence."""

import pytest

from reports.parts import EVERYTHING, PARTS, PRESETS, Choice, WrongChoice, in_order, preset


def test_each_preset_is_a_choice_and_the_auditor_gets_everything() -> None:
    for one in PRESETS.values():
        assert Choice(one.parts).has("cover")
    assert preset("auditor").parts == EVERYTHING == tuple(PARTS)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"parts": ()}, "at least one part"),
        ({"parts": ("cover", "appendix")}, 'no part "appendix"; choose from cover, '),
        ({"parts": ("cover", "cover")}, "once"),
        ({"paper": "A5"}, '"A5" is no paper size; choose A4 or Letter.'),
        ({"confidentiality": "x" * 121}, "shorten it"),
        ({"logo": b"GIF89a"}, "no PNG or JPEG"),
        ({"logo": b"\x89PNG\r\n\x1a\n" + bytes(1_000_000)}, "larger than 1 MB"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(WrongChoice, match=said):
        Choice(**wrong)  # type: ignore[arg-type]  # that is the point


def test_parts_come_in_their_order_and_an_unknown_preset_is_a_sentence() -> None:
    assert in_order(["method", "cover", "fixes"]) == ("cover", "fixes", "method")
    with pytest.raises(WrongChoice, match="executive, team, auditor"):
        preset("board")
