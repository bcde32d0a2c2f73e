"""Checks a table before it is used: missing values, limits, types, columns and freshness."""
