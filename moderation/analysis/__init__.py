"""Measuring instruments that know nothing of rules."""
