from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.model import NOT_APPLICABLE_REASONS
from data import text
from scoring import agree
from scoring.agree import Person, RoleMedian, agreed, disagreements
from scoring.model import UNANSWERED, Response
from tests.scoring.builders import a_checklist, an_item
from tests.scoring.strategies import promise, responses

ANA, BEN, CARLA, DEV = (
    Person("a", "Ana", "Lead"), Person("b", "Ben", "On-call engineer"), Person("c", "Carla", "Data scientist"),
    Person("d", "Dev", "Data scientist"),
)  # fmt: skip
ITEMS = ("one", "two", "three")
CHECKLIST = a_checklist(*(an_item(item) for item in ITEMS))
ASIDE, UNKNOWN = Response.not_applicable("other"), Response.unknown()

crowds = st.lists(responses, max_size=9)
answered = st.lists(st.dictionaries(st.sampled_from(ITEMS), responses), max_size=6).map(
    lambda given: {Person(str(n), f"P{n}", f"Role {n % 3}"): one for n, one in enumerate(given)}
)


def rated(*ratings: int) -> list[Response]:
    return [Response.rated(rating) for rating in ratings]


def told(**choices: Response) -> Mapping[Person, Mapping[str, Response]]:
    """What Ana, Ben, Carla and Dev say about the first item: told(ana=…, ben=…)."""
    people = {"ana": ANA, "ben": BEN, "carla": CARLA, "dev": DEV}
    return {people[name]: {"one": response} for name, response in choices.items()}


# What counts


@pytest.mark.parametrize(
    ("ratings", "counts"), [((4,), 4), ((2, 4), 2), ((4, 2), 2), ((1, 2, 5), 2), ((1, 3, 4, 5), 3), ((5, 5), 5)]
)
def test_the_median_counts_and_of_two_middle_ones_the_lower(ratings: tuple[int, ...], counts: int) -> None:
    assert agreed(rated(*ratings)) == Response.rated(counts)


@pytest.mark.parametrize(
    ("choices", "counts"),
    [
        ([], UNANSWERED),
        ([UNANSWERED, UNANSWERED], UNANSWERED),
        ([UNKNOWN, UNANSWERED], UNKNOWN),
        ([UNKNOWN, Response.rated(3)], Response.rated(3)),
        ([ASIDE, Response.rated(3)], Response.rated(3)),
        ([ASIDE, UNKNOWN], UNKNOWN),
        ([ASIDE, UNANSWERED], ASIDE),
        ([ASIDE, ASIDE, Response.rated(3)], ASIDE),
        ([ASIDE, ASIDE, UNKNOWN, UNKNOWN], UNKNOWN),
    ],
)
def test_not_applicable_needs_more_than_half_and_not_knowing_needs_all(
    choices: list[Response], counts: Response
) -> None:
    assert agreed(choices) == counts


def test_the_reason_that_most_gave_counts() -> None:
    reasons = ("other", "out-of-scope", "other")
    assert agreed(Response.not_applicable(reason) for reason in reasons).reason == "other"


def test_notes_and_links_come_along_once_each() -> None:
    together = agreed(
        [Response.rated(2, "slow", ("a", "b")), Response.rated(3, "slow", ("b", "c")), Response.rated(4, "fast")]
    )
    assert (together.note, together.evidence) == ("slow\nfast", ("a", "b", "c"))


def test_an_agreed_answer_is_never_longer_than_the_store_takes() -> None:
    assert (agree.NOTE_LENGTH, agree.LINKS) == (text.NOTE_LENGTH, text.LINKS)
    long = [Response.rated(3, f"{n}" * 6000, tuple(f"link-{n}-{m}" for m in range(30))) for n in range(3)]
    together = agreed(long)
    assert together.note == "0" * 6000
    assert len(together.evidence) == agree.LINKS


@promise
@given(crowds, st.randoms())
def test_the_order_of_people_decides_nothing(crowd: list[Response], random: object) -> None:
    shuffled = list(crowd)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert agreed(shuffled) == agreed(crowd)


