"""Small drawings in HTML (level chip, score band, heat map, sparkline); every piece of text is escaped here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from html import escape

import palette
from checklist.model import Checklist, Tool
from scoring import explain
from scoring.levels import HIGHEST, LOWEST, level_of_score
from scoring.model import HealthResult, Range, Result, SummaryScore

# More than fits into two lines of the headline.
LONG_NAME = 60
SIGN_HEIGHTS = (9, 14, 20, 28)


def text(words: str, kind: str = "mc-lead", tag: str = "p") -> str:
    """User text or ours as one block of plain text."""
    return f'<{tag} class="{kind} mc-wrap">{escape(words)}</{tag}>'


def title(words: str, tag: str = "h2") -> str:
    """A page's large sentence as plain text; a level's number stays on the line of its word."""
    return text(re.sub(r"\b(Level) (\d)", "\\1\N{NO-BREAK SPACE}\\2", words), "mc-headline", tag)


def chip(checklist: Checklist, level: int | None, how: str = "") -> str:
    """The level as number and name on its colour; outlined where `how` says why it is not firm, or there is none."""
    if level is None:
        return '<span class="mc-chip mc-chip-none">No level yet</span>'
    name = f"Level {level} · {escape(checklist.level(level).name)}"
    if how:
        return f'<span class="mc-chip mc-chip-open">{name}<span class="mc-how"> {escape(how)}</span></span>'
    return f'<span class="mc-chip mc-l{level}">{name}</span>'


def word(priority_id: str, name: str) -> str:
    """A priority's word beside its colour."""
    return f'<span class="mc-word mc-p-{escape(priority_id)}">{escape(name)}</span>'


def band(
    checklist: Checklist,
    score: Fraction | None,
    possible: Range | None = None,
    mini: bool = False,
    target: int | None = None,
) -> str:
    """Five level bands with the score as a mark, what is still possible as a thin line, and the target as a notch."""
    steps = "".join(f'<span class="mc-l{level.number}"></span>' for level in checklist.levels)
    names = "".join(f"<span>{level.number} {escape(level.name)}</span>" for level in checklist.levels)
    parts = []
    if score is not None:
        label = "" if mini else escape(explain.number(score))
        parts.append(f'<span class="mc-band-mark" style="left:{_place(score):.2f}%">{label}</span>')
    if possible is not None and possible.low != possible.high:
        left, right = _place(possible.low), _place(possible.high)
        parts.append(f'<span class="mc-band-range" style="left:{left:.2f}%;width:{right - left:.2f}%"></span>')
    if target is not None:
        parts.append(f'<span class="mc-band-target" style="left:{_place(Fraction(target)):.2f}%"></span>')
    said = "No score yet" if score is None else f"Score {explain.number(score)} of {HIGHEST}"
    aim = "" if target is None else f", target Level {target}"
    below = "" if mini else f'<div class="mc-band-names" aria-hidden="true">{names}</div>'
    kind = "mc-band mc-band-mini" if mini else "mc-band"
    return (
        f'<div class="{kind}" role="img" aria-label="{escape(said)} on a band of five levels{aim}">'
        f'{"".join(parts)}<div class="mc-band-steps">{steps}</div>{below}</div>'
    )


def score(checklist: Checklist, value: Fraction) -> str:
    """A score on a small band, with its number beside it."""
    return f'<div class="mc-score">{band(checklist, value, mini=True)}<span>{explain.number(value)}</span></div>'


def health_band(checklist: Checklist, result: HealthResult) -> str:
    """The health check's score on the band; each "not sure" widens its range."""
    if result.score is None or result.high is None or result.level is None:
        return ""
    return band(checklist, result.score, Range(result.score, result.high, result.level, level_of_score(result.high)))


def heat_map(checklist: Checklist, summary: Iterable[SummaryScore]) -> str:
    """The twenty lines in five groups, each on the colour of its level; hatched where it is unknown."""
    scores = {line.id: line for line in summary}
    groups: dict[str, list[str]] = {}
    for line in checklist.summary:
        groups.setdefault(line.group, []).append(_heat_line(line.name, scores[line.id]))
    columns = "".join(f"<div><h3>{escape(name)}</h3><dl>{''.join(lines)}</dl></div>" for name, lines in groups.items())
    return f'<div class="mc-heat">{columns}</div>'


def _heat_line(name: str, line: SummaryScore) -> str:
    if line.score is None or line.level is None:
        kind, value = "mc-unknown", "–"
    else:
        kind, value = f"mc-l{line.level}", explain.number(line.score)
    said = "unknown" if line.score is None else f"{value} of {HIGHEST}"
    return (
        f'<div class="{kind}"><dt>{escape(name)}</dt>'
        f'<dd><span aria-hidden="true">{value}</span><span class="mc-sr">{said}</span></dd></div>'
    )


def brand() -> str:
    """The app's sign (four rising bars) and name."""
    bars = "".join(
        f'<i style="height:{height}px;background:{colour}"></i>'
        for height, colour in zip(SIGN_HEIGHTS, palette.SIGN, strict=True)
    )
    return (
        f'<div class="mc-brand"><span class="mc-sign" aria-hidden="true">{bars}</span><span>MLOps Checkup</span></div>'
    )


