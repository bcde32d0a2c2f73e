"""The answers file on its page: what differs is decided value by value, and nothing is lost on the way."""

import re
from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from data.errors import DiskFull
from data.steps import Steps
from data.store import Store
from exchange.answers_file import AnswersError, AnswersFile, read, write, write_as_answered
from scoring.model import Answers, Response, Target
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, checklist, the_workspace
from tests.pages.visitor import MARKUP, Visit, clicks, opens, text_of
from ui import services

ONE, TWO, THREE, FOUR = (item.id for item in checklist().items[:4])
NAMES = {item.id: item.name for item in checklist().items}
NAME = "Churn model"
HEAD = 'system: a\nchecklist: "1"\n'

Brings = Callable[..., AppTest]


@pytest.fixture
def brings(visit: Visit) -> Brings:
    """Open the page of the only system and choose a file with this content."""

    def chosen(content: str | bytes, name: str = "answers.yaml") -> AppTest:
        return _chooses(visit("answers-file"), content, name)

    return chosen


def _chooses(app: AppTest, content: str | bytes, name: str = "answers.yaml") -> AppTest:
    raw = content.encode() if isinstance(content, str) else content
    app.file_uploader[0].set_value((name, raw, "application/yaml")).run()
    assert not app.exception
    return app


def _file(responses: dict[str, Response] | None = None, system: str = NAME, **more: object) -> str:
    return write(AnswersFile(system, checklist().version, Answers(responses or {}, **more)), checklist())  # type: ignore[arg-type]


def _decides(app: AppTest, key: str, choice: str) -> None:
    next(radio for radio in app.radio if (radio.key or "").startswith(f"decision-{key}-")).set_value(choice)


def _draft(store: Store, responses: dict[str, Response]) -> str:
    return a_draft(store, a_system(store, NAME).id, responses).id


def _responses(store: Store, draft: str) -> dict[str, Response]:
    return {item: saved.response for item, saved in store.responses.of(OWNER, draft).items()}


# What goes out


def test_a_file_that_was_taken_out_comes_back_without_a_difference(store: Store, brings: Brings) -> None:
    system = a_system(store, NAME)
    draft = a_draft(store, system.id, {
        ONE: Response.rated(3, "seen in CI", ("https://ci.example",)), TWO: Response.not_applicable("other", "no need"),
        THREE: Response.unknown("ask Ola"), FOUR: Response(note="look at this"),
    })  # fmt: skip
    store.assessments.set_failures(OWNER, draft.id, ["data-drift"])
    store.assessments.set_target(OWNER, draft.id, Target(3, {"data": 4}))
    store.responses.save_health(OWNER, draft.id, "fast-rollback", "unsure")
    text = write(services.answers_file(system, draft), checklist())
    back = read(text, "answers.yaml", checklist())
    assert back.answers.responses == _responses(store, draft.id)
    assert "The file and your answers say the same." in text_of(brings(text))


@pytest.mark.parametrize("page", ["answers-file", "report"])
def test_a_milestone_hands_out_its_own_answers(store: Store, page: str, visit: Visit) -> None:
    system = a_system(store, NAME)
    milestone = a_milestone(store, system.id, "Spring", {ONE: Response.rated(2)})
    a_draft(store, system.id, {ONE: Response.rated(5)})
    app = visit(page, system=system.id, assessment=milestone.id)
    assert "download-answers" in [one.key for one in app.download_button]
    assert re.search("Download (the answers file of )?“Spring”", text_of(app))
    assert services.answers_file(system, milestone).answers.responses == {ONE: Response.rated(2)}
    # A milestone takes no file in; the report page has room for a logo.
    assert [one.key for one in app.file_uploader if not str(one.key).startswith("report-logo")] == []


# Deciding


