"""Where something is done: a workspace, a system in it, an assessment of that, the form of one person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place from the workspace down as far as it goes; without a workspace it is the whole app."""

    workspace: str | None = None
    system: str | None = None
    assessment: str | None = None
    respondent: str | None = None
    status: str | None = None
    """What the assessment is: "draft", "milestone", "void" or "discarded"."""
    private_to: str | None = None
    """Whose form this is as long as they have not submitted it: the `subject` of an actor."""

    def lies_in(self, wider: "Place") -> bool:
        """Whether this is `wider`, or a part of it."""
        mine = (self.workspace, self.system, self.assessment, self.respondent)
        named = (wider.workspace, wider.system, wider.assessment, wider.respondent)
        return all(theirs is None or own == theirs for own, theirs in zip(mine, named, strict=True))


EVERYWHERE = Place()
