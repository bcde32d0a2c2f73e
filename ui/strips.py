"""Who answered what, as a strip of the five levels with one mark a person; every text is escaped here."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import count as count_from

from checklist.model import RATINGS
from scoring import voices
from scoring.agree import Disagreement, Person
from scoring.model import Response

ASIDE = {"not-applicable": "N/A", "unknown": "?"}
ASIDE_WORDS = {"not-applicable": "Not applicable", "unknown": "Don’t know"}


def strip(one: Disagreement, names: Sequence[str]) -> str:
    """Five fields in the levels' colours, above each the people who chose it; beside them who set the item aside.

    `names` are those of everybody who answers: so each has one mark on the whole page.
    """
    short = marks([*names, *(person.name for person, _ in one.choices)])
    said = ", ".join(f"{person.name}: {voices.spoken(response)}" for person, response in one.choices)
    fields = [_field(str(rating), f"mc-l{rating}", _dots(_who(one, rating), short)) for rating in RATINGS]
    for state, word in ASIDE.items():
        people = [person for person, response in one.choices if response.state == state]
        if people:
            fields.append(_field(word, "mc-unknown", _dots(people, short), ASIDE_WORDS[state]))
    return (
        f'<div class="mc-strip" role="img" aria-label="{escape(said, quote=True)}" '
        f'style="grid-template-columns:repeat({len(fields)}, minmax(0, 1fr))">{"".join(fields)}</div>'
    )


def named(name: str, role: str, names: Sequence[str]) -> str:
    """A person, one of `names`, by mark, name and role: so one reads whose mark it is in a strip."""
    about = f'<p class="mc-small mc-wrap">{escape(role)}</p>' if role else ""
    mark = f'<i class="mc-dot" aria-hidden="true"><b>{escape(marks(names)[name])}</b></i>'
    return f'<div class="mc-named-person">{mark}<div><p class="mc-person mc-wrap">{escape(name)}</p>{about}</div></div>'


def marks(names: Sequence[str]) -> dict[str, str]:
    """A mark of at most a few signs for each name, and no two alike: "Tom" and "Tobias" are Tm and Tb."""
    plain = {name: initials(name) for name in names}
    count = Counter(mark.casefold() for mark in plain.values())
    found = {name: mark for name, mark in plain.items() if count[mark.casefold()] == 1}
    for name in plain:
        if name not in found:
            alike = [other for other in plain if other != name and initials(other).casefold() == plain[name].casefold()]
            taken = {mark.casefold() for mark in found.values()}
            found[name] = next(mark for mark in _candidates(name, alike) if mark.casefold() not in taken)
    return found


def initials(name: str) -> str:
    """At most two letters that stand for a name: "Ana Lopez" is AL, "Ana" is An."""
    words = name.split()
    return (words[0][:1] + words[-1][:1]).upper() if len(words) > 1 else name.strip()[:2].capitalize()


def _candidates(name: str, alike: Sequence[str]) -> Iterator[str]:
    """The marks of a name whose plain one others have as well: with the first letter that only it has, else counted."""
    letters, others = _letters(name), [_letters(other) for other in alike]
    first = letters[:1].upper()
    for place, letter in enumerate(letters):
        if place and all(letter.casefold() != other[place : place + 1].casefold() for other in others):
            yield first + letter.lower()
    yield initials(name)
    yield from (f"{first}{number}" for number in count_from(2))


def _letters(name: str) -> str:
    return "".join(name.split())


def choosers(choices: Sequence[tuple[Person, Response]], option: int | str) -> str:
    """Who chose a rating or a state, by name: "Ana, Ben"."""
    return ", ".join(person.name for person, response in choices if option in (response.rating, response.state))


def _who(one: Disagreement, rating: int) -> list[Person]:
    return [person for person, response in one.choices if response.rating == rating]


def _dots(people: Sequence[Person], short: Mapping[str, str]) -> str:
    return "".join(
        f'<i class="mc-dot" title="{escape(person.name, quote=True)}"><b>{escape(short[person.name])}</b></i>'
        for person in people
    )


def _field(word: str, kind: str, dots: str, title: str = "") -> str:
    named = f' title="{escape(title, quote=True)}"' if title else ""
    return f'<div><div class="mc-dots">{dots}</div><div class="mc-field {kind}"{named}>{word}</div></div>'
