"""What the audit and the settings page ask for: the trail, one person's data, deleting for good, a backup now."""

from pathlib import Path

from data.audit import ANY, Wanted
from data.backup import beside
from data.model import Event, Size
from data.personal import Traces
from ui import services


def events(
    workspace_id: str, system_id: str | None, wanted: Wanted = ANY, limit: int = 50, older_than: str | None = None
) -> list[Event]:
    """The trail of a system, else of the workspace, newest first."""
    place = {"system": system_id} if system_id else {"workspace": workspace_id}
    return services.open_the_store().audit.events(
        services.actor(), limit=limit, wanted=wanted, older_than=older_than, **place
    )


def people_in_trail(workspace_id: str) -> list[str]:
    return services.open_the_store().audit.people(services.actor(), workspace_id)


def erase_workspace(workspace_id: str, name: str) -> int:
    """For good; `name` is what a person typed. How many rows went."""
    return services.open_the_store().deletion.workspace(services.actor(), workspace_id, name)


def about_person(workspace_id: str, who: str) -> Traces:
    return services.open_the_store().personal.about(services.actor(), workspace_id, who)


def erase_person(workspace_id: str, who: str) -> Traces:
    """For good; what was stored about them until now."""
    return services.open_the_store().personal.erase(services.actor(), workspace_id, who)


def backup_folder(size: Size) -> Path:
    """Where the copies of the database lie."""
    return beside(size.path)


def back_up() -> Path:
    """A checked copy of the database in the folder `backups` beside it; its path."""
    store = services.open_the_store()
    return store.backup(services.actor(), beside(store.size().path))
