"""The calendar of page tests, and systems that were assessed on it."""

from datetime import UTC, datetime, timedelta

from data.store import Store, as_of
from tests.e2e.stories import a_milestone, a_system, all_rated

MARCH = datetime(2026, 3, 12, 9, tzinfo=UTC)
JUNE = datetime(2026, 6, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 14, 9, tzinfo=UTC)


def assessed(store: Store, name: str, *ratings: int, at: datetime = JUNE) -> str:
    """A system with a milestone for each of these ratings, a day apart, the last one made at `at`."""
    system = a_system(store, name).id
    for place, rating in enumerate(ratings):
        then = as_of(store, at - timedelta(days=len(ratings) - 1 - place))
        a_milestone(then, system, f"M{place}", all_rated(rating))
    return system
