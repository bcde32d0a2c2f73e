"""Where the people who answer an assessment are kept: each answers alone, and counts from submitting on."""

from collections.abc import Mapping

from access.actors import Actor
from access.permissions import may
from access.places import Place
from data.assessments import find_assessment, find_draft
from data.desk import Part, allowed
from data.engine import Session
from data.errors import NameTaken, NothingToSubmit
from data.model import Respondent, Saved
from data.people import find_open, find_respondent, people_of, submitted
from data.standing import agreed_items
from data.text import clean_line, clean_name, name_key

_ADD = """
insert into respondents (id, assessment, name, role, created_at, subject)
values (:id, :assessment, :name, :role, :created, :subject)
"""


class Respondents(Part):
    """Who answers. The store hands out a person's answers to their own form alone, until they submit."""

    @allowed("meet")
    def get(self, actor: Actor, respondent: str) -> Respondent:
        """`UnknownId` when there is none, or they were removed."""
        return self._desk.engine.read(lambda session: find_respondent(session, respondent)[0])

    @allowed("browse")
    def all(self, actor: Actor, assessment: str, removed: bool = False) -> list[Respondent]:
        """Who answers it and how far they are, in the order of adding; with `removed` those taken off instead."""

        def work(session: Session) -> list[Respondent]:
            find_assessment(session, assessment)
            return people_of(session, assessment, removed)

        return self._desk.engine.read(work)

    @allowed("browse")
    def answers_of_submitted(self, actor: Actor, assessment: str) -> dict[Respondent, dict[str, Saved]]:
        """The answers of everybody who has submitted, by item; of nobody else."""

        def work(session: Session) -> dict[Respondent, dict[str, Saved]]:
            find_assessment(session, assessment)
            return submitted(session, assessment)

        return self._desk.engine.read(work)

    @allowed("read")
    def basis(self, actor: Actor, assessment: str) -> Mapping[str, int]:
        """The items whose answer in the result is what people agree on, each with how many answered it.

        An item that is not there was decided by the team, was carried over, or is open. A milestone keeps its own.
        """

        def work(session: Session) -> Mapping[str, int]:
            return agreed_items(session, find_assessment(session, assessment)[0])

        return self._desk.engine.read(work)

    @allowed("join")
    def add(self, actor: Actor, assessment: str, name: str, role: str = "", myself: bool = False) -> Respondent:
        """Somebody who answers this draft; `NameTaken` when somebody of that name does already.

        Who adds `myself`, or came through a link, has the form alone until they submit; the form of anybody else is
        filled in with them, by whoever may change answers.
        """
        wanted, does = clean_name(name), clean_line(role, "role")

        def work(session: Session) -> Respondent:
            _, place = find_draft(session, assessment)
            _refuse_taken(session, assessment, wanted)
            person = self._desk.new_id()
            is_own = myself or not may(actor, "invite", place)
            session.run(
                _ADD, id=person, assessment=assessment, name=wanted, role=does, created=self._desk.now(),
                subject=_subject(actor, person) if is_own else None,
            )  # fmt: skip
            self._leave_event(session, actor, "add-person", wanted, place, after=does)
            return find_respondent(session, person)[0]

        return self._desk.engine.write(work)

    @allowed("invite")
    def rename(self, actor: Actor, respondent: str, name: str, role: str) -> Respondent:
        """The same person under another name or role; `NameTaken` when the name is somebody else's."""
        wanted, does = clean_name(name), clean_line(role, "role")

        def work(session: Session) -> Respondent:
            found, place = find_open(session, respondent)
            if (found.name, found.role) == (wanted, does):
                return found
            _refuse_taken(session, found.assessment, wanted, respondent)
            session.run(
                "update respondents set name = :name, role = :role where id = :id",
                name=wanted, role=does, id=respondent,
            )  # fmt: skip
            before, after = {"name": found.name, "role": found.role}, {"name": wanted, "role": does}
            self._leave_event(session, actor, "rename-person", wanted, place, before, after)
            return find_respondent(session, respondent)[0]

        return self._desk.engine.write(work)

    @allowed("invite")
    def remove(self, actor: Actor, respondent: str) -> Respondent:
        """Take somebody off; their answers no longer count, and `restore` brings both back."""
        return self._mark(actor, respondent, "remove-person", "removed_at", True)

    @allowed("invite")
    def restore(self, actor: Actor, respondent: str) -> Respondent:
        """Take a removal back; `NameTaken` when somebody else has the name by now."""
        return self._mark(actor, respondent, "restore-person", "removed_at", False)

    @allowed("submit")
    def submit(self, actor: Actor, respondent: str) -> Respondent:
        """From now on their answers count, are shown to the others, and stay as they are.

        `NothingToSubmit` when they have answered nothing.
        """
        return self._mark(actor, respondent, "submit-answers", "submitted_at", True)

    @allowed("submit")
    def reopen(self, actor: Actor, respondent: str) -> Respondent:
        """Take submitting back: their answers are theirs alone again and can be changed."""
        return self._mark(actor, respondent, "reopen-answers", "submitted_at", False)

    def _mark(self, actor: Actor, respondent: str, event: str, column: str, on: bool) -> Respondent:
        def work(session: Session) -> Respondent:
            found, place = find_open(session, respondent, even_removed=column == "removed_at")
            if (getattr(found, column) is not None) == on:
                return found
            _check_mark(session, found, column, on)
            self._set(session, actor, found, place, event, column, on)
            return find_respondent(session, respondent, even_removed=True)[0]

        return self._desk.engine.write(work)

    def _set(
        self, session: Session, actor: Actor, found: Respondent, place: Place, event: str, column: str, on: bool
    ) -> None:
        moment = self._desk.now() if on else None
        session.run(f"update respondents set {column} = :moment where id = :id", moment=moment, id=found.id)
        self._leave_event(session, actor, event, found.name, place, after=found.answered)


def _subject(actor: Actor, person: str) -> str | None:
    """Whose form it is: that of an account, of whoever holds the pass of a link, or (on one machine) of nobody."""
    if actor.is_everywhere:
        return None
    return f"respondent {person}" if not actor.subject or actor.via else actor.subject


def _check_mark(session: Session, found: Respondent, column: str, on: bool) -> None:
    if column == "submitted_at" and on and not found.answered:
        raise NothingToSubmit(f"{found.name} has not answered anything yet; answer a question first, then submit.")
    if column == "removed_at" and not on:
        _refuse_taken(session, found.assessment, found.name)


def _refuse_taken(session: Session, assessment: str, name: str, but: str | None = None) -> None:
    for person in people_of(session, assessment):
        if person.id != but and name_key(person.name) == name_key(name):
            raise NameTaken(f'"{person.name}" answers already; add what tells the two apart, such as an initial.')
