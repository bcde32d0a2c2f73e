"""Reports that ask much of a format: everything in them, hostile text, long notes, many links."""

from datetime import date
from fractions import Fraction
from typing import Any

from reports.document import FixState, Participant, Report
from reports.parts import Choice
from scoring.agree import Disagreement, Person
from scoring.model import Answers, Response, Target
from scoring.path import cheapest_path
from scoring.trend import Point
from tests.reports.builders import a_report, rated, the_checklist, with_a_framework

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")', "+1+1", "-2", "@SUM(A1)", "\tcmd|' /C calc'!A0", "<para>&amp; <b>bold</b>",
    "<script>alert(1)</script>", "nul\x00 and bell\x07", "half \ud800 a pair", "\ufffe no letter", "two\r\nlines",
    "| a | b |\n|---|---|", "# heading", "[x](javascript:alert(1))", "![x](http://evil.example/x.png)", "`code`",
    "    indented", "1. one", "* star", "_x0041_", "מילה 漢字 Ωμέγα \U0001f600", "***", "a\n---", "https://evil.example",
)  # fmt: skip
LONG = "long note " * 10_000 + "the end"
LINKS = tuple(f"https://example.org/evidence/{number}" for number in range(500))
EVERY_ANSWER = dict(zip([item.id for item in the_checklist().items], HOSTILE * 2, strict=False))


def a_full_report(**changes: Any) -> Report:
    """Every fact that a report may hold, all in plain words."""
    responses = rated(
        2,
        data_1=Response.rated(4, "seen in CI", ("https://ci.example/run",), date(2027, 1, 31)),
        data_2=Response.not_applicable("out-of-scope", "batch only"),
        data_3=Response.unknown("ask Ola"),
        data_4=Response(),
    )
    health = dict.fromkeys((question.id for question in the_checklist().health), "yes")
    answers = changes.pop("answers", None) or Answers(
        responses, frozenset({"data-drift"}), Target(3), health, frozenset({"data-5"})
    )
    ola, ben = Person("1", "Ola", "Data scientist"), Person("2", "Ben", "Operations")
    facts: dict[str, Any] = {
        "history": (
            Point(date(2026, 3, 1), "Spring review", Fraction(3, 2), 1),
            Point(date(2026, 11, 22), "Autumn review", Fraction(2), 2),
        ),
        "fix_states": {
            "data-5": FixState("", None, "accepted", "cheaper to live with", date(2027, 3, 1)),
            "data-6": FixState("Ben", date(2026, 12, 24), "doing"),
        },
        "origins": {"data-6": "The median of two people, who say 1 to 3."},
        "participants": (Participant("Ola", "Data scientist"), Participant("Ben", "Operations")),
        "disagreements": (
            Disagreement(
                "data-6",
                ((ola, Response.rated(1, "never saw one")), (ben, Response.rated(3, "every night"))),
                1, 3, Response.rated(2),
            ),
        ),
        "path": cheapest_path(the_checklist(), answers),
        "choice": Choice(confidentiality="For the board only"),
    }  # fmt: skip
    return a_report(answers=answers, **({"checklist": with_a_framework()} | facts | changes))


def a_hostile_report(**changes: Any) -> Report:
    """Hostile text wherever a person may write."""
    responses = {item: Response.rated(2, words, (words,)) for item, words in EVERY_ANSWER.items()}
    return a_full_report(
        answers=Answers(responses),
        system=HOSTILE[0] + "\x00\ud800",
        workspace=HOSTILE[5],
        milestone=HOSTILE[6],
        history=tuple(Point(date(2026, 1, 1), words, Fraction(2), 2) for words in HOSTILE),
        fix_states={item: FixState(words, None, "doing", words) for item, words in EVERY_ANSWER.items()},
        participants=tuple(Participant(words, words) for words in HOSTILE),
        **changes,
    )


def a_long_report() -> Report:
    """A note of 100,000 characters and 500 links."""
    return a_report(rated(2, data_1=Response.rated(2, LONG, LINKS)))


def nothing_answered() -> Report:
    return a_report({})


def nothing_applies() -> Report:
    return a_report({item.id: Response.not_applicable("other", "no") for item in the_checklist().items})
