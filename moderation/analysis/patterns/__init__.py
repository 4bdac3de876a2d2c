"""Abuse without abusive words: patterns over classes of words, as readable data."""
