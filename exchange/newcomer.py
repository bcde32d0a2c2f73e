"""Where do I find how a system comes into a workspace with all that its answers file says?"""

from access.actors import Actor
from checklist.model import Checklist
from data.model import System
from data.store import Store
from exchange.answers_file import AnswersFile
from exchange.merge import differences, everything, steps
from scoring.model import Answers


def begin_from(
    store: Store, actor: Actor, workspace: str, checklist: Checklist, file: AnswersFile, source: str
) -> System:
    """A new system with the file's name and a draft that says what the file says.

    `NameTaken` or another `StoreError` when that is not possible; then there is no new system either.
    """
    system = store.systems.create(actor, workspace, file.system)
    try:
        draft = store.assessments.start(actor, system.id, checklist.version)
        found = differences(checklist, AnswersFile(file.system, file.checklist, Answers()), file)
        store.steps.take(actor, draft.id, steps(found, everything(found, "file")), source)
    except BaseException:
        store.systems.delete(actor, system.id)  # a system without its answers would pass for a whole one
        raise
    return system
