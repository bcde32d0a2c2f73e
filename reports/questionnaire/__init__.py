"""Where do I find the blank questionnaire for a workshop? Here: to fill in with Excel, or on paper with a pen."""

from collections.abc import Callable, Mapping

from checklist.model import Checklist

Form = Callable[[Checklist, str], bytes]
TITLE = "MLOps Checkup questionnaire"


class UnknownForm(ValueError):
    """A kind of file in which there is no questionnaire."""

    def __init__(self, suffix: str) -> None:
        super().__init__(f'There is no questionnaire as "{suffix}"; choose {" or ".join(sorted(forms()))}.')


def forms() -> Mapping[str, Form]:
    """What writes the questionnaire, by the ending of its file."""
    from reports.questionnaire import paper, workbook

    return {".xlsx": workbook.write, ".pdf": paper.write}


def written(suffix: str, checklist: Checklist, system: str = "") -> bytes:
    """The blank questionnaire for this checklist and its lens; `UnknownForm` when it has no such kind."""
    known = forms()
    if suffix.lower() not in known:
        raise UnknownForm(suffix)
    return known[suffix.lower()](checklist, system)
