"""Checklists of two versions, made up for tests: what the second one changes against the first."""

from dataclasses import replace

from checklist.model import Checklist
from tests.scoring.builders import a_checklist, an_item


def version(number: str, *items: str, reworded_in: str = "1") -> Checklist:
    """A checklist of this version with these items in the area data, and one more in governance."""
    changed = {"reworded": reworded_in, "added": number}
    made = [replace(an_item(item), changed_in=changed.get(item, "1")) for item in items]
    return replace(a_checklist(*made, an_item("policy", "governance")), version=number)


FIRST = version("1", "kept", "reworded", "dropped")
# "reworded" means something else, "dropped" is gone, "added" is new.
SECOND = version("2", "kept", "reworded", "added", reworded_in="2")
