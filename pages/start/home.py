"""The systems of the workspace: where each stands, and what to do next."""

from ui import guards, portfolio

portfolio.systems(guards.workspace())
