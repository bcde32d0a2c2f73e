"""The rules of the house as data and small functions that read source text: nothing of it is imported or run."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

LONGEST_FILE = 400
LONGEST_PAGE = 120

ANYTHING = ("",)
BELOW = ("checklist", "scoring", "evidence", "data", "exchange", "access", "reports", "kits")
WATCHED = ("meters", "logbook")
UI = (*BELOW, "ui", "palette", "spreadsheet", *WATCHED)
TOOLS = ("benchmarks", "docs")

# Who may import what of ours, and why no more; the longest name that fits counts. A room may import itself,
# and all may import version.
MAP: dict[str, tuple[tuple[str, ...], str]] = {
    "app": (
        ("ui", "api", "data", "settings", "meters", "logbook"),
        "the start wires the rooms together and does nothing itself",
    ),
    "cli": ((*BELOW, "api", "examples", "settings", "strict_yaml", "terminal"), "the command line has no browser"),
    "terminal": (("data.text",), "it says and writes what commands have found, and finds nothing itself"),
    "pages": (
        ("ui", "checklist", "scoring", "evidence", "reports", "kits", "exchange"),
        "a page gets, asks and shows; it knows neither store nor YAML nor settings",
    ),
    "ui": (UI, "settings and examples come through ui/services.py"),
    "ui.services": ((*UI, "settings", "examples"), "services hand the pages what lies below, and lie below the pages"),
    "ui.accounts": ((*UI, "settings"), "who signs in, and who runs the app, is a setting"),
    "ui.links": ((*UI, "settings"), "an address to hand out begins as the operator says"),
    "ui.operation": ((*UI, "settings"), "backups run by the clock that the operator has set"),
    "api": ((*BELOW, "palette", "settings", "strict_yaml", *WATCHED), "the API serves programs, so it needs no page"),
    "benchmarks": (ANYTHING, "measuring may reach everywhere"),
    "docs": (ANYTHING, "pictures are taken of the whole app"),
    "examples": (
        ("data", "checklist", "scoring", "access", "strict_yaml"),
        "examples fill a store as a person would, and know no screen",
    ),
    "exchange": (
        ("data", "scoring", "checklist", "access", "strict_yaml", "spreadsheet"),
        "files carry what the store and scoring know",
    ),
    "reports": (
        ("scoring", "checklist", "kits", "palette", "spreadsheet"),
        "a report is a function of answers and result: no store, no screen",
    ),
    "data": (
        ("scoring", "checklist.model", "access"),
        "the store remembers answers and scores them, but loads no content and shows nothing",
    ),
    "evidence": (("strict_yaml",), "facts have no opinion; only evidence/suggest.py knows the checklist"),
    "evidence.suggest": (("checklist", "strict_yaml"), "suggestions speak of items, not of scores or stores"),
    "kits": (("checklist", "strict_yaml"), "a kit closes gaps of items"),
    "scoring": (("checklist.model",), "scoring is a pure function of a checklist that somebody else has read"),
    "checklist": (("strict_yaml",), "the content has no opinion about scores and serves every other room"),
    "access": ((), "who may do what is decided without knowing anything else"),
    "logbook": ((), "it stands below all"),
    "meters": ((), "it stands below all"),
    "palette": ((), "it stands below all"),
    "settings": (("sign_in",), "it stands below all"),
    "sign_in": ((), "it stands below all"),
    "spreadsheet": ((), "it stands below all"),
    "strict_yaml": ((), "it stands below all"),
    "version": ((), "it stands below all"),
}

ONE_STORE = "only the store speaks to a database"
ONE_WAY_OUT = "only the sources of evidence touch the world outside"
# Where a library may be imported, and why there only. One that is missing here has no place yet.
LIBRARIES: dict[str, tuple[tuple[str, ...], str]] = {
    "streamlit": (("app", "pages", "ui"), "the rooms below must work without a screen"),
    "pyarrow": (("app",), "it is imported once, before any other thread runs"),
    "altair": (("ui",), "charts of the screen are drawn in ui/"),
    "pandas": (("ui",), "tables of the screen are made in ui/; below it, values are plain"),
    "starlette": (("app", "api"), "only the start and the API know the web server"),
    "uvicorn": (("app",), "only the start knows the web server"),
    "duckdb": (("data", "evidence.sources"), ONE_STORE),
    "psycopg": (("data",), ONE_STORE),
    "psycopg_pool": (("data",), ONE_STORE),
    "sqlite3": (("data", "evidence.sources"), ONE_STORE),
    "yaml": (("strict_yaml", "evidence.extract"), "YAML that guesses would come in beside strict_yaml.py"),
    "reportlab": (("reports",), "PDF is one format of a report"),
    "argon2": (("data",), "secrets are made and compared in data/secrets.py"),
    "limits": (("api",), "how often somebody may ask is counted where they ask"),
    "xlsxwriter": (("reports.formats.xlsx", "reports.questionnaire"), "a workbook is one format of a report"),
    "openpyxl": (("exchange.workbook",), "a questionnaire that was filled in comes back as a workbook"),
    "segno": (("ui.links",), "an address becomes a picture where it is handed out"),
    "PIL": (("reports.pdf.logo",), "only a logo is a picture of pixels"),
    "bidi": (("reports",), "setting lines for print is the report's work"),
    "uharfbuzz": (("reports",), "setting lines for print is the report's work"),
    "prometheus_client": (("meters",), "what is counted has one list, in meters.py"),
    "scipy": (("scoring.solver",), "only the cheapest path needs a solver"),
    "httpx": (("evidence.sources",), ONE_WAY_OUT),
    "requests": (("evidence.sources",), ONE_WAY_OUT),
    "subprocess": (("evidence.sources",), ONE_WAY_OUT),
    "http.client": (("evidence.sources",), ONE_WAY_OUT),
    "urllib.request": (("evidence.sources",), ONE_WAY_OUT),
}
PURE_ROOMS = ("scoring", "access")
IMPURE = (
    "os", "pathlib", "io", "shutil", "tempfile", "glob", "time", "random", "secrets", "uuid", "threading", "asyncio",
    "socket", "http", "urllib", "logging", "importlib",
)  # fmt: skip
FORBIDDEN_NAMES = re.compile(r"(utils?|helpers?|common|misc|\w*_?managers?)\Z")
STREAMLIT_CACHES = ("cache_data", "cache_resource")
PLAIN_CACHES = ("functools.cache", "functools.lru_cache")
ENVIRONMENT = ("environ", "environb", "getenv", "putenv")
SQL = re.compile(
    r"\s*(select\b.+\bfrom\b|insert\s+into\b|update\s+\w+\s+set\b|delete\s+from\b|with\s+\w+\s+as\s*\("
    r"|(create|alter|drop)\s+(or\s+replace\s+)?(temp\s+)?(table|index|view|schema|sequence)\b)",
    re.DOTALL | re.IGNORECASE,
)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")
NOT_OURS = ("var", "build", "dist", "node_modules", "__pycache__")

Found = Iterator[tuple[int, str]]


@dataclass(frozen=True)
class Module:
    """A Python file: its path from the root, and what its text says."""

    path: PurePosixPath
    source: str

    @property
    def name(self) -> str:
        """As it is imported: ui/services.py is ui.services, ui/__init__.py is ui."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        return self.path.parts[0].removesuffix(".py")

    @property
    def length(self) -> int:
        return len(self.source.splitlines())

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, str(self.path))

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> tuple[tuple[int, str], ...]:
        """Line and whole dotted name of each import, wherever it stands, also by import_module."""
        return tuple(found for node in self.nodes for found in _imported(node))

    @property
    def strings(self) -> Iterator[tuple[int, str]]:
        """Line and value of each string in the code, also between the braces of an f-string."""
        for node in self.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value

    def within(self, *names: str) -> bool:
        return any(covers(name, self.name) for name in names)


