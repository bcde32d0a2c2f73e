"""From results to a milestone and to fixes, without a browser."""

from data.store import Store
from tests.e2e.stories import OWNER, a_draft, a_system, all_rated, by_area, checklist
from tests.pages.visitor import Visit, button, text_of

ITEM = checklist().sections[0].items[0].id


def test_a_milestone_is_saved_and_can_be_taken_back(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated())
    app = visit("results")
    app.text_input(key="milestone-name").set_value("Spring")
    button(app, "Save as milestone").click().run()
    assert [one.name for one in store.assessments.milestones(OWNER, system)] == ["Spring"]
    assert app.title[0].value == "History"
    app.button(key="flash-undo").click().run()
    assert not store.assessments.milestones(OWNER, system)
    assert not app.exception


def test_an_accepted_risk_needs_a_reason_and_leaves_the_list(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated(2))
    app = visit("fixes")
    app.selectbox(key=f"stage-{ITEM}").set_value("accepted").run()
    app.button(key=f"save-{ITEM}").click().run()
    assert len(app.warning) == 1
    app.text_area(key=f"why-{ITEM}").set_value("The data comes checked")
    app.button(key=f"save-{ITEM}").click().run()
    assert store.fixes.of(OWNER, system)[ITEM].state == "accepted"
    assert "Accepted risks" in text_of(app)
    assert not any(box.key == f"stage-{ITEM}" for box in app.selectbox)


def test_a_filter_that_leaves_no_fix_says_so(store: Store, visit: Visit) -> None:
    a_draft(store, a_system(store).id, by_area(data=1))
    app = visit("fixes")
    app.multiselect(key="filter-area").set_value(["governance"]).run()
    assert "No fix matches these filters" in text_of(app)
