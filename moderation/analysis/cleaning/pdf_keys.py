"""Keys of the dictionaries of a PDF, taken out by name."""

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Object


def only(owner: "Object", keys: Collection[str]) -> None:
    """Take every key out of a dictionary but these."""
    for key in list(owner.keys()):
        if key not in keys:
            del owner[key]


def forget(owner: "Object", *keys: str) -> None:
    """Take these keys out of a dictionary, where it has them."""
    for key in keys:
        if key in owner:
            del owner[key]
