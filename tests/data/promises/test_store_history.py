from fractions import Fraction

from data.history import RECENT
from data.store import Store
from scoring.model import Response
from tests.data.builders import OWNER, a_draft, a_milestone, a_system, held_by_governance, the_workspace


def test_a_trend_runs_from_the_oldest_to_the_newest(store: Store) -> None:
    system = a_system(store).id
    for rating in (2, 3, 5):
        a_milestone(store, system, f"At {rating}", rating)
    overall = [point for point in store.history.trend(OWNER, system) if point.part == "overall"]
    assert [(point.name, point.score, point.level) for point in overall] == [
        ("At 2", Fraction(2), 2),
        ("At 3", Fraction(3), 3),
        ("At 5", Fraction(5), 5),
    ]
    assert [point.at for point in overall] == sorted(point.at for point in overall)


def test_a_draft_has_no_place_in_history(store: Store) -> None:
    draft = a_draft(store, data_1=3)
    assert store.history.trend(OWNER, draft.system) == []
    assert store.history.latest(OWNER, the_workspace(store).id) == []


def test_an_area_without_score_has_no_row(store: Store) -> None:
    milestone = a_milestone(store, responses={"data-1": Response.rated(2)})
    assert {point.part for point in store.history.trend(OWNER, milestone.system)} == {"data", "overall"}


def test_the_roll_up_shows_the_newest_milestone_of_each_living_system(store: Store) -> None:
    churn, ranking = a_system(store, "Churn").id, a_system(store, "Ranking").id
    a_milestone(store, churn, "Before", 2)
    newest = a_milestone(store, churn, "Now", responses=held_by_governance())
    a_milestone(store, ranking, "Only", 3)
    gone, away = a_system(store, "Gone").id, a_system(store, "Away").id
    a_milestone(store, gone)
    a_milestone(store, away)
    store.systems.delete(OWNER, gone)
    store.systems.archive(OWNER, away)
    first, second = store.history.latest(OWNER, the_workspace(store).id)
    assert (first.system_name, first.assessment, first.assessment_name) == ("Churn", newest.id, "Now")
    assert (first.score, first.level, first.coverage, first.provisional) == (
        Fraction(17, 5),
        2,
        Fraction(1),
        False,
    )
    assert first.areas["governance"] == 1
    assert first.recent == (Fraction(2), Fraction(17, 5))
    assert second.system_name == "Ranking"


def test_the_roll_up_remembers_the_last_twelve_scores(store: Store) -> None:
    system = a_system(store).id
    for number in range(RECENT + 2):
        a_milestone(store, system, f"M{number}", 5 if number < 2 else 3, {"data-1": Response.rated(1 + number % 5)})
    [latest] = store.history.latest(OWNER, the_workspace(store).id)
    assert latest.recent == tuple(Fraction(1 + number % 5) for number in range(2, RECENT + 2))


def test_a_thinly_covered_milestone_is_provisional(store: Store) -> None:
    a_milestone(store, responses={"data-1": Response.rated(4)})
    [latest] = store.history.latest(OWNER, the_workspace(store).id)
    assert latest.provisional
    assert latest.coverage == Fraction(1, 41)


def test_taking_the_newest_milestone_away_shows_the_one_before(store: Store) -> None:
    system = a_system(store).id
    old, new = a_milestone(store, system, "Old", 2), a_milestone(store, system, "New", 4)
    store.assessments.void(OWNER, new.id)
    assert [row.assessment for row in store.history.latest(OWNER, the_workspace(store).id)] == [old.id]
    store.assessments.void(OWNER, old.id)
    assert store.history.latest(OWNER, the_workspace(store).id) == []
    store.assessments.unvoid(OWNER, new.id)
    assert [row.assessment for row in store.history.latest(OWNER, the_workspace(store).id)] == [new.id]
