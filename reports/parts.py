"""Where do I find what a report is made of, and for whom which parts? Here: parts, presets and a person's choice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Paper = Literal["A4", "Letter"]
PAPERS: tuple[Paper, ...] = ("A4", "Letter")
LINE_LENGTH = 120
LOGO_BYTES = 1_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the report: its heading, and what it says in one line."""

    id: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Preset:
    """The parts for one kind of reader."""

    id: str
    name: str
    about: str
    parts: tuple[str, ...]


class WrongChoice(ValueError):
    """A choice that no report can be made of; the sentence says what to change."""


# In the order in which they stand unless somebody arranges them otherwise.
_ALL = (
    Part("cover", "Cover", "System, date, level in words, who took part"),
    Part("summary", "Summary", "For a reader with one minute: state, what holds it back, three things to do, trend"),
    Part("areas", "Areas", "The five areas, each with its score, its questions and what was answered"),
    Part("lines", "The system on one page", "Twenty lines from “not there” to “expert”"),
    Part("fixes", "Fixes", "In the order that pays, with first step, owner and due date"),
    Part("path", "Path", "The least work that reaches the next level, step by step"),
    Part("history", "History", "Scores and levels over time"),
    Part("disagreement", "Disagreement", "Where the people who answered lie apart"),
    Part("patterns", "Anti-patterns", "Combinations of answers that cost the most, and the way out"),
    Part("open", "Open and not applicable", "What is unknown, what does not apply and why, which risks are accepted"),
    Part("answers", "Answers", "Every question with its answer, notes and evidence"),
    Part("frameworks", "Published frameworks", "Which topics of published frameworks each question supports"),
    Part("method", "Method", "How scores and levels come about"),
)
PARTS: Mapping[str, Part] = {part.id: part for part in _ALL}
EVERYTHING = tuple(PARTS)
_PRESETS = (
    Preset("executive", "Executive", "At most three pages: where it stands and what to decide",
           ("cover", "summary", "lines")),
    Preset("team", "Team", "The plan: what to fix, by whom, in which order",
           ("cover", "summary", "fixes", "path", "disagreement", "patterns", "open")),
    Preset("auditor", "Auditor", "Everything, with every answer, note and link", EVERYTHING),
)  # fmt: skip
PRESETS: Mapping[str, Preset] = {preset.id: preset for preset in _PRESETS}


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants in a report: which parts in which order, on which paper, under which line and logo.

    `confidentiality` is one line of plain text on every page. `logo` is a PNG or JPEG of at most 1 MB. `WrongChoice`
    says what does not fit.
    """

    parts: tuple[str, ...] = EVERYTHING
    paper: Paper = "A4"
    confidentiality: str = ""
    logo: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if unknown := [part for part in self.parts if part not in PARTS]:
            raise WrongChoice(f'A report has no part "{unknown[0]}"; choose from {", ".join(PARTS)}.')
        if not self.parts:
            raise WrongChoice("A report needs at least one part; choose one.")
        if len(set(self.parts)) < len(self.parts):
            raise WrongChoice("Each part can stand in a report once; take the second one out.")
        if self.paper not in PAPERS:
            raise WrongChoice(f'"{self.paper}" is no paper size; choose {" or ".join(PAPERS)}.')
        if len(self.confidentiality) > LINE_LENGTH:
            raise WrongChoice(f"The confidentiality line is longer than {LINE_LENGTH} characters; shorten it.")
        if self.logo is not None:
            _check_logo(self.logo)

    def has(self, part: str) -> bool:
        return part in self.parts


def preset(name: str) -> Preset:
    """The preset of this id; `WrongChoice` when there is none."""
    if name not in PRESETS:
        raise WrongChoice(f'There is no preset "{name}"; choose one of {", ".join(PRESETS)}.')
    return PRESETS[name]


def in_order(parts: Iterable[str]) -> tuple[str, ...]:
    """These parts as they stand unless somebody arranges them otherwise."""
    wanted = set(parts)
    return tuple(part for part in EVERYTHING if part in wanted)


def _check_logo(logo: bytes) -> None:
    if len(logo) > LOGO_BYTES:
        raise WrongChoice("The logo is larger than 1 MB; choose a smaller picture.")
    if not logo.startswith((_PNG, _JPEG)):
        raise WrongChoice("The logo is no PNG or JPEG; choose another file.")
