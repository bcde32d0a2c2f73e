"""Where do I find which starter kits there are? Here: read from their folders, or all that is wrong with them."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from checklist.loader import ID, the_checklist
from checklist.model import RATINGS, Checklist
from checklist.reading import ContentError, Entry, Reader
from kits.model import Catalogue, Kit, Library, Service
from strict_yaml import Fault

FOLDER = Path(__file__).parent
ENVIRONMENTS = "environments"
NO_ENVIRONMENT = "none"
KEYS = ("title", "summary", "serves", "needs", "adopt", "undo", "environment", "checked")
STEPS = 5
PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[a-z,]+\])?==([A-Za-z0-9.!+_-]+)")
# What a kit's tests and people's tools leave behind; none of it is handed over.
LEFTOVERS = (
    "__pycache__", ".venv", "venv", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".git", ".DS_Store", "mlruns",
    ".coverage", "build", "dist",
)  # fmt: skip
LEFTOVER_SUFFIXES = (".pyc", ".egg-info")


@cache
def the_kits() -> Catalogue:
    """The kits that ship with the app, read once."""
    return load(FOLDER, the_checklist())


def load(folder: Path, checklist: Checklist) -> Catalogue:
    """The kits in `folder`, one folder each; `ContentError` with all faults, each with file, line and cure."""
    faults: list[Fault] = []
    found = [_Reading(path, checklist, faults).kit() for path in _folders(folder)]
    if faults:
        raise ContentError(sorted(faults, key=lambda fault: (fault.file, fault.line, fault.message)))
    return Catalogue(tuple(found))


def pins(text: str) -> Iterator[tuple[int, str, Library | None]]:
    """The lines of a requirements file that name a library: number, line, and the library if it is pinned."""
    for number, line in enumerate(text.splitlines(), start=1):
        wanted = line.partition("#")[0].strip()
        if wanted and not wanted.startswith("-"):
            match = PIN.fullmatch(wanted)
            yield number, wanted, Library(match[1], match[2]) if match else None


def _folders(folder: Path) -> list[Path]:
    """A folder is a kit unless it holds what all of them share; what is hidden or left over is none."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_dir() and path.name != ENVIRONMENTS and not path.name.startswith((".", "_"))
    )


class _Reading:
    """One kit's folder, and the faults that are found in it."""

    def __init__(self, folder: Path, checklist: Checklist, faults: list[Fault]) -> None:
        self.folder, self.checklist, self.faults = folder, checklist, faults
        self.name = f"kits/{folder.name}/kit.yaml"
        self.entry = self._entry()

    def kit(self) -> Kit:
        entry, files = self.entry, tuple(self._files())
        environment = entry.text("environment")
        return Kit(
            id=self._id(),
            title=entry.text("title"),
            summary=entry.text("summary"),
            serves=self._serves(),
            needs=entry.texts("needs"),
            adopt=self._adopt(),
            undo=entry.text("undo"),
            environment="" if environment == NO_ENVIRONMENT else environment,
            checked=self._checked(),
            libraries=tuple(self._libraries(environment, dict(files))),
            files=files,
        )

    def _entry(self) -> Entry:
        reader = Reader(self.name, self.faults)
        known_before = len(self.faults)
        try:
            document = reader.document((self.folder / "kit.yaml").read_bytes())
        except OSError:
            document = reader.document(b"{}")
            reader.fault(1, "The file is missing or cannot be read; a kit is described by its kit.yaml.")
        if len(self.faults) > known_before:
            return Entry(reader, document, "The kit")
        return Entry.of(reader, document, "The kit", KEYS)

    def _id(self) -> str:
        if not ID.fullmatch(self.folder.name):
            self._fault("title", f'stands in the folder "{self.folder.name}"; use lower-case words joined by hyphens.')
        return self.folder.name

    def _serves(self) -> tuple[Service, ...]:
        found: dict[str, Service] = {}
        for one in self.entry.some("serves", "The service to", ("item", "level", "by"), named="item"):
            item = one.text("item")
            if item and not self.checklist.has(item):
                close = get_close_matches(item, [known.id for known in self.checklist.items], 1)
                cure = f'did you mean "{close[0]}"?' if close else "check the spelling."
                one.fault("item", f"names no item; {cure}")
            if item in found:
                one.fault("item", "stands twice; give the level that the whole kit brings.")
            found[item] = Service(item, one.number("level", RATINGS[1], RATINGS[-1]), one.text("by"))
        return tuple(found.values())

    def _adopt(self) -> tuple[str, ...]:
        steps = self.entry.texts("adopt")
        if self.entry.has_list("adopt") and len(steps) != STEPS:
            self._fault("adopt", f"has {len(steps)} steps to adopt it; give {STEPS}.")
        return steps

    def _checked(self) -> date:
        written = self.entry.text("checked")
        try:
            return date.fromisoformat(written)
        except ValueError:
            if written:
                self._fault("checked", f'was checked on "{written}"; write the day as in 2026-11-23.')
            return date.min

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """Every file that is handed over, by its path within the kit."""
        root = self.folder / "files"
        paths = [path for path in root.rglob("*") if path.is_file() and not _is_left_over(path.relative_to(root))]
        if not (root / "README.md").is_file():
            self._fault("title", "has no files/README.md; say there how it is used.")
        for path in sorted(paths, key=lambda one: one.relative_to(root).as_posix()):
            yield path.relative_to(root).as_posix(), path.read_bytes()

    def _libraries(self, environment: str, files: dict[str, bytes]) -> Iterator[Library]:
        """What the kit's requirements pin, each as its environment pins it."""
        known = self._environment(environment)
        for name in ("requirements.txt", "requirements-dev.txt"):
            if known and name not in files:
                self._fault("environment", f"has no files/{name}; pin there what it needs.")
            for number, line, library in pins(files.get(name, b"").decode()):
                where = f"files/{name}:{number}"
                if library is None:
                    self._fault("environment", f'does not pin "{line}" in {where}; write name==version.')
                elif library not in known:
                    self._fault("environment", f'pins "{line}" in {where}, other than kits/environments does.')
                else:
                    yield library

    def _environment(self, name: str) -> tuple[Library, ...]:
        if name in ("", NO_ENVIRONMENT):
            return ()
        path = self.folder.parent / ENVIRONMENTS / f"{name}.txt"
        if not ID.fullmatch(name) or not path.is_file():
            self._fault("environment", f'runs in "{name}", but there is no kits/{ENVIRONMENTS}/{name}.txt.')
            return ()
        return tuple(library for _, _, library in pins(path.read_text(encoding="utf-8")) if library)

    def _fault(self, key: str, message: str) -> None:
        self.entry.fault(key, message)


def _is_left_over(path: Path) -> bool:
    return any(part in LEFTOVERS or part.endswith(LEFTOVER_SUFFIXES) for part in path.parts)
