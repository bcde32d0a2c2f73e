"""Answering in the checklist and the health check, without a browser: what is chosen is what is stored."""

from collections.abc import Mapping
from datetime import date

import pytest

from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_system, checklist
from tests.pages.visitor import Visit, text_of

ITEM = checklist().sections[0].items[0].id
LINK = ("https://ci.example/run",)


@pytest.fixture
def draft(store: Store) -> str:
    return a_draft(store, a_system(store).id).id


def _responses(store: Store, draft: str) -> Mapping[str, Response]:
    return {item: saved.response for item, saved in store.responses.of(OWNER, draft).items()}


def test_an_answer_is_stored_as_it_is_given(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value(4).run()
    assert _responses(store, draft) == {ITEM: Response.rated(4)}
    assert "1 of 41 answered" in text_of(app)


def test_don_t_know_takes_the_place_of_a_rating_and_the_other_way_round(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value(4).run()
    app.radio(key=f"answer-{ITEM}").set_value("unknown").run()
    assert _responses(store, draft) == {ITEM: Response.unknown()}
    app.radio(key=f"answer-{ITEM}").set_value(2).run()
    assert _responses(store, draft) == {ITEM: Response.rated(2)}


def test_not_applicable_asks_for_its_reason(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value("not-applicable").run()
    assert _responses(store, draft)[ITEM].reason == "out-of-scope"
    app.selectbox(key=f"reason-{ITEM}").set_value("business-priorities").run()
    assert _responses(store, draft) == {ITEM: Response.not_applicable("business-priorities")}


def test_an_answer_that_is_taken_back_is_open_again(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value("unknown").run()
    app.session_state[f"more-{ITEM}"] = True
    app.run()
    app.text_area(key=f"note-{ITEM}").set_value("Ask Priya").run()
    app.button(key=f"clear-{ITEM}").click().run()
    assert _responses(store, draft) == {ITEM: Response(note="Ask Priya")}
    assert app.radio(key=f"answer-{ITEM}").value is None
    assert "0 of 41 answered" in text_of(app)


def test_a_browser_that_has_not_drawn_a_colleague_s_answer_yet_does_not_take_it_back(
    store: Store, draft: str, visit: Visit
) -> None:
    app = visit("checklist")
    store.responses.save(OWNER, draft, ITEM, Response.rated(5))
    assert app.run().radio(key=f"answer-{ITEM}").value == 5
    app.radio(key=f"answer-{ITEM}").set_value(None).run()
    assert _responses(store, draft) == {ITEM: Response.rated(5)}
    assert app.radio(key=f"answer-{ITEM}").value == 5


def test_an_answer_is_there_again_after_going_on_and_back(draft: str, visit: Visit) -> None:
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value(5)
    app.button(key="next").click().run()
    assert checklist().sections[1].name in text_of(app)
    app.button(key="back").click().run()
    assert app.radio(key=f"answer-{ITEM}").value == 5


def test_what_somebody_else_answered_meanwhile_is_put_to_the_person(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist")
    store.responses.save(OWNER, draft, ITEM, Response.rated(2))
    app.radio(key=f"answer-{ITEM}").set_value(4).run()
    assert "Stored now: 2" in text_of(app)
    assert "Your choice: 4" in text_of(app)
    assert _responses(store, draft) == {ITEM: Response.rated(2)}
    app.button(key=f"mine-{ITEM}").click().run()
    assert _responses(store, draft) == {ITEM: Response.rated(4)}
    assert "Your choice" not in text_of(app)


def test_failures_are_stored_as_they_are_ticked(store: Store, draft: str, visit: Visit) -> None:
    app = visit("checklist", section="look-back")
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


def test_until_when_links_count_is_saved_with_the_answer(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    draft = a_draft(store, system, {ITEM: Response.rated(3, "", LINK)})
    app = visit("checklist", system=system)
    app.session_state[f"more-{ITEM}"] = True
    app.run()
    app.date_input(key=f"valid-{ITEM}").set_value(date(2026, 12, 31)).run()
    assert store.responses.of(OWNER, draft.id)[ITEM].response == Response.rated(3, "", LINK, date(2026, 12, 31))
    app.date_input(key=f"valid-{ITEM}").set_value(None).run()
    assert store.responses.of(OWNER, draft.id)[ITEM].response == Response.rated(3, "", LINK)


def test_what_somebody_else_answers_in_a_section_that_was_left_stays(store: Store, draft: str, visit: Visit) -> None:
    """The section's widgets outlive it, and hold what this person chose there."""
    first, second = checklist().sections[0], checklist().sections[1]
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM}").set_value(2).run()
    app.button(key=f"go-{second.id}").click().run()
    store.responses.save(OWNER, draft, ITEM, Response.rated(4), 1)
    for item, rating in zip(second.items[:3], (1, 2, 3), strict=True):
        app.radio(key=f"answer-{item.id}").set_value(rating).run()
    assert _responses(store, draft)[ITEM] == Response.rated(4)
    app.button(key=f"go-{first.id}").click().run()
    assert app.radio(key=f"answer-{ITEM}").value == 4
    assert _responses(store, draft)[ITEM] == Response.rated(4)
