"""Any workspace at all comes back from its zip as it was."""

import io
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.model import HEALTH_CHOICES, NOT_APPLICABLE_REASONS
from data.model import FixState
from data.store import Store
from exchange.workspace import export_workspace, import_workspace
from scoring.model import Response, Target
from tests.data.builders import CHECKLIST, OWNER, World
from tests.exchange.people import people_who_answer
from tests.exchange.zips import without_imports
from tests.scoring.builders import FAILURES, HEALTH_IDS

words = st.text(st.characters(codec=None), max_size=60)
names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30)
item_ids = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
links = st.lists(words, max_size=3).map(tuple)
any_day = st.none() | st.dates(date(1970, 1, 1), date(2100, 1, 1))
any_response = st.one_of(
    st.builds(Response.rated, st.integers(1, 5), words, links, any_day),
    st.builds(Response.not_applicable, st.sampled_from(NOT_APPLICABLE_REASONS), words, links, any_day),
    st.builds(Response.unknown, words, links, any_day),
    st.just(Response()),
)
any_fix = st.builds(FixState, words, any_day, st.sampled_from(("open", "doing", "done", "accepted")), names, any_day)


@st.composite
def a_filled_workspace(draw: st.DrawFn, store: Store) -> str:
    """A workspace with any systems, drafts, milestones and fixes."""
    workspace = store.workspaces.create(OWNER, draw(names)).id
    for name in draw(st.lists(names, max_size=3, unique_by=str.casefold)):
        system = store.systems.create(OWNER, workspace, f"S {name}", draw(words)).id
        draft = store.assessments.start(OWNER, system, "1").id
        store.assessments.set_target(OWNER, draft, Target(draw(st.none() | st.integers(1, 5)), {"data": 4}))
        store.assessments.set_lens(OWNER, draft, draw(st.sampled_from(("whole", "llm", "small-team"))))
        store.assessments.set_failures(OWNER, draft, draw(st.sets(st.sampled_from(sorted(FAILURES)))))
        for question in draw(st.sets(st.sampled_from(HEALTH_IDS))):
            store.responses.save_health(OWNER, draft, question, draw(st.sampled_from(HEALTH_CHOICES)))
        draw(people_who_answer(store, draft))
        if draw(st.booleans()):
            store.responses.save_many(OWNER, draft, {"data-1": Response.rated(2), "data-2": draw(any_response)})
            store.milestones.make(OWNER, draft, draw(names), CHECKLIST)
        else:
            store.responses.save_many(OWNER, draft, draw(st.dictionaries(item_ids, any_response, max_size=4)))
        tags = draw(st.lists(st.text(max_size=40).filter(lambda tag: "," not in tag), max_size=10))
        store.systems.edit(OWNER, system, tags=tags, owner=draw(words), rhythm_days=draw(st.integers(0, 3650)))
        for item in draw(st.sets(item_ids, max_size=2)):
            store.corrections.mark(OWNER, draft, item)
        for item, fix in draw(st.dictionaries(item_ids, any_fix, max_size=2)).items():
            store.fixes.save(OWNER, system, item, fix)
        if draw(st.booleans()):
            store.systems.delete(OWNER, system)
    return workspace


@settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_workspace_survives_the_round_trip(world: World, elsewhere: Store, data: st.DataObject) -> None:
    store = world.store
    workspace = data.draw(a_filled_workspace(store))
    content = export_workspace(store, OWNER, workspace)
    import_workspace(elsewhere, OWNER, io.BytesIO(content))
    assert without_imports(elsewhere.transfer.dump(OWNER, workspace)) == store.transfer.dump(OWNER, workspace)
    for system in store.systems.all(OWNER, workspace):
        assert elsewhere.corrections.of(OWNER, system.id) == store.corrections.of(OWNER, system.id)
        assert elsewhere.fixes.of(OWNER, system.id) == store.fixes.of(OWNER, system.id)
        assert elsewhere.history.trend(OWNER, system.id) == store.history.trend(OWNER, system.id)
