"""A service on this machine, and a kubectl that changes what it runs."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from stand_ins import KUBECTL, Cluster, Service


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    found = Cluster(tmp_path, ["one", "two"])
    program = tmp_path / "bin" / "kubectl"
    program.parent.mkdir()
    text = KUBECTL.format(python=sys.executable, state=str(found.path))
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return found


@pytest.fixture
def service(cluster: Cluster) -> Iterator[Service]:
    server = Service(cluster)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()
