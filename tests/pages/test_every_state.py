"""Every page of a system with answers, in every state that a person can get it into: it shows them and never fails."""

from collections.abc import Callable

import pytest

from data.store import Store
from tests.pages.states import SOMETHING_TO_SHOW, Address, half_a_draft, markup
from tests.pages.visitor import FILES, MARKUP, Visit, text_of, turns_to


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize("state", SOMETHING_TO_SHOW, ids=lambda state: state.__name__)
def test_a_page_says_something_in_every_state(
    page: str, state: Callable[[Store], Address], store: Store, visit: Visit
) -> None:
    assert text_of(visit(page, **state(store))), f"The page {page} is empty."


@pytest.mark.parametrize("page", FILES)
def test_an_address_leads_to_the_page_that_a_visitor_turns_to(page: str, store: Store, visit: Visit) -> None:
    address = half_a_draft(store)
    assert text_of(visit(page, **address)) == text_of(turns_to(visit("home"), page, **address))


def test_markup_in_names_and_notes_is_shown_as_typed(store: Store, visit: Visit) -> None:
    address = markup(store)
    assert MARKUP in text_of(visit("results", **address))
    assert MARKUP in text_of(visit("history", **address))
    # A label is read as Markdown by the browser: there each sign of it is escaped.
    links = [link.label for link in visit("home").page_link]
    assert r"\*\*Bold\*\* \<b\>b\</b\> \[x\]" in " ".join(links).replace(r"\/", "/")
