"""What people write about the model: card.yaml, and what is missing in it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from modelcard.problem import Problem

TEXTS = ("owner", "purpose", "ruled_out", "data", "limits", "affected")
METRICS = "metrics"
# Words that fill a line and say nothing. "none" is one of them: every model has limits.
EMPTY = re.compile(
    r"<.*>|to ?do|tb[ad]|fix ?me|n/?a|none|no|unknown|nothing|later|lorem ipsum.*|"
    r"to be (written|done|decided|added|filled in)|\W*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Facts:
    """The texts by name, each a list of paragraphs or points, and the metrics to show."""

    texts: dict[str, tuple[str, ...]]
    lists: frozenset[str]
    metrics: tuple[str, ...]

    @property
    def owner(self) -> str:
        return " ".join(self.texts["owner"])


def read(path: Path) -> tuple[Facts, list[str]]:
    """The facts, and what is missing in them; Problem when the file is not of this kind."""
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise Problem(f"{path} cannot be read: {str(fault).splitlines()[0]}") from fault
    if not isinstance(written, dict):
        raise Problem(f"{path} holds no facts; it begins with a line such as owner: Ada Example.")
    strange = [str(name) for name in written if name not in (*TEXTS, METRICS)]
    if strange:
        raise Problem(f"{path} has lines that no card shows: {', '.join(strange)}.")
    texts = {name: points(path, name, written.get(name)) for name in TEXTS}
    metrics = points(path, METRICS, written.get(METRICS))
    lists = frozenset(name for name in TEXTS if isinstance(written.get(name), list))
    missing = [f"{path}: {name} is not filled in." for name in TEXTS if hollow(texts[name])]
    missing += [] if metrics else [f"{path}: metrics names no figure of the run."]
    return Facts(texts, lists, metrics), missing


def points(path: Path, name: str, value: Any) -> tuple[str, ...]:
    found = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in found):
        raise Problem(f"{path}: {name} has to be text; put it in quotes.")
    return tuple(one.strip() for one in found)


def hollow(texts: tuple[str, ...]) -> bool:
    """Whether nothing is said, or one of the points says nothing."""
    return not texts or any(EMPTY.fullmatch(one.strip(" .!")) for one in texts)
