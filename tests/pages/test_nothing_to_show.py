"""Every page at an address that leads to nothing: it says so and never fails."""

from collections.abc import Callable

import pytest

from data.store import Store
from tests.e2e.stories import OWNER, a_system
from tests.pages.states import (
    NOTHING_TO_SHOW,
    Address,
    assessment_of_another_system,
    deleted_milestone,
    deleted_system,
)
from tests.pages.visitor import FILES, Visit, text_of


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize("state", NOTHING_TO_SHOW, ids=lambda state: state.__name__)
def test_a_page_says_something_where_there_is_nothing_to_show(
    page: str, state: Callable[[Store], Address], store: Store, visit: Visit
) -> None:
    assert text_of(visit(page, **state(store))), f"The page {page} is empty."


@pytest.mark.parametrize(
    "page",
    ["health-check", "checklist", "people", "meeting", "results", "fixes", "path", "history", "compare", "report"],
)
def test_a_deleted_system_is_told_in_a_sentence(page: str, store: Store, visit: Visit) -> None:
    assert "The address names a system that does not exist or was deleted." in text_of(
        visit(page, **deleted_system(store))
    )


@pytest.mark.parametrize("page", ["people", "results", "fixes", "path", "compare", "report"])
@pytest.mark.parametrize(
    "state", [deleted_milestone, assessment_of_another_system], ids=["deleted", "of-another-system"]
)
def test_an_assessment_that_is_not_there_is_told_in_a_sentence(
    page: str, state: Callable[[Store], Address], store: Store, visit: Visit
) -> None:
    assert "This assessment is not here" in text_of(visit(page, **state(store)))


def test_looking_at_results_begins_no_assessment(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    for page in ("home", "people", "meeting", "results", "fixes", "path", "history", "compare", "report"):
        visit(page, system=system)
    assert store.assessments.draft(OWNER, system) is None