def fold(title: str, content: str) -> str:
    """Content (made by these functions) that opens on demand, in the browser alone."""
    return f'<details class="mc-fold"><summary>{escape(title)}</summary>{content}</details>'


def facts(pairs: Mapping[str, str]) -> str:
    """Names and values, one pair a line."""
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs.items())
    return f'<dl class="mc-facts">{rows}</dl>'


def side(words: str, is_ring: bool = False) -> str:
    """A side of a comparison: its sign in the chart, a ring or a dot, and what it is."""
    kind = "mc-side mc-ring" if is_ring else "mc-side"
    return f'<p class="{kind}"><i aria-hidden="true"></i>{escape(words)}</p>'


def step(before: int, after: int, is_way: bool = True) -> str:
    """Two ratings, each on the colour of its level: the way from one to the other, or one beside the other."""
    between = '<span aria-hidden="true">→</span><span class="mc-sr">to</span>' if is_way else "<span>and</span>"
    ratings = (f'<span class="mc-rating mc-l{rating}">{rating}</span>' for rating in (before, after))
    return f'<span class="mc-step">{between.join(ratings)}</span>'


def unfolding_row(name: str, drawn: str, words: str, content: str) -> str:
    """A row (a name, something drawn by these functions, a few words) that opens in place to show content."""
    return (
        f'<details class="mc-row"><summary><span class="mc-rowname mc-wrap">{escape(name)}</span>'
        f'<span class="mc-rowtext">{drawn}<span class="mc-wrap">{escape(words)}</span></span></summary>'
        f"<div>{content}</div></details>"
    )


def table(label: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A plain table that scrolls within itself where it is wider than the page."""
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<div class="mc-scroll" tabindex="0" role="region" aria-label="{escape(label, quote=True)}">'
        f'<table class="mc-table"><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def trail(lines: Iterable[Sequence[str]]) -> str:
    """Events of one day: the time, who, what they did, and small below it what else there is to say."""
    rows = (
        f"<li><time>{escape(at)}</time><div><p><b>{escape(who)}</b> {escape(what)}</p>"
        f"{text(below, 'mc-small') if below else ''}</div></li>"
        for at, who, what, below in lines
    )
    return f'<ol class="mc-trail">{"".join(rows)}</ol>'


def facts_line(parts: Sequence[str], overdue: str) -> str:
    """Small facts in a row, each kept on one line; what is overdue stands first, in the colour of a high priority."""
    kinds = ["mc-fact mc-late"] * bool(overdue) + ["mc-fact"] * len(parts)
    facts = [overdue, *parts] if overdue else parts
    dots = [" ·"] * (len(facts) - 1) + [""]
    spans = (
        f'<span class="{kind}">{escape(fact)}{dot}</span>' for kind, fact, dot in zip(kinds, facts, dots, strict=True)
    )
    return f'<p class="mc-small mc-wrap">{" ".join(spans)}</p>'


def tools(fitting: Iterable[Tool]) -> str:
    """Tools as a list of links, each with what it is for."""
    rows = (
        f'<li><a href="{escape(tool.url)}" target="_blank" rel="noopener noreferrer">{escape(tool.name)}</a>: '
        f"{escape(tool.use)}</li>"
        for tool in fitting
    )
    return f'<ul class="mc-list">{"".join(rows)}</ul>'


def sparkline(scores: Sequence[Fraction]) -> str:
    """The last scores as small bars on the colours of their levels; nothing where there are fewer than two."""
    if len(scores) < 2:
        return ""
    bars = "".join(
        f'<i class="mc-l{level_of_score(score)}" style="height:{float(score) / HIGHEST * 100:.0f}%"></i>'
        for score in scores
    )
    said = f"Scores from {explain.number(scores[0])} to {explain.number(scores[-1])} over {len(scores)} milestones"
    return f'<span class="mc-spark" role="img" aria-label="{said}">{bars}</span>'


def headline(checklist: Checklist, system: str, result: Result) -> str:
    """The result's first sentence, the level in bold; a long name stands above it, so that the level is in sight."""
    if len(system) > LONG_NAME:
        return text(system, "mc-small mc-clamp") + headline(checklist, "This system", result)
    sentence = escape(explain.headline(checklist, system, result))
    if result.level is not None:
        named = escape(f"Level {result.level}, {checklist.level(result.level).name}")
        place = sentence.rfind(named)
        if place >= 0:
            sentence = f"{sentence[:place]}<b>{named}</b>{sentence[place + len(named) :]}"
    return f'<h1 class="mc-headline">{sentence}</h1>'


def meter(share: float, name: str) -> str:
    """A thin bar that is filled to `share` (0 to 1), with a name that says what it measures."""
    percent = round(share * 100)
    return (
        f'<div class="mc-meter" role="progressbar" aria-label="{escape(name)}" aria-valuemin="0" '
        f'aria-valuemax="100" aria-valuenow="{percent}"><i style="width:{share * 100:.1f}%"></i></div>'
    )


def _place(score: Fraction) -> float:
    """Where a score lies on the band, in percent of its width: four level bands and a sliver for 5."""
    sliver = 0.16 / 4.16
    share = float(score - LOWEST) / (HIGHEST - LOWEST)
    return 100 * (share * (1 - sliver) + (sliver / 2 if score == HIGHEST else 0))
