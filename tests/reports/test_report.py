from datetime import UTC, datetime

import pytest

from reports import formats, method
from reports.document import FixState, day, minute
from reports.pdf.links import safe_address
from reports.wording import to_target, work
from scoring.model import Response
from tests.reports.builders import a_report, the_checklist


def test_every_format_of_the_folder_can_write_a_report() -> None:
    assert "pdf" in formats.available()
    for name in formats.available():
        a_format = formats.get(name)
        assert 0 < len(a_format.LABEL) <= len("CSV for Excel"), "The label of a button in a row of eight."
        assert a_format.ABOUT
        assert a_format.MIME.count("/") == 1
        assert a_format.SUFFIX.startswith(".")
        assert a_format.write(a_report())


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(formats.UnknownFormat, match=r'There is no report format "odt"; choose one of .*pdf'):
        formats.get("odt")


@pytest.mark.parametrize("moment", ["date", "generated_at"])
def test_a_report_without_a_time_zone_is_refused(moment: str) -> None:
    with pytest.raises(ValueError, match=f"The report's {moment} has no time zone"):
        a_report(None, **{moment: datetime(2026, 1, 1)})  # noqa: DTZ001  the fault under test


def test_a_fix_that_nobody_touched_is_open() -> None:
    assert a_report().fix_state("data-1") == FixState()
    assert work(FixState()) == ("Open",)


def test_dates_read_the_same_everywhere() -> None:
    moment = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    assert day(moment) == "1\u00a0March 2026"
    assert minute(moment) == "1\u00a0March 2026, 09:05 UTC"


@pytest.mark.parametrize(
    ("rating", "accepted", "words"),
    [(1, False, "2 below target"), (1, True, "2 below target, accepted"), (3, False, "At target")],
)
def test_the_way_to_the_target_is_said_in_words(rating: int, accepted: bool, words: str) -> None:
    assert to_target(Response.rated(rating), 3, accepted) == words


def test_what_is_not_rated_has_no_way_to_the_target() -> None:
    assert to_target(Response.unknown(), 3, accepted=False) == ""


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://", "http://a b", "https://x\n", "ftp://x", " https://x"]
)
def test_only_web_addresses_become_links(text: str) -> None:
    assert safe_address(text) == ""


def test_the_method_is_complete_sentences() -> None:
    for title, words in method.paragraphs(the_checklist()):
        assert title
        assert words.endswith(".")
        assert "  " not in words
        assert "None" not in words


def test_the_bands_of_the_method_cover_the_scale() -> None:
    assert [band for _, _, band, _ in method.bands(the_checklist())] == [
        "1 to below 2",
        "2 to below 3",
        "3 to below 4",
        "4 to below 5",
        "exactly 5",
    ]
