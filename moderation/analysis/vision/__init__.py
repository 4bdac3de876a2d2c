"""Instruments that look at pictures: where people are, never who they are.

This module imports nothing, so that it can be asked whether the instruments are there.
"""

from importlib.util import find_spec

_NEEDED = ("onnxruntime", "numpy")


def is_available() -> bool:
    """Say whether people can be looked for on this machine."""
    return all(find_spec(name) is not None for name in _NEEDED)
