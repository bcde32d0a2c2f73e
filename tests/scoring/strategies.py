"""What Hypothesis makes up: checklists with needs, efforts, priorities and weights of all kinds, and their answers."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st

from checklist.model import NOT_APPLICABLE_REASONS, RATINGS, AntiPattern, Checklist, Item, SummaryLine
from scoring.model import Answers, Response, Target
from tests.scoring.builders import AREA_NAMES, FAILURES, HEALTH_IDS, a_checklist, an_item

# The same examples on every run: a promise that breaks breaks for everybody.
promise = settings(max_examples=40, deadline=None, derandomize=True, database=None)

rating_values = st.sampled_from(RATINGS)
RATED = [Response.rated(rating) for rating in RATINGS]
OPEN = [Response.unknown(), Response()]
NOT_APPLICABLE = [Response.not_applicable(reason) for reason in NOT_APPLICABLE_REASONS]
# Two of three are ratings: most of what is promised is about them.
responses = st.sampled_from([*RATED, *RATED, *RATED, *RATED, *OPEN, *OPEN, *OPEN, *NOT_APPLICABLE])


# What one item is like; it needs some of the items before it, counted backwards, so there are no circles.
traits = st.tuples(
    st.sampled_from(("high", "medium", "low")),
    st.sampled_from(("low", "medium", "high")),
    st.sampled_from([(), *combinations(sorted(FAILURES), 1), *combinations(sorted(FAILURES), 2)]),
    st.dictionaries(st.sampled_from((1, 2, 3)), st.sampled_from((2, 3, 4)), max_size=2),
    # Most items count once, as without a lens.
    st.sampled_from((1, 1, 1, 2, 5)),
)
places = st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True)


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """Three areas with one to three items each, which need each other within and across the areas."""
    items: list[Item] = []
    for number, trait in enumerate(draw(st.lists(traits, min_size=3, max_size=9))):
        items.append(_item(f"item-{number}", list(AREA_NAMES)[number % 3], items, *trait))
    lines = [SummaryLine(f"line-{n}", "Group", f"Line {n}", _at(draw(places), items)) for n in range(2)]
    seen_in, at_most = _at(draw(places), items), draw(st.integers(1, 3))
    count = draw(st.integers(1, len(seen_in)))
    pattern = AntiPattern("pattern", "Pattern", "Problem.", "Way out.", seen_in, at_most, count)
    area_weights = draw(st.dictionaries(st.sampled_from(list(AREA_NAMES)[:3]), st.integers(2, 5), max_size=2))
    return a_checklist(*items, summary=lines, anti_patterns=[pattern], area_weights=area_weights)


def _item(
    item_id: str,
    area: str,
    earlier: Sequence[Item],
    priority: str,
    effort: str,
    prevents: tuple[str, ...],
    needs: Mapping[int, int],
    weight: int,
) -> Item:
    needed = {earlier[-back].id: rating for back, rating in needs.items() if back <= len(earlier)}
    return an_item(item_id, area, needs=needed, priority=priority, effort=effort, prevents=prevents, weight=weight)


def _at(chosen: list[int], items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(items[place].id for place in chosen)


@st.composite
def answers_to(draw: st.DrawFn, checklist: Checklist) -> Answers:
    ids = [item.id for item in checklist.items]
    targets = st.dictionaries(st.sampled_from([area.id for area in checklist.areas]), rating_values, max_size=2)
    return Answers(
        responses=dict(zip(ids, draw(st.lists(responses, min_size=len(ids), max_size=len(ids))), strict=True)),
        failures=draw(st.frozensets(st.sampled_from(sorted(FAILURES)), max_size=2)),
        target=Target(draw(st.none() | rating_values), draw(targets)),
        health=draw(st.dictionaries(st.sampled_from(HEALTH_IDS), st.sampled_from(("yes", "no", "unsure")))),
        accepted=draw(st.frozensets(st.sampled_from(ids), max_size=2)),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Checklist, Answers]:
    checklist = draw(checklists())
    return checklist, draw(answers_to(checklist))
