"""What comes up again, without a browser: carried answers, an overdue system, done fixes and accepted risks."""

from datetime import date, datetime

from checklist.model import Item
from data.model import FixState
from data.store import Store, as_of
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_system, all_rated, checklist
from tests.pages.builders import JUNE, MARCH, assessed
from tests.pages.visitor import Visit, text_of

SECTION, NEXT_SECTION = checklist().sections[:2]
ITEM, OTHER = SECTION.items[:2]


def _carried(store: Store) -> tuple[str, str]:
    """A system whose draft has all answers of a milestone of 12 March; both ids."""
    system = assessed(store, "Churn model", 3, at=MARCH)
    return system, a_draft(store, system).id


def _waiting(store: Store, draft: str) -> int:
    """How many answers of a draft nobody has confirmed."""
    started = store.assessments.get(OWNER, draft).started_at
    return sum(saved.at < started for saved in store.responses.of(OWNER, draft).values())


def _fix(store: Store, system: str, item: Item, at: datetime, **changes: object) -> FixState:
    return as_of(store, at).fixes.save(OWNER, system, item.id, FixState(**changes))  # type: ignore[arg-type]


# Still true


def test_a_carried_answer_is_confirmed_one_by_one(store: Store, visit: Visit) -> None:
    _, draft = _carried(store)
    app = visit("checklist")
    assert "41 of 41 answered, 41 still to confirm" in text_of(app)
    assert "Answered on 12 March 2026" in text_of(app)
    app.button(key=f"still-true-{ITEM.id}").click().run()
    assert "40 still to confirm" in text_of(app)
    assert _waiting(store, draft) == 40
    assert not [button for button in app.button if button.key == f"still-true-{ITEM.id}"]
    assert app.radio(key=f"answer-{ITEM.id}").value == 3


def test_a_section_is_confirmed_at_once(store: Store, visit: Visit) -> None:
    _, draft = _carried(store)
    app = visit("checklist")
    app.button(key="still-true-all").click().run()
    assert _waiting(store, draft) == 41 - len(SECTION.items)
    assert "Nothing here is left from the last assessment." in text_of(app)
    app.button(key="next").click().run()
    assert f"All {len(NEXT_SECTION.items)} answers are from the last assessment." in text_of(app)


def test_the_look_back_names_each_section_that_waits_and_confirms_it(store: Store, visit: Visit) -> None:
    _, draft = _carried(store)
    store.responses.confirm(OWNER, draft, [item.id for item in checklist().items if item.section != SECTION.id][1:])
    app = visit("checklist")
    app.button(key="go-look-back").click().run()
    assert f"{SECTION.name}: {len(SECTION.items)} still to confirm" in text_of(app)
    assert f"{NEXT_SECTION.name}: 1 still to confirm" in text_of(app)
    app.button(key=f"still-true-all-{SECTION.id}").click().run()
    assert _waiting(store, draft) == 1
    assert f"{SECTION.name}: " not in text_of(app)
    app.button(key=f"review-{NEXT_SECTION.id}").click().run()
    app.button(key=f"still-true-{NEXT_SECTION.items[0].id}").click().run()
    app.button(key="go-look-back").click().run()
    assert "still true?" not in text_of(app)


def test_what_colleagues_agree_on_is_not_confirmed_away_with_its_section(store: Store, visit: Visit) -> None:
    _, draft = _carried(store)
    person = store.respondents.add(OWNER, draft, "Ana").id
    store.responses.save(OWNER, draft, ITEM.id, Response.rated(5), respondent=person)
    store.respondents.submit(OWNER, person)
    app = visit("checklist")
    assert "40 still to confirm" in text_of(app)
    app.button(key="still-true-all").click().run()
    assert store.answers(OWNER, draft).response(ITEM.id) == Response.rated(5)
    assert _waiting(store, draft) == 41 - len(SECTION.items) + 1


def test_what_was_chosen_just_before_is_saved_and_not_confirmed_over(store: Store, visit: Visit) -> None:
    """The browser sends the click on an answer and the one on the button in one message."""
    _, draft = _carried(store)
    app = visit("checklist")
    app.radio(key=f"answer-{ITEM.id}").set_value(5)
    app.button(key="still-true-all").click().run()
    stored = store.responses.of(OWNER, draft)
    assert stored[ITEM.id].response == Response.rated(5)
    assert stored[OTHER.id].response == Response.rated(3)
    assert "Your choice" not in text_of(app)
    assert _waiting(store, draft) == 41 - len(SECTION.items)


def test_an_answer_that_somebody_else_confirmed_meanwhile_is_changed_without_a_question(
    store: Store, visit: Visit
) -> None:
    _, draft = _carried(store)
    app = visit("checklist")
    store.responses.confirm(OWNER, draft, [ITEM.id])
    app.radio(key=f"answer-{ITEM.id}").set_value(5).run()
    assert store.responses.of(OWNER, draft)[ITEM.id].response == Response.rated(5)
    assert "Your choice" not in text_of(app)


def test_a_first_assessment_has_nothing_to_confirm(store: Store, visit: Visit) -> None:
    a_draft(store, a_system(store).id, all_rated())
    said = text_of(visit("checklist"))
    assert "Still true" not in said
    assert "confirm" not in said


