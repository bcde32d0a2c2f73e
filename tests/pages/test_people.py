"""The pages of several people: they answer alone, submit, disagree, and decide together."""

import pytest

from data.model import Respondent
from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, checklist
from tests.pages.visitor import MARKUP, Visit, button, text_of
from ui import colleagues

FIRST, SECOND, THIRD = (item.id for item in checklist().sections[0].items[:3])


def a_person(
    store: Store, draft: str, name: str, role: str = "", submit: bool = True, **answers: Response
) -> Respondent:
    """Somebody who gives these answers: first, second, third."""
    items = {"first": FIRST, "second": SECOND, "third": THIRD}
    person = store.respondents.add(OWNER, draft, name, role)
    store.responses.save_many(OWNER, draft, {items[one]: said for one, said in answers.items()}, respondent=person.id)
    return store.respondents.submit(OWNER, person.id) if submit else person


@pytest.fixture
def draft(store: Store) -> str:
    return a_draft(store, a_system(store).id).id


@pytest.fixture
def three(store: Store, draft: str) -> str:
    """Three who disagree on two questions: on the first from 2 to 4, on the second by one."""
    r = Response.rated
    a_person(store, draft, "Ana", "Lead", first=r(4, "we did it twice"), second=r(3), third=r(3))
    a_person(store, draft, "Ben", "On-call engineer", first=r(2), second=r(2), third=r(3))
    a_person(store, draft, "Carla", "Data scientist", first=r(4), second=r(3))
    return draft


def _team(store: Store, draft: str) -> dict[str, Response]:
    return {item: saved.response for item, saved in store.responses.of(OWNER, draft).items()}


# Who answers


def test_a_person_is_added_with_name_and_role(store: Store, draft: str, visit: Visit) -> None:
    app = visit("people")
    app.text_input(key="person-name").set_value("Ana")
    app.selectbox(key="person-role").set_value("Lead")
    button(app, "Add a person").click().run()
    [person] = store.respondents.all(OWNER, draft)
    assert (person.name, person.role) == ("Ana", "Lead")
    assert "Answer as Ana" in text_of(app)
    assert "0 of 41 · not begun" in text_of(app)


