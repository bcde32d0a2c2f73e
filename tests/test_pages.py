"""Every page in every state that a person can get it into, without a browser: it says something and never fails."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated, by_area, checklist
from ui import services

ROOT = Path(__file__).resolve().parents[1]
FILES = {
    "home": "start/home", "health-check": "assess/health_check", "checklist": "assess/checklist",
    "people": "assess/people", "meeting": "assess/meeting",
    "results": "results/results", "fixes": "results/fixes", "path": "results/path", "history": "results/history",
    "compare": "results/compare", "report": "results/report", "answers-file": "assess/answers_file",
    "method": "about/method", "settings": "about/settings",
}  # fmt: skip
MARKUP = "**Bold** <b>b</b> [x](http://evil) $x$ :material/home:"
SECTION = checklist().sections[0]
ITEM = SECTION.items[0].id

Address = Mapping[str, str]
Visit = Callable[..., AppTest]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The app's own store, in memory, empty."""
    monkeypatch.setenv("CHECKUP_DATABASE_URL", "duckdb:///:memory:")
    services.close_the_store()
    yield services.open_the_store()
    services.close_the_store()


@pytest.fixture
def visit(store: Store) -> Visit:
    """Open a page at an address, as a fresh visitor."""

    def opened(page: str, address: Address | None = None) -> AppTest:
        app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
        app.query_params.update(address or {})
        app.run()
        if page != "home":
            app.query_params.update(address or {})
            app.switch_page(f"../pages/{FILES[page]}.py").run()
        return app

    return opened


def _said(app: AppTest) -> str:
    """What a reader of the page sees, without the marks of our own HTML."""
    words = [re.sub("<[^>]+>", " ", element.value) for element in app.html]
    words += [element.value for kind in (app.title, app.header, app.text, app.warning) for element in kind]
    words += [element.label for kind in (app.button, app.page_link, app.download_button) for element in kind]
    return " ".join(unescape(" ".join(words)).split())


def _button(app: AppTest, label: str) -> Button:
    return next(button for button in app.button if button.label == label)


# The states


def _nothing(_store: Store) -> Address:
    return {}


def _empty_system(store: Store) -> Address:
    return {"system": a_system(store).id}


def _two_systems_and_none_named(store: Store) -> Address:
    a_system(store, "One")
    a_system(store, "Two")
    return {}


def _health_only(store: Store) -> Address:
    system = a_system(store).id
    draft = a_draft(store, system)
    for question in checklist().health:
        store.responses.save_health(OWNER, draft.id, question.id, "yes")
    return {"system": system}


def _health_half(store: Store) -> Address:
    system = a_system(store).id
    store.responses.save_health(OWNER, a_draft(store, system).id, checklist().health[0].id, "unsure")
    return {"system": system}


def _half_a_draft(store: Store) -> Address:
    system = a_system(store).id
    some = {item.id: Response.rated(2) for item in checklist().items[::2]}
    a_draft(store, system, some | {ITEM: Response.not_applicable("other", "Because")})
    return {"system": system}


def _only_don_t_know(store: Store) -> Address:
    system = a_system(store).id
    a_draft(store, system, {item.id: Response.unknown() for item in checklist().items})
    return {"system": system}


def _nothing_applies(store: Store) -> Address:
    system = a_system(store).id
    a_draft(store, system, {item.id: Response.not_applicable("out-of-scope") for item in checklist().items})
    return {"system": system}


def _one_milestone(store: Store) -> Address:
    system = a_system(store).id
    a_milestone(store, system, responses=by_area(data=4, development=4, deployment=4, monitoring=4, governance=1))
    return {"system": system}


def _two_milestones_and_a_draft(store: Store) -> Address:
    system = a_system(store).id
    first = a_milestone(store, system, "First")
    a_milestone(store, system, "Second", all_rated(5))
    a_draft(store, system, {ITEM: Response.rated(1)})
    return {"system": system, "assessment": first.id}


def _health_milestone(store: Store) -> Address:
    address = _health_only(store)
    draft = store.assessments.draft(OWNER, address["system"])
    assert draft
    store.milestones.make(OWNER, draft.id, "Health only", checklist())
    return address


def _deleted_system(store: Store) -> Address:
    system = a_system(store).id
    a_milestone(store, system)
    store.systems.delete(OWNER, system)
    return {"system": system}


