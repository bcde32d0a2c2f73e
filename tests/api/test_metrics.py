from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import meters
from api import metrics
from api.metrics import Metrics
from data.store import open_store
from scoring.model import Response
from tests.api.asgi import ask
from tests.data.builders import MEMORY, OWNER, a_draft

TOKEN = "a" * 32


def _app(token: str = "") -> Metrics:
    others = [Route("/{path:path}", lambda _request: PlainTextResponse("here"))]
    return Metrics(Starlette(routes=[*metrics.routes(), *others]), lambda: token)


def _value(name: str, **labels: str) -> float:
    return meters.REGISTRY.get_sample_value(name, labels) or 0.0


def _grows_by(name: str, count: float, work: Callable[[], object], **labels: str) -> None:
    before = _value(name, **labels)
    work()
    assert _value(name, **labels) - before == count


def test_requests_are_counted_by_kind_of_address_and_never_by_what_somebody_typed() -> None:
    for path in ("/l/secret-of-a-link", "/results", "/ben@example.org", "/badge/abc.svg"):
        ask(_app(), path)
    told = meters.text().decode()
    assert 'route="/l"' in told
    assert 'route="page"' in told
    for typed in ("secret", "results", "ben@", "abc"):
        assert typed not in told


def test_a_neighbour_reads_what_was_counted_and_nobody_else() -> None:
    for path in ("/metrics", "/_stcore/metrics", "/metrics/"):
        assert ask(_app(), path, client="10.0.0.7").status == 404
        assert ask(_app(), path, headers={"X-Forwarded-For": "10.0.0.7"}).status == 404, "came through a proxy"
    assert ask(_app(), "/metrics").status == 200
    assert ask(_app(), "/metrics", client="::1").status == 200
    assert ask(_app(), "/_stcore/metrics").status == 200


@pytest.mark.parametrize(
    ("sent", "status"), [(f"Bearer {TOKEN}", 200), ("Bearer wrong", 404), (TOKEN, 404), ("", 404), ("Bearer ü", 404)]
)
def test_with_a_token_it_is_the_token_that_counts(sent: str, status: int) -> None:
    headers = {"Authorization": sent} if sent else {}
    assert ask(_app(TOKEN), "/metrics", headers=headers, client="10.0.0.7").status == status
    assert ask(_app(TOKEN), "/metrics", headers=headers).status == status


def test_saved_answers_are_timed_and_refusals_counted_by_their_name() -> None:
    with open_store(MEMORY, watch=meters.store_called) as store:
        draft = a_draft(store).id
        saves = lambda: store.responses.save(OWNER, draft, "data-1", Response.rated(3))  # noqa: E731
        _grows_by("checkup_store_seconds_count", 1, saves, kind="answer")
        _grows_by("checkup_store_seconds_count", 1, lambda: store.responses.of(OWNER, draft), kind="look")

        def asks_for_nothing() -> None:
            with pytest.raises(Exception, match="no-such"):
                store.systems.get(OWNER, "no-such")

        _grows_by("checkup_store_errors_total", 1, asks_for_nothing, fault="UnknownId")