def test_only_what_a_person_took_is_changed(store: Store, brings: Brings) -> None:
    draft = _draft(store, {ONE: Response.rated(2, "mine"), TWO: Response.rated(2), THREE: Response.rated(2)})
    file = {ONE: Response.rated(4, "theirs"), TWO: Response.rated(4), THREE: Response.rated(4), FOUR: Response.rated(4)}
    app = brings(_file(file))
    _decides(app, f"item-{ONE}", "file")
    _decides(app, f"item-{TWO}", "form")
    clicks(app, "Save these decisions")
    # The third was left open, the fourth stands only in the file.
    kept = {TWO: Response.rated(2), THREE: Response.rated(2)}
    assert _responses(store, draft) == {ONE: file[ONE], FOUR: file[FOUR], **kept}
    assert "Two values are taken from the file, two stay as they were." in text_of(app)
    assert [radio.label for radio in app.radio] == [NAMES[THREE]]


def test_everything_can_be_taken_with_one_click_and_taken_back_with_another(store: Store, brings: Brings) -> None:
    draft = _draft(store, {ONE: Response.rated(2, "mine")})
    before = store.answers(OWNER, draft)
    app = brings(_file({ONE: Response.rated(4), TWO: Response.unknown()}, failures=frozenset({"data-drift"}),
                       target=Target(4), health={"fast-rollback": "no"}))  # fmt: skip
    clicks(app, "Take everything from the file")
    after = store.answers(OWNER, draft)
    assert after.responses == {ONE: Response.rated(4), TWO: Response.unknown()}
    assert (after.failures, after.target) == (frozenset({"data-drift"}), Target(4))
    assert after.health == {"fast-rollback": "no"}
    assert "The file and your answers say the same." in text_of(app)
    clicks(app, "Undo")
    assert store.answers(OWNER, draft) == replace(before, responses={ONE: Response.rated(2, "mine")})


def test_everything_can_be_kept_with_one_click(store: Store, brings: Brings) -> None:
    draft = _draft(store, {ONE: Response.rated(2)})
    app = clicks(brings(_file({ONE: Response.rated(4), TWO: Response.rated(4)})), "Keep everything here")
    assert _responses(store, draft) == {ONE: Response.rated(2)}
    assert "Nothing is taken from the file, two stay as they were." in text_of(app)
    assert not app.radio


@pytest.mark.parametrize("button", ["Save these decisions", "Take everything from the file"])
def test_not_knowing_clears_no_answer(store: Store, brings: Brings, button: str) -> None:
    mine = {ONE: Response.rated(3), TWO: Response.not_applicable("other"), THREE: Response.rated(1)}
    draft = _draft(store, mine)
    app = brings(_file({ONE: Response.unknown(), TWO: Response.unknown(), FOUR: Response.rated(2)}))
    assert {radio.label: radio.value for radio in app.radio} == {
        NAMES[FOUR]: "file", NAMES[ONE]: "form", NAMES[TWO]: "form",
    }  # fmt: skip
    clicks(app, button)
    assert _responses(store, draft) == {**mine, FOUR: Response.rated(2)}
    assert "The file doesn’t know, so your answer stays" in text_of(app)
    assert not app.radio


def test_an_answer_is_taken_back_only_where_a_person_says_so(store: Store, brings: Brings) -> None:
    draft = _draft(store, {ONE: Response.rated(3, "mine"), TWO: Response.rated(3)})
    store.responses.save_health(OWNER, draft, "fast-rollback", "yes")
    app = brings(_file({ONE: Response.unknown(), TWO: Response.unknown()}, health={"fast-rollback": "unsure"}))
    _decides(app, f"item-{ONE}", "unknown")
    _decides(app, "health-fast-rollback", "unknown")
    clicks(app, "Save these decisions")
    assert _responses(store, draft) == {ONE: Response.unknown("mine"), TWO: Response.rated(3)}
    assert store.answers(OWNER, draft).health == {"fast-rollback": "unsure"}
    clicks(app, "Undo")
    assert _responses(store, draft) == {ONE: Response.rated(3, "mine"), TWO: Response.rated(3)}


