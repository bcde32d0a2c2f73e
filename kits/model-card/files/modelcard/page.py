"""The card as Markdown: how it is written, and how its sections are read again."""

import re

from modelcard.facts import Facts
from modelcard.problem import Problem
from modelcard.source import UNKNOWN, Version

HEAD = "Head"
RESULTS = "Results"
NOTE = "<!-- Written by `python -m modelcard write` from card.yaml and the run: change those. -->"


def write(facts: Facts, version: Version) -> str:
    """The whole page; Problem when the run lacks a figure that the card has to show."""
    sections = {
        "Purpose": said(facts, "purpose"),
        "Ruled-out uses": said(facts, "ruled_out"),
        "Training data": f"{said(facts, 'data')}\n\n{data(version)}",
        "Limits": said(facts, "limits"),
        "People affected": said(facts, "affected"),
        RESULTS: table(("metric", "value"), figures(facts, version)),
        "Inputs": table(("column", "type"), version.inputs or ((UNKNOWN, UNKNOWN),)),
    }
    body = "".join(f"\n## {title}\n\n{text}\n" for title, text in sections.items())
    return f"# Model card: {version.model}\n\n{NOTE}\n\n{head(facts, version)}\n{body}"


def head(facts: Facts, version: Version) -> str:
    rows = (
        ("Version", version.number),
        ("Owner", facts.owner),
        ("Run", version.run_id),
        ("Trained", version.trained),
        ("Code", version.commit),
    )
    return table(("Model", version.model), rows)


def figures(facts: Facts, version: Version) -> tuple[tuple[str, str], ...]:
    lost = [name for name in facts.metrics if name not in version.metrics]
    if lost:
        raise Problem(
            f"Run {version.run_id} of version {version.number} has no {', '.join(lost)}; "
            f"it has {', '.join(sorted(version.metrics)) or 'no figures at all'}."
        )
    return tuple((name, f"{version.metrics[name]:.4f}") for name in facts.metrics)


def data(version: Version) -> str:
    return table(("dataset", "digest", "source"), version.data or ((UNKNOWN, UNKNOWN, UNKNOWN),))


def said(facts: Facts, name: str) -> str:
    """A person's text; a line of it that looks like a heading stays a line."""
    texts = [re.sub(r"^(\s*)#", r"\1\\#", one, flags=re.MULTILINE) for one in facts.texts[name]]
    if name in facts.lists:
        return "\n".join("- " + one.replace("\n", "\n  ") for one in texts)
    return "\n\n".join(texts)


def table(names: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    lines = [names, tuple("---" for _ in names), *rows]
    return "\n".join("| " + " | ".join(cell(one) for one in line) + " |" for line in lines)


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def sections(text: str) -> dict[str, str]:
    """Each section's text by its title; what stands before the first one is the head."""
    found, title = {HEAD: ""}, HEAD
    for line in text.splitlines():
        if line.startswith("## "):
            title = line[3:].strip()
            found[title] = ""
        else:
            found[title] += line.rstrip() + "\n"
    return {name: body.strip() for name, body in found.items()}


def rows(text: str) -> dict[str, str]:
    """A table's rows by their first cell."""
    lines = [line.strip("| ").split(" | ", 1) for line in text.splitlines() if line.startswith("|")]
    return {line[0].strip(): line[-1].strip() for line in lines if set(line[0]) - set("- ")}
