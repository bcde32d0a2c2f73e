from dataclasses import replace
from datetime import date

import pytest

from data.errors import Conflict, ValueRefused
from data.model import FixState
from data.store import Store
from tests.data.builders import EDITOR, OWNER, a_system


def test_a_fix_comes_back_with_owner_dates_and_state(store: Store) -> None:
    system = a_system(store).id
    given = FixState("Ben", date(2026, 3, 1), "doing")
    saved = store.fixes.save(EDITOR, system, "data-1", given)
    assert store.fixes.of(OWNER, system) == {"data-1": saved}
    assert replace(saved, version=0, author="", at=None) == given
    assert (saved.version, saved.author) == (1, "Emil")


def test_an_accepted_risk_needs_a_reason(store: Store) -> None:
    system = a_system(store).id
    with pytest.raises(ValueRefused, match="needs a reason"):
        store.fixes.save(OWNER, system, "data-1", FixState(state="accepted", reason="  "))
    saved = store.fixes.save(
        OWNER, system, "data-1", FixState(state="accepted", reason="No users yet.", review=date(2027, 1, 1))
    )
    assert (saved.reason, saved.review) == ("No users yet.", date(2027, 1, 1))


def test_an_unknown_state_is_refused(store: Store) -> None:
    with pytest.raises(ValueRefused, match="no state of a fix"):
        store.fixes.save(OWNER, a_system(store).id, "data-1", FixState(state="later"))  # type: ignore[arg-type]


def test_a_change_of_what_somebody_else_changed_shows_both(store: Store) -> None:
    system = a_system(store).id
    seen = store.fixes.save(OWNER, system, "data-1", FixState("Ben"))
    theirs = store.fixes.save(EDITOR, system, "data-1", replace(seen, state="done"))
    with pytest.raises(Conflict) as conflict:
        store.fixes.save(OWNER, system, "data-1", replace(seen, owner="Ada"))
    assert conflict.value.stored == theirs
    assert conflict.value.yours.owner == "Ada"
    assert store.fixes.of(OWNER, system) == {"data-1": theirs}


def test_saving_the_stored_state_of_a_fix_changes_nothing(store: Store) -> None:
    system = a_system(store).id
    saved = store.fixes.save(OWNER, system, "data-1", FixState("Ben"))
    assert store.fixes.save(EDITOR, system, "data-1", FixState("Ben")) == saved


def test_several_fixes_are_saved_together(store: Store) -> None:
    system = a_system(store).id
    first = store.fixes.save(OWNER, system, "data-1", FixState("Ben", state="doing"))
    wanted = {"data-1": replace(first, owner="Ada"), "data-2": FixState("Ada", date(2026, 3, 1))}
    saved = store.fixes.save_many(EDITOR, system, wanted)
    assert store.fixes.of(OWNER, system) == saved
    assert [(fix.owner, fix.state, fix.version) for fix in saved.values()] == [("Ada", "doing", 2), ("Ada", "open", 1)]
    assert len(store.audit.events(OWNER, workspace=store.systems.get(OWNER, system).workspace)) >= 3


@pytest.mark.parametrize("refused", [FixState(state="accepted"), FixState("Ada", version=7)], ids=["rule", "conflict"])
def test_of_several_fixes_none_is_saved_when_one_is_refused(store: Store, refused: FixState) -> None:
    system = a_system(store).id
    with pytest.raises((ValueRefused, Conflict)):
        store.fixes.save_many(OWNER, system, {"data-1": FixState("Ada"), "data-2": refused})
    assert store.fixes.of(OWNER, system) == {}
