"""What is counted and timed for whoever runs the app. No label holds anything that a person wrote or chose."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

MIME = "text/plain; version=0.0.4; charset=utf-8"
# When each was made says nothing that its number does not.
disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
REQUESTS = Counter(
    "checkup_http_requests_total", "Requests by kind of address and status.", ("route", "status"), registry=REGISTRY
)
STORE = Histogram(
    "checkup_store_seconds",
    "Calls of the store by kind: an answer was saved, something else was changed, or was looked at.",
    ("kind",), buckets=_SECONDS, registry=REGISTRY,
)  # fmt: skip
STORE_ERRORS = Counter(
    "checkup_store_errors_total", "Calls of the store that failed or were refused, by the name of the fault.",
    ("fault",), registry=REGISTRY,
)  # fmt: skip
RERUNS = Histogram(
    "checkup_rerun_seconds",
    "Drawings of a page, or of a part of it, with the wait for a turn.",
    ("part",),
    buckets=_SECONDS,
    registry=REGISTRY,
)
INCIDENTS = Counter("checkup_incidents_total", "Faults that visitors were given a number for.", registry=REGISTRY)
SESSIONS = Gauge("checkup_open_sessions", "Browser tabs that are connected.", registry=REGISTRY)


def store_called(kind: str, seconds: float, fault: str) -> None:
    """The store's `Watch`."""
    STORE.labels(kind).observe(seconds)
    if fault:
        STORE_ERRORS.labels(fault).inc()


@contextmanager
def rerun(part: str) -> Iterator[None]:
    """Times the drawing of a page, or of a part that is drawn alone."""
    begun = perf_counter()
    try:
        yield
    finally:
        RERUNS.labels(part).observe(perf_counter() - begun)


def text() -> bytes:
    """Everything as Prometheus reads it."""
    return generate_latest(REGISTRY)
