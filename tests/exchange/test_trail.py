from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.loader import the_checklist
from data.model import Event
from exchange import trail

ITEM = the_checklist().items[0]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda some: st.lists(some) | st.dictionaries(st.sampled_from(["state", "rating", "note", "evidence", "x"]), some),
)


def an_event(event: str, subject: str = "", before: Any = None, after: Any = None, **more: Any) -> Event:
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    values = {"workspace": "w", "system": None, "assessment": None, **more}
    return Event("id", at, "Ben", "editor", event, subject, before=before, after=after, **values)


@pytest.mark.parametrize(
    ("event", "words", "change"),
    [
        (an_event("rename-system", "New", "Old", "New"), "renamed a system to “New”", ("Old", "New")),
        (an_event("create-system", "New", None, "New"), "created the system “New”", ("", "")),
        (
            an_event("plan-fix", ITEM.id, None, {"state": "done", "owner": "Mei", "due": "2026-04-01"}),
            f"planned the fix of “{ITEM.name}”", ("", "state: done; owner: Mei; due 1 April 2026"),
        ),
        (
            an_event("answer", ITEM.id, {"state": "unknown"}, {"state": "rated", "rating": 3, "evidence": ["a", "b"]}),
            f"answered “{ITEM.name}”", ("“don’t know”", "3, 2 links"),
        ),
        (an_event("set-target", "", {"overall": 3, "areas": {}}, {"overall": 4, "areas": {}}), "set the target",
         ("overall: 3", "overall: 4")),
        (an_event("submit-answers", "Ana", None, 7), "submitted the answers of “Ana”", ("", "7 answers")),
        (an_event("change-member", "x@y.example", "viewer", "editor"), "changed the role of “x@y.example”",
         ("viewer", "editor")),
        (
            an_event("plan-fix", ITEM.id, {"due": "2026-04-01", "owner": ""}, {"due": None, "owner": None}),
            f"planned the fix of “{ITEM.name}”", ("due 1 April 2026", "due: nothing"),
        ),
        (
            an_event("make-link", "view", None, {"scope": "view", "areas": [], "expires": "2026-12-24 00:00:00+01:00"}),
            "made a link to look at results", ("", "to look at results; works until 23 December 2026"),
        ),
        (
            an_event("make-link", "respond", None, {"scope": "respond", "areas": ["data", "governance"]}),
            "made a link to answer questions",
            ("", "to answer questions; areas: Data pipeline, Model governance"),
        ),
        (
            an_event("set-target", "", {"overall": 3, "areas": {}}, {"overall": 3, "areas": {"data": 4}}),
            "set the target", ("overall: 3; areas: nothing", "overall: 3; areas: Data pipeline 4"),
        ),
        (
            an_event("make-link", "Auditor", None, {"scope": "view", "areas": [], "expires": None}),
            "made the link “Auditor”", ("", "to look at results"),
        ),
        (an_event("something-new", "Ana"), "something new", ("", "")),
    ],
)  # fmt: skip
def test_an_event_is_a_sentence(event: Event, words: str, change: tuple[str, str]) -> None:
    told = trail.told(the_checklist(), event)
    assert (told.what, (told.before, told.after)) == (words, change)


def test_of_many_answers_a_page_names_three_and_the_file_all() -> None:
    after = {item.id: {"state": "rated", "rating": 2} for item in the_checklist().items}
    event = an_event("answer-many", "", None, after)
    assert trail.told(the_checklist(), event).after.endswith(f"; and {len(after) - 3} more")
    file = trail.csv_file(the_checklist(), [event]).decode("utf-8-sig")
    assert all(item.name in file for item in the_checklist().items)


@pytest.mark.parametrize(
    ("via", "name", "words"),
    [("link 1", "Auditor", "link “Auditor”"), ("token 1", None, "a token"), (None, None, "")],
)
def test_what_it_was_done_through_is_named_as_people_named_it(via: str | None, name: str | None, words: str) -> None:
    assert trail.through(an_event("answer", via=via, via_name=name)) == words


@given(JSON, JSON, st.sampled_from(trail.events_of(trail.KINDS)))
def test_no_value_of_a_file_from_elsewhere_breaks_the_page(before: Any, after: Any, event: str) -> None:
    assert trail.told(the_checklist(), an_event(event, "x", before, after)).what
