"""Which answers count is said once: home, results, fixes, answers file, command line and zip agree about a draft."""

import json
from datetime import UTC
from pathlib import Path

import pytest

import cli
from data.model import FixState
from data.store import Store, as_of, open_store
from exchange.answers_file import write
from scoring.model import Response
from tests.data.builders import MEMORY
from tests.e2e.stories import OWNER, a_draft, a_system, all_rated, checklist
from tests.pages.builders import JUNE, MARCH, NOW, assessed
from tests.pages.visitor import Visit, text_of
from ui import services
from ui.standings import Standing, standing

ITEM = checklist().items[0]


def _carried(store: Store) -> tuple[str, str]:
    """A system whose draft has all answers of a milestone of 12 March; both ids."""
    system = assessed(store, "Churn model", 3, at=MARCH)
    return system, a_draft(store, system).id


def _answered_by(store: Store, draft: str, **ratings: int) -> None:
    """Colleagues who rated everything the same and submitted."""
    for name, rating in ratings.items():
        person = store.respondents.add(OWNER, draft, name).id
        store.responses.save_many(OWNER, draft, all_rated(rating), respondent=person)
        store.respondents.submit(OWNER, person)


def _at_home() -> Standing:
    [found] = services.portfolio(services.workspaces()[0].id)
    return standing(checklist(), found, NOW.date(), UTC)


def test_page_home_answers_file_command_line_and_zip_agree_about_a_draft(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    system = a_system(store)
    draft = a_draft(store, system.id, {ITEM.id: Response.rated(5)})
    _answered_by(store, draft.id, Ana=2, Ben=4)
    result, home = services.result(draft.id), _at_home()
    assert (home.score, home.level, home.draft_open) == (result.score, result.level, 0)
    assert home.areas == {area.id: area.score for area in result.areas}
    file = tmp_path / "answers.yaml"
    file.write_text(write(services.answers_file(system, draft), checklist()))
    assert cli.main(["score", str(file), "--format", "json"]) == cli.FINE
    said = json.loads(capsys.readouterr().out)
    assert (said["score"], said["level"]) == (round(float(result.score or 0), 4), result.level)
    content = services.export(services.workspaces()[0].id)
    with open_store(MEMORY) as elsewhere, pytest.MonkeyPatch.context() as other:
        for one in elsewhere.workspaces.all(OWNER):
            elsewhere.workspaces.archive(OWNER, one.id)
        other.setattr(services, "_store", elsewhere)
        services.bring_in(content)
        assert (_at_home(), services.result(draft.id)) == (home, result)


def test_a_draft_that_colleagues_answered_counts_what_they_agree_on(store: Store, visit: Visit) -> None:
    draft = a_draft(store, a_system(store).id).id
    store.assessments.set_failures(OWNER, draft, [failure.id for failure in checklist().failures])
    _answered_by(store, draft, Ana=2, Ben=4)
    result = services.result(draft)
    critical = sum(fix.priority == "critical" for fix in result.fixes)
    said = text_of(visit())
    assert critical
    assert (result.level, f"Critical fixes {critical}" in said, "Level 2 · Basic" in said) == (2, True, True)
    assert "Keep the draft as a milestone" in said


def test_a_milestone_counts_on_the_home_page_until_its_draft_is_complete(store: Store, visit: Visit) -> None:
    """Level, areas and critical fixes are always of one assessment, and every page says of which."""
    system, draft = _carried(store)
    store.assessments.set_failures(OWNER, draft, [failure.id for failure in checklist().failures])
    store.responses.save_many(OWNER, draft, {item.id: Response.rated(1) for item in checklist().items[:40]})
    said = text_of(visit())
    assert "Level 3" in said
    assert "Critical fixes 0" in said
    assert "Go on with the draft (1 open)" in said
    assert "The milestone counts until then." in said
    asked = "The home page shows milestone “M0” until one more question is answered or confirmed here."
    assert asked in text_of(visit("results", system=system))
    assert asked in text_of(visit("fixes", system=system))
    store.responses.confirm(OWNER, draft, [checklist().items[40].id])
    critical = sum(fix.priority == "critical" for fix in services.result(draft).fixes)
    said = text_of(visit())
    assert "Level 1 · Ad hoc draft" in said
    assert f"Critical fixes {critical}" in said
    assert "The figures are of the draft." in said
    assert "so the home page shows this draft" in text_of(visit("results", system=system))
    store.milestones.make(OWNER, draft, "Second", checklist())
    assert "The figures are" not in text_of(visit())


def test_a_done_fix_is_settled_by_what_colleagues_answer(store: Store, visit: Visit) -> None:
    system, draft = _carried(store)
    as_of(store, JUNE).fixes.save(OWNER, system, ITEM.id, FixState(state="done"))
    person = store.respondents.add(OWNER, draft, "Ana").id
    store.responses.save(OWNER, draft, ITEM.id, Response.rated(4), respondent=person)
    assert "1 fix to rate again" in text_of(visit())
    assert "rate it again" in text_of(visit("fixes"))
    store.respondents.submit(OWNER, person)
    assert "to rate again" not in text_of(visit())
    assert "rate it again" not in text_of(visit("fixes"))
    assert "40 of 41 answers are from 12 March" in text_of(visit("results", system=system))
