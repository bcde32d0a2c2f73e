"""Two processes of the app on one PostgreSQL behind nginx, put together from what stands in deploy/."""

import os
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from data.store import Store, open_store
from tests import postgres
from tests.e2e.server import ROOT, START_WITHIN, STOP_WITHIN, Server, answers, free_port, still_runs

T = TypeVar("T")
DEPLOY = ROOT / "deploy"
COOKIE = "checkup_replica"
OWNER_PASSWORD, APP_PASSWORD = "0wner's pass", "app's pass: $HOME `id`"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
# What Debian's own file says around the site, but for its folders.
AROUND = """daemon off; {user} worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx-start.log;
events {{ worker_connections 512; }}
http {{
    {temporary}
    include {folder}/checkup.conf;
}}
"""


class Replica(Server):
    """One process of the app; its data lies in the PostgreSQL that it shares with others."""

    def __init__(self, folder: Path, database_url: str, migrate_url: str) -> None:
        folder.mkdir()
        super().__init__(folder)
        self._told = {"CHECKUP_DATABASE_URL": database_url, "CHECKUP_MIGRATE_URL": migrate_url}

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            **self._told,
            "CHECKUP_TRUSTED_PROXIES": "127.0.0.1",
            "CHECKUP_OPEN_TO_ALL": "yes",
        }


class Site:
    """Everything together; `address` is where nginx answers."""

    def __init__(self, folder: Path, server: postgres.Server) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._server = server
        self._nginx: subprocess.Popen[bytes] | None = None
        self.database_url, owner = role_urls(server)
        self.replicas = [Replica(folder / name, self.database_url, owner) for name in ("one", "two")]

    def start(self) -> None:
        """Both processes at once on a database without tables, then nginx."""
        make_roles(self._server)
        with ThreadPoolExecutor() as pool:
            list(pool.map(Replica.start, self.replicas))
        self.start_nginx()

    def end(self) -> None:
        for replica in self.replicas:
            replica.end()
        if self._nginx is not None:
            self._nginx.terminate()
            self._nginx.wait(STOP_WITHIN)
        drop_roles(self._server)

    def start_nginx(self) -> None:
        command = write_nginx(self.folder, self.port, [replica.port for replica in self.replicas])
        with (self.folder / "nginx-start.log").open("ab") as log:
            self._nginx = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(START_WITHIN * 20):
            if answers(self.port):
                return
            assert still_runs(self._nginx, 0.05), self.nginx_logs
        raise AssertionError(f"nginx did not answer within {START_WITHIN} seconds:\n{self.nginx_logs}")

    def replica(self, port: str) -> Replica:
        return next(one for one in self.replicas if str(one.port) == port)

    @property
    def nginx_logs(self) -> str:
        """Everything that nginx has written, to whichever of its logs."""
        return "".join(file.read_text("utf-8") for file in sorted(self.folder.glob("*.log")))

    def look(self, work: Callable[[Store], T]) -> T:
        """Ask the store, beside the processes that run."""
        with open_store(self.database_url) as store:
            return work(store)


def write_nginx(folder: Path, port: int, replicas: list[int]) -> list[str]:
    """The site of deploy/nginx.conf with other ports, in a folder of its own; the command that starts it."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};", 1).replace("/var/log/nginx/", f"{folder}/")
    for number, own in enumerate(replicas, start=1):
        text = text.replace(f"checkup-{number}:", "127.0.0.1:").replace(f"850{number}", str(own))
    (folder / "checkup.conf").write_text(text, "utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n    ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    around = AROUND.format(folder=folder, temporary=temporary, user="user root;" if os.getuid() == 0 else "")
    (folder / "nginx.conf").write_text(around, "utf-8")
    assert NGINX, "These tests need nginx; install it (Debian: apt install nginx) and run again."
    return [NGINX, "-p", str(folder), "-e", str(folder / "nginx-start.log"), "-c", str(folder / "nginx.conf")]


def make_roles(server: postgres.Server) -> None:
    """As an operator does it: with deploy/postgres-roles.sh."""
    told = {
        "PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGPASSWORD": postgres.PASSWORD,
        "OWNER_PASSWORD": OWNER_PASSWORD, "APP_PASSWORD": APP_PASSWORD,
    }  # fmt: skip
    done = subprocess.run(
        ["sh", str(DEPLOY / "postgres-roles.sh")],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def drop_roles(server: postgres.Server) -> None:
    server.drop("checkup")
    server.admin("drop role if exists checkup_app", "drop role if exists checkup_owner")


def role_urls(server: postgres.Server) -> tuple[str, str]:
    """The addresses of the database for the app, and for the owner of its tables."""
    app, owner = quote(APP_PASSWORD, safe=""), quote(OWNER_PASSWORD, safe="")
    return server.url("checkup", "checkup_app", app), server.url("checkup", "checkup_owner", owner)
