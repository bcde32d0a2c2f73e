"""Where do I find what a starter kit is? Here: plain frozen values, without a file behind them."""

from dataclasses import dataclass
from datetime import date


class UnknownKit(KeyError):
    """A kit that there is not; the sentence says which there are."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Service:
    """The level to which a kit brings an item once it is adopted, and what one would see then."""

    item: str
    level: int
    by: str


@dataclass(frozen=True, slots=True)
class Library:
    """A library in the version that a kit pins and is tested with."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Kit:
    """A folder of files that closes gaps: what it does, which items it serves, how to take it on and out again.

    `files` are its files as path and content, in order; `environment` is what its tests run in, empty for a kit
    without Python; `checked` is the day on which its libraries were the newest that work together.
    """

    id: str
    title: str
    summary: str
    serves: tuple[Service, ...]
    needs: tuple[str, ...]
    adopt: tuple[str, ...]
    undo: str
    environment: str
    checked: date
    libraries: tuple[Library, ...]
    files: tuple[tuple[str, bytes], ...]

    def service(self, item: str) -> Service | None:
        """What it does for an item, if anything."""
        return next((one for one in self.serves if one.item == item), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kits, in the order of their ids."""

    kits: tuple[Kit, ...] = ()

    def kit(self, kit_id: str) -> Kit:
        """The kit of this id; `UnknownKit` when there is none."""
        for one in self.kits:
            if one.id == kit_id:
                return one
        known = ", ".join(one.id for one in self.kits)
        raise UnknownKit(f'There is no kit "{kit_id}"; choose one of {known}.')

    def kits_for(self, item: str, above: int = 0) -> tuple[Kit, ...]:
        """The kits that bring an item to a level above this one, the highest first."""
        reached = {one.id: service.level for one in self.kits if (service := one.service(item))}
        fitting = [one for one in self.kits if reached.get(one.id, 0) > above]
        return tuple(sorted(fitting, key=lambda one: (-reached[one.id], one.id)))
