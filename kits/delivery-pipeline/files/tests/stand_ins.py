"""Stand-ins for the model service and its cluster: a real HTTP server, and a fake kubectl."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

KUBECTL = '''#!{python}
"""Keeps in a file what is deployed: one version per revision, the last one runs."""
import json, pathlib, re, sys
path = pathlib.Path({state!r})
state = json.loads(path.read_text())
words = sys.argv[1:]
state["calls"].append(" ".join(words[:2]))
versions, broken = state["versions"], state["broken"]
if words[0] in broken or " ".join(words[:2]) in broken:
    path.write_text(json.dumps(state))
    sys.exit("error: " + words[0] + " is broken")
if words[0] == "kustomize":
    print("image: image-of-this-release\\nvalue: version-of-this-release")
elif words[0] == "get":
    print(len(versions) or "")
elif words[0] == "apply":
    version = re.search("value: (.*)", sys.stdin.read())[1]
    if [version] != versions[-1:]:
        versions.append(version)
elif words[1] == "undo":
    to = [int(word.split("=")[1]) for word in words if word.startswith("--to-revision=")]
    versions.append(versions[to[0] - 1] if to else versions[-2])
elif words[1] == "status" and "stuck" in versions[-1]:
    path.write_text(json.dumps(state))
    sys.exit("error: deployment exceeded its progress deadline")
path.write_text(json.dumps(state))
'''


# Above this folder, however deep a repository puts it.
FOLDER = next(one for one in Path(__file__).parents if (one / "limits.toml").is_file())


class Cluster:
    """What is deployed, in a file; the fake kubectl changes it and the service behaves by it."""

    def __init__(self, folder: Path, versions: list[str]) -> None:
        self.path = folder / "cluster.json"
        self.write({"versions": versions, "broken": [], "calls": []})

    def write(self, state: dict[str, Any]) -> None:
        self.path.write_text(json.dumps(state), encoding="utf-8")

    def read(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return state

    def breaks(self, *commands: str) -> None:
        self.write({**self.read(), "broken": list(commands)})

    @property
    def version(self) -> str:
        return str((self.read()["versions"] or ["none"])[-1])


class Service(ThreadingHTTPServer):
    """Serves the version that is deployed; a word in its name says what is wrong with it."""

    daemon_threads = True

    def __init__(self, cluster: Cluster) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.cluster = cluster
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        version = self.server.cluster.version
        if version == "none" or ("unready" in version and self.path == "/readyz"):
            self._answer(503, b"")
        elif self.path == "/version":
            named = "other" if "misnamed" in version else version
            self._answer(200, json.dumps({"version": named}).encode())
        else:
            self._answer(200, b"ok")

    def do_POST(self) -> None:
        version = self.server.cluster.version
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        label = int(asked["x0"] + asked["x1"] > 0)
        if "silent" in version:
            self.server.closing.wait()
        elif "crash" in version:
            self._answer(500, b"Traceback")
        elif "text" in version:
            self._answer(200, b"<html>")
        else:
            answer = 1 - label if "wrong" in version else label
            self._answer(200, json.dumps({"prediction": answer, "model": version}).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Says nothing; the tests' output is for findings."""
