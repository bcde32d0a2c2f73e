"""Where do I find what may stand in a file of text? Here: what people wrote, without what no file can hold."""

import re

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters end a file early or steer what shows it.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Half a pair is no character, and neither are these two: no encoding writes one, no XML holds the others.
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"


def legible(text: str) -> str:
    """The text with one kind of line break and without control characters; what is broken shows as U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _BROKEN.sub(REPLACEMENT, _UNSEEN.sub("", _BREAKS.sub("\n", text)))