def modules(root: Path) -> list[Module]:
    """Every Python file of ours below `root`; what kits hand out is not ours to run."""
    found = []
    for path in sorted(root.rglob("*.py")):
        relative = PurePosixPath(path.relative_to(root).as_posix())
        hidden = any(part.startswith(".") or part in NOT_OURS for part in relative.parts)
        if not hidden and not (relative.parts[0] == "kits" and "files" in relative.parts[2:3]):
            found.append(Module(relative, path.read_text(encoding="utf-8")))
    return found


def breaches(rule: "Rule", module: Module) -> list[str]:
    """What breaks the rule in the module, as `file:line: sentence`."""
    return [f"{module.path}:{line}: {sentence}" for line, sentence in rule(module)]


def covers(name: str, other: str) -> bool:
    """Whether a dotted name is, or lies within, the one named; the empty name covers everything."""
    return not name or other == name or other.startswith(f"{name}.")


def _imported(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Import(names=names):
            yield from ((node.lineno, alias.name) for alias in names)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in names)
        case ast.Call(
            func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            yield node.lineno, name


def _permission(table: dict[str, tuple[tuple[str, ...], str]], name: str) -> tuple[tuple[str, ...], str] | None:
    fitting = [key for key in table if covers(key, name)]
    return table[max(fitting, key=len)] if fitting else None


# The rules. Tests reach everywhere, so rules about rooms leave them out.


def rooms_import_only_what_the_map_allows(module: Module) -> Found:
    if module.room == "tests":
        return
    permission = _permission(MAP, module.name)
    if permission is None:
        yield 1, f'"{module.room}" is no room of the map; add it to MAP in tests/architecture.py with its reason.'
        return
    allowed, reason = permission
    for line, name in module.imports:
        ours = name.partition(".")[0] in (*MAP, "tests")
        if ours and not any(covers(room, name) for room in (module.room, "version", *allowed)):
            permitted = ", ".join(allowed) or "nothing of ours"
            yield line, f"{module.name} imports {name}, but may import {permitted}: {reason}."


def libraries_stay_in_their_rooms(module: Module) -> Found:
    if module.within("tests", *TOOLS):
        return
    for line, name in module.imports:
        top = name.partition(".")[0]
        permission = _permission(LIBRARIES, name)
        if permission and not module.within(*permission[0]):
            yield line, f"{name} is imported in {', '.join(permission[0])} only: {permission[1]}."
        elif not permission and top not in (*MAP, "tests", *sys.stdlib_module_names):
            yield line, f"{top} has no place yet; add it to LIBRARIES in tests/architecture.py with its reason."


def pure_rooms_touch_nothing(module: Module) -> Found:
    if not module.within(*PURE_ROOMS):
        return
    for line, name in module.imports:
        if any(covers(impure, name) for impure in IMPURE):
            yield line, f"{module.room} imports {name}; without file, clock, chance and network its results repeat."
    for node in module.nodes:
        match node:
            case ast.Call(func=ast.Name(id="open")):
                yield node.lineno, f"{module.room} opens a file; give it the values instead."
            case ast.Call(func=ast.Attribute(attr="now" | "today" | "utcnow")):
                yield node.lineno, f"{module.room} reads the clock; give it the date as an argument."


def no_module_stands_directly_in_pages(module: Module) -> Found:
    if module.room == "pages" and len(module.path.parts) == 2:
        yield 1, "A fresh server serves pages/<name>.py without frame and gate; move it to pages/<section>/."


def pages_are_short(module: Module) -> Found:
    if module.room == "pages" and module.length > LONGEST_PAGE:
        yield LONGEST_PAGE + 1, f"A page is a table of contents of at most {LONGEST_PAGE} lines; move work to ui/."


def files_are_short(module: Module) -> Found:
    if module.length > LONGEST_FILE:
        sentence = f"The file has {module.length} lines; divide it by meaning before it passes {LONGEST_FILE}."
        yield LONGEST_FILE + 1, sentence


def names_say_what_is_inside(module: Module) -> Found:
    for part in (*module.path.parts[:-1], module.path.stem):
        if FORBIDDEN_NAMES.match(part.lower()):
            yield 1, f'"{part}" says nothing about what is inside; name the file or folder after its one subject.'
    for node in module.nodes:
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Manager", "Helper", "Utils")):
            yield node.lineno, f'"{node.name}" says nothing about what it does; name the class after its subject.'


def modules_say_where_one_finds_what(module: Module) -> Found:
    if module.room != "tests" and not (ast.get_docstring(module.tree) or "").strip():
        yield 1, 'The module has no docstring; say in one sentence "where do I find ...?".'


def session_state_has_one_owner(module: Module) -> Found:
    if module.within("ui.state", "tests"):
        return
    sentence = "Only ui/state.py touches session state; ask it, so that no two pages disagree."
    for node in module.nodes:
        match node:
            case ast.Attribute(attr="session_state") | ast.Constant(value="session_state"):
                yield node.lineno, sentence
    yield from ((line, sentence) for line, name in module.imports if name == "streamlit.session_state")


def caching_has_one_owner(module: Module) -> Found:
    if module.within("ui.services", "tests"):
        return
    sentence = "Only ui/services.py caches: a cached function that reads the session leaks one user's data to the next."
    # Below the screen there is no session, so functools may remember there.
    plain = PLAIN_CACHES if module.within("app", "ui", "pages") else ()
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and (node.attr in STREAMLIT_CACHES or ast.unparse(node) in plain):
            yield node.lineno, sentence
    forbidden = (*(f"streamlit.{cache}" for cache in STREAMLIT_CACHES), *plain)
    yield from ((line, sentence) for line, name in module.imports if name in forbidden)


def the_environment_has_one_reader(module: Module) -> Found:
    if module.within("settings", "tests", *TOOLS):
        return
    sentence = "Only settings.py reads the environment, so that one page lists every setting."
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT:
            yield node.lineno, sentence
    names = [f"os.{name}" for name in ENVIRONMENT]
    yield from ((line, sentence) for line, name in module.imports if name in names)


def only_the_store_speaks_sql(module: Module) -> Found:
    if module.within("data", "evidence.sources", "tests", *TOOLS):
        return
    for line, text in module.strings:
        if _is_sql(text):
            yield line, "Only data/ speaks SQL, so that every engine keeps the same promises; ask the store."


def _is_sql(text: str) -> bool:
    """SQL is written in one case; a sentence for people begins with one capital."""
    first = text.split(maxsplit=1)[:1]
    return bool(first) and (first[0].islower() or first[0].isupper()) and bool(SQL.match(text))


def only_programs_print(module: Module) -> Found:
    if module.within("cli", "app", "benchmarks", "tests"):
        return
    for node in module.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno, "Only cli.py, app.py and benchmarks print; return the words, or log them."


def imports_are_absolute(module: Module) -> Found:
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "A relative import hides which room it reaches into; write the whole name."


def what_a_kit_hands_out_is_not_imported(module: Module) -> Found:
    for line, name in module.imports:
        if re.match(r"kits\.\w+\.files\b", name):
            yield line, f"{name} is starter code for other people; test it where it is copied to, never import it."


def source_has_no_emoji(module: Module) -> Found:
    if module.room == "tests":
        return  # tests feed what people may type
    written = {number for number, line in enumerate(module.source.splitlines(), start=1) if EMOJI.search(line)}
    escaped = {line for line, text in module.strings if EMOJI.search(text)}
    for number in sorted(written | escaped):
        yield number, "Source and words hold no emoji: they print and read aloud badly; use Material symbols."


Rule = Callable[[Module], Found]
RULES: tuple[Rule, ...] = (
    rooms_import_only_what_the_map_allows,
    libraries_stay_in_their_rooms,
    pure_rooms_touch_nothing,
    no_module_stands_directly_in_pages,
    pages_are_short,
    files_are_short,
    names_say_what_is_inside,
    modules_say_where_one_finds_what,
    session_state_has_one_owner,
    caching_has_one_owner,
    the_environment_has_one_reader,
    only_the_store_speaks_sql,
    only_programs_print,
    imports_are_absolute,
    what_a_kit_hands_out_is_not_imported,
    source_has_no_emoji,
)
