"""Who acts: a name and a role, handed to every call of the store."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["owner", "editor", "viewer"]
ROLES: tuple[Role, ...] = ("viewer", "editor", "owner")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts; the name stands in the audit trail. `ValueError` for an unknown role."""

    name: str
    role: Role

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f'"{self.role}" is no role; give one of {", ".join(ROLES)}.')

    def has_at_least(self, role: Role) -> bool:
        """Every role may do what the roles before it in `ROLES` may do."""
        return ROLES.index(self.role) >= ROLES.index(role)
