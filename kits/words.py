"""Where do I find the sentences that offer a starter kit? Here, the same for pages, reports, tickets and commands."""

from collections.abc import Iterable

from checklist.model import Checklist
from kits.model import Kit

OFFER = "Starter kit"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def offers(kits: Iterable[Kit], item: str) -> tuple[str, ...]:
    """One sentence for each kit that serves the item: "Starter kit: Row counter, which brings it to Level 3."."""
    return tuple(
        f"{OFFER}: {kit.title}, which brings it to Level {service.level}."
        for kit in kits
        if (service := kit.service(item))
    )


def by_command(kit: Kit) -> str:
    """How the kit comes into a repository without a browser."""
    return f"python cli.py kit {kit.id} --to FOLDER"


def served(checklist: Checklist, kit: Kit) -> str:
    """Its items, each with the level it brings: "Data validation 3, Data freshness 3"."""
    return ", ".join(
        f"{checklist.item(one.item).name} {one.level}" for one in kit.serves if checklist.has(one.item)
    )  # fmt: skip


def checked(kit: Kit) -> str:
    """When and with what it was tried last: "23 November 2026: pandas 3.1.1, pytest 9.2.0"."""
    day = f"{kit.checked.day} {MONTHS[kit.checked.month - 1]} {kit.checked.year}"
    return f"{day}: {', '.join(map(str, kit.libraries))}" if kit.libraries else day
