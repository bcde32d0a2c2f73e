"""A store that goes away and comes back while somebody answers: the page says so, keeps what was typed, saves it."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.testing.v1 import AppTest

import app as start
from access.permissions import Forbidden
from data.engine import Session
from data.errors import DiskFull, StoreError, UnknownId
from data.memory import Memory
from data.store import Store
from tests.e2e.stories import OWNER, a_draft, a_system, checklist, the_workspace
from tests.pages.visitor import Visit, button, text_of

ITEM = checklist().items[0].id
AWAY = "The database does not answer."


class Cable:
    """What the store's engine hangs on; pulled, every call fails, and nothing is in memory: a server has none."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self._fault: Exception | None = None
        self._memory = store._desk.engine.memory
        engine = store._desk.engine
        for name in ("read", "write"):
            monkeypatch.setattr(engine, name, self._through(getattr(engine, name)))

    @property
    def fault(self) -> Exception | None:
        return self._fault

    @fault.setter
    def fault(self, fault: Exception | None) -> None:
        self._fault = fault
        assert isinstance(self._memory, Memory)
        self._memory.forget()

    def _through(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def checked(work: Callable[[Session], Any], *more: Any, **named: Any) -> Any:
            if self.fault:
                raise self.fault
            return call(work, *more, **named)

        return checked


@pytest.fixture
def cable(store: Store, monkeypatch: pytest.MonkeyPatch) -> Cable:
    # The app itself hands this to Streamlit; AppTest starts the pages without the app.
    made = script_run_context.ScriptRunContext.__init__

    def with_handler(self: Any, *args: Any, **named: Any) -> None:
        made(self, *args, **{**named, "on_script_error": start.say_sorry})

    monkeypatch.setattr(script_run_context.ScriptRunContext, "__init__", with_handler)
    return Cable(store, monkeypatch)


def _form(visit: Visit, store: Store) -> tuple[AppTest, str]:
    system = a_system(store).id
    draft = a_draft(store, system).id
    page = visit("checklist", system=system)
    page.session_state[f"more-{ITEM}"] = True
    return page.run(), draft


def _stored(store: Store, draft: str) -> Any:
    return store.responses.of(OWNER, draft)[ITEM].response


@pytest.mark.parametrize("fault", [StoreError(AWAY), DiskFull("The disk is full; the change was not saved.")])
def test_what_was_typed_is_kept_and_saved_when_the_store_is_back(
    fault: StoreError, visit: Visit, store: Store, cable: Cable
) -> None:
    page, draft = _form(visit, store)
    cable.fault = fault
    page.radio(key=f"answer-{ITEM}").set_value(4)
    page.text_area(key=f"note-{ITEM}").set_value("typed in the dark")
    page.run()
    said = text_of(page)
    assert str(fault).partition(";")[0].rstrip(".") in said
    assert "What you typed is kept" in said
    cable.fault = None
    button(page, "Try again").click().run()
    assert (_stored(store, draft).rating, _stored(store, draft).note) == (4, "typed in the dark")
    assert "What you typed is kept" not in text_of(page)
    assert page.text_area(key=f"note-{ITEM}").value == "typed in the dark"


def test_what_was_typed_outlives_several_attempts(visit: Visit, store: Store, cable: Cable) -> None:
    page, draft = _form(visit, store)
    cable.fault = StoreError(AWAY)
    page.text_area(key=f"note-{ITEM}").set_value("still there")
    page.run()
    for _ in range(3):
        button(page, "Try again").click().run()
        assert AWAY.rstrip(".") in text_of(page)
    cable.fault = None
    button(page, "Try again").click().run()
    assert _stored(store, draft).note == "still there"


def test_only_writing_fails_and_each_question_says_why(
    visit: Visit, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk that can still be read: the form stays, and what is not saved says so at its place."""
    page, draft = _form(visit, store)

    def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full; the change was not saved. Free some space, then try again.")

    with monkeypatch.context() as patch:
        patch.setattr(store._desk.engine, "write", full)
        page.radio(key=f"answer-{ITEM}").set_value(2)
        page.run()
        assert "The disk is full" in " ".join([*(one.value for one in page.warning), text_of(page)])
        assert page.radio(key=f"answer-{ITEM}").value == 2
    page.run()
    assert _stored(store, draft).rating == 2


@pytest.mark.parametrize("fault", [Forbidden("A viewer may not look."), UnknownId("system", "x")])
def test_what_is_refused_is_told_in_its_own_sentence(
    fault: Exception, visit: Visit, store: Store, cable: Cable
) -> None:
    page, _ = _form(visit, store)
    cable.fault = fault
    page.run()
    assert str(fault).split('"')[0] in text_of(page).replace("\\", "")
    assert "Try again" not in text_of(page)


def test_a_fault_of_ours_gets_a_number_and_none_of_its_words(
    visit: Visit, store: Store, cable: Cable, caplog: pytest.LogCaptureFixture
) -> None:
    page, _ = _form(visit, store)
    cable.fault = RuntimeError("secret words")
    page.run()
    said = " ".join(one.value for one in page.error)
    number = said.rpartition("the number ")[2].rstrip(".")
    assert "secret words" not in said
    assert any(f"incident {number}" in record.getMessage() for record in caplog.records)


def test_the_workspace_is_whole_after_all_of_it(store: Store, cable: Cable) -> None:
    cable.fault = StoreError(AWAY)
    with pytest.raises(StoreError):
        store.systems.create(OWNER, "any", "New")
    cable.fault = None
    assert store.systems.all(OWNER, the_workspace(store)) == []
