"""Where do I find how any script reaches the page? Here: cleaning, Arabic forms, right-to-left order."""

import re
import unicodedata
from functools import cache

from bidi import get_display

from reports.pdf import faces

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
ARABIC = re.compile("[\u0600-\u06ff]")
# Unseen characters that steer direction or joining could make a text look like another one: they never print.
DROPPED = {"Cc", "Cf", "Cs"}
FORMS = ("isolated", "final", "initial", "medial")


def clean(text: str) -> str:
    """The text with every character printable: line breaks stay, unseen controls go, pictures are named."""
    if text.isascii() and text.isprintable():
        return text
    text = re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text).replace("\t", "    ")
    return "".join(_shown(char) for char in unicodedata.normalize("NFC", text))


def one_line(text: str) -> str:
    """The clean text on one line, all white space single."""
    return " ".join(clean(text).split())


def _shown(char: str) -> str:
    if char == "\n" or (faces.has_face(char) and unicodedata.category(char) not in DROPPED):
        return char
    category = unicodedata.category(char)
    if category == "So":
        return f"[{unicodedata.name(char, 'symbol').lower()}]"
    if category in ("Cc", "Cf", "Sk") or "\ufe00" <= char <= "\ufe0f":
        return ""
    return " " if char.isspace() else faces.REPLACEMENT


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is Hebrew or Arabic."""
    directions = map(unicodedata.bidirectional, text)
    return next((way in ("R", "AL") for way in directions if way in ("L", "R", "AL")), False)


def visual(line: str, right_to_left: bool) -> str:
    """One line in the order in which it is drawn from left to right."""
    if not RIGHT_TO_LEFT.search(line):
        return line
    return str(get_display(line, base_dir="R" if right_to_left else "L"))


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
