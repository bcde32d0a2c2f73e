import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.strips import initials, marks


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Ana Lopez", "Ben"], ["AL", "Be"]),
        (["Tom", "Tobias"], ["Tm", "Tb"]),
        (["Tom", "Tomas"], ["To", "Ta"]),
        (["Tom", "Tobias", "Tobi"], ["Tm", "Ta", "To"]),
        (["Ana Lopez", "Al Lima"], ["An", "Al"]),
        (["Tom", "Tobias", "T. Brandt"], ["Tm", "Ti", "TB"]),
        (["李明", "李明月"], ["李明", "李月"]),
        (["Tom", "tom"], ["To", "T2"]),
    ],
)
def test_people_who_stand_together_have_marks_that_differ(names: list[str], shown: list[str]) -> None:
    assert [marks(names)[name] for name in names] == shown


@given(st.lists(st.text(alphabet="abAB .é1ß", min_size=1).filter(str.strip), unique=True, max_size=12))
def test_no_two_people_have_one_mark_and_who_shares_none_keeps_the_plain_one(names: list[str]) -> None:
    found = marks(names)
    assert len({mark.casefold() for mark in found.values()}) == len(names) == len(found)
    plain = [initials(name).casefold() for name in names]
    for name in names:
        if plain.count(initials(name).casefold()) == 1:
            assert found[name] == initials(name)
