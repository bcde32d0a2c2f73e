"""Whether a card is complete and still true, as one sentence per fault."""

from modelcard import page
from modelcard.page import HEAD, RESULTS


def faults(card: str, expected: str, alias: str) -> list[str]:
    """What in a card differs from what card.yaml, the registry and the run say now."""
    found, wanted = page.sections(card), page.sections(expected)
    faults = []
    for title, text in wanted.items():
        if title not in found:
            faults.append(f'The section "{title}" is missing.')
        elif not found[title]:
            faults.append(f'The section "{title}" is empty.')
        elif found[title] != text:
            faults += differences(title, found[title], text, alias)
    added = [title for title in found if title not in wanted]
    return faults + [f'The section "{title}" stands neither in card.yaml nor in the run.'
                     for title in added]  # fmt: skip


def differences(title: str, found: str, wanted: str, alias: str) -> list[str]:
    if title not in (HEAD, RESULTS):
        return [f'The section "{title}" is not what card.yaml and the run say.']
    now, then = page.rows(wanted), page.rows(found)
    faults = []
    for name, value in now.items():
        if name == "Version" and then.get(name) != value:
            old = then.get(name, "no version")
            faults.append(f"The card is about version {old}; {alias} is version {value}.")
        elif then.get(name) != value:
            faults.append(f"{name} is {then.get(name, 'missing')} on the card and {value} now.")
    faults += [f"{name} stands on the card and not in the run." for name in then if name not in now]
    return faults or [f'The section "{title}" was changed by hand.']
