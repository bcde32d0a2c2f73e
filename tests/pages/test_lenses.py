"""Lenses on the pages: named above the form, kept by every page of the assessment, never at the cost of an answer."""

from collections.abc import Mapping

import pytest

from data.model import Assessment
from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_system, all_rated, checklist
from tests.pages.visitor import Visit, text_of

SMALL = checklist().through("small-team")
LLM = checklist().through("llm")
LEFT_OUT = SMALL.lens.leaves_out[0].item
REWORDED = next(words.item for words in LLM.lens.words if words.answers)
ASSESSED = ("checklist", "results", "fixes", "report", "health-check")


def seen_through(store: Store, lens: str, responses: Mapping[str, Response] | None = None) -> Assessment:
    draft = a_draft(store, a_system(store).id, all_rated() if responses is None else responses)
    return store.assessments.set_lens(OWNER, draft.id, lens)


# Choosing


def test_the_form_names_its_lens(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "whole")
    assert "Lens: Whole checklist" in text_of(visit("checklist", system=draft.system))
    store.assessments.set_lens(OWNER, draft.id, "small-team")
    assert "Lens: Small team" in text_of(visit("checklist", system=draft.system))


def test_the_choice_names_every_lens_but_offers_only_the_others(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "llm")
    app = visit("checklist", system=draft.system)
    app.button(key="change-lens").click().run()
    for lens in checklist().lenses:
        assert lens.about in text_of(app)
    offered = {button.key for button in app.button if (button.key or "").startswith("use-")}
    assert offered == {"use-whole", "use-small-team", "use-regulated", "use-batch"}


def test_a_lens_that_is_changed_elsewhere_while_the_form_is_open_takes_no_answer(
    store: Store,
    visit: Visit,
) -> None:
    """A browser names a choice by its words, and these change under it."""
    draft = seen_through(store, "whole")
    before = store.responses.of(OWNER, draft.id)
    app = visit("checklist", system=draft.system)
    for lens in ("llm", "small-team", "batch", "whole"):
        store.assessments.set_lens(OWNER, draft.id, lens)
        app.run()
        app.run()
        assert app.radio(key=f"answer-{checklist().items[0].id}").value == 3
        assert not app.exception
    assert store.responses.of(OWNER, draft.id) == before


def test_the_form_asks_in_the_words_of_the_lens_and_saves_what_is_chosen(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "llm")
    section = LLM.item(REWORDED).section
    app = visit("checklist", system=draft.system, section=section)
    item = LLM.item(REWORDED)
    assert item.question in text_of(app)
    assert item.example in text_of(app)
    assert item.why in text_of(app)
    app.radio(key=f"answer-{REWORDED}").set_value(5).run()
    assert store.responses.of(OWNER, draft.id)[REWORDED].response == Response.rated(5)


def test_what_a_lens_leaves_out_is_not_asked_and_not_counted(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "small-team")
    section = checklist().item(LEFT_OUT).section
    app = visit("checklist", system=draft.system, section=section)
    assert checklist().item(LEFT_OUT).question not in text_of(app)
    assert f"{len(SMALL.items)} of {len(SMALL.items)}" in text_of(app)


