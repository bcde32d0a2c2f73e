import json

import pytest
from starlette.applications import Starlette

from api import health
from data.errors import DiskFull, StoreError
from data.store import Store, open_store
from tests.api.asgi import Answer, ask
from tests.data.builders import MEMORY


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class _Store:
    """A store that is not well, in place of the real one."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault, self.asked = fault, 0

    def ping(self) -> None:
        self.asked += 1
        if self.fault:
            raise self.fault


def _asks(store: object, clock: _Clock) -> Answer:
    return ask(Starlette(routes=health.routes(lambda: store, clock)), "/healthz")  # type: ignore[arg-type, return-value]


def test_a_store_that_can_be_written_to_is_well() -> None:
    with open_store(MEMORY) as store:
        answer = _asks(store, _Clock())
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})
    assert answer.headers["cache-control"] == "no-store"


def test_a_closed_store_is_not_well_and_says_why() -> None:
    store: Store = open_store(MEMORY)
    store.close()
    answer = _asks(store, _Clock())
    assert answer.status == 503
    assert "closed" in json.loads(answer.body)["reason"]


@pytest.mark.parametrize(
    "fault", [DiskFull("No space at postgresql://app:hunter2@db/x"), RuntimeError("password=hunter2"), OSError()]
)
def test_no_reason_holds_a_secret(fault: Exception) -> None:
    answer = _asks(_Store(fault), _Clock())
    assert answer.status == 503
    assert b"hunter2" not in answer.body
    assert json.loads(answer.body)["reason"]


def test_asking_often_costs_one_write_a_second_and_a_store_that_is_back_is_well_again() -> None:
    store, clock = _Store(StoreError("Away.")), _Clock()
    app = Starlette(routes=health.routes(lambda: store, clock))  # type: ignore[arg-type, return-value]
    assert [ask(app, "/healthz").status for _ in range(20)] == [503] * 20
    assert store.asked == 1
    store.fault = None
    clock.now += health.HOLDS_S
    assert ask(app, "/healthz").status == 200