def _archived_system(store: Store) -> Address:
    system = a_system(store).id
    a_milestone(store, system)
    store.systems.archive(OWNER, system)
    return {"system": system}


def _deleted_milestone(store: Store) -> Address:
    system = a_system(store).id
    milestone = a_milestone(store, system)
    store.assessments.void(OWNER, milestone.id)
    return {"system": system, "assessment": milestone.id}


def _discarded_draft(store: Store) -> Address:
    system = a_system(store).id
    draft = a_draft(store, system, all_rated())
    store.assessments.discard(OWNER, draft.id)
    return {"system": system, "assessment": draft.id}


def _unknown_ids(store: Store) -> Address:
    a_milestone(store, a_system(store).id)
    return {"system": "no-such", "assessment": "no-such", "section": "no-such", "workspace": "no-such"}


def _assessment_of_another_system(store: Store) -> Address:
    other = a_milestone(store, a_system(store, "Other").id)
    return {"system": a_system(store).id, "assessment": other.id}


def _unknown_section(store: Store) -> Address:
    return {"system": a_system(store).id, "section": "no-such"}


def _look_back(store: Store) -> Address:
    return {**_half_a_draft(store), "section": "look-back"}


def _markup(store: Store) -> Address:
    system = a_system(store, MARKUP).id
    a_milestone(store, system, MARKUP)
    a_draft(store, system, {ITEM: Response.rated(1, MARKUP, (MARKUP,))})
    return {"system": system}


def _two_workspaces(store: Store) -> Address:
    other = store.workspaces.create(OWNER, MARKUP)
    return {"system": store.systems.create(OWNER, other.id, "Elsewhere").id}


STATES = (
    _nothing, _empty_system, _two_systems_and_none_named, _health_only, _health_half, _half_a_draft,
    _only_don_t_know, _nothing_applies, _one_milestone, _two_milestones_and_a_draft, _health_milestone,
    _deleted_system, _archived_system, _deleted_milestone, _discarded_draft, _unknown_ids,
    _assessment_of_another_system, _unknown_section, _look_back, _markup, _two_workspaces,
)  # fmt: skip


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
def test_a_page_says_something_in_every_state(
    page: str, state: Callable[[Store], Address], store: Store, visit: Visit
) -> None:
    app = visit(page, state(store))
    assert not app.exception, [fault.message for fault in app.exception]
    assert _said(app), f"The page {page} is empty."
    assert "Traceback" not in _said(app)


# What is not there


@pytest.mark.parametrize(
    "page",
    ["health-check", "checklist", "people", "meeting", "results", "fixes", "path", "history", "compare", "report"],
)
def test_a_deleted_system_is_told_in_a_sentence(page: str, store: Store, visit: Visit) -> None:
    assert "The address names a system that does not exist or was deleted." in _said(
        visit(page, _deleted_system(store))
    )


@pytest.mark.parametrize("page", ["people", "results", "fixes", "path", "compare", "report"])
@pytest.mark.parametrize(
    "state", [_deleted_milestone, _assessment_of_another_system], ids=["deleted", "of-another-system"]
)
def test_an_assessment_that_is_not_there_is_told_in_a_sentence(
    page: str, state: Callable[[Store], Address], store: Store, visit: Visit
) -> None:
    assert "This assessment is not here" in _said(visit(page, state(store)))


