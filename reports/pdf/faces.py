"""Where do I find which typeface prints a character, and how wide it is? Here; faces are loaded once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Protocol

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent.parent / "fonts"
FILES = {
    "sans": "SourceSans3-Regular.ttf",
    "semibold": "SourceSans3-Semibold.ttf",
    "italic": "SourceSans3-It.ttf",
    "serif": "SourceSerif4-Regular.ttf",
    "serif-semibold": "SourceSerif4-Semibold.ttf",
    "broad": "DejaVuSans.ttf",
}
# Not embedded: every reader knows these three, and shipping the faces would cost tens of megabytes.
EAST_ASIAN = {"chinese": "STSong-Light", "japanese": "HeiseiKakuGo-W5", "korean": "HYSMyeongJo-Medium"}
# What their character collections hold is what these encodings hold; of other characters a reader draws boxes.
HOLDINGS = {"chinese": "gbk", "japanese": "cp932", "korean": "cp949"}
# The look of a character that no face has.
REPLACEMENT = "\ufffd"


class _Font(Protocol):
    def stringWidth(self, text: str, size: float) -> float: ...


class Widths(dict[str, float]):
    """Widths of single characters in thousandths of the type size, measured on first use."""

    def __init__(self, font: _Font) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> float:
        width = self[char] = float(self._font.stringWidth(char, 1000))
        return width


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface under the name it has in the PDF; `covers` are the characters it can print."""

    name: str
    widths: Widths
    covers: frozenset[str]


_faces: dict[str, Face] = {}
_loading = Lock()


def load() -> dict[str, Face]:
    """All faces by name, read from disk by the first caller (about 0.2 s); safe from several threads."""
    with _loading:
        if not _faces:
            loaded = {name: _embedded(name, file) for name, file in FILES.items()}
            loaded |= {name: _east_asian(font, HOLDINGS[name]) for name, font in EAST_ASIAN.items()}
            _faces.update(loaded)
    return _faces


def _embedded(name: str, file: str) -> Face:
    font = TTFont(f"checkup-{name}", str(FOLDER / file))
    pdfmetrics.registerFont(font)
    # Beyond the basic plane the library writes text that nobody can copy or search: it counts as missing.
    covers = frozenset(chr(code) for code in font.face.charToGlyph if code <= 0xFFFF)
    return Face(font.fontName, Widths(font), covers)


def _east_asian(name: str, encoding: str) -> Face:
    font = UnicodeCIDFont(name)
    pdfmetrics.registerFont(font)
    return Face(name, Widths(font), frozenset(_ideographs().encode(encoding, "ignore").decode(encoding)))


@cache
def _ideographs() -> str:
    blocks = ((0x2E80, 0x2FDF), (0x3000, 0x312F), (0x3131, 0x318E), (0x3400, 0x9FFF), (0xAC00, 0xD7A3))
    wide = ((0xF900, 0xFAFF), (0xFF01, 0xFFEE))
    return "".join(chr(code) for first, last in blocks + wide for code in range(first, last + 1))


def face(name: str) -> Face:
    return _faces.get(name) or load()[name]


def has_face(char: str) -> bool:
    return any(char in face(name).covers for name in ("sans", "broad", *EAST_ASIAN))


def language(text: str) -> str:
    """Which East Asian face fits a text: kana is Japanese, hangul Korean, all else Chinese."""
    if any("\u3040" <= char <= "\u30ff" for char in text):
        return "japanese"
    if any("\uac00" <= char <= "\ud7a3" or "\u3131" <= char <= "\u318e" for char in text):
        return "korean"
    return "chinese"


@lru_cache(maxsize=4096)
def _face_for(char: str, wanted: str, east_asian: str) -> str:
    if char in face(wanted).covers:
        return wanted
    # An italic or serif face may lack what the plain one has; its broad stand-in looks worse than that.
    if char in face("sans").covers:
        return "sans"
    # A text may hold several languages, such as names of people: what its own face lacks, another has.
    others = (name for name in EAST_ASIAN if char not in face("broad").covers)
    return next((name for name in (east_asian, *others) if char in face(name).covers), "broad")


def runs(text: str, wanted: str) -> Iterator[tuple[Face, str]]:
    """The text cut into pieces that one face prints; characters nobody has must be replaced before."""
    preferred = face(wanted)
    if preferred.covers.issuperset(text):
        yield preferred, text
        return
    east_asian = language(text)
    for name, chars in groupby(text, key=lambda char: _face_for(char, wanted, east_asian)):
        yield face(name), "".join(chars)


def width(text: str, wanted: str) -> float:
    """How wide a text runs, in thousandths of the type size."""
    preferred = face(wanted)
    if preferred.covers.issuperset(text):
        return sum(map(preferred.widths.__getitem__, text))
    return sum(sum(map(part.widths.__getitem__, piece)) for part, piece in runs(text, wanted))
