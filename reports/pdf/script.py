"""Where do I find how any script reaches the page? Here: cleaning, Arabic forms, right-to-left order."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import groupby

from bidi import get_display

from reports.pdf import faces
from scoring.wording import counted

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
ARABIC = re.compile("[\u0600-\u06ff]")
# Unseen characters that steer direction or joining could make a text look like another one: they never print.
DROPPED = {"Cc", "Cf", "Cs"}
# Without a face of its own, what only changes the character before it is left out.
ADDED = {"Cc", "Cf", "Sk", "Me"}
# A flag is the two letters of its country, from this one on.
FLAG_A = 0x1F1E6
FLAG = re.compile(f"[{chr(FLAG_A)}-{chr(FLAG_A + 25)}]{{2}}")
# Signs that point the other way where text runs to the left, and one that takes the direction of what it follows.
MIRRORED = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
SIGNS = re.escape("".join(MIRRORED))
FOLLOWER = "\U000e0100"
PAIRED = re.compile(f"[{SIGNS}]")
PLACED = re.compile(f"([{SIGNS}]){FOLLOWER}|{FOLLOWER}([{SIGNS}])")
FORMS = ("isolated", "final", "initial", "medial")


def clean(text: str) -> str:
    """The text with every character printable: line breaks stay, unseen controls go, what has no face is named."""
    if text.isascii() and text.isprintable():
        return text
    text = re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text).replace("\t", "    ")
    text = FLAG.sub(_flag, unicodedata.normalize("NFC", text))
    return "".join(_written(script, "".join(chars)) for script, chars in groupby(text, key=_foreign))


def one_line(text: str) -> str:
    """The clean text on one line, all white space single."""
    return " ".join(clean(text).split())


def _flag(found: re.Match[str]) -> str:
    """The two letters that stand for a flag."""
    return f"[flag {''.join(chr(ord(sign) - FLAG_A + ord('A')) for sign in found[0])}]"


def _written(script: str, chars: str) -> str:
    return f"[{script}: {counted(len(chars), 'character')}]" if script else "".join(map(_shown, chars))


@lru_cache(maxsize=4096)
def _foreign(char: str) -> str:
    """The script of a letter that no face can draw: the letters of a word are named together. Else nothing."""
    if unicodedata.category(char)[0] not in "LMN" or faces.has_face(char) or _plain(char):
        return ""
    first, *others = unicodedata.name(char, "").split(" ")
    return "" if not others or first in ("COMBINING", "VARIATION", "CJK") else first.capitalize()


def _plain(char: str) -> str:
    """The usual form of a letter that is only a variant, such as one of mathematics; nothing where it has none."""
    usual = unicodedata.normalize("NFKC", char)
    return usual if usual != char and all(map(faces.has_face, usual)) else ""


@lru_cache(maxsize=4096)
def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if unicodedata.name(char, "").startswith("VARIATION SELECTOR"):
        return ""
    if char == "\n" or (faces.has_face(char) and category not in DROPPED):
        return char
    if category in ADDED or unicodedata.combining(char):
        return ""
    if category == "Cs":
        return faces.REPLACEMENT
    return " " if char.isspace() else _plain(char) or f"[{_name(char)}]"


def _name(char: str) -> str:
    name = unicodedata.name(char, "").lower()
    return name if name and not name.startswith("cjk ") else f"U+{ord(char):04X}"


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is Hebrew or Arabic."""
    directions = map(unicodedata.bidirectional, text)
    return next((way in ("R", "AL") for way in directions if way in ("L", "R", "AL")), False)


def visual(line: str, right_to_left: bool) -> str:
    """One line in the order in which it is drawn from left to right."""
    if not RIGHT_TO_LEFT.search(line):
        return line
    marked = PAIRED.sub(lambda found: found[0] + FOLLOWER, line)
    drawn = str(get_display(marked, base_dir="R" if right_to_left else "L"))
    # Where text runs to the left, a sign stands behind what follows it.
    return PLACED.sub(lambda found: found[1] or MIRRORED[found[2]], drawn)


def joined(text: str) -> str:
    """Arabic letters in the form that their neighbours ask for; other text as it is."""
    if not ARABIC.search(text):
        return text
    letters = list(text)
    for place, char in enumerate(text):
        forms = _forms().get(char, {})
        after_joining = _neighbour(text, place, -1) and bool(forms.keys() & {"final", "medial"})
        before_joining = _neighbour(text, place, +1) and bool(forms.keys() & {"initial", "medial"})
        letters[place] = forms.get(FORMS[after_joining + 2 * before_joining], char)
    return _ligated("".join(letters))


def _neighbour(text: str, place: int, way: int) -> bool:
    """Whether the next letter that way holds out a hand; marks above and below do not count as letters."""
    place += way
    while 0 <= place < len(text) and unicodedata.combining(text[place]):
        place += way
    if not 0 <= place < len(text):
        return False
    needed = {"initial", "medial"} if way < 0 else {"final", "medial"}
    return text[place] == "\u0640" or bool(_forms().get(text[place], {}).keys() & needed)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The forms of each letter, read from Unicode's own table of presentation forms."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEF5)):
        form, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if len(letters) == 4 and faces.has_face(chr(code)):
            forms.setdefault(chr(int(letters, 16)), {})[form.strip("<>")] = chr(code)
    return forms


def _ligated(text: str) -> str:
    """Lam and alef become one sign: in these two letters the ligature is no ornament but spelling."""
    if "\ufedf" not in text and "\ufee0" not in text:
        return text
    for lam, shift in (("\ufedf", 0), ("\ufee0", 1)):
        for alef, ligature in (
            ("\ufe82", 0xFEF5),
            ("\ufe84", 0xFEF7),
            ("\ufe88", 0xFEF9),
            ("\ufe8e", 0xFEFB),
        ):
            text = text.replace(lam + alef, chr(ligature + shift))
    return text
