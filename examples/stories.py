"""What an example story holds, and how one is read from its YAML file with ids the checklist knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import strict_yaml
from checklist.model import HEALTH_CHOICES, NOT_APPLICABLE_REASONS, RATINGS, Checklist
from checklist.reading import ContentError, Reader
from data.model import FIX_STAGES, RHYTHM_DAYS, FixState
from scoring.model import UNANSWERED, Response, Target

FOLDER = Path(__file__).parent
# In the order in which they are added; the first is the one to show when one is enough.
EXAMPLES = ("churn-model", "fraud-scoring", "delivery-time-forecast")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FRIDAY = 4
YEAR_IN_DAYS = 366
STEP_KEYS = ("answers", "notes", "evidence", "valid_weeks", "corrected", "health", "failures", "target")


class UnknownExample(ValueError):
    """There is no example with this id."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f'There is no example "{wanted}"; choose {", ".join(EXAMPLES)}.')


@dataclass(frozen=True, slots=True)
class Step:
    """What a draft gets: the responses that change, and what else is new (None: as it was before).

    `valid_weeks` is how long the links of an item count from the day of the step on; `corrected` are the items whose
    changed answer only corrects an earlier mistake.
    """

    responses: Mapping[str, Response]
    health: Mapping[str, str]
    failures: tuple[str, ...] | None
    target: Target | None
    valid_weeks: Mapping[str, int] = field(default_factory=dict)
    corrected: tuple[str, ...] = ()

    def on(self, day: date) -> dict[str, Response]:
        """The responses as they are given on a day."""
        until = {item: day + timedelta(weeks=weeks) for item, weeks in self.valid_weeks.items()}
        return {
            item: replace(one, valid_until=until.get(item, one.valid_until)) for item, one in self.responses.items()
        }


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step that is marked `weeks_ago`, on a working day, at the UTC time `at`."""

    name: str
    weeks_ago: int
    at: time
    step: Step

    def made_at(self, today: date) -> datetime:
        """The moment of marking, seen from `today`; a weekend gives the Friday before it."""
        day = today - timedelta(weeks=self.weeks_ago)
        return datetime.combine(day - timedelta(days=max(0, day.weekday() - FRIDAY)), self.at, UTC)

    def title(self, today: date) -> str:
        """The name with the month or quarter of its day, as in "March review"."""
        month = self.made_at(today).month
        return self.name.replace("{month}", MONTHS[month - 1]).replace("{quarter}", str((month + 2) // 3))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who answers the draft alone, and has submitted or not."""

    name: str
    role: str
    has_submitted: bool
    responses: Mapping[str, Response]


@dataclass(frozen=True, slots=True)
class Plan:
    """The state of a fix with its dates in days from today (None: no such date, or marked for the last milestone)."""

    fix: FixState
    due_in: int | None
    review_in: int | None
    marked_in: int | None = None

    def on(self, today: date) -> FixState:
        return replace(self.fix, due=_day(today, self.due_in), review=_day(today, self.review_in))

    def marked_at(self, today: date, last: datetime) -> datetime:
        """When it got this state: on its own day, else an hour before the last milestone."""
        day = _day(today, self.marked_in)
        return last - timedelta(hours=1) if day is None else datetime.combine(day, last.timetz())


@dataclass(frozen=True, slots=True)
class Story:
    """An example system: how it came to where it is, oldest milestone first, and what is planned."""

    name: str
    about: str
    owner: str
    tags: tuple[str, ...]
    rhythm_days: int
    milestones: tuple[Milestone, ...]
    plans: Mapping[str, Plan]
    draft: Step | None
    people: tuple[Colleague, ...] = ()


def story(example: str, checklist: Checklist) -> Story:
    """The story of an example; `UnknownExample`, or `ContentError` with everything wrong with its file."""
    if example not in EXAMPLES:
        raise UnknownExample(example)
    return read((FOLDER / f"{example}.yaml").read_bytes(), f"examples/{example}.yaml", checklist)


def read(text: str | bytes, file: str, checklist: Checklist) -> Story:
    """The story in a text; `ContentError` names file, line and cure of each fault, all at once."""
    reader = _StoryReader(file, checklist)
    found = reader.story(text)
    if reader.faults:
        raise ContentError(sorted(reader.faults, key=lambda fault: fault.line))
    return found


