"""What a session remembers of an answers file while it is compared with a draft."""

from dataclasses import dataclass, field

from data.steps import Outcome


@dataclass(slots=True)
class Filing:
    """An answers file beside a draft: its name and bytes, the differences kept as they are, and what came of it.

    `upload` tells two uploads of the same file apart; `turn` counts the files that were put away; `draft` is the one
    that `outcome` and `trouble` are about.
    """

    system: str = ""
    name: str = ""
    content: bytes = b""
    upload: str = ""
    turn: int = 0
    kept: set[str] = field(default_factory=set)
    draft: str = ""
    outcome: Outcome | None = None
    left: int = 0
    trouble: str = ""
