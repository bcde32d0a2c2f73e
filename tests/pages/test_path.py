"""The path page without a browser: the route, what if, the plan, and the target that all of them aim at."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.model import FixState
from data.store import Store
from scoring.model import Response, Target
from scoring.path import Path as CheapestPath
from scoring.path import cheapest_path
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated, by_area, checklist
from tests.pages.visitor import Visit, button, text_of

HELD = by_area(data=4, development=4, deployment=4, monitoring=4, governance=1)
ITEM_ID, OTHER_ID = (item.id for item in checklist().area("governance").items[:2])


@pytest.fixture
def system(store: Store) -> str:
    """A system whose draft is held at Basic by governance."""
    system = a_system(store).id
    a_draft(store, system, HELD)
    return system


def panel(app: AppTest) -> str:
    """Score, level, held-by and path of the what-if."""
    return next(said_here for element in app.html if "mc-what-if" in (said_here := element.value))


def answers_of(store: Store, system: str) -> dict[str, Response]:
    draft = store.assessments.draft(OWNER, system)
    assert draft
    return {item: saved.response for item, saved in store.responses.of(OWNER, draft.id).items()}


def the_path(store: Store, system: str, to: int | None = None) -> CheapestPath:
    draft = store.assessments.draft(OWNER, system)
    assert draft
    path = cheapest_path(checklist(), store.answers(OWNER, draft.id), to)
    assert isinstance(path, CheapestPath)
    return path


# The route


def test_the_way_to_the_next_level_is_told_step_by_step(store: Store, system: str, visit: Visit) -> None:
    app, path = visit("path", system=system), the_path(store, system)
    assert app.title[0].value == "Path to Level 3, Intermediate"
    assert f"{path.effort} effort points in all, bring you from Basic to Intermediate." in text_of(app)
    route = next(element.value for element in app.html if "mc-route" in element.value)
    for step in path.steps:
        item = checklist().item(step.item)
        assert f"{item.name}, from {step.start} to {step.end}" in route
    assert route.count("<li>") == len(path.steps)
    assert "3, Intermediate" in route.rsplit("<li>", 1)[1]


def test_another_level_is_chosen_and_stands_in_the_address(system: str, visit: Visit) -> None:
    app = visit("path", system=system, to="4")
    assert app.title[0].value == "Path to Level 4, Advanced"


@pytest.mark.parametrize("to", ["1", "2", "6", "x", ""])
def test_a_level_that_is_none_or_below_gives_way_to_the_next_one(system: str, to: str, visit: Visit) -> None:
    assert visit("path", system=system, to=to).title[0].value == "Path to Level 3, Intermediate"


def test_the_target_is_the_level_to_reach(store: Store, system: str, visit: Visit) -> None:
    draft = store.assessments.draft(OWNER, system)
    assert draft
    store.assessments.set_target(OWNER, draft.id, Target(5))
    assert visit("path", system=system).title[0].value == "Path to Level 5, Expert"


def test_at_the_highest_level_there_is_none_and_it_says_so(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_milestone(store, system, responses=all_rated(5))
    assert "there is no higher level to reach" in text_of(visit("path", system=system))


# What if


def test_a_try_shows_score_level_holder_and_path_before_and_after(store: Store, system: str, visit: Visit) -> None:
    app = visit("path", system=system)
    assert "<b>3.4</b>" in panel(app)
    before = answers_of(store, system)
    app.selectbox(key="what-if-item").set_value(ITEM_ID).run()
    app.button(key=f"what-if-raise-{ITEM_ID}").click().run()
    assert "<b>3.43</b><small>now 3.4</small>" in panel(app)
    app.button(key=f"what-if-raise-{ITEM_ID}").click().run()
    assert "<b>3.45</b><small>now 3.4</small>" in panel(app)
    assert "1 → 3" in text_of(app)
    assert answers_of(store, system) == before


def test_raising_what_holds_the_level_frees_it(store: Store, system: str, visit: Visit) -> None:
    app = visit("path", system=system)
    for item in [item.id for item in checklist().area("governance").items]:
        app.selectbox(key="what-if-item").set_value(item).run()
        app.button(key=f"what-if-raise-{item}").click().run()
    assert "<b>3 Intermediate</b><small>now 2 Basic</small>" in panel(app)
    assert "<b>no area</b><small>now Model governance</small>" in panel(app)
    assert "<b>reached</b>" in panel(app)


def test_a_try_is_taken_back_one_by_one_or_all_at_once(system: str, visit: Visit) -> None:
    app = visit("path", system=system)
    for item in (ITEM_ID, OTHER_ID):
        app.selectbox(key="what-if-item").set_value(item).run()
        app.button(key=f"what-if-raise-{item}").click().run()
    app.button(key=f"what-if-back-{ITEM_ID}").click().run()
    assert "<b>3.43</b>" in panel(app)
    app.button(key="what-if-reset").click().run()
    assert "now" not in panel(app)
    assert not any(button.key == "what-if-reset" for button in app.button)


def test_a_try_survives_another_page_and_belongs_to_its_assessment(store: Store, system: str, visit: Visit) -> None:
    app = visit("path", system=system)
    app.selectbox(key="what-if-item").set_value(ITEM_ID).run()
    app.button(key=f"what-if-raise-{ITEM_ID}").click().run()
    app.switch_page("../pages/results/fixes.py").run()
    app.switch_page("../pages/results/path.py").run()
    assert "<b>3.43</b><small>now 3.4</small>" in panel(app)
    other = a_system(store, "Other").id
    a_draft(store, other, HELD)
    app.query_params["system"] = other
    app.run()
    assert "now" not in panel(app)


def test_an_item_without_a_rating_can_be_tried_too(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, by_area(data=3))
    app = visit("path", system=system)
    app.selectbox(key="what-if-item").set_value(ITEM_ID).run()
    assert app.button(key=f"what-if-lower-{ITEM_ID}").disabled
    app.button(key=f"what-if-raise-{ITEM_ID}").click().run()
    assert "not rated → 1" in text_of(app)


# The plan


def planned(app: AppTest, owner: str) -> AppTest:
    app.text_input(key="plan-owner").set_value(owner)
    button(app, "Make this our plan").click()
    return app.run()


def test_the_steps_become_fixes_with_owner_and_due_date(store: Store, system: str, visit: Visit) -> None:
    items = {step.item for step in the_path(store, system).steps}
    app = visit("path", system=system)
    app.date_input(key="plan-due").set_value(date(2030, 3, 1))
    app = planned(app, "Priya")
    states = store.fixes.of(OWNER, system)
    assert set(states) == items
    assert {(fix.owner, fix.due, fix.state) for fix in states.values()} == {("Priya", date(2030, 3, 1), "open")}
    assert app.title[0].value == "What to fix next"


def test_what_is_planned_already_stays_unless_it_is_ticked(store: Store, system: str, visit: Visit) -> None:
    first, second = dict.fromkeys(step.item for step in the_path(store, system).steps[:2])
    mine = FixState(owner="Tom *T*", due=date(2029, 1, 1), state="doing")
    for item in (first, second):
        store.fixes.save(OWNER, system, item, mine)
    app = visit("path", system=system)
    box = app.checkbox(key=f"plan-item-3-{first}")
    assert not box.value
    assert r"Tom \*T\*, due 1 January 2029, doing" in box.label
    app.checkbox(key=f"plan-item-3-{second}").check()
    planned(app, "Priya")
    states = store.fixes.of(OWNER, system)
    assert (states[first].owner, states[first].due) == (mine.owner, mine.due)
    assert (states[second].owner, states[second].state) == ("Priya", "doing")


def test_a_plan_needs_somebody_or_a_day_and_at_least_one_item(store: Store, system: str, visit: Visit) -> None:
    app = visit("path", system=system)
    app.date_input(key="plan-due").set_value(None)
    app = planned(app, " ")
    assert "A plan needs an owner or a due date" in " ".join(box.value for box in app.warning)
    for box in app.checkbox:
        box.uncheck()
    app = planned(app, "Priya")
    assert "No item is ticked" in " ".join(box.value for box in app.warning)
    assert store.fixes.of(OWNER, system) == {}


# The target


@pytest.mark.parametrize("page", ["path", "fixes"])
def test_the_target_is_told_with_its_areas_and_can_be_changed(
    page: str, store: Store, system: str, visit: Visit
) -> None:
    assert "Target: Level 3, Intermediate (one level up)." in text_of(visit(page, system=system))
    draft = store.assessments.draft(OWNER, system)
    assert draft
    store.assessments.set_target(OWNER, draft.id, Target(4, {"data": 5}))
    app = visit(page, system=system)
    assert "Target: Level 4, Advanced; Data pipeline Level 5." in text_of(app)
    assert app.button(key="change-target").label == "Change the target"


def test_a_target_below_the_present_level_is_kept_and_told(store: Store, system: str, visit: Visit) -> None:
    draft = store.assessments.draft(OWNER, system)
    assert draft
    store.assessments.set_target(OWNER, draft.id, Target(1))
    app = visit("fixes", system=system)
    warning = app.warning[0].value.replace("\\", "")
    assert "There is a target below the present level, for the whole (Level 1, now 2)." in warning


def test_the_target_of_a_milestone_stays_what_it_was(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_milestone(store, system, responses=HELD)
    app = visit("path", system=system)
    assert "A milestone keeps the target it was made with." in text_of(app)
    assert not any(button.key == "change-target" for button in app.button)
