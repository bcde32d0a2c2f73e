"""The home page's heat map in HTML: its head, and the line of one system; every piece of text is escaped here."""

from datetime import date
from fractions import Fraction
from html import escape

from checklist.model import Checklist
from scoring import explain, upkeep
from scoring.levels import level_of_score
from ui import marks
from ui.standings import Standing


def head(checklist: Checklist) -> str:
    """What stands in which column; each line says it for itself where there is no room for columns."""
    areas = "".join(f"<span class='mc-tilt'><span>{escape(area.name)}</span></span>" for area in checklist.areas)
    return f"<div class='mc-port mc-porthead' aria-hidden='true'><span>Level</span>{areas}{_REST}</div>"


SCORE = "Score and trend"
_REST = f"<span>{SCORE}</span><span>Last milestone</span><span>Critical fixes</span>"


def line(checklist: Checklist, found: Standing, today: date) -> str:
    """One system: level, five areas, trend, age of the last milestone and critical fixes."""
    areas = "".join(_area(area.name, found.areas.get(area.id)) for area in checklist.areas)
    rest = f"{_move(found)}{_age(found, today)}{_critical(found)}"
    return f"<dl class='mc-port'>{_level(checklist, found)}{areas}{rest}</dl>"


def about(found: Standing) -> str:
    """Owner and tags as one small line; nothing where there are none."""
    owner = f"<span>{escape(found.system.owner)}</span>" if found.system.owner else ""
    tags = "".join(f"<span class='mc-tag'>{escape(tag)}</span>" for tag in found.system.tags)
    return f"<p class='mc-small mc-wrap mc-about'>{owner}{tags}</p>" if owner or tags else ""


def _level(checklist: Checklist, found: Standing) -> str:
    """The level; outlined while it is provisional or comes from the health check alone."""
    level, how = found.level, "provisional" if found.provisional else ""
    if level is None and found.latest is not None and not found.shows_draft:
        level, how = found.latest.health_level, "indicative"
    if level is None:
        return _cell("mc-portlevel mc-portnone", "Level", "<span>No level yet</span>")
    # The point between them is read, not seen: the name stands below the number.
    name = escape(checklist.level(level).name)
    whose = "<small>draft</small>" if found.shows_draft else ""
    said = f"<span>Level {level}<span class='mc-sr'> · </span><small>{name}</small></span>"
    kind = "mc-portopen" if how else f"mc-l{level}"
    return _cell(f"mc-portlevel {kind}", "Level", said + (f"<small>{how}</small>" if how else "") + whose)


def _area(name: str, score: Fraction | None) -> str:
    if score is None:
        return _cell(
            "mc-portarea mc-unknown", name, "<span aria-hidden='true'>–</span><span class='mc-sr'>no score</span>"
        )
    return _cell(f"mc-portarea mc-l{level_of_score(score)}", name, explain.number(score))


def _move(found: Standing) -> str:
    """The last scores as bars, and the last step as an arrow with its number."""
    if found.move is None:
        return _cell("mc-portmove", SCORE, _score(found) or "<span class='mc-small'>–</span>")
    sign, words = upkeep.move_sign(found.move), upkeep.move_words(found.move)
    return _cell(
        "mc-portmove",
        SCORE,
        f"{marks.sparkline(found.recent[-8:])}<span title='{words}'>{_score(found)} "
        f"<span aria-hidden='true'>{sign}</span><span class='mc-sr'>, {words}</span></span>",
    )


def _score(found: Standing) -> str:
    return "" if found.score is None else f"<b>{explain.number(found.score)}</b>"


def _age(found: Standing, today: date) -> str:
    if found.last is None:
        return _cell("mc-portage", "Last milestone", "<span class='mc-small'>none yet</span>")
    late = f"<span class='mc-late'>{upkeep.due_words(found.overdue, today)}</span>" if found.overdue else ""
    on = escape(upkeep.day_words(found.last, today))
    return _cell(
        "mc-portage", "Last milestone", f"<span title='{on}'>{upkeep.age_words(found.last, today)}</span>{late}"
    )


def _critical(found: Standing) -> str:
    kind = "mc-word mc-p-critical" if found.critical else "mc-small"
    count = found.critical if found.score is not None else "–"
    return _cell("mc-portcritical", "Critical fixes", f"<span class='{kind}'>{count}</span>")


def _cell(kind: str, name: str, value: str) -> str:
    return f"<div class='{kind}'><dt>{escape(name)}</dt><dd>{value}</dd></div>"
