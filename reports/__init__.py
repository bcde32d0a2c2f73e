"""What leaves the app: one report, many formats."""
