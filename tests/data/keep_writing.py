"""A program that saves answers until it is killed, and prints each one after the store acknowledged it."""

import sys

from access.actors import Actor
from data.store import open_store
from scoring.model import Response

EDITOR = Actor("Emil", "editor")


def main(url: str, draft: str, run: str) -> None:
    store = open_store(url)
    number = 0
    while True:
        item = f"item-{run}-{number}"
        store.responses.save(EDITOR, draft, item, Response.rated(1 + number % 5, f"note {number}"))
        print(item, flush=True)
        number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