def test_looking_at_results_begins_no_assessment(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    for page in ("home", "people", "meeting", "results", "fixes", "path", "history", "compare", "report"):
        visit(page, {"system": system})
    assert store.assessments.draft(OWNER, system) is None


def test_markup_in_names_and_notes_is_shown_as_typed(store: Store, visit: Visit) -> None:
    address = _markup(store)
    assert MARKUP in _said(visit("results", address))
    assert MARKUP in _said(visit("history", address))
    # A label is read as Markdown by the browser: there each sign of it is escaped.
    links = [link.label for link in visit("home").page_link]
    assert r"\*\*Bold\*\* \<b\>b\</b\> \[x\]" in " ".join(links).replace(r"\/", "/")


# Answering


@pytest.fixture
def draft(store: Store) -> str:
    return a_draft(store, a_system(store).id).id


def _stored(store: Store, draft: str) -> Mapping[str, Response]:
    return {item: saved.response for item, saved in store.responses.of(OWNER, draft).items()}


def test_an_answer_is_stored_as_it_is_given(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value(4).run()
    assert _stored(store, draft) == {ITEM: Response.rated(4)}
    assert "1 of 41 answered" in _said(app)


def test_don_t_know_takes_the_place_of_a_rating_and_the_other_way_round(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value(4).run()
    app.radio(key=f"answer-{ITEM}").set_value("unknown").run()
    assert _stored(store, draft) == {ITEM: Response.unknown()}
    app.radio(key=f"answer-{ITEM}").set_value(2).run()
    assert _stored(store, draft) == {ITEM: Response.rated(2)}


def test_not_applicable_asks_for_its_reason(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value("not-applicable").run()
    assert _stored(store, draft)[ITEM].reason == "out-of-scope"
    app.selectbox(key=f"reason-{ITEM}").set_value("business-priorities").run()
    assert _stored(store, draft) == {ITEM: Response.not_applicable("business-priorities")}


def test_an_answer_that_is_taken_back_is_open_again(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value("unknown").run()
    app.session_state[f"more-{ITEM}"] = True
    app.run()
    app.text_area(key=f"note-{ITEM}").set_value("Ask Priya").run()
    app.button(key=f"clear-{ITEM}").click().run()
    assert _stored(store, draft) == {ITEM: Response(note="Ask Priya")}
    assert app.radio(key=f"answer-{ITEM}").value is None
    assert "0 of 41 answered" in _said(app)


def test_an_answer_is_there_again_after_going_on_and_back(draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value(5)
    app.button(key="next").click().run()
    assert checklist().sections[1].name in _said(app)
    app.button(key="back").click().run()
    assert app.radio(key=f"answer-{ITEM}").value == 5


def test_what_somebody_else_answered_meanwhile_is_put_to_the_person(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    store.responses.save(OWNER, draft, ITEM, Response.rated(2))
    app.radio(key=f"answer-{ITEM}").set_value(4).run()
    assert "Stored now: 2" in _said(app)
    assert "Your choice: 4" in _said(app)
    assert _stored(store, draft) == {ITEM: Response.rated(2)}
    app.button(key=f"mine-{ITEM}").click().run()
    assert _stored(store, draft) == {ITEM: Response.rated(4)}
    assert "Your choice" not in _said(app)


def test_failures_are_stored_as_they_are_ticked(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist", {"section": "look-back"})
    app.checkbox(key="failure-data-drift").check().run()
    assert store.assessments.get(OWNER, draft).failures == {"data-drift"}
    app.checkbox(key="failure-data-drift").uncheck().run()
    assert not store.assessments.get(OWNER, draft).failures


def test_a_health_answer_is_stored_and_can_be_taken_back(store: Store, draft: str, visit: Visit) -> None:
    question = checklist().health[0].id
    app = visit("health-check")
    app.segmented_control(key=f"health-{question}").set_value("no").run()
    assert store.responses.health(OWNER, draft) == {question: "no"}
    app.segmented_control(key=f"health-{question}").set_value(None).run()
    assert store.responses.health(OWNER, draft) == {}


# Systems, milestones, fixes


def test_a_milestone_is_saved_and_can_be_taken_back(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated())
    app = visit("results")
    app.text_input(key="milestone-name").set_value("Spring")
    _button(app, "Save as milestone").click().run()
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
    assert "Accepted risks" in _said(app)
    assert not any(box.key == f"stage-{ITEM}" for box in app.selectbox)


def test_a_filter_that_leaves_no_fix_says_so(store: Store, visit: Visit) -> None:
    a_draft(store, a_system(store).id, by_area(data=1))
    app = visit("fixes")
    app.multiselect(key="filter-area").set_value(["governance"]).run()
    assert "No fix matches these filters" in _said(app)


def test_the_latest_changes_are_told_in_words(visit: Visit, store: Store) -> None:
    system = a_system(store)
    draft = a_draft(store, system.id, {ITEM: Response("rated", 3)})
    asked = checklist().health[0]
    store.responses.save_health(OWNER, draft.id, asked.id, "yes")
    said = _said(visit("settings"))
    assert f"Answer health {asked.name}" in said
    for word in ("Create system", "Start draft"):
        assert word in said
    assert asked.id not in said
