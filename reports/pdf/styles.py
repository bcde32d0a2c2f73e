"""Where do I find how headings, text and tables are set in the PDF? Here, all of it."""

import palette
from reports.pdf.text import Style

MARK = Style("semibold", 9, 12, palette.ACCENT)
TITLE = Style("serif-semibold", 24, 30)
LEAD = Style("serif", 13, 19, ours=True)
HEADING = Style("serif-semibold", 14, 19, before=16)
SUBHEADING = Style("semibold", 10, 14, before=10)
BODY = Style("sans", 10, 14.5)
SMALL = Style("sans", 9, 12.5)
SMALL_MUTED = Style("sans", 9, 12.5, palette.MUTED)
NAME = Style("semibold", 10, 13.5)
HEAD = Style("semibold", 8.5, 12, palette.MUTED)
SENTENCE = Style("sans", 9, 12.5, ours=True)
QUOTED = Style("sans", 8.5, 12, palette.MUTED, ours=True)
NOTE = Style("italic", 9, 12.5, before=4)


def urgency(priority: str, style: Style = NAME) -> Style:
    """The style in the colour of a priority, which always stands with its word."""
    return Style(style.face, style.size, style.leading, palette.URGENCY_TEXT.get(priority, palette.INK), style.before)
