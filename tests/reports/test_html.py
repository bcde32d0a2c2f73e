"""The HTML report: one safe, whole, self-contained file with the chosen parts in their order."""

import re
from base64 import b64decode
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import escape, unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document import FixState, Participant, Report
from reports.formats import html
from reports.parts import EVERYTHING, Choice
from scoring import outlook
from scoring.agree import Person, disagreements
from scoring.model import Answers, Response
from scoring.path import Path, cheapest_path
from scoring.trend import Point
from tests.reports.builders import a_report, rated, the_checklist, with_a_framework

HOSTILE = (
    "<script>alert(1)</script>", "</style><b>b</b>", "<para>", "a & b", "'\" onload=\"x", "=HYPERLINK(\"http://evil\")",
    "javascript:alert(1)", "]]>", "--><i>", "&lt;img src=x&gt;",
)  # fmt: skip
# One transparent point: a whole picture.
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
VOID = ("meta", "br", "img", "rect", "line", "circle")


class Page(HTMLParser):
    """What a browser finds: text, tags with attributes, ids, headings; and that every tag is closed where it ought."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert not self.open, f"Never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else."

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def a_full_report(**changes: object) -> Report:
    """A report in which every part has something to say."""
    responses = rated(2, data_1=Response.unknown(), data_2=Response.not_applicable("other", "Not ours"))
    answers = Answers(responses, health={the_checklist().health[0].id: "no"})
    voices = {
        Person("1", "Ana", "lead"): {"data-3": Response.rated(5, "Always")},
        Person("2", "Ben", "engineer"): {"data-3": Response.rated(1, "Never")},
    }
    full = a_report(
        answers=answers,
        checklist=with_a_framework(),
        participants=(Participant("Ana", "lead"), Participant("Ben", "engineer")),
        disagreements=disagreements(the_checklist(), voices),
        path=cheapest_path(the_checklist(), answers),
        history=(Point(date(2026, 3, 1), "Spring", Fraction(3, 2), 1), Point(date(2026, 6, 1), "Summer", None, None)),
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # fields by their names


def page(report: Report) -> Page:
    return Page(html.write(report).decode())


def parts(found: Page) -> list[str | None]:
    return [attributes["id"] for attributes in found.all("section")]


def test_every_part_stands_in_the_order_that_somebody_chose() -> None:
    backwards = tuple(reversed(EVERYTHING))
    found = page(a_full_report(choice=Choice(backwards)))
    assert parts(found) == list(backwards)
    assert parts(page(a_full_report(choice=Choice(("fixes", "cover"))))) == ["fixes", "cover"]


def test_the_contents_lead_to_every_part_and_every_link_within_the_page_arrives() -> None:
    found = page(a_full_report())
    ids = [attributes["id"] for _, attributes in found.tags if attributes.get("id")]
    assert len(ids) == len(set(ids)), "An id stands twice."
    inside = [str(link["href"])[1:] for link in found.all("a") if str(link["href"]).startswith("#")]
    assert set(inside) <= set(ids)
    assert set(parts(found)) <= set(inside)


def test_headings_go_down_one_step_at_a_time_below_one_title() -> None:
    depths = [int(tag[1]) for tag, _ in page(a_full_report()).tags if re.fullmatch("h[1-6]", tag)]
    assert depths[0] == 1
    assert depths.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))


def test_tables_have_captions_and_heads_and_drawings_have_words() -> None:
    found = page(a_full_report())
    assert len(found.all("caption")) == len(found.all("table")) > len(EVERYTHING)
    assert all(head.get("scope") in ("col", "row") for head in found.all("th"))
    drawings = [one for one in found.all("svg") if one.get("aria-hidden") != "true"]
    assert len(drawings) == len(found.all("title")) - 1
    assert all(one["role"] == "img" and one["aria-label"] for one in drawings)
    assert found.all("html")[0]["lang"] == "en"


def test_it_runs_nothing_and_asks_nobody_for_anything() -> None:
    """Links that somebody may follow are all that names another place."""
    linked = Answers(rated(2, data_1=Response.rated(1, "", ("https://example.org/a",))))
    found = page(a_full_report(choice=Choice(logo=PNG), answers=linked))
    tags = {tag for tag, _ in found.tags}
    assert not tags & {"script", "link", "iframe", "object", "embed", "form", "base", "video", "audio", "use"}
    for tag, attributes in found.tags:
        assert not any(name.startswith("on") for name in attributes), f"<{tag}> has a handler."
        assert tag == "a" or "href" not in attributes
        assert str(attributes.get("src", "data:")).startswith("data:")
    style = html.write(a_full_report()).decode().partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"url\(|@import|https?:", style)
    policy = next(one for one in found.all("meta") if one.get("http-equiv"))
    assert str(policy["content"]).startswith("default-src 'none'; img-src data:;")


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_people_is_never_markup(words: str) -> None:
    quiet = [tag for tag, _ in page(_said_by_people("quiet words")).tags]
    found = page(_said_by_people(words))
    assert [tag for tag, _ in found.tags] == quiet, "What somebody typed became a tag."
    assert found.text.count(words) >= 9
    assert all(str(one["href"]).startswith(("#", "http")) for one in found.all("a"))


def _said_by_people(words: str) -> Report:
    """A report in which whatever a person can type is `words`."""
    responses = rated(2, data_1=Response.rated(1, words, (words,)), data_2=Response.not_applicable("other", words))
    known = a_full_report()
    person = {Person("1", words, words): {"data-3": Response.rated(5, words)}, Person("2", "Ben"): responses}
    return replace(
        known,
        system=words,
        workspace=words,
        milestone=words,
        answers=Answers(responses),
        fix_states={fix.item: FixState(owner=words, reason=words) for fix in known.result.fixes},
        origins={"data-3": words},
        participants=(Participant(words, words),),
        disagreements=disagreements(the_checklist(), person),
        history=(Point(date(2026, 3, 1), words, None, None),),
        choice=Choice(confidentiality=words),
    )


def test_nothing_of_a_person_is_cut_however_long() -> None:
    note = "Long words. " * 8_400 + "The end."
    links = tuple(f"https://example.org/{number}" for number in range(500))
    found = page(a_report(rated(2, data_1=Response.rated(1, note, links)), system="Prognose" * 25))
    assert note in found.text
    assert {link["href"] for link in found.all("a")} >= set(links)
    assert "Prognose" * 25 in found.text


def test_only_web_addresses_become_links_and_they_tell_nobody_where_from() -> None:
    given_links = ("https://example.org/?a=1&b=2", "javascript:alert(1)", "data:text/html,x", "//example.org", "a file")
    found = page(a_report(rated(2, data_1=Response.rated(1, "", given_links)), choice=Choice(("answers",))))
    outside = [link for link in found.all("a") if not str(link["href"]).startswith("#")]
    assert [link["href"] for link in outside] == ["https://example.org/?a=1&b=2"]
    assert outside[0]["rel"] == "noopener noreferrer"
    assert all(words in found.text for words in given_links)


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_any_text_at_all_gives_a_whole_page(words: str) -> None:
    report = a_report(
        rated(2, data_1=Response.rated(1, words, (words,))), system=words or "x", choice=Choice(("cover", "answers"))
    )
    source = html.write(report).decode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\uffff]", source)
    kept = "".join(sign for sign in words if sign.isalnum())
    assert kept in "".join(sign for sign in Page(source).text if sign.isalnum())


def test_the_path_is_drawn_in_colours_of_the_page_above_its_steps() -> None:
    report = a_full_report(choice=Choice(("path",)))
    assert isinstance(report.path, Path)
    found = page(report)
    (drawn,) = (one for one in found.all("svg") if one.get("aria-hidden") != "true")
    assert drawn["aria-label"] == outlook.path_alt(report.path)
    assert len(found.all("circle")) == len(report.path.steps) + 1
    source = html.write(report).decode()
    assert source.index(escape(outlook.path_alt(report.path))) < source.index("<caption>The steps in order")
    assert not re.search('(fill|stroke)="#', source.partition("<main")[2].partition("</main>")[0])


def test_published_frameworks_come_with_edition_source_and_what_supports_them() -> None:
    found = page(a_full_report(choice=Choice(("frameworks",))))
    for said in (
        "no claim of compliance",
        "A score (2017)",
        "About <it>",
        "Data 5: Features are tested",
        "Data 1: its tests",
    ):
        assert said in found.text
    assert "https://example.org/score" in [link["href"] for link in found.all("a")]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert html.write(a_full_report()) == html.write(a_full_report())


def test_nothing_answered_and_nothing_applicable_are_said_in_words() -> None:
    assert "Churn model has no level yet." in page(a_report({})).text
    aside = {item.id: Response.not_applicable("out-of-scope") for item in the_checklist().items}
    assert "Nothing in the checklist applies." in page(a_report(aside)).text


def test_a_part_without_content_is_left_out_and_a_visitor_learns_nothing_of_colleagues() -> None:
    found = page(a_full_report(participants=(), disagreements=(), history=(), path=None))
    assert not {"disagreement", "history", "path"} & set(parts(found))
    assert "Ana" not in found.text
    assert "Who took part" not in found.text


def test_the_confidentiality_line_the_logo_and_the_paper_are_those_that_were_chosen() -> None:
    chosen = Choice(confidentiality="For the board alone", logo=PNG, paper="Letter")
    source = html.write(a_full_report(choice=chosen)).decode()
    assert source.count("For the board alone") == 2
    assert 'src="data:image/png;base64,iVBOR' in source
    assert "@page{size:Letter;" in source
    assert "<img" not in html.write(a_full_report()).decode()


def test_every_answer_and_number_of_the_report_is_in_it() -> None:
    report = a_full_report()
    text = " ".join(unescape(page(report).text).split())
    for item in report.checklist.items:
        rating = report.answers.response(item.id).rating
        assert item.question in text
        assert rating is None or item.answer(rating) in text
    assert [text.find(report.checklist.item(fix.item).remedy.first) for fix in report.result.fixes].count(-1) == 0
    for said in ("Always", "Never", "Spring", "Not ours"):
        assert said in text


def test_a_name_from_right_to_left_turns_only_itself_around() -> None:
    arabic = "نموذج"
    answers = Answers(rated(2, data_1=Response.rated(1, arabic), data_2=Response.unknown(arabic)))
    source = html.write(a_full_report(system=arabic, milestone=arabic, answers=answers)).decode()
    assert f"<bdi>{arabic}</bdi>" in source
    assert f'<p class="note" dir="auto">{arabic}</p>' in source
    assert not re.search('<(p|h[1-6])[^>]* dir="auto"[^>]*>[^<]*is at Level', source)


def test_what_somebody_noted_at_an_open_question_stands_beside_it() -> None:
    found = page(a_report(rated(2, data_1=Response.unknown("ask Ola")), choice=Choice(("open",))))
    assert "ask Ola" in found.text


def test_a_theme_can_be_asked_for_and_paper_is_always_light() -> None:
    report = a_full_report()
    assert 'data-theme="dark"' in html.page(report, "dark")
    assert "data-theme=" not in html.page(report).replace("[data-theme", "")
    assert html.page(report).count("@media screen") == 2
