"""The compare page and what hangs on it, as a visitor uses them, without a browser."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from checklist.model import WHOLE, Checklist
from data.model import Assessment
from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated, by_area, checklist
from tests.pages.visitor import MARKUP, Visit, button, text_of
from ui import services

ITEM, OTHER = (item.id for item in checklist().items[:2])
LINK = ("https://ci.example/run",)


def two(store: Store, after: Mapping[str, Response] | None = None) -> tuple[str, Assessment, Assessment]:
    """A system with the milestones Spring (all at 3) and Autumn (with changed answers)."""
    system = a_system(store).id
    spring = a_milestone(store, system, "Spring")
    return system, spring, a_milestone(store, system, "Autumn", after or {ITEM: Response.rated(5)})


def with_checklist(monkeypatch: pytest.MonkeyPatch, version: str, changed: str = "") -> Checklist:
    """From now on the app asks this version, in which one item means something else."""
    areas = [
        replace(
            area,
            sections=tuple(
                replace(
                    section,
                    items=tuple(
                        replace(item, changed_in=version) if item.id == changed else item for item in section.items
                    ),
                )
                for section in area.sections
            ),
        )
        for area in checklist().areas
    ]
    made = replace(checklist(), version=version, areas=tuple(areas))
    monkeypatch.setattr(services, "checklist", lambda lens=WHOLE: made.through(lens))
    return made


def test_two_milestones_say_how_far_and_what_changed(store: Store, visit: Visit) -> None:
    system, spring, autumn = two(store, by_area(data=5))
    said = text_of(visit("compare", system=system, assessment=autumn.id, with_=spring.id))
    assert "From “Spring” to “Autumn” the score rose from 3 to 3.4 of 5" in said
    assert "Data pipeline rose, by 2" in said
    assert "Eight practices changed. 33 answers are the same on both sides." in said
    assert checklist().item(ITEM).answer(3) in said
    assert checklist().item(ITEM).answer(5) in said


def test_without_a_second_one_in_the_address_it_is_the_one_before(store: Store, visit: Visit) -> None:
    system, _, autumn = two(store)
    assert "From “Spring” to “Autumn”" in text_of(visit("compare", system=system, assessment=autumn.id))
    a_draft(store, system, {ITEM: Response.rated(1)})
    assert "From “Autumn” to “Draft” the score fell" in text_of(visit("compare", system=system))


def test_a_person_says_that_an_answer_corrects_a_mistake_and_takes_it_back(store: Store, visit: Visit) -> None:
    system, spring, autumn = two(store)
    app = visit("compare", system=system, assessment=autumn.id, with_=spring.id)
    assert "Practice changed: 1" in text_of(app)
    button(app, "This corrects an earlier mistake").click().run()
    assert store.corrections.of(OWNER, system) == {autumn.id: {ITEM}}
    assert "Answer corrected: 1" in text_of(app)
    assert "Practice changed" not in text_of(app)
    button(app, "Count it as a change").click().run()
    assert store.corrections.of(OWNER, system) == {}
    assert "Practice changed: 1" in text_of(app)


def test_a_correction_stays_one_in_what_follows_and_can_be_taken_back_there(store: Store, visit: Visit) -> None:
    system, spring, autumn = two(store)
    store.corrections.mark(OWNER, autumn.id, ITEM)
    a_draft(store, system, {OTHER: Response.rated(1)})
    app = visit("compare", system=system, with_=spring.id)
    assert "One practice changed and one answer is corrected." in text_of(app)
    button(app, "Count it as a change").click().run()
    assert store.corrections.of(OWNER, system) == {}
    assert "Two practices changed." in text_of(app)


def test_swapped_sides_say_the_same_the_other_way_round(store: Store, visit: Visit) -> None:
    system, spring, autumn = two(store)
    store.corrections.mark(OWNER, autumn.id, ITEM)
    app = visit("compare", system=system, assessment=autumn.id, with_=spring.id)
    button(app, "Swap").click().run()
    said = text_of(app)
    assert "From “Autumn” to “Spring” the score fell" in said
    assert "Answer corrected: 1" in said


def test_expired_evidence_is_a_group_of_its_own(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    shown = Response.rated(3, "", LINK, date(2020, 1, 31))
    draft = a_draft(store, system, {ITEM: shown})
    made_at = datetime(2020, 1, 5, 12, tzinfo=UTC)
    milestone = store.milestones.make(OWNER, draft.id, "January", checklist(), made_at=made_at)
    a_draft(store, system)
    said = text_of(visit("compare", system=system, with_=milestone.id))
    assert "Evidence expired: 1" in said
    assert "3, shown until 31 January 2020" in said


def test_two_systems_only_differ_and_nothing_can_be_corrected(store: Store, visit: Visit) -> None:
    system, _, autumn = two(store)
    other = a_milestone(store, a_system(store, "Ranking").id, "Theirs", all_rated(2))
    app = visit("compare", system=system, assessment=autumn.id, with_=other.id)
    said = text_of(app)
    assert "Ranking (“Theirs”) is at 2 of 5" in said
    assert "Answered differently: 41" in said
    assert not [button for button in app.button if "mistake" in button.label]


def test_the_same_assessment_twice_issaid(store: Store, visit: Visit) -> None:
    system, _, autumn = two(store)
    said = text_of(visit("compare", system=system, assessment=autumn.id, with_=autumn.id))
    assert "Both sides are the same assessment. Choose another one." in said


@pytest.mark.parametrize("kind", ["unknown", "deleted", "of another workspace"])
def test_a_second_assessment_that_is_not_here_issaid(store: Store, visit: Visit, kind: str) -> None:
    system, spring, autumn = two(store)
    left = "no-such"
    if kind == "deleted":
        left = store.assessments.void(OWNER, spring.id).id
    elif kind == "of another workspace":
        elsewhere = store.systems.create(OWNER, store.workspaces.create(OWNER, "Elsewhere").id, "Theirs")
        left = a_milestone(store, elsewhere.id).id
    said = text_of(visit("compare", system=system, assessment=autumn.id, with_=left))
    assert "The address names a second assessment that is not here" in said


def test_one_assessment_alone_says_what_the_page_will_hold(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated())
    assert "There is one so far." in text_of(visit("compare", system=system))


def test_history_says_what_changed_last_and_leads_to_all_of_it(store: Store, visit: Visit) -> None:
    system, _, _ = two(store)
    app = visit("history", system=system)
    assert "From “Spring” to “Autumn”: One practice changed. 40 answers are the same" in text_of(app)
    assert "Compare them" in [link.label for link in app.page_link]


# Checklists of other versions


def test_questions_that_changed_are_no_change_of_practice(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, spring, _ = two(store, {ITEM: Response.rated(5), OTHER: Response.rated(4)})
    with_checklist(monkeypatch, "2", changed=ITEM)
    a_draft(store, system)
    said = text_of(visit("compare", system=system, with_=spring.id))
    assert "Question changed: 1" in said
    assert "Practice changed: 1" in said
    assert "“Spring” was made with checklist 1 and is scored here with checklist 2." in said


def test_the_trend_is_drawn_under_the_present_checklist_with_both_numbers(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, spring, _ = two(store)
    record = store.milestones.record(OWNER, spring.id)
    smaller = _without(with_checklist(monkeypatch, "2"), ITEM)
    monkeypatch.setattr(services, "checklist", lambda lens=WHOLE: smaller.through(lens))
    said = text_of(visit("history", system=system))
    assert "Two milestones of an older checklist are scored here with checklist 2" in said
    assert "As drawn: scored with checklist 2" in said
    assert "As stored: what each milestone was made with" in said
    assert "Autumn" in said.split("As stored")[1]
    assert "3.05" in said.split("As stored")[1]
    assert "3.05" not in said.split("As drawn")[1].split("As stored")[0]
    drawn, stored = services.trend(system), services.stored_trend(system)
    assert [(point.name, point.part) for point in drawn] == [(point.name, point.part) for point in stored]
    assert ({point.checklist for point in drawn}, {point.checklist for point in stored}) == ({"2"}, {"1"})
    assert store.milestones.record(OWNER, spring.id) == record


def _without(whole: Checklist, item_id: str) -> Checklist:
    """The checklist without one item."""
    areas = tuple(
        replace(
            area,
            sections=tuple(
                replace(section, items=tuple(item for item in section.items if item.id != item_id))
                for section in area.sections
            ),
        )
        for area in whole.areas
    )
    summary = tuple(replace(line, items=tuple(i for i in line.items if i != item_id)) for line in whole.summary)
    return replace(whole, areas=areas, summary=summary)


def test_a_milestone_of_a_newer_checklist_is_shown_as_it_was_stored(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = a_system(store).id
    spring = a_milestone(store, system, "Spring")
    newer = with_checklist(monkeypatch, "2")
    draft = store.assessments.start(OWNER, system, "2", from_milestone=True)
    store.responses.save_many(OWNER, draft.id, all_rated(4))
    ahead = store.milestones.make(OWNER, draft.id, "Ahead", newer)
    monkeypatch.setattr(services, "checklist", lambda lens=WHOLE: checklist().through(lens))
    sentence = "“Ahead” was made with checklist 2, which is newer than checklist 1 of this app"
    for page in ("results", "fixes", "report", "history"):
        said = text_of(visit(page, system=system, assessment=ahead.id))
        assert said.count(sentence) == 1, page
    assert "Level 4 · Advanced" in text_of(visit("results", system=system, assessment=ahead.id))
    said = text_of(visit("compare", system=system, assessment=ahead.id, with_=spring.id))
    assert sentence in said
    assert "rose from 3 to 4 of 5" in said


def test_text_of_a_person_is_shown_as_typed(store: Store, visit: Visit) -> None:
    system = a_system(store, MARKUP).id
    a_milestone(store, system, MARKUP)
    a_draft(store, system, {ITEM: Response.rated(1, MARKUP, (MARKUP,))})
    said = text_of(visit("compare", system=system))
    assert f"From “{MARKUP}” to “Draft”" in said
    assert said.count(MARKUP) >= 4
