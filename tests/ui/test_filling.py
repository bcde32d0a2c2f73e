"""A part of a page writes to a place outside of it, or asks for the whole page where there is none."""

from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from streamlit.errors import StreamlitInvalidLayoutContextError

from ui import widgets


def test_a_part_whose_page_was_cut_short_asks_for_the_whole_page(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    def not_reserved(_words: str) -> NoReturn:
        raise StreamlitInvalidLayoutContextError("the page was not drawn to its end")

    monkeypatch.setattr(widgets.st, "rerun", lambda: asked.append("the whole page"))
    place: Any = SimpleNamespace(html=not_reserved)
    widgets.fill(place, "3 of 41 answered")
    assert asked == ["the whole page"]
