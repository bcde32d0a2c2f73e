"""What is remembered: the store, its engines and its migrations; the only home of SQL."""

from data.errors import StoreError
from data.store import Store, open_store

__all__ = ["Store", "StoreError", "open_store"]
