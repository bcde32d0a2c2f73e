"""A program that meets a full disk three times, goes on when there is space again, and is killed without closing."""

import os
import resource
import signal
import sys
from collections.abc import Callable

from access.actors import Actor
from data.errors import DiskFull
from data.store import open_store

LIMIT = 4 * 1024 * 1024
OWNER = Actor("Olga", "owner")


def main(url: str) -> None:
    store = open_store(url)
    workspace = store.workspaces.all(OWNER)[0].id
    acknowledged = 0

    def save() -> None:
        nonlocal acknowledged
        store.systems.create(OWNER, workspace, f"System {acknowledged}", "words " * 1600)
        acknowledged += 1

    # No file may grow beyond the limit: to the database that is a disk without space.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, resource.RLIM_INFINITY))
    for _ in range(3):
        print(fault_of(save))
    print(acknowledged)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    for _ in range(20):
        save()
    print(acknowledged, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def fault_of(save: Callable[[], None]) -> DiskFull:
    while True:
        try:
            save()
        except DiskFull as fault:
            return fault


if __name__ == "__main__":
    main(sys.argv[1])
