"""What a session holds of the report that somebody wants, beside the fields that say the rest."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tailored:
    """The reader whose parts were offered last, the logo, and a number for each field that took one."""

    reader: str = ""
    logo: bytes | None = None
    turn: int = 0
