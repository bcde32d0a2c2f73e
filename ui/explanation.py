"""The method page's parts: the rules with the code's own numbers, and the content they work on."""

from html import escape
from urllib.parse import urlsplit

import streamlit as st

from checklist.model import Checklist
from reports import frameworks, method
from scoring import explain
from scoring.examples import worked
from ui import lens, marks, services, widgets


def show() -> None:
    """Levels, rules, examples, and everything that the checklist asks."""
    checklist = services.checklist()
    with st.container(key="reading"):
        widgets.say(
            "Nothing here is written twice: the numbers come from the scoring code, the words from the checklist "
            f"(version {checklist.version}), and the examples are computed as this page opens."
        )
        st.header("The five levels", anchor=False)
        widgets.html(_levels(checklist))
        for heading, paragraph in method.paragraphs(checklist):
            st.header(heading, anchor=False)
            widgets.say(paragraph)
        st.header("Worked examples", anchor=False)
        widgets.html(_examples(checklist))
        st.header("Priorities", anchor=False)
        widgets.html(*(_priority(checklist, one.id) for one in checklist.priorities))
        st.header("Failure modes", anchor=False)
        widgets.html(*(_named(one.name, one.about) for one in checklist.failures))
        st.header("Patterns to break", anchor=False)
        widgets.html(
            *(
                _named(one.name, f"{one.problem} {explain.pattern_rule(checklist, one)} {one.way_out}")
                for one in checklist.anti_patterns
            )
        )
        st.header("Lenses", anchor=False)
        widgets.say("A lens is a viewpoint: it leaves out questions, lets some count more, or says what they mean.")
        for one in checklist.lenses:
            widgets.html(marks.fold(one.name, lens.described(one)))
        st.header("Published frameworks", anchor=False)
        widgets.say(frameworks.CAVEAT)
        widgets.html(_editions(checklist))
        st.header("Everything the checklist asks", anchor=False)
        for area in checklist.areas:
            with st.expander(f"{area.name}: {len(area.items)} questions", type="compact"):
                widgets.say(area.about)
                for item in area.items:
                    widgets.html(_item(checklist, item.id))


def _levels(checklist: Checklist) -> str:
    rows = []
    for number, _, band, about in method.bands(checklist):
        points = "".join(f"<li>{escape(one)}</li>" for one in checklist.level(number).characteristics)
        rows.append(
            f'<div class="mc-level">{marks.chip(checklist, number)}<span class="mc-small">Score {escape(band)}</span>'
            f'{marks.text(about, "mc-body")}<ul class="mc-list">{points}</ul></div>'
        )
    return "".join(rows)


def _examples(checklist: Checklist) -> str:
    return marks.table("Worked examples", ("Answers", "What they mean"), worked(checklist))


def _editions(checklist: Checklist) -> str:
    return "".join(
        f'<div class="mc-named">{marks.text(name, "mc-cardname", "h3")}{marks.text(about, "mc-body")}'
        f'<a class="mc-small" href="{escape(source)}" target="_blank" rel="noopener noreferrer">'
        f"Read it at {escape(urlsplit(source).netloc)}</a></div>"
        for name, about, source in frameworks.editions(checklist)
    )


def _priority(checklist: Checklist, priority_id: str) -> str:
    priority = checklist.priority(priority_id)
    return (
        f'<div class="mc-named">{marks.word(priority.id, priority.name)}{marks.text(priority.about, "mc-body")}</div>'
    )


def _named(name: str, about: str) -> str:
    return f'<div class="mc-named">{marks.text(name, "mc-cardname", "h3")}{marks.text(about, "mc-body")}</div>'


def _item(checklist: Checklist, item_id: str) -> str:
    item = checklist.item(item_id)
    answers = "".join(f"<li>{escape(answer)}</li>" for answer in item.answers)
    needs = ", ".join(f"{checklist.item(need.item).name} at {need.rating}" for need in item.needs)
    prevents = ", ".join(checklist.failure(one).name.lower() for one in item.prevents)
    facts = [f"Effort {item.effort}; base priority {item.priority}: {item.priority_reason}"]
    facts += [f"Needs {needs} first."] if needs else []
    facts += [f"Directly prevents {prevents}."] if prevents else []
    return (
        f'<div class="mc-named">{marks.text(item.name, "mc-cardname", "h3")}{marks.text(item.question, "mc-body")}'
        f'<ol class="mc-list">{answers}</ol>{marks.text(" ".join(facts), "mc-small")}</div>'
    )