@promise
@given(crowds)
def test_what_counts_was_said_by_somebody(crowd: list[Response]) -> None:
    states = {(response.state, response.rating) for response in crowd} | {("unanswered", None)}
    together = agreed(crowd)
    assert (together.state, together.rating) in states
    assert (together.state == "unanswered") == all(response.state == "unanswered" for response in crowd)
    assert together.reason is None or together.reason in NOT_APPLICABLE_REASONS


@promise
@given(crowds, st.integers(0, 8))
def test_a_higher_rating_of_one_person_never_lowers_what_counts(crowd: list[Response], place: int) -> None:
    place %= len(crowd) or 1
    if not crowd or (crowd[place].rating or 5) == 5:
        return
    before = agreed(crowd).rating
    raised = [*crowd[:place], Response.rated((crowd[place].rating or 0) + 1), *crowd[place + 1 :]]
    after = agreed(raised).rating
    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before


@promise
@given(responses, st.integers(1, 5))
def test_people_who_say_the_same_agree_on_it(response: Response, people: int) -> None:
    assert agreed([response] * people) == response


# Where people disagree


@pytest.mark.parametrize(
    ("choices", "spread"),
    [
        (told(ana=Response.rated(2)), None),
        (told(ana=Response.rated(2), ben=Response.rated(2)), None),
        (told(ana=Response.rated(2), ben=UNKNOWN), None),
        (told(ana=ASIDE, ben=UNKNOWN), None),
        (told(ana=ASIDE, ben=Response.not_applicable("out-of-scope")), None),
        (told(ana=Response.rated(2), ben=Response.rated(4)), 2),
        (told(ana=Response.rated(2), ben=ASIDE), 0),
        (told(ana=Response.rated(2), ben=ASIDE, carla=Response.rated(5)), 3),
        (told(ana=Response.rated(2), ben=UNANSWERED), None),
    ],
)
def test_ratings_that_differ_disagree_and_so_do_a_rating_and_not_applicable(
    choices: Mapping[Person, Mapping[str, Response]], spread: int | None
) -> None:
    assert [one.spread for one in disagreements(CHECKLIST, choices)] == ([] if spread is None else [spread])


def test_the_widest_comes_first_then_the_most_people_then_the_checklist() -> None:
    ana, ben, carla = rated(3, 3, 2), rated(2, 3, 4), rated(3, 2, 2)
    found = disagreements(CHECKLIST, {p: dict(zip(ITEMS, r, strict=True)) for p, r in
                                      ((ANA, ana), (BEN, ben), (CARLA, carla))})  # fmt: skip
    assert [(one.item, one.spread, one.apart) for one in found] == [("three", 2, 1), ("one", 1, 1), ("two", 1, 1)]


def test_by_role_is_told_from_three_answers_on() -> None:
    two = told(ana=Response.rated(4), ben=Response.rated(2))
    assert disagreements(CHECKLIST, two)[0].by_role == ()
    four = told(ana=Response.rated(4), ben=Response.rated(2), carla=Response.rated(5), dev=Response.rated(3))
    assert disagreements(CHECKLIST, four)[0].by_role == (
        RoleMedian("Lead", 4, 1), RoleMedian("On-call engineer", 2, 1), RoleMedian("Data scientist", 3, 2),
    )  # fmt: skip


def test_people_of_one_role_are_not_told_apart_by_it() -> None:
    people = {Person(str(n), f"P{n}", "Lead"): {"one": Response.rated(n)} for n in (1, 2, 3)}
    assert disagreements(CHECKLIST, people)[0].by_role == ()


@promise
@given(answered)
def test_every_item_on_which_two_ratings_differ_is_found_once(given_by: dict[Person, dict[str, Response]]) -> None:
    found = disagreements(CHECKLIST, given_by)
    assert len({one.item for one in found}) == len(found)
    for item in ITEMS:
        said = [answers[item] for answers in given_by.values() if item in answers]
        ratings = {response.rating for response in said if response.rating}
        aside = any(response.state == "not-applicable" for response in said)
        assert (item in {one.item for one in found}) == (len(ratings) > 1 or (bool(ratings) and aside))
    spreads = [one.spread for one in found]
    assert spreads == sorted(spreads, reverse=True)
    for one in found:
        assert one.agreed == agreed(response for _, response in one.choices)
        assert one.low is not None
        assert one.high is not None
        assert one.agreed.rating is None or one.low <= one.agreed.rating <= one.high
