"""Carries a model service to its users: validate, release, test it live, take it back."""
