"""Where do I find how answers come in and go out as a YAML or JSON file, the one that is reviewed in a pull request?

A response has one of these forms; `note` and `evidence` may stand in each mapping, and with evidence `valid_until`,
the last day on which it counts (valid_until: 2026-12-31, with or without quotes):

    data-validation: {rating: 3, note: GX suite in CI, evidence: ["https://…"]}
    ab-testing: {not_applicable: out-of-scope, note: batch scoring only}
    data-lineage: {rating: unknown, note: ask the platform team}   # "don't know"
    rollback: {note: look at this with Ola}                        # a note, not answered yet
    data-catalog: unknown                                          # short for {rating: unknown}
    model-registry: 3                                              # short for {rating: 3}

`target` is a number, or one per area, where `overall` stands for the areas not named. `lens` is the viewpoint that the
answers are seen through; a file keeps answers to questions that its lens leaves out. Text that other YAML readers
would take for something else (yes, 3, null, 2026-01-01) must stand in quotes, whoever wrote it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import strict_yaml
from checklist.model import HEALTH_CHOICES, NOT_APPLICABLE_REASONS, RATINGS, WHOLE, Checklist
from checklist.reading import ContentError
from data.text import LINK_LENGTH, LINKS, NAME_LENGTH, NOTE_LENGTH, clean_text
from exchange.values import FAULTS_SHOWN, ValueReader, clean_line, is_bare, line_of, shown
from scoring.evaluate import check
from scoring.model import UNANSWERED, Answers, Response, Target
from strict_yaml import Fault, Mapping, Number, Text, Value

UNKNOWN = "unknown"
OVERALL = "overall"
KEYS = ("system", "checklist", "target", "lens", "failures", "responses", "health")
REQUIRED = ("system", "checklist")
RESPONSE_KEYS = ("rating", "not_applicable", "note", "evidence", "valid_until")
FORMS = "write 1 to 5, unknown, or {not_applicable: REASON}"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# What somebody meant who wrote a health answer without quotes.
MEANT = {"yes": "yes", "true": "yes", "on": "yes", "no": "no", "false": "no", "off": "no"}


class AnswersError(ContentError):
    """An answers file that cannot be used; `faults` holds every fault, the message the first fifty."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__(tuple(faults))
        more = len(self.faults) - FAULTS_SHOWN
        lines = [str(fault) for fault in self.faults[:FAULTS_SHOWN]]
        if more > 0:
            lines.append(f"{more:,} more faults follow; correct these first.")
        self.args = ("\n".join(lines),)


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What an answers file says: the system's name, the checklist's version, the lens and the answers.

    `answers.accepted` is always empty: the state of fixes stays in the store.
    """

    system: str
    checklist: str
    answers: Answers
    lens: str = WHOLE


def read(text: str | bytes, file: str, checklist: Checklist) -> AnswersFile:
    """The answers in a text of at most 1 MB, cleaned as the store cleans them.

    `AnswersError` with all faults, each with file, line and cure; then nothing of it is used. A file for a newer
    checklist has one fault only, because its ids say nothing yet.
    """
    reader = AnswersReader(file, checklist.whole)
    found = reader.answers_file(text)
    if found is None or reader.faults:
        raise AnswersError(sorted(reader.faults, key=lambda fault: fault.line))
    return found


def write(answers_file: AnswersFile, checklist: Checklist) -> str:
    """The file as YAML in the order of the checklist; `read` gives back what was written, cleaned.

    Unanswered items without note and evidence are left out. `UnknownItem` or `ValueError` for answers that do not
    fit the checklist; `AnswersError` for texts that are too long.
    """
    answers, checklist = answers_file.answers, checklist.whole
    check(checklist, answers)
    for question in answers.health:
        checklist.health_question(question)
    checklist.through(answers_file.lens)
    text = _dumped(
        answers_file,
        (item.id for item in checklist.items),
        (area.id for area in checklist.areas),
        (failure.id for failure in checklist.failures),
        (question.id for question in checklist.health),
    )
    # A promise that is cheap to keep: nothing is written that would not be read.
    read(text.encode(), "answers", checklist)
    return text


def write_as_answered(answers_file: AnswersFile) -> str:
    """The same for answers to another version of the checklist than the one at hand: every id, in the order of ids.

    An app with that version reads it; this one cannot tell whether its ids are right.
    """
    answers = answers_file.answers
    ids = (answers.responses, answers.target.areas, answers.failures, answers.health)
    return _dumped(answers_file, *map(sorted, ids))


def _dumped(
    answers_file: AnswersFile,
    items: Iterable[str],
    areas: Iterable[str],
    failures: Iterable[str],
    questions: Iterable[str],
) -> str:
    """The file as YAML with its ids in these orders."""
    answers = answers_file.answers
    responses = {item: _written(answers.response(item)) for item in items}
    tree = {
        "system": clean_line(answers_file.system),
        "checklist": answers_file.checklist,
        "target": _written_target(areas, answers.target),
        "lens": "" if answers_file.lens == WHOLE else answers_file.lens,
        "failures": [failure for failure in failures if failure in answers.failures],
        "responses": {item: response for item, response in responses.items() if response is not None},
        "health": {question: answers.health[question] for question in questions if question in answers.health},
    }
    return strict_yaml.dump({key: value for key, value in tree.items() if value or key in (*REQUIRED, "responses")})


def _written(response: Response) -> Any:
    """A response in its shortest form, None when there is nothing to say."""
    links = list(filter(None, map(clean_text, response.evidence)))
    answers: dict[str, dict[str, Any]] = {
        "rated": {"rating": response.rating},
        "not-applicable": {"not_applicable": response.reason},
        "unknown": {"rating": UNKNOWN},
        "unanswered": {},
    }
    answer = answers[response.state]
    until = response.valid_until.isoformat() if links and response.valid_until else None
    said = (("note", clean_text(response.note)), ("evidence", links), ("valid_until", until))
    reasons = {key: value for key, value in said if value}
    if reasons or "not_applicable" in answer:
        return answer | reasons
    return answer.get("rating")


def _written_target(areas: Iterable[str], target: Target) -> int | dict[str, int] | None:
    levels = {area: target.areas[area] for area in areas if area in target.areas}
    if levels and target.overall is not None:
        return {OVERALL: target.overall} | levels
    return levels or target.overall


def as_written(checklist: Checklist, value: Response | Target) -> Any:
    """A response or a target as a file holds it, None when there is nothing to say."""
    if isinstance(value, Response):
        return _written(value)
    return _written_target((area.id for area in checklist.areas), value)


class AnswersReader(ValueReader):
    """Reads one answers file against a checklist, and goes on after a fault to find them all."""

    def __init__(self, file: str, checklist: Checklist) -> None:
        super().__init__(file, [])
        self.checklist = checklist

    def answers_file(self, text: str | bytes) -> AnswersFile | None:
        document = self.document(text)
        return None if self.faults else self.of_document(document)

    def of_document(self, document: Mapping) -> AnswersFile | None:
        """The answers in a tree; it may have been read from something else than a text."""
        version = self._version(document)
        if _is_newer(version, self.checklist.version):
            return None
        self.known_keys(document, KEYS, "The file", required=REQUIRED)
        return AnswersFile(
            system=self._system(document),
            checklist=version,
            lens=self._lens(document),
            answers=Answers(
                responses=self._responses(self.mapping_of(document, "responses")),
                failures=self._failures(document),
                target=self._target(document),
                health=self._health(self.mapping_of(document, "health")),
            ),
        )

    # The head

    def _version(self, document: Mapping) -> str:
        ours, value = self.checklist.version, document.get("checklist")
        if value is None:
            return ours
        line = line_of(document, "checklist")
        if not isinstance(value, Text) or is_bare(value):
            meant = value if isinstance(value, Number | Text) and str(value) else ours
            self.fault(line, f'"checklist" is {shown(value)}; write checklist: "{meant}", with the quotes.')
        elif _is_newer(value, ours):
            knows = f'this version of the app knows checklists up to "{ours}"'
            self.fault(line, f"The file is for checklist {shown(value)}, {knows}; update the app.")
        elif value != ours:
            self.fault(line, f'There is no checklist {shown(value)}; write checklist: "{ours}".')
        return str(value)

    def _system(self, document: Mapping) -> str:
        value, before = document.get("system"), len(self.faults)
        if value is None:
            return ""
        line, what = line_of(document, "system"), "The name of the system"
        name = self.checked_text(value, line, what, NAME_LENGTH, one_line=True)
        if not name and len(self.faults) == before:
            self.fault(line, f"{what} is empty; write at least one character.")
        return name

    def _lens(self, document: Mapping) -> str:
        value, line = document.get("lens", Text(WHOLE)), line_of(document, "lens")
        known = [lens.id for lens in self.checklist.lenses]
        if not isinstance(value, Text):
            self.fault(line, f"The lens is {shown(value)}; use one of {', '.join(known)}, or leave the line out.")
            return WHOLE
        return str(value) if self.is_known(value, line, known, "lens") else WHOLE

    def _failures(self, document: Mapping) -> frozenset[str]:
        known = [failure.id for failure in self.checklist.failures]
        found = self.list_of(document, "failures", "failures")
        for value in found:
            self.is_known(value, value.line, known, "failure mode")
        return frozenset(str(value) for value in found if value in known)

    def _target(self, document: Mapping) -> Target:
        value = document.get("target")
        if isinstance(value, Mapping):
            return self._target_by_area(value)
        if value is None:
            return Target()
        return Target(self._level(value, line_of(document, "target"), "The target"))

    def _target_by_area(self, levels: Mapping) -> Target:
        known = [OVERALL, *(area.id for area in self.checklist.areas)]
        if not levels:
            self.fault(levels.line, "The target names no area; give a level for one, or leave the line out.")
        found = {}
        for area, value in levels.items():
            line = levels.key_lines[area]
            if self.is_known(area, line, known, "area"):
                found[area] = self._level(value, line, f'The target of "{area}"')
        valid = {area: level for area, level in found.items() if level is not None}
        return Target(valid.pop(OVERALL, None), valid)

    def _level(self, value: Value, line: int, what: str) -> int | None:
        if isinstance(value, Number) and value in RATINGS:
            return int(value)
        self.fault(line, f"{what} must be a whole number from 1 to 5, without quotes, not {shown(value)}.")
        return None

    # Responses

    def _responses(self, given: Mapping) -> dict[str, Response]:
        known = tuple(self.checklist.order)
        return {
            item: self._response(given, item)
            for item in given
            if self.is_known(item, given.key_lines[item], known, "item")
        }

    def _response(self, given: Mapping, item: str) -> Response:
        value, line = given[item], given.key_lines[item]
        if not isinstance(value, Mapping):
            return self._rated(value, line, item) or UNANSWERED
        self.known_keys(value, RESPONSE_KEYS, f'"{item}"')
        if not value:
            self.fault(line, f'"{item}" says nothing; {FORMS}, or leave the line out.')
        if "rating" in value and "not_applicable" in value:
            self.fault(value.line, f'"{item}" has a rating and is not applicable; keep one of the two.')
        note = self.text_of(value, "note", f'The note of "{item}"', NOTE_LENGTH)
        evidence = self._evidence(value, item)
        valid_until = self._valid_until(value, item, evidence)
        answer = UNANSWERED
        if "rating" in value:
            answer = self._rated(value["rating"], line_of(value, "rating"), item) or UNANSWERED
        elif "not_applicable" in value:
            answer = Response.not_applicable(self._reason(value, item))
        return Response(answer.state, answer.rating, answer.reason, note, evidence, valid_until)

    def _rated(self, value: Value, line: int, item: str) -> Response | None:
        if isinstance(value, Number) and value in RATINGS:
            return Response.rated(int(value))
        if value == UNKNOWN:
            return Response.unknown()
        if isinstance(value, Text) and not value:
            self.fault(line, f'"{item}" has no answer; {FORMS}, or leave the line out.')
        elif isinstance(value, Text) and not value.plain and strict_yaml.WHOLE_NUMBER.match(value):
            self.fault(line, f'"{item}" is answered with the text {shown(value)}; write the number without quotes.')
        else:
            self.fault(line, f'"{item}" is answered with {shown(value)}; {FORMS}.')
        return None

    def _reason(self, response: Mapping, item: str) -> str:
        value = response["not_applicable"]
        if value in NOT_APPLICABLE_REASONS:
            return str(value)
        line, reasons = line_of(response, "not_applicable"), ", ".join(NOT_APPLICABLE_REASONS)
        self.fault(line, f'"{item}" is not applicable for the reason {shown(value)}; use one of {reasons}.')
        return NOT_APPLICABLE_REASONS[-1]

    def _evidence(self, response: Mapping, item: str) -> tuple[str, ...]:
        links = self.list_of(response, "evidence", f'The evidence of "{item}"')
        what = f'An evidence link of "{item}"'
        texts = [self.checked_text(link, link.line, what, LINK_LENGTH) for link in links]
        kept = tuple(filter(None, texts))
        if len(kept) > LINKS:
            line = line_of(response, "evidence")
            self.fault(line, f'"{item}" has {len(kept)} evidence links; keep at most {LINKS}.')
        return kept

    def _valid_until(self, response: Mapping, item: str, evidence: tuple[str, ...]) -> date | None:
        """A day; every YAML reader takes one without quotes for a day, so here it may stand like that."""
        if "valid_until" not in response:
            return None
        value, line, what = response["valid_until"], line_of(response, "valid_until"), f'"valid_until" of "{item}"'
        if not evidence:
            self.fault(line, f"The {what} has no evidence that it is about; add the links, or leave it out.")
        if not isinstance(value, Text) or not DAY.fullmatch(value):
            self.fault(line, f"The {what} is {shown(value)}; write a day such as 2026-12-31.")
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fault(line, f"The {what} is {shown(value)}, a day that does not exist; correct it.")
            return None

    def _health(self, given: Mapping) -> dict[str, str]:
        known = [question.id for question in self.checklist.health]
        return {
            question: self._choice(value, given.key_lines[question], question)
            for question, value in given.items()
            if self.is_known(question, given.key_lines[question], known, "health question")
        }

    def _choice(self, value: Value, line: int, question: str) -> str:
        if isinstance(value, Text) and is_bare(value) and value.lower() in MEANT:
            what = f'The answer to "{question}" is a bare {value}, which other YAML readers take for true or false'
            self.fault(line, f'{what}; write "{MEANT[value.lower()]}" in quotes.')
        elif value not in HEALTH_CHOICES:
            self.fault(line, f'The answer to "{question}" is {shown(value)}; write "yes", "no" or unsure.')
        return str(value) if value in HEALTH_CHOICES else HEALTH_CHOICES[-1]


def _is_newer(version: str, ours: str) -> bool:
    both = strict_yaml.WHOLE_NUMBER.match(version) and strict_yaml.WHOLE_NUMBER.match(ours)
    return bool(both) and int(version) > int(ours)
