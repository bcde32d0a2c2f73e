"""What a link to look opens: results, fixes, history and report of one system, read-only."""

from ui import shared, visits

shared.show(visits.need())
