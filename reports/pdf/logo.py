"""Where do I find the picture behind a logo's bytes? Here: opened, made small and flat, or refused in a sentence."""

import warnings
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageOps

from reports.parts import WrongChoice

Picture = Image.Image
# Enough for a print of a few centimetres.
LONGEST_SIDE = 900
# A small file can hold a huge picture; this many pixels take 64 MB while they are opened.
MOST_PIXELS = 16_000_000
KINDS = ("PNG", "JPEG")
BROKEN = "The logo cannot be read; it may be damaged. Choose another file, or save it again as PNG or JPEG."
HUGE = "The logo has more than 16 million pixels; choose a smaller picture."


# A report is shown and handed over with the same logo, again and again.
@lru_cache(maxsize=4)
def opened(logo: bytes) -> Picture:
    """The logo as it is printed, on white; `WrongChoice` for what is no whole PNG or JPEG."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(logo), formats=KINDS)
            if picture.width * picture.height > MOST_PIXELS:
                raise WrongChoice(HUGE)
            return _flat(picture)
    except Image.DecompressionBombError:
        raise WrongChoice(HUGE) from None
    # Damage shows in whatever the decoder trips over; all of it means the same to who chose the file.
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError) as fault:
        raise fault if isinstance(fault, WrongChoice) else WrongChoice(BROKEN) from None


def _flat(picture: Image.Image) -> Picture:
    """Upright, without transparency and no larger than print shows."""
    # A JPEG is read in a smaller size from the start; the few colours of a palette would become coarse.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    smooth = picture.convert("RGBA") if picture.mode in ("1", "P") else picture
    smooth.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(smooth).convert("RGBA")
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    return paper.convert("RGB")
