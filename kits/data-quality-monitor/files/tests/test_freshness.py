"""The newest row's age is right across zones and clock changes; what nobody can know is told."""

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from data_quality import freshness
from data_quality.config import Freshness, parse
from data_quality.results import BadInput, Outcome

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def wanted(zone: str = "", hours: float = 24) -> Freshness:
    section = {"column": "at", "max_age_hours": hours} | ({"zone": zone} if zone else {})
    found = parse({"freshness": section, "columns": {"at": {"type": "time"}}}).freshness
    assert found
    return found


def checked(newest: Any, now: str, zone: str = "", hours: float = 24) -> Outcome:
    values = newest if isinstance(newest, list | pd.Series) else [newest]
    frame = pd.DataFrame({"at": values})
    return freshness.check(frame, wanted(zone, hours), datetime.fromisoformat(now))


@pytest.mark.parametrize(
    ("newest", "state"),
    [
        ("2026-11-22T12:00:00+00:00", "passed"),
        ("2026-11-22T11:59:59+00:00", "failed"),
        ("2026-11-22T13:00:00+01:00", "passed"),
        ("2026-11-22T12:59:59+01:00", "failed"),
        ("2026-11-22T07:00:00-05:00", "passed"),
        ("2026-11-22T12:00:00Z", "passed"),
    ],
)
def test_the_limit_holds_to_the_second_in_every_zone(newest: str, state: str) -> None:
    assert checked(newest, "2026-11-23T12:00:00+00:00").state == state


@pytest.mark.parametrize(
    ("zone", "newest", "now", "age"),
    [
        # The clock goes forward on 29 March and on 8 March: the day has 23 hours.
        (BERLIN, "2026-03-28T12:00:00", "2026-03-29T12:00:00+02:00", "23.0 h"),
        (NEW_YORK, "2026-03-07T12:00:00", "2026-03-08T12:00:00-04:00", "23.0 h"),
        # It goes back on 25 October and on 1 November: the day has 25 hours.
        (BERLIN, "2026-10-24T12:00:00", "2026-10-25T12:00:00+01:00", "25.0 h"),
        (NEW_YORK, "2026-10-31T12:00:00", "2026-11-01T12:00:00-05:00", "25.0 h"),
    ],
)
def test_a_day_of_the_clock_change_has_its_own_length(
    zone: str, newest: str, now: str, age: str
) -> None:
    outcome = checked(newest, now, zone)
    assert outcome.found.startswith(age)
    assert outcome.state == ("passed" if age < "24" else "failed")


@pytest.mark.parametrize(
    ("zone", "twice", "now"),
    [
        (BERLIN, "2026-10-25T02:30:00", "2026-10-25T03:30:00+01:00"),
        (NEW_YORK, "2026-11-01T01:30:00", "2026-11-01T02:30:00-05:00"),
    ],
)
def test_an_hour_that_occurs_twice_has_two_ages(zone: str, twice: str, now: str) -> None:
    assert checked(twice, now, zone, hours=2.5).state == "passed"
    assert checked(twice, now, zone, hours=0.5).state == "failed"
    between = checked(twice, now, zone, hours=1.5)
    assert between.state == "cannot tell"
    assert between.found.startswith("1.0 h or 2.0 h old")


@pytest.mark.parametrize(
    ("zone", "skipped"), [(BERLIN, "2026-03-29T02:30:00"), (NEW_YORK, "2026-03-08T02:30:00")]
)
def test_a_time_that_the_clock_skips_shows_that_the_zone_is_wrong(zone: str, skipped: str) -> None:
    outcome = checked(skipped, "2026-03-30T00:00:00+00:00", zone)
    assert outcome.state == "cannot tell"
    assert zone in outcome.found


def test_offsets_on_both_sides_of_a_clock_change_are_compared_as_moments() -> None:
    mixed = ["2026-10-25T02:50:00+02:00", "2026-10-25T02:10:00+01:00"]
    assert "2026-10-25T01:10:00+00:00" in checked(mixed, "2026-10-25T12:00:00+00:00").found


@pytest.mark.parametrize("newest", ["2026-11-23T11:00:00", "2026-11-23"])
def test_times_without_an_offset_need_a_zone(newest: str) -> None:
    outcome = checked(newest, "2026-11-23T12:00:00+00:00")
    assert outcome.state == "cannot tell"
    assert "no offset; set zone" in outcome.found
    assert checked(newest, "2026-11-23T12:00:00+00:00", BERLIN).state == "passed"


def test_one_time_without_an_offset_among_others_is_not_guessed() -> None:
    mixed = ["2026-11-23T11:00:00+00:00", "2026-11-23T11:30:00"]
    assert checked(mixed, "2026-11-23T12:00:00+00:00").state == "cannot tell"
    assert checked(mixed, "2026-11-23T12:00:00+00:00", "UTC").found.startswith("0.5 h")


def test_columns_of_times_are_read_as_they_are_stored() -> None:
    aware = pd.Series(pd.to_datetime(["2026-11-23T12:00"]).tz_localize(NEW_YORK))
    assert checked(aware, "2026-11-23T18:00:00+00:00").found.startswith("1.0 h")
    naive = pd.Series(pd.to_datetime(["2026-11-23T12:00"]))
    assert checked(naive, "2026-11-23T18:00:00+00:00", NEW_YORK).found.startswith("1.0 h")


def test_a_row_of_the_future_does_not_pass_as_fresh() -> None:
    assert checked("2099-01-01T00:00:00+00:00", "2026-11-23T12:00:00+00:00").state == "failed"
    assert checked("2026-11-23T12:04:00+00:00", "2026-11-23T12:00:00+00:00").state == "passed"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "no row has a time"),
        ([None, None], "no row has a time"),
        (["2026-11-23T11:00:00+00:00", "yesterday"], "values that are no times as in ISO 8601: 1"),
        ([1763900000, 1763900001], "holds int, not times"),
    ],
)
def test_what_is_no_time_has_no_age(values: list[Any], said: str) -> None:
    outcome = checked(values, "2026-11-23T12:00:00+00:00", "UTC")
    assert outcome.state == "cannot tell"
    assert said in outcome.found


def test_a_column_that_vanished_has_no_age() -> None:
    now = datetime.fromisoformat("2026-11-23T12:00:00+00:00")
    outcome = freshness.check(pd.DataFrame({"other": [1]}), wanted(), now)
    assert (outcome.state, outcome.found) == ("cannot tell", "the column is missing")


def test_a_present_time_without_an_offset_is_refused() -> None:
    with pytest.raises(BadInput, match="has no offset"):
        checked("2026-11-23T11:00:00+00:00", "2026-11-23T12:00:00")
