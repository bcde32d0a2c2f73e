"""Where the example systems live: their stories as YAML, and what writes them into a store."""

from examples.stories import EXAMPLES, UnknownExample
from examples.workspace import fill

__all__ = ["EXAMPLES", "UnknownExample", "fill"]