def test_results_of_a_draft_say_how_many_answers_are_carried(store: Store, visit: Visit) -> None:
    system, draft = _carried(store)
    store.responses.confirm(OWNER, draft, [ITEM.id])
    assert "40 of 41 answers are from 12 March and not confirmed yet." in text_of(visit("results", system=system))
    store.responses.confirm(OWNER, draft, [item.id for item in checklist().items])
    assert "not confirmed" not in text_of(visit("results", system=system))


def test_results_of_an_overdue_system_say_so_until_a_draft_is_begun(store: Store, visit: Visit) -> None:
    system = assessed(store, "Churn model", 2, 3, at=MARCH)
    assert "A new assessment has been due since 10 June: the last one is 94 days old" in text_of(visit("results"))
    oldest = store.assessments.milestones(OWNER, system)[-1]
    assert "has been due since" not in text_of(visit("results", system=system, assessment=oldest.id))
    a_draft(store, system)
    newest = store.assessments.milestones(OWNER, system)[0]
    assert "has been due since" not in text_of(visit("results", system=system, assessment=newest.id))


# Done fixes


def test_a_done_fix_asks_for_its_item_until_it_is_answered_again(store: Store, visit: Visit) -> None:
    system = assessed(store, "Churn model", 3, at=MARCH)
    _fix(store, system, ITEM, JUNE, state="done")
    said = text_of(visit())
    assert f"Rate again: {ITEM.name}" in said
    asked = "Fix marked done on 2 June: rate it again."
    assert asked in text_of(visit("fixes"))
    draft = a_draft(store, system).id
    app = visit("checklist")
    assert asked in text_of(app)
    app.radio(key=f"answer-{ITEM.id}").set_value(4).run()
    assert "Fix marked done on 2 June, rated again since." in text_of(app)
    assert asked not in text_of(visit("fixes"))
    store.milestones.make(OWNER, draft, "Second", checklist())
    assert "Rate again" not in text_of(visit())


def test_confirming_the_old_answer_settles_a_done_fix_too(store: Store, visit: Visit) -> None:
    system, draft = _carried(store)
    _fix(store, system, ITEM, JUNE, state="done")
    assert "1 fix to rate again" in text_of(visit())
    store.responses.confirm(OWNER, draft, [ITEM.id])
    assert "1 fix to rate again" not in text_of(visit())


def test_a_link_leads_to_the_item_once(store: Store, visit: Visit) -> None:
    system, _ = _carried(store)
    item = NEXT_SECTION.items[-1]
    app = visit("checklist", system=system, item=item.id)
    assert app.radio(key=f"answer-{item.id}").value == 3
    assert "item" not in app.query_params
    assert f'data-key="answer-{item.id}"' in " ".join(element.value for element in app.html)
    app.button(key="back").click().run()
    assert app.radio(key=f"answer-{ITEM.id}").value == 3


def test_a_link_to_an_item_that_is_not_there_shows_the_checklist(store: Store, visit: Visit) -> None:
    system, _ = _carried(store)
    assert visit("checklist", system=system, item="no-such").radio(key=f"answer-{ITEM.id}").value == 3


# Accepted risks


def test_an_accepted_risk_comes_up_at_its_review_date_and_a_person_renews_it(store: Store, visit: Visit) -> None:
    system = assessed(store, "Churn model", 2)
    _fix(store, system, ITEM, JUNE, state="accepted", reason="Small data.", review=date(2026, 6, 8))
    assert f"Look at again: {ITEM.name}" in text_of(visit())
    app = visit("fixes")
    assert "To look at again since 8 June. Accepted on 2 June 2026: Small data." in text_of(app)
    app.date_input(key=f"renew-until-{ITEM.id}").set_value(date(2027, 1, 1))
    app.button(key=f"renew-{ITEM.id}").click().run()
    stored = store.fixes.of(OWNER, system)[ITEM.id]
    assert (stored.state, stored.review, stored.reason) == ("accepted", date(2027, 1, 1), "Small data.")
    assert "To look at again since" not in text_of(app)
    assert "Look at again" not in text_of(visit())


def test_an_accepted_risk_is_taken_back_into_the_list(store: Store, visit: Visit) -> None:
    system = assessed(store, "Churn model", 2)
    _fix(store, system, ITEM, JUNE, state="accepted", reason="Small data.", review=date(2026, 6, 8))
    a_draft(store, system)
    app = visit("fixes")
    app.button(key=f"take-back-{ITEM.id}").click().run()
    assert store.fixes.of(OWNER, system)[ITEM.id].state == "open"
    assert app.selectbox(key=f"stage-{ITEM.id}").value == "open"


def test_nothing_is_decided_by_looking_at_it(store: Store, visit: Visit) -> None:
    system = assessed(store, "Churn model", 2)
    _fix(store, system, ITEM, JUNE, state="accepted", reason="Small data.", review=date(2026, 6, 8))
    _fix(store, system, OTHER, JUNE, state="done")
    before = store.fixes.of(OWNER, system)
    for page in ("home", "fixes", "results"):
        visit(page)
    assert store.fixes.of(OWNER, system) == before
    assert store.assessments.draft(OWNER, system) is None


def test_a_risk_before_its_review_date_stays_where_it_was(store: Store, visit: Visit) -> None:
    system = assessed(store, "Churn model", 2)
    _fix(store, system, ITEM, JUNE, state="accepted", reason="Small data.", review=date(2026, 6, 15))
    a_draft(store, system)
    said = text_of(visit("fixes"))
    assert "To look at again" not in said
    assert "Accepted risks" in said
