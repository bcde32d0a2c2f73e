"""How numbers, levels and lists are put into words, so that no figure says more than is true."""

import math
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from checklist.model import Checklist

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: Fraction) -> str:
    """A score to at most two decimals, never in a band it does not lie in: 3.4, 1, and 2.99 for 2.999."""
    shown = Fraction(math.floor(value * 100 + Fraction(1, 2)), 100)
    if shown >= value.numerator // value.denominator + 1:
        shown -= Fraction(1, 100)
    return f"{float(shown):.2f}".rstrip("0").rstrip(".")


def percent(share: Fraction) -> str:
    """A share of 0 to 1, rounded down: "100 %" only when complete, "0 %" only when there is none."""
    whole = share.numerator * 100 // share.denominator
    return f"{max(whole, 1) if share else 0} %"


def level_name(checklist: Checklist, level: int) -> str:
    """A level as its number and its name: "Level 2, Basic"."""
    return f"Level {level}, {checklist.level(level).name}"


def counted(count: int, thing: str) -> str:
    """How many of a thing whose plural ends in s: "1 point", "9 points"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def day_words(day: date) -> str:
    """A day: "4 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_words(count: int) -> str:
    """A count inside a sentence: in words up to ten, in digits above."""
    return COUNTS[count] if count < len(COUNTS) else str(count)


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Parts of a sentence in a row: "A", "A and B", "A, B and C"; or another word before the last."""
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def inside(name: str) -> str:
    """A name inside a sentence: "Data drift" becomes "data drift", "ML outage" stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
