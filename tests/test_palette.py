from itertools import pairwise

import pytest

import palette
from palette import DARK, LIGHT, Scheme, contrast

SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK])
READABLE = 4.5


def test_contrast_is_that_of_the_accessibility_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@SCHEMES
def test_text_reads_on_the_page(scheme: Scheme) -> None:
    for colour in (scheme.ink, scheme.muted, scheme.accent, *scheme.urgency_text.values()):
        assert contrast(colour, scheme.page) >= READABLE
        assert contrast(colour, scheme.surface) >= READABLE


@SCHEMES
def test_text_reads_on_every_level(scheme: Scheme) -> None:
    for text, level in zip(scheme.on_levels, scheme.levels, strict=True):
        assert contrast(text, level) >= READABLE


@SCHEMES
def test_levels_keep_their_order_in_grey_print(scheme: Scheme) -> None:
    distances = [contrast(level, scheme.page) for level in scheme.levels]
    assert all(higher / lower >= 1.25 for lower, higher in pairwise(distances))


@SCHEMES
def test_an_unknown_field_is_visible_and_no_level(scheme: Scheme) -> None:
    assert contrast(scheme.unknown, scheme.page) >= 3
    assert scheme.unknown not in scheme.levels


def test_a_level_is_looked_up_by_its_number() -> None:
    assert palette.level_colour(1) == palette.LEVELS_LIGHT[0]
    assert palette.level_colour(5, dark=True) == palette.LEVELS_DARK[4]
    assert palette.on_level(5) == palette.ON_LEVELS_LIGHT[4]
