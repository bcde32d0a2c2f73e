"""The shapes that the OpenAPI document names: the answers file, the result, the list of systems, problems.

They are drawn from the checklist, so that a new item, lens or failure mode is in them by itself.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from api.problems import KINDS, problem_type
from checklist.model import HEALTH_CHOICES, NOT_APPLICABLE_REASONS, RATINGS, Checklist
from data.entry import TOKEN_SCOPES
from data.text import LINK_LENGTH, LINKS, NAME_LENGTH, NOTE_LENGTH
from exchange.answers_file import DAY, OVERALL, UNKNOWN
from scoring.record import SCHEMA

Schema = dict[str, Any]
# At least one sign that is left when a text is cleaned.
SAYS_SOMETHING = r"[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"


def schemas(checklist: Checklist) -> dict[str, Schema]:
    """All of them by name."""
    return {
        "AnswersFile": _answers_file(checklist),
        "Response": _response(),
        "Result": _result(checklist),
        "Area": _area(checklist),
        "Health": _health(checklist),
        "Fix": _fix(checklist),
        "Path": _path(checklist),
        "Systems": _systems(),
        "System": _system(),
        "Latest": _latest(),
        "Problem": _problem(),
    }


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


# What comes in


def _answers_file(checklist: Checklist) -> Schema:
    areas, level = [area.id for area in checklist.areas], _level()
    by_area = {"type": "object", "properties": dict.fromkeys([OVERALL, *areas], level), "minProperties": 1}
    parts = {
        "system": _text("The name in the file. The address says which system it is for.", NAME_LENGTH)
        | {"minLength": 1, "pattern": SAYS_SOMETHING},
        "checklist": {"const": checklist.version, "description": "The checklist's version, as text."},
        "target": {"description": "The level aimed at, or one per area.", "oneOf": [level, _closed(by_area)]},
        "lens": _one_of([lens.id for lens in checklist.lenses]),
        "failures": {
            "description": "Which failure modes hit production in the last six months.",
            "type": "array",
            "items": _one_of([failure.id for failure in checklist.failures]),
        },
        "responses": _by_id(_items(checklist), ref("Response")),
        "health": _by_id([question.id for question in checklist.health], _one_of(HEALTH_CHOICES)),
    }
    about = "All answers to the checklist. An item that is absent is unanswered; at least one is rated, or the health "
    return _closed(
        {
            "type": "object",
            "description": f"{about}check is complete.",
            "properties": parts,
            "required": ["system", "checklist"],
        }
    )


def _response() -> Schema:
    rating: Schema = {"oneOf": [_level(), {"const": UNKNOWN}]}
    reasons = {
        "note": _text("Why, and where to look.", NOTE_LENGTH),
        "evidence": {"type": "array", "items": _text("A link.", LINK_LENGTH), "maxItems": LINKS},
    }
    until = {
        "evidence": reasons["evidence"]
        | {"minItems": 1, "items": _text("A link.", LINK_LENGTH) | {"minLength": 1, "pattern": SAYS_SOMETHING}},
        "valid_until": {"type": "string", "format": "date", "pattern": f"^{DAY.pattern}$"},
    }
    answers: list[tuple[Schema, list[str]]] = [
        ({"rating": rating}, ["rating"]),
        ({"not_applicable": _one_of(NOT_APPLICABLE_REASONS)}, ["not_applicable"]),
    ]
    forms = [*answers, ({}, [])]
    long = [_form({**answer, **reasons}, needed) for answer, needed in answers]
    noted = _closed({"type": "object", "properties": reasons, "minProperties": 1})
    dated = [_form({**answer, **reasons, **until}, [*needed, *until]) for answer, needed in forms]
    return {
        "description": "A rating from 1 to 5, unknown, or a mapping with note and evidence.",
        "anyOf": [rating, *long, noted, *dated],
    }


def _form(properties: Schema, required: list[str]) -> Schema:
    return _closed({"type": "object", "properties": properties, "required": required})


# What goes out


def _result(checklist: Checklist) -> Schema:
    ids = {"type": "array", "items": _one_of(_items(checklist))}
    levels = {"type": "object", "additionalProperties": _level()}
    summary = _whole({"id": {"type": "string"}, "score": _maybe(_score())})
    return _whole(
        {
            "schema": {"const": SCHEMA},
            "system": {"type": "string"},
            "checklist": {"type": "string"},
            "lens": {"type": "string"},
            "target": {"anyOf": [_level(), levels, {"type": "null"}]},
            "score": _maybe(_score()),
            "level": _maybe(_level()),
            "level_name": _maybe({"type": "string"}),
            "level_of_score": _maybe(_level()),
            "held_by": _maybe({"type": "string"}),
            "coverage": _maybe(_share()),
            "provisional": {"type": "boolean"},
            "range": _range(),
            "range_levels": _maybe({"type": "array", "items": _maybe(_level()), "minItems": 2, "maxItems": 2}),
            "areas": {"type": "array", "items": ref("Area")},
            "summary": {"type": "array", "items": summary},
            "health": _maybe(ref("Health")),
            "fixes": {"type": "array", "items": ref("Fix")},
            "unknown": ids,
            "not_applicable": ids,
            "anti_patterns": {"type": "array", "items": {"type": "string"}},
            "path": _maybe(ref("Path")),
        },
        "What `cli.py score --format json` prints. Numbers are rounded to 4 decimals.",
    )


def _area(checklist: Checklist) -> Schema:
    return _whole(
        {
            "id": _one_of([area.id for area in checklist.areas]),
            "score": _maybe(_score()),
            "level": _maybe(_level()),
            "coverage": _maybe(_share()),
            "range": _range(),
        }
    )


def _health(checklist: Checklist) -> Schema:
    questions = {"type": "array", "items": _one_of([question.id for question in checklist.health])}
    return _whole(
        {
            "score": _maybe(_score()),
            "range": _range(),
            "level": _maybe(_level()),
            "yes": {"type": "integer", "minimum": 0, "maximum": len(checklist.health)},
            "no": questions,
            "unsure": questions,
        }
    )


def _fix(checklist: Checklist) -> Schema:
    return _whole(
        {
            "item": _one_of(_items(checklist)),
            "priority": _one_of([one.id for one in checklist.priorities]),
            "rating": _maybe(_level()),
            "target": _level(),
            "gain": _maybe({"type": "number"}),
            "effort": {"type": "integer"},
            "blocked_by": {"type": "array", "items": {"type": "string"}},
        }
    )


def _path(checklist: Checklist) -> Schema:
    step = {"item": _one_of(_items(checklist)), "from": _level(), "to": _level(), "effort": {"type": "integer"}}
    steps = {"type": "array", "items": _whole({**step, "score": _score(), "level": _level()})}
    return _whole({"from": _level(), "to": _level(), "effort": {"type": "integer"}, "steps": steps})


def _systems() -> Schema:
    following = _maybe({"type": "string", "description": "The address of the next page; also in the Link header."})
    return _whole({"systems": {"type": "array", "items": ref("System")}, "next": following})


def _system() -> Schema:
    return _whole(
        {
            "id": {"type": "string"},
            "name": {"type": "string"},
            "about": {"type": "string"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "owner": {"type": "string"},
            "created_at": _time(),
            "latest": _maybe(ref("Latest")),
        }
    )


def _latest() -> Schema:
    return _whole(
        {
            "assessment": {"type": "string"},
            "name": {"type": "string"},
            "made_at": _time(),
            "score": _maybe(_score()),
            "level": _maybe(_level()),
            "level_name": _maybe({"type": "string"}),
            "provisional": {"type": "boolean"},
        },
        "The newest milestone of a system.",
    )


def _problem() -> Schema:
    fault = _whole({"line": {"type": "integer", "minimum": 1}, "message": {"type": "string"}})
    return {
        "type": "object",
        "description": f"RFC 9457. Tokens have one of the scopes {', '.join(TOKEN_SCOPES)}.",
        "properties": {
            "type": {"enum": [problem_type(kind) for kind in KINDS]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong and what to do, in a sentence."},
            "faults": {"type": "array", "items": fault, "description": "The first faults of an answers file."},
            "incident": {"type": "string", "description": "The number of this fault in the server's log."},
        },
        "required": ["type", "title", "status", "detail"],
    }


# Pieces


@cache
def _level() -> Schema:
    return {"type": "integer", "minimum": RATINGS[0], "maximum": RATINGS[-1]}


def _score() -> Schema:
    return {"type": "number", "minimum": 1, "maximum": 5}


def _share() -> Schema:
    return {"type": "number", "minimum": 0, "maximum": 1}


def _time() -> Schema:
    return {"type": "string", "format": "date-time"}


def _range() -> Schema:
    return _maybe({"type": "array", "items": _maybe(_score()), "minItems": 2, "maxItems": 2})


def _text(about: str, limit: int) -> Schema:
    return {"type": "string", "maxLength": limit, "description": about}


def _one_of(choices: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(choices)}


def _by_id(ids: list[str], value: Schema) -> Schema:
    """A mapping from some of these ids."""
    return {"type": "object", "propertyNames": {"enum": ids}, "additionalProperties": value}


def _maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _whole(properties: Schema, about: str = "") -> Schema:
    """An object with all of these and nothing else."""
    said = {"description": about} if about else {}
    return _closed({"type": "object", "properties": properties, "required": list(properties)}) | said


def _closed(schema: Schema) -> Schema:
    return schema | {"additionalProperties": False}


def _items(checklist: Checklist) -> list[str]:
    return [item.id for item in checklist.items]
