"""What stands in deploy/, as far as it can be tried without a container engine: it fits the app and itself."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from data.store import open_store
from tests.e2e.replicas import DEPLOY, drop_roles, make_roles, role_urls, write_nginx
from tests.e2e.server import ROOT
from tests.e2e.stories import OWNER, a_system, checklist, the_workspace
from tests.postgres import Server

CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
UNIT = (DEPLOY / "mlops-checkup@.service").read_text("utf-8")
README = (DEPLOY / "README.md").read_text("utf-8")
# What an operator writes, so that it is in no repository.
THEIRS = ("secrets.toml", ".env")
NOT_SERVED = ("tests", "benchmarks", "docs", "deploy")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE))


def _assigned(text: str) -> set[str]:
    """The names that lines of a settings file set."""
    return set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))


def _copied() -> list[tuple[str, str]]:
    """From where to where, as the last stage of the container file copies out of the repository."""
    lines = re.findall(r"^COPY (?!--from)(\S+) (\S+)$", CONTAINERFILE.rpartition("FROM ")[2], re.MULTILINE)
    assert lines
    return lines


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the container holds."""
    folder = tmp_path_factory.mktemp("image")
    for source, target in _copied():
        found = sorted(ROOT.glob(source))
        assert found, f"The container file copies {source}, which is not there."
        for one in found:
            goal = folder / target / (one.name if "*" in source else "")
            goal.parent.mkdir(parents=True, exist_ok=True)
            if one.is_dir():
                shutil.copytree(one, goal, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(one, goal)
    return folder


def test_the_container_has_every_room_of_the_app(image: Path) -> None:
    rooms = {file.parent.name for file in ROOT.glob("*/__init__.py")} - set(NOT_SERVED)
    assert {"ui", "data"} <= rooms
    assert {one for one in rooms if not (image / one).is_dir()} == set()
    assert not list(image.rglob("secrets.toml"))


@pytest.mark.parametrize(
    "command",
    [("cli.py", "migrate"), ("cli.py", "demo"), ("-c", "import app; from ui import services; services.warm_up()")],
)
def test_the_app_works_with_what_the_container_has(image: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    told = {"CHECKUP_DATABASE_URL": f"duckdb:///{tmp_path}/checkup.duckdb", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=image, env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def answering(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of something that answers /healthz with this status."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(request.param if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("answering", "is_well"), [(200, True), (503, False)], indirect=["answering"])
def test_the_container_is_well_when_the_app_says_so(answering: int, is_well: bool) -> None:
    check = re.search(r"^HEALTHCHECK .*?CMD (\[.*?\])$", CONTAINERFILE, re.MULTILINE | re.DOTALL)
    assert check
    program, *arguments = json.loads(check[1])
    assert program == "python"
    done = subprocess.run([sys.executable, *arguments], env={"PORT": str(answering)}, capture_output=True, check=False)
    assert (done.returncode == 0) == is_well


def test_the_compose_file_names_what_is_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert source[2:] in THEIRS or (DEPLOY / source).is_file(), source
            else:
                assert source in compose["volumes"]
        if "build" in service:
            assert (DEPLOY / service["build"]["context"]).resolve() == ROOT
            assert (ROOT / service["build"]["dockerfile"]).is_file()
    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    assert asked == _assigned((DEPLOY / "example.env").read_text("utf-8"))


def test_nginx_and_the_compose_file_mean_the_same_processes(compose: dict[str, Any]) -> None:
    services = compose["services"]
    processes = {
        f"{name}:{one['environment']['PORT']}" for name, one in services.items() if name.startswith("checkup-")
    }
    assert set(re.findall(r"^\s*server (checkup-\d:\d+)", NGINX, re.MULTILINE)) == processes
    address = services["nginx"]["networks"]["inside"]["ipv4_address"]
    assert {services[one.split(":")[0]]["environment"]["CHECKUP_TRUSTED_PROXIES"] for one in processes} == {address}


def test_only_the_migration_knows_the_password_of_the_tables_owner(compose: dict[str, Any]) -> None:
    knowing = {name for name, one in compose["services"].items() if "OWNER_PASSWORD" in json.dumps(one)}
    assert knowing == {"migrate", "postgres"}


def test_the_app_reads_every_setting_that_is_named(compose: dict[str, Any]) -> None:
    named = set(re.findall(r"\bCHECKUP_[A-Z_]+\b", CONTAINERFILE + README))
    for service in compose["services"].values():
        named |= {name for name in service.get("environment", ()) if name.startswith("CHECKUP_")}
    for file in ("settings.env", "example.env"):
        named |= {name for name in _assigned((DEPLOY / file).read_text("utf-8")) if name.startswith("CHECKUP_")}
    read = set(re.findall(r'"(CHECKUP_[A-Z_]+)"', (ROOT / "settings.py").read_text("utf-8")))
    assert named - read == set(), "Nobody reads these settings."
    assert read - set(re.findall(r"\bCHECKUP_[A-Z_]+\b", README)) == set(), "deploy/README.md does not tell of these."


def test_nginx_takes_its_file(tmp_path: Path) -> None:
    done = subprocess.run(
        [*write_nginx(tmp_path, 8080, [8501, 8502]), "-t"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_nginx_takes_the_lines_for_a_certificate(tmp_path: Path) -> None:
    (tmp_path / "certificate.pem").write_text("certificate")
    command = write_nginx(tmp_path, 8080, [8501, 8502])
    site = tmp_path / "checkup.conf"
    lines = re.findall(r"^    #   ((?:listen|ssl_|add_header|set_real).*)$", site.read_text("utf-8"), re.MULTILINE)
    assert len(lines) == 7
    # Only the certificate is not there, which nginx looks for when it has understood all the rest.
    site.write_text(site.read_text("utf-8").replace("listen 127.0.0.1:8080;", "\n".join(lines)), "utf-8")
    done = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "[emerg]" in line]
    assert len(complaints) == 1
    assert "cannot load certificate" in complaints[0]


def test_a_backup_is_made_and_brought_back_by_the_commands_of_the_readme(tmp_path: Path, postgres: Server) -> None:
    make_roles(postgres)
    app, owner = role_urls(postgres)
    try:
        with open_store(app, migrate_url=owner) as store:
            a_system(store, "Before the copy")
        _in_the_shell("pg_dump", owner, tmp_path)
        with open_store(app) as store:
            a_system(store, "After the copy")
        _in_the_shell("pg_restore --clean", owner, tmp_path)
        with open_store(app, migrate_url=owner) as store:
            assert [one.name for one in store.systems.all(OWNER, the_workspace(store))] == ["Before the copy"]
            a_system(store, "Going on")
            assert store.doctor(OWNER, checklist()).is_healthy
        with psycopg.connect(app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("delete from audit_events")
    finally:
        drop_roles(postgres)


def _in_the_shell(begins: str, owner: str, folder: Path) -> None:
    """Run the first command of the README that begins so, with this address of the tables' owner."""
    found = re.search(rf"^{begins} .*$", README, re.MULTILINE)
    assert found
    command = found[0].replace("postgresql://checkup_owner:…@127.0.0.1/checkup", owner)
    assert owner in command
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_takes_its_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    for line in ("User=checkup", "Restart=always", "NoNewPrivileges=yes", "ProtectSystem=strict"):
        assert line in UNIT.splitlines()
    if program is None:
        return
    # The program it starts has to be there for the check.
    unit = tmp_path / "mlops-checkup@8501.service"
    unit.write_text(UNIT.replace("/opt/mlops-checkup/.venv/bin/python", sys.executable), "utf-8")
    done = subprocess.run([program, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    about_it = [line for line in (done.stdout + done.stderr).splitlines() if "mlops-checkup" in line]
    assert about_it == []


def test_what_the_readme_names_is_there() -> None:
    named = set(re.findall(r"`(?:deploy/)?([\w@.-]+\.(?:conf|yaml|env|sh|service))`", README))
    assert {"nginx.conf", "compose.yaml", "postgres-roles.sh"} <= named
    assert {one for one in named if not (DEPLOY / one).exists() and one not in THEIRS} == set()
    assert {file.name for file in DEPLOY.iterdir()} - {"README.md"} <= {*named, "Containerfile"}
