"""People, their answers and what they agreed on travel with a workspace, and rows that do not fit are refused."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from data.errors import ImportRefused, StoreError
from data.store import Store
from exchange.workspace import export_workspace, import_workspace
from scoring.model import Response
from tests.data.builders import CHECKLIST, OWNER, a_draft, a_store, the_workspace
from tests.exchange.zips import with_tables
from tests.scoring.builders import HEALTH_IDS


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A milestone that two people agreed on, and a draft that one is still answering."""
    with a_store() as made:
        first = a_draft(made)
        for name, rating in (("Ana", 2), ("Ben", 4)):
            _answers(made, first.id, name, rating)
        made.milestones.make(OWNER, first.id, "First", CHECKLIST)
        following = made.assessments.start(OWNER, first.system, "1", from_milestone=True)
        _answers(made, following.id, "Carla", 5)
        dev = made.respondents.add(OWNER, following.id, "Dev").id
        made.responses.save(OWNER, following.id, "data-2", Response.rated(1), respondent=dev)
        yield made


def _answers(store: Store, draft: str, name: str, rating: int) -> None:
    person = store.respondents.add(OWNER, draft, name, "lead").id
    store.responses.save(OWNER, draft, "data-1", Response.rated(rating, "slow"), respondent=person)
    store.responses.save_health(OWNER, draft, HEALTH_IDS[0], "no", respondent=person)
    store.respondents.submit(OWNER, person)


def test_people_and_what_they_agreed_on_come_along(store: Store) -> None:
    workspace = the_workspace(store).id
    with a_store() as fresh:
        import_workspace(fresh, OWNER, io.BytesIO(export_workspace(store, OWNER, workspace)))
        [system] = fresh.systems.all(OWNER, workspace)
        draft, [milestone] = fresh.assessments.draft(OWNER, system.id), fresh.assessments.milestones(OWNER, system.id)
        assert draft
        for assessment in (draft.id, milestone.id):
            assert fresh.respondents.all(OWNER, assessment) == store.respondents.all(OWNER, assessment)
            assert fresh.respondents.basis(OWNER, assessment) == store.respondents.basis(OWNER, assessment)
            assert fresh.answers(OWNER, assessment) == store.answers(OWNER, assessment)
        assert fresh.respondents.basis(OWNER, milestone.id) == {"data-1": 2}
        assert fresh.doctor(OWNER, CHECKLIST).is_healthy


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        ("responses", {"respondent": "theirs"}, "an answer is by 'theirs'"),
        ("health_answers", {"respondent": "theirs"}, "an answer is by 'theirs'"),
        ("respondents", {"assessment": "theirs"}, "names assessments 'theirs'"),
        ("respondents", {"name": ""}, "the value of name"),
        ("respondents", {"submitted_at": "yesterday"}, "the value of submitted_at"),
        ("agreements", {"people": "two"}, "the value of people"),
        ("agreements", {"assessment": "theirs"}, "names assessments 'theirs'"),
        ("agreements", {"people": 0}, "."),
    ],
)
def test_rows_about_people_that_do_not_fit_are_refused_whole(
    store: Store, table: str, values: dict[str, Any], words: str
) -> None:
    content = export_workspace(store, OWNER, the_workspace(store).id)
    changed = with_tables(content, lambda tables: tables[table][0].update(values))
    with a_store() as elsewhere:
        before = elsewhere.size().counts
        with pytest.raises((ImportRefused, StoreError), match=words):
            import_workspace(elsewhere, OWNER, io.BytesIO(changed))
        assert elsewhere.size().counts == before


def test_an_answer_for_another_assessment_is_refused(store: Store) -> None:
    """Somebody who answers the milestone is made to answer the draft."""
    content = export_workspace(store, OWNER, the_workspace(store).id)

    def swap(tables: dict[str, list[dict[str, Any]]]) -> None:
        by_person = {row["respondent"]: row for row in tables["responses"] if row["respondent"]}
        here, there = tables["respondents"][0], tables["respondents"][-1]
        by_person[here["id"]]["respondent"] = there["id"]

    with a_store() as elsewhere, pytest.raises(ImportRefused, match="an answer is by"):
        import_workspace(elsewhere, OWNER, io.BytesIO(with_tables(content, swap)))
