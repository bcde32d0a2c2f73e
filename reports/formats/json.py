"""Where do I find a report as JSON, for programs? Here; `reports/schema/report-1.json` says what stands in it."""

import json
from typing import Any

from reports import rows
from reports.document import Report
from reports.legible import legible
from reports.wording import chosen
from scoring import explain, outlook
from scoring.agree import Disagreement
from scoring.model import Response
from scoring.record import as_record

LABEL = "JSON"
ABOUT = "For programs: result, answers and what people agreed, in a published schema"
SUFFIX = ".json"
MIME = "application/json"
SCHEMA = "mlops-checkup/report/1"


def write(report: Report) -> bytes:
    """Everything in the report: the result as `cli.py score --format json` prints it, and the facts around it."""
    return (json.dumps(_legible(as_tree(report)), indent=2, ensure_ascii=False) + "\n").encode()


def as_tree(report: Report) -> dict[str, Any]:
    """The report as plain JSON values; what does not exist is null."""
    checklist, result, path = report.checklist, report.result, report.path
    return {
        "schema": SCHEMA,
        "system": report.system,
        "workspace": report.workspace,
        "milestone": report.milestone,
        "date": report.date.date().isoformat(),
        "generated_at": report.generated_at.isoformat(),
        "app_version": report.app_version,
        "confidentiality": report.choice.confidentiality,
        "sentences": {
            "headline": explain.headline(checklist, report.system, result),
            "rule": explain.rule(checklist, result),
            "standing": explain.standing(checklist, result),
            "possible": explain.possible(checklist, result),
            "path": None if path is None else outlook.path_sentence(checklist, path),
        },
        "result": as_record(checklist, report.system, result, path),
        "answers": _answers(report),
        "failures": [failure.id for failure in checklist.failures if failure.id in report.answers.failures],
        "health": {question.id: report.answers.health.get(question.id) for question in checklist.health},
        "accepted": list(result.accepted),
        "work": _work(report),
        "kits": _kits(report),
        "history": [
            {"at": point.at.isoformat()[:10], "name": point.name, "score": rows.decimal(point.score),
             "level": point.level}
            for point in report.history
        ],
        "participants": [{"name": one.name, "role": one.role} for one in report.participants],
        "disagreements": [_disagreement(one) for one in report.disagreements],
    }  # fmt: skip


def _answers(report: Report) -> list[dict[str, Any]]:
    found = []
    for item in report.checklist.items:
        response = report.answers.response(item.id)
        found.append(
            {
                "item": item.id,
                "name": item.name,
                "area": item.area,
                "section": item.section,
                "question": item.question,
                **_response(response),
                "answer": chosen(item, response),
                "origin": report.origins.get(item.id),
            }
        )
    return found


def _response(response: Response) -> dict[str, Any]:
    return {
        "state": response.state,
        "rating": response.rating,
        "reason": response.reason,
        "note": response.note,
        "evidence": list(response.evidence),
        "valid_until": response.valid_until.isoformat() if response.valid_until else None,
    }


def _work(report: Report) -> list[dict[str, Any]]:
    """What people agreed about items, in the order of the checklist."""
    return [
        {
            "item": item.id,
            "owner": state.owner,
            "due": state.due.isoformat() if state.due else None,
            "state": state.state,
            "reason": state.reason,
            "review": state.review.isoformat() if state.review else None,
        }
        for item in report.checklist.items
        if (state := report.fix_states.get(item.id))
    ]


def _kits(report: Report) -> list[dict[str, Any]]:
    """The starter kits of each fix, in the order of the fixes."""
    return [
        {"item": fix.item, "kit": kit.id, "title": kit.title, "level": service.level}
        for fix in report.result.fixes
        for kit in report.kits_for(fix)
        if (service := kit.service(fix.item))
    ]


def _disagreement(one: Disagreement) -> dict[str, Any]:
    return {
        "item": one.item,
        "low": one.low,
        "high": one.high,
        "choices": [{"name": who.name, "role": who.role, **_response(said)} for who, said in one.choices],
    }


def _legible(value: Any) -> Any:
    """The same tree without what no file of text can hold."""
    match value:
        case str():
            return legible(value)
        case list():
            return [_legible(one) for one in value]
        case dict():
            return {key: _legible(one) for key, one in value.items()}
    return value
