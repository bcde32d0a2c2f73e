"""The home page and what comes up again, without a browser: what is said, what a button does, what is kept."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from checklist.model import Item
from data.model import FixState
from data.store import Store, as_of, open_store
from scoring.model import Response
from tests.data.builders import a_clock
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated, by_area, checklist
from ui import services

ROOT = Path(__file__).resolve().parents[1]
FILES = {"checklist": "assess/checklist", "results": "results/results", "fixes": "results/fixes", "home": "start/home"}
SECTION, NEXT_SECTION = checklist().sections[:2]
ITEM, OTHER = SECTION.items[:2]
NOW = datetime(2026, 6, 14, 9, tzinfo=UTC)
MARCH = datetime(2026, 3, 12, 9, tzinfo=UTC)
JUNE = datetime(2026, 6, 2, 9, tzinfo=UTC)

Visit = Callable[..., AppTest]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The app's own store, in memory, empty, on a morning in June."""
    services.close_the_store()
    opened = open_store("duckdb:///:memory:", now=a_clock(NOW))
    monkeypatch.setattr(services, "_store", opened)
    monkeypatch.setattr(services, "now", lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def visit(store: Store) -> Visit:
    """Open a page at an address, as a fresh visitor."""

    def opened(page: str = "home", **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
        app.query_params.update(address)
        app.run()
        return app if page == "home" else _turns_to(app, page, address)

    return opened


def _turns_to(app: AppTest, page: str, address: Mapping[str, str]) -> AppTest:
    app.query_params.clear()
    app.query_params.update(address)
    app.switch_page(f"../pages/{FILES[page]}.py").run()
    assert not app.exception, [fault.message for fault in app.exception]
    return app


def _said(app: AppTest) -> str:
    assert not app.exception, [fault.message for fault in app.exception]
    words = [re.sub("<[^>]+>", " ", element.value) for element in app.html]
    words += [element.value for kind in (app.title, app.header, app.text, app.warning) for element in kind]
    words += [element.label.replace("\\", "") for kind in (app.button, app.page_link) for element in kind]
    return " ".join(unescape(" ".join(words)).split())


def _listed(app: AppTest, *names: str) -> list[str]:
    """Which of these systems the page lists, from top to bottom."""
    return [link.label for link in app.page_link if link.label in names]


def _assessed(store: Store, name: str, *ratings: int, at: datetime = JUNE) -> str:
    """A system with a milestone for each of these ratings, a day apart, the last one made at `at`."""
    system = a_system(store, name).id
    for place, rating in enumerate(ratings):
        then = as_of(store, at - timedelta(days=len(ratings) - 1 - place))
        a_milestone(then, system, f"M{place}", all_rated(rating))
    return system


def _carried(store: Store) -> tuple[str, str]:
    """A system whose draft has all answers of a milestone of 12 March; both ids."""
    system = _assessed(store, "Churn model", 3, at=MARCH)
    return system, a_draft(store, system).id


def _waiting(store: Store, draft: str) -> int:
    """How many answers of a draft nobody has confirmed."""
    started = store.assessments.get(OWNER, draft).started_at
    return sum(saved.at < started for saved in store.responses.of(OWNER, draft).values())


def _fix(store: Store, system: str, item: Item, at: datetime, **changes: object) -> FixState:
    return as_of(store, at).fixes.save(OWNER, system, item.id, FixState(**changes))  # type: ignore[arg-type]


# The home page


def test_a_system_shows_level_areas_score_trend_age_and_critical_fixes(store: Store, visit: Visit) -> None:
    system = _assessed(store, "Churn model", 1, at=MARCH - timedelta(days=30))
    then = as_of(store, MARCH)
    draft = a_draft(then, system, by_area(data=4, development=4, deployment=4, monitoring=4, governance=1)).id
    then.assessments.set_failures(OWNER, draft, [failure.id for failure in checklist().failures])
    then.milestones.make(OWNER, draft, "Second", checklist())
    critical = sum(fix.priority == "critical" for fix in services.result(draft).fixes)
    said = _said(visit())
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
    assert f"Critical fixes {len(critical) - 2}" in _said(visit())


def test_a_system_with_a_draft_only_shows_what_is_known(store: Store, visit: Visit) -> None:
    a_draft(store, a_system(store).id, by_area(data=4))
    said = _said(visit())
    assert "Level 4 · Advanced provisional" in said
    assert "none yet" in said
    assert f"Go on ({len(by_area(data=4))} of 41)" in said
    assert "Model governance – no score" in said


def test_a_system_with_nothing_asks_to_begin(store: Store, visit: Visit) -> None:
    a_system(store)
    said = _said(visit())
    assert "No level yet" in said
    assert "Start the health check" in said


def test_a_rhythm_that_is_kept_and_none_are_never_overdue(store: Store, visit: Visit) -> None:
    system = _assessed(store, "Churn model", 3, at=MARCH)
    store.systems.edit(OWNER, system, rhythm_days=94)
    assert "due since" not in _said(visit())
    store.systems.edit(OWNER, system, rhythm_days=93)
    assert "due since 13 June" in _said(visit())
    store.systems.edit(OWNER, system, rhythm_days=0)
    assert "due since" not in _said(visit())


NAMES = ("Alpha", "Beta", "Gamma")


def _three(store: Store) -> None:
    """Alpha fell and is old, Beta rose, Gamma has nothing."""
    alpha, beta = _assessed(store, "Alpha", 5, 4, at=MARCH), _assessed(store, "Beta", 1, 2)
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
    assert "2 of 3 systems" in _said(app)
    assert (app.query_params["sort"], app.query_params["tag"]) == ("level", "EU")
    _turns_to(app, "results", {})
    _turns_to(app, "home", {})
    assert _listed(app, *NAMES) == ["Beta", "Alpha"]
    app.menu_button(key="filter-owner").click("-").run()
    assert _listed(app, *NAMES) == ["Beta"]
    app.button(key="show-all").click().run()
    assert _listed(app, *NAMES) == ["Beta", "Alpha", "Gamma"]


def test_a_filter_that_leaves_nothing_says_so_and_shows_the_way_back(store: Store, visit: Visit) -> None:
    _three(store)
    app = visit(owner="Somebody who left")
    assert "None of 3 systems fits." in _said(app)
    app.button(key="show-all").click().run()
    assert _listed(app, *NAMES) == list(NAMES)


def test_owner_and_tags_are_shown_as_typed_and_never_as_markup(store: Store, visit: Visit) -> None:
    _three(store)
    hostile = "<img src=x onerror=alert(1)> **b**"
    store.systems.edit(OWNER, services.systems(services.workspaces()[0].id)[0].id, tags=[hostile], owner=hostile)
    app = visit(tag=hostile)
    assert _listed(app, *NAMES) == ["Alpha"]
    assert _said(app).count(hostile) == 2
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


# Still true


def test_a_carried_answer_is_confirmed_one_by_one(store: Store, visit: Visit) -> None:
    _, draft = _carried(store)
    app = visit("checklist")
    assert "41 of 41 answered, 41 still to confirm" in _said(app)
    assert "Answered on 12 March 2026" in _said(app)
    app.button(key=f"still-true-{ITEM.id}").click().run()
    assert "40 still to confirm" in _said(app)
    assert _waiting(store, draft) == 40
    assert not [button for button in app.button if button.key == f"still-true-{ITEM.id}"]
    assert app.radio(key=f"answer-{ITEM.id}").value == 3


def test_a_section_is_confirmed_at_once(store: Store, visit: Visit) -> None:
    _, draft = _carried(store)
    app = visit("checklist")
    app.button(key="still-true-all").click().run()
    assert _waiting(store, draft) == 41 - len(SECTION.items)
    assert "Nothing here is left from the last assessment." in _said(app)
    app.button(key="next").click().run()
    assert f"All {len(NEXT_SECTION.items)} answers are from the last assessment." in _said(app)


def test_what_was_chosen_just_before_is_saved_and_not_confirmed_over(store: Store, visit: Visit) -> None:
    """The browser sends the click on an answer and the one on the button in one message."""
    _, draft = _carried(store)
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM.id}").set_value(5)
    app.button(key="still-true-all").click().run()
    stored = store.responses.of(OWNER, draft)
    assert stored[ITEM.id].response == Response.rated(5)
    assert stored[OTHER.id].response == Response.rated(3)
    assert "Your choice" not in _said(app)
    assert _waiting(store, draft) == 41 - len(SECTION.items)


def test_an_answer_that_somebody_else_confirmed_meanwhile_is_changed_without_a_question(
    store: Store, visit: Visit
) -> None:
    _, draft = _carried(store)
    app = visit("checklist")
    store.responses.confirm(OWNER, draft, [ITEM.id])
    app.radio(key=f"answer-{ITEM.id}").set_value(5).run()
    assert store.responses.of(OWNER, draft)[ITEM.id].response == Response.rated(5)
    assert "Your choice" not in _said(app)


def test_a_first_assessment_has_nothing_to_confirm(store: Store, visit: Visit) -> None:
    a_draft(store, a_system(store).id, all_rated())
    said = _said(visit("checklist"))
    assert "Still true" not in said
    assert "confirm" not in said


def test_results_of_a_draft_say_how_many_answers_are_carried(store: Store, visit: Visit) -> None:
    system, draft = _carried(store)
    store.responses.confirm(OWNER, draft, [ITEM.id])
    assert "40 of 41 answers are from 12 March and not confirmed yet." in _said(visit("results", system=system))
    store.responses.confirm(OWNER, draft, [item.id for item in checklist().items])
    assert "not confirmed" not in _said(visit("results", system=system))


def test_results_of_an_overdue_system_say_so_until_a_draft_is_begun(store: Store, visit: Visit) -> None:
    system = _assessed(store, "Churn model", 2, 3, at=MARCH)
    assert "A new assessment has been due since 10 June: the last one is 94 days old" in _said(visit("results"))
    oldest = store.assessments.milestones(OWNER, system)[-1]
    assert "has been due since" not in _said(visit("results", system=system, assessment=oldest.id))
    a_draft(store, system)
    newest = store.assessments.milestones(OWNER, system)[0]
    assert "has been due since" not in _said(visit("results", system=system, assessment=newest.id))


# Done fixes


def test_a_done_fix_asks_for_its_item_until_it_is_answered_again(store: Store, visit: Visit) -> None:
    system = _assessed(store, "Churn model", 3, at=MARCH)
    _fix(store, system, ITEM, JUNE, state="done")
    said = _said(visit())
    assert f"Rate again: {ITEM.name}" in said
    asked = "Fix marked done on 2 June: rate it again."
    assert asked in _said(visit("fixes"))
    draft = a_draft(store, system).id
    app = visit("checklist")
    assert asked in _said(app)
    app.radio(key=f"answer-{ITEM.id}").set_value(4).run()
    assert "Fix marked done on 2 June, rated again since." in _said(app)
    assert asked not in _said(visit("fixes"))
    store.milestones.make(OWNER, draft, "Second", checklist())
    assert "Rate again" not in _said(visit())


def test_confirming_the_old_answer_settles_a_done_fix_too(store: Store, visit: Visit) -> None:
    system, draft = _carried(store)
    _fix(store, system, ITEM, JUNE, state="done")
    assert "1 fix to rate again" in _said(visit())
    store.responses.confirm(OWNER, draft, [ITEM.id])
    assert "1 fix to rate again" not in _said(visit())


def test_a_link_leads_to_the_item_once(store: Store, visit: Visit) -> None:
    system, _ = _carried(store)
    item = NEXT_SECTION.items[-1]
    app = visit("checklist", system=system, item=item.id)
    assert app.radio(key=f"answer-{item.id}").value == 3
    assert "item" not in app.query_params
    assert f".st-key-answer-{item.id}" in " ".join(element.value for element in app.html)
    app.button(key="back").click().run()
    assert app.radio(key=f"answer-{ITEM.id}").value == 3


def test_a_link_to_an_item_that_is_not_there_shows_the_checklist(store: Store, visit: Visit) -> None:
    system, _ = _carried(store)
    assert visit("checklist", system=system, item="no-such").radio(key=f"answer-{ITEM.id}").value == 3


# Accepted risks


def test_an_accepted_risk_comes_up_at_its_review_date_and_a_person_renews_it(store: Store, visit: Visit) -> None:
    system = _assessed(store, "Churn model", 2)
    _fix(store, system, ITEM, JUNE, state="accepted", reason="Small data.", review=date(2026, 6, 8))
    assert f"Look at again: {ITEM.name}" in _said(visit())
    app = visit("fixes")
    assert "To look at again since 8 June. Accepted on 2 June 2026: Small data." in _said(app)
    app.date_input(key=f"renew-until-{ITEM.id}").set_value(date(2027, 1, 1))
    app.button(key=f"renew-{ITEM.id}").click().run()
    stored = store.fixes.of(OWNER, system)[ITEM.id]
    assert (stored.state, stored.review, stored.reason) == ("accepted", date(2027, 1, 1), "Small data.")
    assert "To look at again since" not in _said(app)
    assert "Look at again" not in _said(visit())


def test_an_accepted_risk_is_taken_back_into_the_list(store: Store, visit: Visit) -> None:
    system = _assessed(store, "Churn model", 2)
    _fix(store, system, ITEM, JUNE, state="accepted", reason="Small data.", review=date(2026, 6, 8))
    a_draft(store, system)
    app = visit("fixes")
    app.button(key=f"take-back-{ITEM.id}").click().run()
    assert store.fixes.of(OWNER, system)[ITEM.id].state == "open"
    assert app.selectbox(key=f"stage-{ITEM.id}").value == "open"


def test_nothing_is_decided_by_looking_at_it(store: Store, visit: Visit) -> None:
    system = _assessed(store, "Churn model", 2)
    _fix(store, system, ITEM, JUNE, state="accepted", reason="Small data.", review=date(2026, 6, 8))
    _fix(store, system, OTHER, JUNE, state="done")
    before = store.fixes.of(OWNER, system)
    for page in ("home", "fixes", "results"):
        visit(page)
    assert store.fixes.of(OWNER, system) == before
    assert store.assessments.draft(OWNER, system) is None


def test_a_risk_before_its_review_date_stays_where_it_was(store: Store, visit: Visit) -> None:
    system = _assessed(store, "Churn model", 2)
    _fix(store, system, ITEM, JUNE, state="accepted", reason="Small data.", review=date(2026, 6, 15))
    a_draft(store, system)
    said = _said(visit("fixes"))
    assert "To look at again" not in said
    assert "Accepted risks" in said
