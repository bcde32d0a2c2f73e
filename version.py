"""The app's version, as it stands in reports and exports."""

VERSION = "1.0.0"
