"""Shared by every test."""

from hypothesis import settings

# Deterministic, and no deadline by the clock of a machine that others use too.
settings.register_profile("schoolgate", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("schoolgate")
