"""Puts the version before back by written steps, measures the minutes, and remembers the drills."""