def test_an_assessment_of_another_checklist_hands_out_its_own_answers(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those to questions that this checklist does not ask; a draft of it is compared as before."""
    system = a_system(store, NAME)
    given = {ONE: Response.rated(2, "why"), "asked-once": Response.rated(5, "", ("https://a.example",))}
    draft = a_draft(store, system.id, given)
    store.assessments.set_target(OWNER, draft.id, Target(3, {"data": 4}))
    store.responses.save_health(OWNER, draft.id, "fast-rollback", "no")
    milestone = store.milestones.make(OWNER, draft.id, "Before", checklist())
    monkeypatch.setattr(services, "the_checklist", lambda: replace(checklist(), version="2"))
    app = visit("answers-file", system=system.id, assessment=milestone.id)
    assert "It was answered with checklist 1, and so is its file." in text_of(app)
    assert "Download the answers file of “Before”" in [one.label for one in app.download_button]
    text = write_as_answered(services.answers_file(system, milestone))
    asked = {"system": NAME, "checklist": "1", "target": {"overall": 3, "data": 4}, "health": {"fast-rollback": "no"}}
    assert yaml.safe_load(text) == {
        **asked,
        "responses": {
            "asked-once": {"rating": 5, "evidence": ["https://a.example"]}, ONE: {"rating": 2, "note": "why"},
        },
    }  # fmt: skip


def test_what_somebody_changes_meanwhile_stays_and_the_rest_is_taken(store: Store, brings: Brings) -> None:
    draft = _draft(store, {ONE: Response.rated(2)})
    app = brings(_file({ONE: Response.rated(4), TWO: Response.rated(4)}))
    store.responses.save(OWNER, draft, ONE, Response.rated(5, "while you looked"), expected=1)
    clicks(app, "Take everything from the file")
    assert _responses(store, draft) == {ONE: Response.rated(5, "while you looked"), TWO: Response.rated(4)}
    (warning,) = (one.value for one in app.warning)
    assert "Olga changed" in warning
    assert "stored now 5, not 4" in warning
    clicks(app, "Take everything from the file")
    assert _responses(store, draft) == {ONE: Response.rated(4), TWO: Response.rated(4)}


def test_undo_leaves_what_somebody_changed_since(store: Store, brings: Brings) -> None:
    draft = _draft(store, {ONE: Response.rated(2)})
    app = clicks(brings(_file({ONE: Response.rated(4), TWO: Response.rated(4)})), "Take everything from the file")
    store.responses.save(OWNER, draft, ONE, Response.rated(5), expected=2)
    clicks(app, "Undo")
    assert _responses(store, draft) == {ONE: Response.rated(5), TWO: Response()}
    assert "Olga changed" in app.warning[0].value


def test_when_the_store_fails_nothing_is_changed_and_the_page_says_so(store: Store, brings: Brings) -> None:
    draft = _draft(store, {ONE: Response.rated(2)})
    app = brings(_file({ONE: Response.rated(4), TWO: Response.rated(4)}))
    with patch.object(Steps, "take", side_effect=DiskFull("The disk is full.")):
        clicks(app, "Take everything from the file")
    assert "Nothing was changed" in app.warning[0].value
    assert _responses(store, draft) == {ONE: Response.rated(2)}
    assert len(app.radio) == 2


def test_a_draft_that_became_a_milestone_meanwhile_is_not_touched(store: Store, brings: Brings) -> None:
    draft = _draft(store, {ONE: Response.rated(2)})
    app = brings(_file({ONE: Response.rated(4)}))
    store.milestones.make(OWNER, draft, "Spring", checklist())
    clicks(app, "Take everything from the file")
    assert '"Spring" is a milestone' in app.warning[0].value
    assert _responses(store, draft) == {ONE: Response.rated(2)}


def test_the_same_file_brought_again_begins_anew(store: Store, brings: Brings) -> None:
    _draft(store, {ONE: Response.rated(2)})
    text = _file({ONE: Response.rated(4), TWO: Response.rated(4)})
    app = clicks(brings(text), "Keep everything here")
    assert not app.radio
    _chooses(app, text)
    assert [radio.label for radio in app.radio] == [NAMES[ONE], NAMES[TWO]]
    assert "Nothing is taken" not in text_of(app)


def test_answers_of_another_checklist_are_not_handed_out_as_if_they_were_of_this_one(
    store: Store, visit: Visit
) -> None:
    system = a_system(store, NAME).id
    old = store.assessments.start(OWNER, system, "0")
    app = visit("answers-file", system=system)
    assert f"answered with checklist {old.checklist}" in text_of(app)
    text = write_as_answered(services.answers_file(store.systems.get(OWNER, system), old))
    assert yaml.safe_load(text)["checklist"] == "0"
    with pytest.raises(AnswersError, match='There is no checklist "0"'):
        read(text, "answers.yaml", checklist())


def test_text_of_a_file_is_never_markup(store: Store, brings: Brings) -> None:
    _draft(store, {ONE: Response.rated(2, MARKUP)})
    app = brings(_file({ONE: Response.rated(2, MARKUP + "!", (MARKUP,))}, system=MARKUP), "<b>file</b>.yaml")
    assert all("<b>" not in element.value for element in app.html)
    assert MARKUP in text_of(app)
    assert "**Bold**" not in app.warning[0].value


# Faults


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "answers.yaml:1: The file is"),
        ("a" * 1_000_001, "larger than 1000 kB"),
        ("system: &x y\n", "Anchors"),
        ("system: a\nsystem: b\n", "stands twice (first on line 1); keep one"),
        ('system: a\nchecklist: "99"\n', "answers.yaml:2: The file is for checklist"),
        (f'system: a\nchecklist: "1"\nresponses:\n  {ONE}: yes\n', "answers.yaml:4:"),
        (f"{HEAD}responses:\n  {ONE}: {{rating: 2, not_applicable: other}}\n", "keep one of the two"),
        ('system: a\nchecklist: "1"\nlens: no-such\n', 'answers.yaml:3:'),
        ('system: a\nchecklist: "1"\ntarget: 6\n', "The target must be a whole number from 1 to 5"),
        ('system: a\nchecklist: "1"\nhealth: {fast-rollback: yes}\n', "is a bare yes"),
        ("", "The file is empty."),
        ("{", "answers.yaml:1:"),
    ],
)  # fmt: skip
def test_a_faulty_file_gets_a_sentence_with_its_place_and_changes_nothing(
    store: Store, brings: Brings, content: str | bytes, sentence: str
) -> None:
    draft = _draft(store, {ONE: Response.rated(2)})
    app = brings(content)
    assert sentence in text_of(app)
    assert "nothing of it was used" in text_of(app)
    assert not app.radio
    assert _responses(store, draft) == {ONE: Response.rated(2)}


def test_all_faults_of_a_file_come_at_once(store: Store, brings: Brings) -> None:
    _draft(store, {})
    said = text_of(brings('system: a\nchecklist: "1"\ntarget: 9\nresponses:\n  no-such: 3\n  rollback: 7\n'))
    assert "The file has 3 faults" in said
    assert all(f"answers.yaml:{line}:" in said for line in (3, 5, 6))


def test_a_file_about_another_system_is_told_before_anything_is_decided(store: Store, brings: Brings) -> None:
    _draft(store, {})
    app = brings(_file({ONE: Response.rated(3)}, system="Fraud scoring"))
    assert "Fraud scoring" in app.warning[0].value
    assert len(app.radio) == 1


# Where there is no draft


def test_after_a_milestone_a_person_says_that_a_new_assessment_begins(store: Store, visit: Visit) -> None:
    system = a_system(store, NAME).id
    milestone = a_milestone(store, system, "Spring", {ONE: Response.rated(2)})
    app = visit("answers-file")
    assert not app.file_uploader
    _chooses(clicks(app, "Start a new assessment"), _file({ONE: Response.rated(4)}))
    clicks(app, "Take everything from the file")
    draft = store.assessments.draft(OWNER, system)
    assert draft
    assert _responses(store, draft.id) == {ONE: Response.rated(4)}
    assert _responses(store, milestone.id) == {ONE: Response.rated(2)}


# A new system from a file


class _Dialog:
    """The dialog behind a button of the home page. Here each run is a whole one, so its button is held down."""

    def __init__(self, opener: str, app: AppTest | None = None) -> None:
        self._opener = opener
        self.app = (opens() if app is None else app).run()
        self.clicks(opener)

    def chooses(self, content: str) -> "_Dialog":
        self._holds()
        _chooses(self.app, content)
        return self

    def clicks(self, label: str) -> AppTest:
        self._holds()
        return clicks(self.app, label)

    def _holds(self) -> None:
        next(button for button in self.app.button if button.label == self._opener).click()


def test_a_system_begins_with_everything_that_its_file_says(store: Store) -> None:
    dialog = _Dialog("Check your first system")
    dialog.chooses(_file({ONE: Response.rated(4), TWO: Response.unknown()}, target=Target(4)))
    dialog.clicks("Add this system")
    (system,) = store.systems.all(OWNER, the_workspace(store))
    draft = store.assessments.draft(OWNER, system.id)
    assert system.name == NAME
    assert draft
    assert _responses(store, draft.id) == {ONE: Response.rated(4), TWO: Response.unknown()}
    assert draft.target == Target(4)


def test_a_name_that_is_taken_leads_to_the_comparison(store: Store) -> None:
    draft = _draft(store, {ONE: Response.rated(2)})
    dialog = _Dialog("Add a system").chooses(_file({ONE: Response.rated(4)}, system="churn MODEL"))
    assert "Compare the file with its answers" in text_of(dialog.app)
    app = dialog.clicks("Compare")
    assert app.title[0].value == "Answers file"
    clicks(app, "Take everything from the file")
    assert _responses(store, draft) == {ONE: Response.rated(4)}
    clicks(app, "Put it away")
    assert "Comparing with" not in text_of(app)
    assert len(store.systems.all(OWNER, the_workspace(store))) == 1


def test_a_second_file_that_is_passed_on_takes_the_place_of_the_first(store: Store) -> None:
    draft = _draft(store, {ONE: Response.rated(2)})
    app = None
    for rating in (4, 5):
        dialog = _Dialog("Add a system", app).chooses(_file({ONE: Response.rated(rating)}))
        app = dialog.clicks("Compare")
        assert app.title[0].value == "Answers file"
        assert f"Take the file’s: **{rating}**" in app.radio[0].options
        app.switch_page("../pages/start/home.py").run()
    assert _responses(store, draft) == {ONE: Response.rated(2)}


def test_what_came_of_a_file_is_not_told_of_another_draft(store: Store, brings: Brings) -> None:
    draft = _draft(store, {ONE: Response.rated(2)})
    app = clicks(brings(_file({ONE: Response.rated(4)})), "Take everything from the file")
    made = store.milestones.make(OWNER, draft, "Spring", checklist())
    store.assessments.start(OWNER, made.system, checklist().version, from_milestone=True)
    app.run()
    assert "is taken from the file" not in text_of(app)
    assert not [button for button in app.button if button.label == "Undo"]


def test_a_system_whose_answers_cannot_be_saved_is_not_there_by_half(store: Store) -> None:
    dialog = _Dialog("Check your first system").chooses(_file({ONE: Response.rated(4)}))
    with patch.object(Steps, "take", side_effect=DiskFull("The disk is full.")):
        dialog.clicks("Add this system")
    assert "The disk is full" in dialog.app.warning[0].value
    assert not store.systems.all(OWNER, the_workspace(store))


def test_a_faulty_file_adds_no_system(store: Store) -> None:
    dialog = _Dialog("Check your first system").chooses("system: a\n")
    assert "nothing of it was used" in text_of(dialog.app)
    assert not store.systems.all(OWNER, the_workspace(store))
