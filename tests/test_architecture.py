"""The source keeps the rules of the house, and each rule notices when one does not."""

from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests import architecture
from tests.architecture import LONGEST_FILE, LONGEST_PAGE, MAP, RULES, Rule, breaches, modules

ROOT = Path(__file__).parents[1]
OURS = modules(ROOT)
DOC = '"""Where it is."""\n'
LINE = "A = 1\n"


def names_of(rules: list[Rule]) -> list[str]:
    return [rule.__name__ for rule in rules]


def a_house(root: Path, file: str, source: str) -> list[str]:
    """The names of the rules that a house of this one file breaks."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return names_of([rule for rule in RULES for module in modules(root) if breaches(rule, module)])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_source_keeps_the_rule(rule: Rule) -> None:
    found = [breach for module in OURS for breach in breaches(rule, module)]
    assert not found, "\n" + "\n".join(found)


def test_the_rules_see_the_whole_source() -> None:
    rooms = {module.room for module in OURS}
    assert {"app", "checklist", "scoring", "data", "ui", "pages", "reports", "tests"} <= rooms
    assert "ui.services" in {module.name for module in OURS}
    assert "checklist.loader.the_checklist" in {
        name for module in OURS if module.name == "ui.services" for _, name in module.imports
    }


def test_the_map_has_no_circle_between_rooms() -> None:
    """Arrows point down only: a room that may import another is not imported by it, not even by way of a third."""
    arrows = {
        room: {allowed.partition(".")[0] for allowed in permitted if allowed} - {room}
        for room, (permitted, _) in MAP.items()
    }
    tuple(TopologicalSorter(arrows).static_order())


# A file that breaks the rule, below a docstring and with nothing else wrong.
BREACHES: dict[str, tuple[tuple[str, str], ...]] = {
    "rooms_import_only_what_the_map_allows": (
        ("pages/a/home.py", "from data.store import Store\n"),
        ("pages/a/home.py", "import strict_yaml\n"),
        ("pages/a/home.py", "import settings\n"),
        ("ui/frame.py", "import settings\n"),
        ("ui/frame.py", "from pages.start import home\n"),
        ("ui/frame.py", "import examples\n"),
        ("scoring/levels.py", "from checklist.loader import load\n"),
        ("scoring/levels.py", "from checklist import loader\n"),
        ("scoring/levels.py", "import data\n"),
        ("checklist/model.py", "import scoring.model\n"),
        ("access/actors.py", "import checklist.model\n"),
        ("reports/html.py", "from data.model import System\n"),
        ("reports/html.py", "from ui import charts\n"),
        ("data/store.py", "from checklist.loader import load\n"),
        ("data/store.py", "import palette\n"),
        ("exchange/zip.py", "import palette\n"),
        ("evidence/scan.py", "import checklist.model\n"),
        ("evidence/suggest.py", "import scoring.model\n"),
        ("kits/catalogue.py", "import scoring.model\n"),
        ("cli.py", "from ui import services\n"),
        ("api/health.py", "from ui import services\n"),
        ("ui/frame.py", "import cli\n"),
        ("ui/frame.py", "from tests import builders\n"),
        ("strict_yaml.py", "import settings\n"),
        ("cellar/wine.py", ""),
        ("scoring/levels.py", "def late() -> None:\n    from data import store\n"),
        ("reports/html.py", 'from importlib import import_module\nimport_module("data.store")\n'),
    ),
    "libraries_stay_in_their_rooms": (
        ("reports/html.py", "import streamlit as st\n"),
        ("scoring/trend.py", "import pandas as pd\n"),
        ("ui/charts.py", "import duckdb\n"),
        ("api/health.py", "import psycopg\n"),
        ("ui/services.py", "from psycopg_pool import ConnectionPool\n"),
        ("exchange/answers.py", "import yaml\n"),
        ("ui/handout.py", "from reportlab.pdfgen import canvas\n"),
        ("ui/frame.py", "from starlette.routing import Route\n"),
        ("evidence/scan.py", "import subprocess\n"),
        ("evidence/scan.py", "from urllib.request import urlopen\n"),
        ("scoring/levels.py", "import scipy.optimize\n"),
        ("data/store.py", "import leftpad\n"),
    ),
    "pure_rooms_touch_nothing": (
        ("scoring/levels.py", "from pathlib import Path\n"),
        ("access/links.py", "import secrets\n"),
        ("scoring/trend.py", "from datetime import date\nTODAY = date.today()\n"),
        ("scoring/levels.py", 'TEXT = open("levels.txt")\n'),
    ),
    "no_module_stands_directly_in_pages": (("pages/home.py", ""),),
    "pages_are_short": (("pages/start/home.py", LINE * LONGEST_PAGE),),
    "files_are_short": (
        ("ui/frame.py", LINE * LONGEST_FILE),
        ("tests/test_frame.py", LINE * LONGEST_FILE),
    ),
    "names_say_what_is_inside": (
        ("ui/utils.py", ""),
        ("tests/helpers.py", ""),
        ("data/common.py", ""),
        ("ui/state_manager.py", ""),
        ("data/utils/ids.py", ""),
        ("data/store.py", "class StoreManager: ...\n"),
    ),
    "modules_say_where_one_finds_what": (
        ("ui/frame.py", "A = 1\n"),
        ("ui/__init__.py", ""),
        ("ui/frame.py", '"""  """\n'),
    ),
    "session_state_has_one_owner": (
        ("ui/frame.py", 'import streamlit as st\nst.session_state["a"] = 1\n'),
        ("pages/a/home.py", "from streamlit import session_state\n"),
        ("ui/frame.py", 'import ui\nS = getattr(ui, "session_state")\n'),
    ),
    "caching_has_one_owner": (
        ("ui/charts.py", "import streamlit as st\n@st.cache_data\ndef a(): ...\n"),
        ("ui/charts.py", "from streamlit import cache_resource\n"),
        ("ui/charts.py", "from functools import cache\n"),
        ("ui/charts.py", "import functools\n@functools.lru_cache\ndef a(): ...\n"),
    ),
    "the_environment_has_one_reader": (
        ("data/store.py", 'import os\nHOME = os.environ["HOME"]\n'),
        ("app.py", 'import os as system\nHOME = system.getenv("HOME")\n'),
        ("ui/services.py", "from os import environ\n"),
    ),
    "only_the_store_speaks_sql": (
        ("ui/services.py", 'Q = "select name from systems"\n'),
        ("exchange/zip.py", 'Q = "INSERT INTO systems VALUES (1)"\n'),
        ("cli.py", 'T = "a"\nQ = f"delete from {T}"\n'),
        ("ui/services.py", 'Q = """\n    with a as (select 1)\n    select 1"""\n'),
    ),
    "only_programs_print": (("ui/frame.py", 'print("here")\n'),),
    "imports_are_absolute": (
        ("ui/frame.py", "from . import state\n"),
        ("tests/test_frame.py", "from .builders import an_item\n"),
    ),
    "what_a_kit_hands_out_is_not_imported": (("kits/catalogue.py", "from kits.monitor.files import run\n"),),
    "source_has_no_emoji": (
        ("ui/frame.py", "# \N{ROCKET}\n"),
        ("ui/frame.py", 'ICON = "\\N{ROCKET}"\n'),
        ("ui/frame.py", 'ICON = "\N{WHITE HEAVY CHECK MARK}"\n'),
    ),
}
KEPT = (
    ("ui/services.py", "import settings\nimport examples\nfrom data import Store\nimport streamlit as st\n"),
    ("ui/services.py", "import streamlit as st\n@st.cache_resource\ndef store(): ...\n"),
    ("ui/state.py", 'import streamlit as st\nst.session_state["a"] = 1\n'),
    ("ui/form.py", 'LABEL = "Select a system from the list"\nHINT = "Update it, then set its level"\n'),
    ("reports/formats/pdf.py", "from reportlab.pdfgen import canvas\nimport palette\nfrom version import VERSION\n"),
    (
        "checklist/loader.py",
        "from functools import cache\nfrom strict_yaml import load\n@cache\ndef the_checklist(): ...\n",
    ),
    ("scoring/trend.py", "from datetime import date\nfrom checklist.model import Item\nfrom checklist import model\n"),
    ("scoring/solver.py", "import scipy.optimize\n"),
    ("data/store.py", 'import duckdb\nQ = "select name from systems"\n'),
    ("evidence/sources/repository.py", "import subprocess\nimport httpx\n"),
    ("evidence/extract/workflow.py", "import yaml\n"),
    ("evidence/suggest.py", "from checklist.model import Item\n"),
    ("settings.py", "import os\nHOME = os.environ\n"),
    ("cli.py", 'print("Level 2")\nfrom data import Store\nimport examples\n'),
    ("app.py", "import streamlit\nimport settings\nfrom ui import services\n"),
    ("benchmarks/store.py", 'import os\nimport duckdb\nprint(os.environ, "select 1 from a")\n'),
    (
        "tests/ui/test_state.py",
        'import os\nfrom ui import state\nfrom data import Store\nprint("\N{ROCKET}", os.environ)\n',
    ),
    ("kits/monitor/files/utils.py", "import anything\nprint(1)\n"),
    ("kits/monitor/files/src/helpers.py", "import anything\nprint(1)\n"),
    ("kits/monitor/files/src/deep/below/helpers.py", "import anything\n"),
    (".venv/lib/utils.py", "import anything\n"),
    ("pages/start/home.py", LINE * (LONGEST_PAGE - 1)),
    ("ui/frame.py", LINE * (LONGEST_FILE - 1)),
)


@pytest.mark.parametrize(
    ("rule", "file", "source"),
    [(rule, file, source) for rule, houses in BREACHES.items() for file, source in houses],
)
def test_a_breach_is_noticed_by_its_rule_and_by_no_other(tmp_path: Path, rule: str, file: str, source: str) -> None:
    head = "" if rule == "modules_say_where_one_finds_what" else DOC
    assert a_house(tmp_path, file, head + source) == [rule]


@pytest.mark.parametrize(("file", "source"), KEPT, ids=[file for file, _ in KEPT])
def test_what_keeps_the_rules_is_left_alone(tmp_path: Path, file: str, source: str) -> None:
    assert a_house(tmp_path, file, DOC + source) == []


def test_no_rule_is_without_a_breach_that_it_notices() -> None:
    assert [rule for rule in names_of(list(RULES)) if not BREACHES.get(rule)] == []


def test_a_breach_says_where_what_and_why(tmp_path: Path) -> None:
    file = tmp_path / "scoring" / "levels.py"
    file.parent.mkdir()
    file.write_text(DOC + "\nimport data.store\n", encoding="utf-8")
    (module,) = modules(tmp_path)
    assert breaches(architecture.rooms_import_only_what_the_map_allows, module) == [
        "scoring/levels.py:3: scoring.levels imports data.store, but may import checklist.model: "
        "scoring is a pure function of a checklist that somebody else has read."
    ]
