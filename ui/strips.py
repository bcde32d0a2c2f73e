"""Who answered what, as a strip of the five levels with one mark a person; every text is escaped here."""

from collections.abc import Sequence
from html import escape

from checklist.model import RATINGS
from scoring import voices
from scoring.agree import Disagreement, Person
from scoring.model import Response

ASIDE = {"not-applicable": "N/A", "unknown": "?"}
ASIDE_WORDS = {"not-applicable": "Not applicable", "unknown": "Don’t know"}


def strip(one: Disagreement) -> str:
    """Five fields in the levels' colours, above each the people who chose it; beside them who set the item aside."""
    said = ", ".join(f"{person.name}: {voices.spoken(response)}" for person, response in one.choices)
    fields = [_field(str(rating), f"mc-l{rating}", _who(one, rating)) for rating in RATINGS]
    for state, word in ASIDE.items():
        people = [person for person, response in one.choices if response.state == state]
        if people:
            fields.append(_field(word, "mc-unknown", people, ASIDE_WORDS[state]))
    return (
        f'<div class="mc-strip" role="img" aria-label="{escape(said, quote=True)}" '
        f'style="grid-template-columns:repeat({len(fields)}, minmax(0, 1fr))">{"".join(fields)}</div>'
    )


def named(name: str, role: str) -> str:
    """A person by mark, name and role: so one reads whose mark it is in a strip."""
    about = f'<p class="mc-small mc-wrap">{escape(role)}</p>' if role else ""
    mark = f'<i class="mc-dot" aria-hidden="true"><b>{escape(initials(name))}</b></i>'
    return f'<div class="mc-named-person">{mark}<div><p class="mc-person mc-wrap">{escape(name)}</p>{about}</div></div>'


def initials(name: str) -> str:
    """At most two letters that stand for a name: "Ana Lopez" is AL, "Ana" is An."""
    words = name.split()
    return (words[0][:1] + words[-1][:1]).upper() if len(words) > 1 else name[:2].capitalize()


def choosers(choices: Sequence[tuple[Person, Response]], option: int | str) -> str:
    """Who chose a rating or a state, by name: "Ana, Ben"."""
    return ", ".join(person.name for person, response in choices if option in (response.rating, response.state))


def _who(one: Disagreement, rating: int) -> list[Person]:
    return [person for person, response in one.choices if response.rating == rating]


def _field(word: str, kind: str, people: Sequence[Person], title: str = "") -> str:
    dots = "".join(
        f'<i class="mc-dot" title="{escape(person.name, quote=True)}"><b>{escape(initials(person.name))}</b></i>'
        for person in people
    )
    named = f' title="{escape(title, quote=True)}"' if title else ""
    return f'<div><div class="mc-dots">{dots}</div><div class="mc-field {kind}"{named}>{word}</div></div>'