def test_an_open_section_that_the_new_lens_leaves_out_gives_way_to_the_first(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = seen_through(store, "whole")
    app = visit("checklist", system=draft.system, section="gone")
    assert not app.exception
    assert checklist().sections[0].name in text_of(app)


# Every page of the assessment


@pytest.mark.parametrize("lens", [lens.id for lens in checklist().lenses])
@pytest.mark.parametrize("page", ASSESSED)
def test_every_page_works_through_every_lens(store: Store, visit: Visit, page: str, lens: str) -> None:
    draft = seen_through(store, lens, all_rated(2))
    app = visit(page, system=draft.system)
    assert not app.exception
    assert "Something went wrong" not in text_of(app)


def test_results_name_the_lens_and_what_it_leaves_out_with_the_reasons(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "small-team")
    app = visit("results", system=draft.system)
    assert "Lens: Small team" in text_of(app)
    assert f"leaves out {len(SMALL.lens.leaves_out)} questions of 41." in text_of(app)
    for left in SMALL.lens.leaves_out:
        assert left.reason in text_of(app)


def test_results_of_the_whole_checklist_say_nothing_of_lenses(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "whole")
    assert "Lens" not in text_of(visit("results", system=draft.system))


def test_fixes_speak_the_words_of_the_lens(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "llm", all_rated(2))
    app = visit("fixes", system=draft.system)
    assert LLM.item(REWORDED).remedy.first in text_of(app)
    assert LLM.item(REWORDED).answer(3) in text_of(app)
    assert checklist().item(REWORDED).answer(3) not in text_of(app)


def test_the_trend_breaks_where_the_lens_changed(store: Store, visit: Visit) -> None:
    """As it does where the questions changed; milestones through one lens are one line."""
    system = a_system(store).id
    for name, lens in (("First", "whole"), ("Second", "whole"), ("Third", "small-team")):
        draft = a_draft(store, system, all_rated())
        store.assessments.set_lens(OWNER, draft.id, lens)
        store.milestones.make(OWNER, draft.id, name, checklist())
        [*_, chart] = visit("history", system=system).get("vega_lite_chart") or [None]
        assert (chart is not None and '"lens changed"' in chart.proto.spec) == (name == "Third")


def test_history_notes_where_the_lens_changed(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "whole")
    store.milestones.make(OWNER, draft.id, "First", checklist())
    for name, lens in (("Second", "llm"), ("Third", "llm")):
        draft = store.assessments.start(OWNER, draft.system, "1", from_milestone=True)
        store.assessments.set_lens(OWNER, draft.id, lens)
        store.milestones.make(OWNER, draft.id, name, checklist())
    app = visit("history", system=draft.system)
    assert text_of(app).count("Lens: ") == 1
    assert "Lens: LLM applications, before: Whole checklist" in text_of(app)


def test_a_milestone_is_made_and_shown_through_the_lens_of_its_draft(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "small-team")
    app = visit("results", system=draft.system)
    next(button for button in app.button if button.label == "Save as milestone").click().run()
    (milestone,) = store.assessments.milestones(OWNER, draft.system)
    assert milestone.lens == "small-team"
    app = visit("results", system=draft.system, assessment=milestone.id)
    assert "Lens: Small team" in text_of(app)


def test_a_new_assessment_goes_on_with_the_lens_of_the_last(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "llm")
    store.milestones.make(OWNER, draft.id, "First", checklist())
    app = visit("checklist", system=draft.system)
    app.button(key="start-new").click().run()
    assert "Lens: LLM applications" in text_of(app)


# A lens that does not exist any more


@pytest.mark.parametrize("page", ASSESSED)
def test_a_lost_lens_shows_the_whole_checklist(store: Store, visit: Visit, page: str) -> None:
    draft = seen_through(store, "gone")
    app = visit(page, system=draft.system)
    assert not app.exception
    if page != "health-check":
        (warning,) = [element.value for element in app.warning]
        assert "does not exist any more, so you see the whole checklist instead" in warning
        assert r"Every answer is kept\." in warning


def test_a_milestone_of_a_lost_lens_keeps_its_result(store: Store, visit: Visit) -> None:
    draft = seen_through(store, "gone")
    milestone = store.milestones.make(OWNER, draft.id, "First", checklist())
    engine = store._desk.engine
    engine.write(lambda session: session.run("update assessments set lens = 'gone' where id = :id", id=milestone.id))
    record = store.milestones.record(OWNER, milestone.id)
    app = visit("results", system=draft.system, assessment=milestone.id)
    (warning,) = [element.value for element in app.warning]
    assert r"The result that was stored with the milestone stays\." in warning
    assert store.milestones.record(OWNER, milestone.id) == record


# The method


def test_the_method_page_tells_every_lens_with_its_reasons(visit: Visit) -> None:
    page = text_of(visit("method"))
    for lens in checklist().lenses:
        assert lens.about in page
        assert lens.why in page
        for reason in (*lens.leaves_out, *lens.item_weights, *lens.area_weights):
            assert reason.reason in page
