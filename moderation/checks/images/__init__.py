"""Consent for pictures, and what a picture tells besides."""
