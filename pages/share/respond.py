"""What a link to answer opens: the form of one colleague without an account."""

from ui import asked, visits

asked.show(visits.need())
