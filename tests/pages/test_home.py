"""The home page without a browser: what it says of each system, in which order, and what a filter leaves."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.model import FixState
from data.store import Store, as_of
from tests.e2e.stories import OWNER, a_draft, a_system, all_rated, by_area, checklist
from tests.pages.builders import MARCH, assessed
from tests.pages.visitor import Visit, text_of, turns_to
from ui import services


def _listed(app: AppTest, *names: str) -> list[str]:
    """Which of these systems the page lists, from top to bottom."""
    return [link.label for link in app.page_link if link.label in names]


def test_a_system_shows_level_areas_score_trend_age_and_critical_fixes(store: Store, visit: Visit) -> None:
    system = assessed(store, "Churn model", 1, at=MARCH - timedelta(days=30))
    then = as_of(store, MARCH)
    draft = a_draft(then, system, by_area(data=4, development=4, deployment=4, monitoring=4, governance=1)).id
    then.assessments.set_failures(OWNER, draft, [failure.id for failure in checklist().failures])
    then.milestones.make(OWNER, draft, "Second", checklist())
    critical = sum(fix.priority == "critical" for fix in services.result(draft).fixes)
    said = text_of(visit())
    assert "Level 2 · Basic" in said
    assert "3.4 ↑ 2.4 , up 2.4 against the milestone before" in said
    assert "94 days due since 10 June" in said
    assert critical
    assert f"Critical fixes {critical}" in said
    for area in checklist().areas:
        assert f"{area.name} {1 if area.id == 'governance' else 4}" in said


def test_a_critical_fix_that_is_done_or_accepted_is_not_counted(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    draft = a_draft(store, system, all_rated(1)).id
    store.assessments.set_failures(OWNER, draft, [failure.id for failure in checklist().failures])
    critical = [fix.item for fix in services.result(draft).fixes if fix.priority == "critical"]
    store.milestones.make(OWNER, draft, "First", checklist())
    store.fixes.save(OWNER, system, critical[0], FixState(state="done"))
    store.fixes.save(OWNER, system, critical[1], FixState(state="accepted", reason="Small."))
    assert f"Critical fixes {len(critical) - 2}" in text_of(visit())


def test_a_system_with_a_draft_only_shows_what_is_known(store: Store, visit: Visit) -> None:
    a_draft(store, a_system(store).id, by_area(data=4))
    said = text_of(visit())
    assert "Level 4 · Advanced provisional" in said
    assert "none yet" in said
    assert f"Go on ({len(by_area(data=4))} of 41)" in said
    assert "Model governance – no score" in said


def test_a_system_with_nothing_asks_to_begin(store: Store, visit: Visit) -> None:
    a_system(store)
    said = text_of(visit())
    assert "No level yet" in said
    assert "Start the health check" in said


def test_a_rhythm_that_is_kept_and_none_are_never_overdue(store: Store, visit: Visit) -> None:
    system = assessed(store, "Churn model", 3, at=MARCH)
    store.systems.edit(OWNER, system, rhythm_days=94)
    assert "due since" not in text_of(visit())
    store.systems.edit(OWNER, system, rhythm_days=93)
    assert "due since 13 June" in text_of(visit())
    store.systems.edit(OWNER, system, rhythm_days=0)
    assert "due since" not in text_of(visit())


NAMES = ("Alpha", "Beta", "Gamma")


def _three(store: Store) -> None:
    """Alpha fell and is old, Beta rose, Gamma has nothing."""
    alpha, beta = assessed(store, "Alpha", 5, 4, at=MARCH), assessed(store, "Beta", 1, 2)
    store.systems.edit(OWNER, alpha, tags=["EU", "retail"], owner="Ola")
    store.systems.edit(OWNER, beta, tags=["eu"])
    a_system(store, "Gamma")


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Alpha", "Beta", "Gamma"]),
        ("level", ["Beta", "Alpha", "Gamma"]),
        ("age", ["Alpha", "Beta", "Gamma"]),
        ("trend", ["Alpha", "Beta", "Gamma"]),
        ("critical", ["Alpha", "Beta", "Gamma"]),
        ("no-such", ["Alpha", "Beta", "Gamma"]),
    ],
)
def test_an_address_sorts_the_systems_and_those_without_a_value_come_last(
    sort: str, order: list[str], store: Store, visit: Visit
) -> None:
    _three(store)
    assert _listed(visit(sort=sort), *NAMES) == order


def test_a_choice_of_the_menus_is_in_the_address_and_survives_another_page(store: Store, visit: Visit) -> None:
    _three(store)
    app = visit()
    app.menu_button(key="sort").click("level").run()
    app.menu_button(key="filter-tag").click("EU").run()
    assert _listed(app, *NAMES) == ["Beta", "Alpha"]
    assert "2 of 3 systems" in text_of(app)
    assert (app.query_params["sort"], app.query_params["tag"]) == ("level", "EU")
    turns_to(app, "results")
    turns_to(app, "home")
    assert _listed(app, *NAMES) == ["Beta", "Alpha"]
    app.menu_button(key="filter-owner").click("-").run()
    assert _listed(app, *NAMES) == ["Beta"]
    app.button(key="show-all").click().run()
    assert _listed(app, *NAMES) == ["Beta", "Alpha", "Gamma"]


def test_a_filter_that_leaves_nothing_says_so_and_shows_the_way_back(store: Store, visit: Visit) -> None:
    _three(store)
    app = visit(owner="Somebody who left")
    assert "None of 3 systems fits." in text_of(app)
    app.button(key="show-all").click().run()
    assert _listed(app, *NAMES) == list(NAMES)


def test_owner_and_tags_are_shown_as_typed_and_never_as_markup(store: Store, visit: Visit) -> None:
    _three(store)
    hostile = "<img src=x onerror=alert(1)> **b**"
    store.systems.edit(OWNER, services.systems(services.workspaces()[0].id)[0].id, tags=[hostile], owner=hostile)
    app = visit(tag=hostile)
    assert _listed(app, *NAMES) == ["Alpha"]
    assert text_of(app).count(hostile) == 2
    assert "<img" not in "".join(element.value for element in app.html)
    assert r"\*\*b\*\*" in app.menu_button(key="filter-tag").label


def test_more_than_ten_systems_can_be_found_by_a_part_of_their_name(store: Store, visit: Visit) -> None:
    names = [f"System {letter}" for letter in "ABCDEFGHIJK"]
    for name in names[:-1]:
        a_system(store, name)
    assert not visit().text_input
    a_system(store, names[-1])
    app = visit()
    app.text_input(key="find-system").set_value(" tem k").run()
    assert _listed(app, *names) == ["System K"]
    assert app.query_params["find"] == "tem k"