class _StoryReader(Reader):
    """Reads one story; `told` holds the responses so far, because a milestone names only changes."""

    def __init__(self, file: str, checklist: Checklist) -> None:
        super().__init__(file, [])
        self.checklist = checklist
        self.told: dict[str, Response] = {}

    def story(self, text: str | bytes) -> Story:
        document = self.document(text)
        optional = ("owner", "tags", "rhythm_days", "draft", "people", "fixes")
        self.keys(document, ("name", "about", "milestones", *optional), "The story", optional=optional)
        rhythm = (
            self.number(document, "rhythm_days", "The story", 1, YEAR_IN_DAYS) if "rhythm_days" in document else None
        )
        return Story(
            self.text(document, "name", "The story"),
            self.text(document, "about", "The story"),
            self.text(document, "owner", "The story") if "owner" in document else "",
            self.texts(document, "tags", "The story") if "tags" in document else (),
            RHYTHM_DAYS if rhythm is None else rhythm,
            tuple(self._milestone(entry) for entry in self.mappings(document, "milestones", "The story")),
            self._plans(self.mapping(document, "fixes", "The story")),
            self._draft(document),
            tuple(self._colleague(entry) for entry in self._people(document)),
        )

    def _milestone(self, entry: strict_yaml.Mapping) -> Milestone:
        name = self.text(entry, "name", "The milestone")
        what = f'The milestone "{name}"'
        self.keys(entry, ("name", "weeks_ago", "at", *STEP_KEYS), what, optional=STEP_KEYS)
        weeks = self.number(entry, "weeks_ago", what, 1, 60)
        return Milestone(name, weeks, self._time(entry, what), self._step(entry, what))

    def _draft(self, document: strict_yaml.Mapping) -> Step | None:
        if "draft" not in document:
            return None
        entry = self.mapping(document, "draft", "The story")
        self.keys(entry, STEP_KEYS, "The draft", optional=STEP_KEYS)
        return self._step(entry, "The draft")

    def _people(self, document: strict_yaml.Mapping) -> list[strict_yaml.Mapping]:
        if "people" not in document:
            return []
        if "draft" not in document:
            self.fault(document.key_lines["people"], "The story has people and no draft that they answer; add one.")
        return list(self.mappings(document, "people", "The story"))

    def _colleague(self, entry: strict_yaml.Mapping) -> Colleague:
        name = self.text(entry, "name", "The person")
        self.keys(entry, ("name", "role", "submitted", "answers", "notes"), name, optional=("notes",))
        answers, notes = self.mapping(entry, "answers", name), self.mapping(entry, "notes", name)
        given = {item: self._answer(answers, item) for item in answers if self._knows_item(answers, item)}
        for item in notes:
            given[item] = replace(given.get(item, UNANSWERED), note=self.text(notes, item, name))
        has_submitted = self.choice(entry, "submitted", name, ("yes", "no")) == "yes"
        return Colleague(name, self.text(entry, "role", name), has_submitted, given)

    def _time(self, entry: strict_yaml.Mapping, what: str) -> time:
        text = self.text(entry, "at", what)
        try:
            return time.fromisoformat(text)
        except ValueError:
            self.fault(entry.line, f'{what}: "at" is "{text}"; write hours and minutes, such as "09:30".')
            return time()

    def _step(self, entry: strict_yaml.Mapping, what: str) -> Step:
        target = self.number(entry, "target", what, RATINGS[0], RATINGS[-1]) if "target" in entry else None
        return Step(
            self._responses(entry, what),
            self._health(entry, what),
            self._failures(entry, what) if "failures" in entry else None,
            None if target is None else Target(target),
            self._valid_weeks(entry, what),
            self._corrected(entry, what),
        )

    def _valid_weeks(self, entry: strict_yaml.Mapping, what: str) -> dict[str, int]:
        weeks, links = self.mapping(entry, "valid_weeks", what), self.mapping(entry, "evidence", what)
        for item in weeks:
            if item not in links:
                self.fault(
                    weeks.key_lines[item], f'{what}: "{item}" has no links that could count until a day; add them.'
                )
        return {item: self.number(weeks, item, what, 1, 60) for item in weeks}

    def _corrected(self, entry: strict_yaml.Mapping, what: str) -> tuple[str, ...]:
        items = self.texts(entry, "corrected", what) if "corrected" in entry else ()
        changed = self.mapping(entry, "answers", what)
        for item in items:
            if item not in changed:
                self.fault(entry.key_lines["corrected"], f'{what}: "{item}" is corrected and not answered; answer it.')
        return items

    def _failures(self, entry: strict_yaml.Mapping, what: str) -> tuple[str, ...]:
        known = [failure.id for failure in self.checklist.failures]
        failures = self.texts(entry, "failures", what)
        for failure in failures:
            if failure not in known:
                line = entry.key_lines["failures"]
                self.fault(line, f'{what} has the failure mode "{failure}"; use one of {", ".join(known)}.')
        return failures

    def _responses(self, entry: strict_yaml.Mapping, what: str) -> dict[str, Response]:
        """A changed answer begins without note and evidence: the old ones explain the old answer."""
        changed: dict[str, Response] = {}
        for item in (answers := self.mapping(entry, "answers", what)):
            if self._knows_item(answers, item):
                changed[item] = self._answer(answers, item)
        for item in (notes := self.mapping(entry, "notes", what)):
            if self._knows_item(notes, item):
                changed[item] = replace(self._so_far(changed, item), note=self.text(notes, item, what))
        for item in (links := self.mapping(entry, "evidence", what)):
            if self._knows_item(links, item):
                changed[item] = replace(self._so_far(changed, item), evidence=self.texts(links, item, what))
        self.told |= changed
        return changed

    def _so_far(self, changed: Mapping[str, Response], item: str) -> Response:
        return changed.get(item) or self.told.get(item, UNANSWERED)

    def _answer(self, answers: strict_yaml.Mapping, item: str) -> Response:
        value = answers[item]
        if isinstance(value, strict_yaml.Number) and int(value) in RATINGS:
            return Response.rated(int(value))
        if value == "unknown":
            return Response.unknown()
        if isinstance(value, strict_yaml.Text) and value in NOT_APPLICABLE_REASONS:
            return Response.not_applicable(str(value))
        self.fault(
            answers.key_lines[item],
            f'"{item}" is answered "{value}"; write 1 to 5, unknown, or why it is not applicable '
            f"({', '.join(NOT_APPLICABLE_REASONS)}).",
        )
        return UNANSWERED

    def _health(self, entry: strict_yaml.Mapping, what: str) -> dict[str, str]:
        choices = self.mapping(entry, "health", what)
        questions = [question.id for question in self.checklist.health]
        if choices:
            self.keys(choices, questions, f"The health check of {what[:1].lower()}{what[1:]}")
        return {question: self.choice(choices, question, what, HEALTH_CHOICES) for question in choices}

    def _plans(self, fixes: strict_yaml.Mapping) -> dict[str, Plan]:
        return {
            item: self._plan(self.mapping(fixes, item, "The story"), f'The fix of "{item}"')
            for item in fixes
            if self._knows_item(fixes, item)
        }

    def _plan(self, entry: strict_yaml.Mapping, what: str) -> Plan:
        optional = ("due_in", "reason", "review_in", "marked_in")
        self.keys(entry, ("owner", "state", *optional), what, optional=optional)
        state = self.choice(entry, "state", what, FIX_STAGES)
        return Plan(
            FixState(
                owner=self.text(entry, "owner", what),
                state=next(stage for stage in FIX_STAGES if stage == state),
                reason=self.text(entry, "reason", what),
            ),
            self._days(entry, "due_in", what),
            self._days(entry, "review_in", what),
            self._days(entry, "marked_in", what),
        )

    def _days(self, entry: strict_yaml.Mapping, key: str, what: str) -> int | None:
        return self.number(entry, key, what, -YEAR_IN_DAYS, YEAR_IN_DAYS) if key in entry else None

    def _knows_item(self, mapping: strict_yaml.Mapping, item: str) -> bool:
        if not self.checklist.has(item):
            self.fault(mapping.key_lines[item], f'The checklist has no item "{item}"; correct the id.')
        return self.checklist.has(item)


def _day(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)
