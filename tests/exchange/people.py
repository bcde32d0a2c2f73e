"""What Hypothesis makes up about people: who answers a draft, what they say, who has submitted, who was removed."""

from hypothesis import strategies as st

from data.store import Store
from scoring.model import Response
from tests.data.builders import OWNER
from tests.scoring.strategies import responses

names = st.text(st.characters(categories=("Ll", "Nd")), max_size=30).map(lambda name: f"P {name}")


@st.composite
def people_who_answer(draw: st.DrawFn, store: Store, draft: str) -> None:
    """Up to three people, each with an answer or more."""
    for number, role in enumerate(draw(st.lists(names, max_size=3))):
        person = store.respondents.add(OWNER, draft, f"{draw(names)} {number}", role).id
        given = {"data-3": Response.rated(4, draw(names)), "data-4": draw(responses), "data-5": draw(responses)}
        store.responses.save_many(OWNER, draft, given, respondent=person)
        if draw(st.booleans()):
            store.respondents.submit(OWNER, person)
        if draw(st.booleans()):
            store.respondents.remove(OWNER, person)