def test_the_first_person_begins_the_assessment_and_looking_does_not(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    app = visit("people")
    visit("meeting")
    assert store.assessments.draft(OWNER, system) is None
    app.text_input(key="person-name").set_value("Ana")
    button(app, "Add a person").click().run()
    begun = store.assessments.draft(OWNER, system)
    assert begun
    assert [person.name for person in store.respondents.all(OWNER, begun.id)] == ["Ana"]


@pytest.mark.parametrize(("name", "words"), [("", "name is empty"), ("ana", "answers already")])
def test_a_name_that_cannot_be_is_refused_in_a_sentence(
    name: str, words: str, store: Store, draft: str, visit: Visit
) -> None:
    a_person(store, draft, "Ana", submit=False)
    app = visit("people")
    app.text_input(key="person-name").set_value(name)
    button(app, "Add a person").click().run()
    assert words in " ".join(warning.value.replace("\\", "") for warning in app.warning)
    assert len(store.respondents.all(OWNER, draft)) == 1


def test_those_of_last_time_are_added_together(store: Store, draft: str, visit: Visit) -> None:
    a_person(store, draft, "Ana", "Lead", first=Response.rated(3))
    a_person(store, draft, "Ben", submit=False)
    system = store.assessments.get(OWNER, draft).system
    store.milestones.make(OWNER, draft, "First", checklist())
    following = a_draft(store, system).id
    app = visit("people")
    button(app, "Add those of last time: Ana, Ben").click().run()
    added = store.respondents.all(OWNER, following)
    assert [(person.name, person.role, person.answered) for person in added] == [("Ana", "Lead", 0), ("Ben", "", 0)]


def test_markup_in_a_name_is_shown_as_typed(store: Store, draft: str, visit: Visit) -> None:
    for name, rating in ((MARKUP, 2), (f"{MARKUP} 2", 4)):
        a_person(store, draft, name, MARKUP, first=Response.rated(rating, MARKUP))
    for page in ("people", "meeting"):
        assert MARKUP in text_of(visit(page))


# Answering alone


def test_a_person_answers_in_their_own_form(store: Store, draft: str, visit: Visit) -> None:
    ana = a_person(store, draft, "Ana", "Lead", submit=False)
    app = visit("checklist", respondent=ana.id)
    assert "These are the answers of Ana, Lead." in text_of(app)
    app.radio(key=f"answer-{FIRST}").set_value(4).run()
    assert "1 of 41 answered" in text_of(app)
    assert _team(store, draft) == {}
    own = store.responses.of(OWNER, draft, respondent=ana.id)
    assert own[FIRST].response == Response.rated(4)


def test_a_form_shows_nothing_of_what_others_answered(three: str, store: Store, visit: Visit) -> None:
    dev = a_person(store, three, "Dev", submit=False)
    app = visit("checklist", respondent=dev.id)
    assert app.radio(key=f"answer-{FIRST}").value is None
    said = text_of(app)
    for secret in ("Counts now", "median", "we did it twice", "Ana", "Ben", "Carla"):
        assert secret not in said


def test_the_team_s_form_says_what_counts_until_it_decides(three: str, store: Store, visit: Visit) -> None:
    app = visit("checklist")
    counts = "Counts now: 4, the median of 3 people. An answer here decides instead."
    assert counts in text_of(app)
    assert "3 more agreed by the people you asked" in text_of(app)
    app.radio(key=f"answer-{FIRST}").set_value(1).run()
    assert counts not in text_of(app)
    assert _team(store, three) == {FIRST: Response.rated(1)}


def test_submitting_half_says_what_that_means_and_does_it(store: Store, draft: str, visit: Visit) -> None:
    ana = a_person(store, draft, "Ana", submit=False, first=Response.rated(4))
    app = visit("checklist", respondent=ana.id, section="look-back")
    assert "40 questions stay open; your answers count where you gave one." in text_of(app)
    assert "What went wrong in production" not in text_of(app)
    app.button(key="submit-answers").click().run()
    assert app.title[0].value == "People"
    assert store.respondents.get(OWNER, ana.id).has_submitted
    app.button(key="flash-undo").click().run()
    assert not store.respondents.get(OWNER, ana.id).has_submitted


def test_who_answered_nothing_is_told_so(store: Store, draft: str, visit: Visit) -> None:
    ana = a_person(store, draft, "Ana", submit=False)
    app = visit("checklist", respondent=ana.id, section="look-back")
    app.button(key="submit-answers").click().run()
    assert "Ana has not answered anything yet" in app.warning[0].value.replace("\\", "")


def test_a_submitted_form_is_closed_until_submitting_is_taken_back(store: Store, draft: str, visit: Visit) -> None:
    ana = a_person(store, draft, "Ana", first=Response.rated(4))
    app = visit("checklist", respondent=ana.id)
    assert app.title[0].value == "Ana has submitted"
    assert not app.radio
    app.button(key="reopen-form").click().run()
    assert app.radio(key=f"answer-{FIRST}").value == 4
    assert not store.respondents.get(OWNER, ana.id).has_submitted


def test_a_form_of_nobody_is_told_in_a_sentence(store: Store, draft: str, visit: Visit) -> None:
    gone = a_person(store, draft, "Ana", submit=False)
    store.respondents.remove(OWNER, gone.id)
    for respondent in (gone.id, "no-such"):
        app = visit("checklist", respondent=respondent)
        assert app.title[0].value == "This person does not answer here"
        assert not app.radio


@pytest.mark.parametrize(
    ("verb", "title"), [("remove", "This person does not answer here"), ("submit", "Ana has submitted")]
)
def test_a_form_that_was_closed_elsewhere_says_so_at_the_next_click(
    verb: str, title: str, store: Store, draft: str, visit: Visit
) -> None:
    ana = a_person(store, draft, "Ana", submit=False, second=Response.rated(2))
    app = visit("checklist", respondent=ana.id)
    getattr(store.respondents, verb)(OWNER, ana.id)
    app.radio(key=f"answer-{FIRST}").set_value(4).run()
    assert not app.exception
    assert app.title[0].value == title


def test_what_was_clicked_just_before_leaving_is_saved_as_that_person_s(store: Store, draft: str, visit: Visit) -> None:
    ana = a_person(store, draft, "Ana", submit=False)
    app = visit("checklist", respondent=ana.id)
    app.radio(key=f"answer-{FIRST}").set_value(4)
    app.switch_page("../pages/results/results.py").run()
    assert _team(store, draft) == {}
    assert store.responses.of(OWNER, draft, respondent=ana.id)[FIRST].response == Response.rated(4)


def test_the_forms_of_two_people_never_mix(store: Store, draft: str, visit: Visit) -> None:
    ana, ben = (a_person(store, draft, name, submit=False) for name in ("Ana", "Ben"))
    app = visit("checklist", respondent=ana.id)
    app.radio(key=f"answer-{FIRST}").set_value(4).run()
    app.switch_page("../pages/assess/people.py").run()
    app.query_params["respondent"] = ben.id
    app.switch_page("../pages/assess/checklist.py").run()
    assert app.radio(key=f"answer-{FIRST}").value is None
    app.radio(key=f"answer-{FIRST}").set_value(2).run()
    stored = [store.responses.of(OWNER, draft, respondent=one.id)[FIRST].response.rating for one in (ana, ben)]
    assert stored == [4, 2]


# Where people disagree


def test_disagreement_waits_for_the_second_who_submits(store: Store, draft: str, visit: Visit) -> None:
    a_person(store, draft, "Ana", first=Response.rated(4))
    ben = a_person(store, draft, "Ben", submit=False, first=Response.rated(1))
    said = text_of(visit("people"))
    assert "Disagreement shows here as soon as two people have submitted." in said
    assert "Ben says 1" not in said
    store.respondents.submit(OWNER, ben.id)
    assert "Ben says 1, Ana says 4: talk about this first." in text_of(visit("people"))


def test_the_widest_stands_first_with_who_says_what(three: str, visit: Visit) -> None:
    said = text_of(visit("people"))
    assert "Three people answered and disagree on 2 questions; at most 2 levels apart." in said
    assert "The on-call engineer says 2, the lead and the data scientist say 4: talk about this first." in said
    assert "By role: lead 4, on-call engineer 2, data scientist 4." in said


def test_the_results_say_how_they_came_about(three: str, store: Store, visit: Visit) -> None:
    a_person(store, three, "Dev", submit=False, first=Response.rated(1))
    said = text_of(visit("results"))
    name = checklist().item(FIRST).name
    assert "3 answers are agreed: the median of 2 to 3 people." in said
    assert f"You disagree on 2 questions; the widest: {name} (2 to 4)." in said
    assert "Dev has not submitted; what they answered does not count yet." in said
    assert "All but" not in said


def test_results_of_a_team_alone_say_nothing_of_people(store: Store, visit: Visit) -> None:
    a_draft(store, a_system(store).id, {FIRST: Response.rated(3)})
    said = text_of(visit("results"))
    assert "agreed" not in said
    assert "disagree" not in said


def test_what_was_set_aside_by_most_stands_on_the_results_with_its_reason(
    store: Store, draft: str, visit: Visit
) -> None:
    for name in ("Ana", "Ben"):
        a_person(store, draft, name, first=Response.not_applicable("out-of-scope"), second=Response.rated(3))
    assert f"{checklist().item(FIRST).name}: out of scope" in text_of(visit("results"))


def test_a_milestone_shows_who_answered_it_and_asks_nobody(three: str, store: Store, visit: Visit) -> None:
    store.milestones.make(OWNER, three, "Spring", checklist())
    app = visit("people")
    said = text_of(app)
    assert "Ana" in said
    assert "The on-call engineer says 2" in said
    assert "Answer as" not in said
    assert not app.text_input
    assert "3 answers are agreed" in text_of(visit("results"))


# Deciding together


def test_a_meeting_goes_through_the_disagreements_and_keeps_what_is_decided(
    three: str, store: Store, visit: Visit
) -> None:
    app = visit("meeting")
    assert "1 of 2" in text_of(app)
    assert "Ana: we did it twice" in text_of(app)
    app.radio(key=f"decide-{FIRST}").set_value(3)
    app.text_area(key=f"decide-note-{FIRST}").set_value("Only once, by hand")
    app.button(key=f"decide-save-{FIRST}").click().run()
    assert "2 of 2" in text_of(app)
    app.button(key=f"decide-skip-{SECOND}").click().run()
    said = text_of(app)
    assert "You decided one of two questions. The rest keeps the agreed answer." in said
    assert "Only once, by hand" in said
    assert _team(store, three) == {FIRST: Response.rated(3, "Only once, by hand")}
    assert store.answers(OWNER, three).responses[SECOND].rating == 3
    assert "You disagree on 1 question" in text_of(visit("results"))


def test_who_chose_what_stands_under_each_answer(three: str, visit: Visit) -> None:
    radio = visit("meeting").radio(key=f"decide-{FIRST}")
    captions = list(radio.proto.captions)
    assert captions[1] == "Chosen by Ben"
    assert captions[3] == "Chosen by Ana, Carla"


def test_nothing_chosen_is_nothing_saved(three: str, store: Store, visit: Visit) -> None:
    app = visit("meeting")
    app.button(key=f"decide-save-{FIRST}").click().run()
    assert "Choose an answer first" in app.warning[0].value
    assert "1 of 2" in text_of(app)
    assert _team(store, three) == {}


@pytest.mark.parametrize(("decision", "kept"), [("mine", 5), ("theirs", 1)])
def test_two_who_decide_at_once_see_both_and_choose(
    decision: str, kept: int, three: str, store: Store, visit: Visit
) -> None:
    app = visit("meeting")
    app.radio(key=f"decide-{FIRST}").set_value(5).run()
    store.responses.save(OWNER, three, FIRST, Response.rated(1))
    app.button(key=f"decide-save-{FIRST}").click().run()
    assert "Stored now: 1" in text_of(app)
    assert "Your choice: 5" in text_of(app)
    assert _team(store, three)[FIRST].rating == 1
    app.button(key=f"{decision}-{FIRST}").click().run()
    assert _team(store, three)[FIRST].rating == kept
    assert "Your choice" not in text_of(app)


def test_what_somebody_else_decided_is_shown_to_who_chose_nothing(three: str, store: Store, visit: Visit) -> None:
    app = visit("meeting", item=FIRST)
    store.responses.save(OWNER, three, FIRST, Response.rated(1, "by Olga"))
    app.run()
    assert app.radio(key=f"decide-{FIRST}").value == 1
    assert "Your choice" not in text_of(app)


def test_a_meeting_without_disagreement_says_so(store: Store, draft: str, visit: Visit) -> None:
    assert "as soon as two people have submitted" in text_of(visit("meeting"))
    for name in ("Ana", "Ben"):
        a_person(store, draft, name, first=Response.rated(3))
    assert "Two people answered, and no two of them contradict each other." in text_of(visit("meeting"))


def test_after_a_milestone_there_is_no_meeting(store: Store, visit: Visit) -> None:
    a_milestone(store, a_system(store).id)
    assert "as soon as two people have submitted" in text_of(visit("meeting"))


# In the report


def test_the_report_says_where_the_answers_of_several_people_come_from(store: Store) -> None:
    """Also when the draft is a milestone by now, and for what the team decided after all."""
    draft = a_draft(store, a_system(store).id)
    one, two, three = (item.id for item in checklist().items[:3])
    for name, ratings in (("Ana", (2, 1, 3)), ("Ben", (4, 5, 3))):
        given = {item: Response.rated(rating) for item, rating in zip((one, two, three), ratings, strict=True)}
        person = store.respondents.add(OWNER, draft.id, name).id
        store.responses.save_many(OWNER, draft.id, given, respondent=person)
        store.respondents.submit(OWNER, person)
    store.responses.save(OWNER, draft.id, two, Response.rated(3, "We looked."))
    said = colleagues.origins(checklist(), draft)
    assert said == {
        one: "The median of two people, who say 2 to 4.",
        two: "Decided together; two people had said 1 to 5.",
        three: "Two people answered, and no two of them contradict each other.",
    }
    milestone = store.milestones.make(OWNER, draft.id, "First", checklist())
    assert colleagues.origins(checklist(), milestone) == said
