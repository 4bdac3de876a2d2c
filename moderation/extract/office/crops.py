"""Pictures of which a document shows a part only: the rest is still in the file, for everybody.

After ISO/IEC 29500-1, 20.1.8.55 (``srcRect``), and OpenDocument 1.3, 20.180 (``fo:clip``). A part
that is not written in UTF-8 is not looked at; no program that schools use writes one.
"""

import re

from moderation.extract.marked import counted
from moderation.extract.office.archive import Package

_PARTS = re.compile(r"(?:word|ppt/slides|xl/drawings)/[A-Za-z0-9_]+\.xml|(?:content|styles)\.xml")
_CROP = re.compile(rb"<(?:\w+:)?srcRect\b([^<>]*)>")
_SIDE = re.compile(rb"""\b[ltrb]\s*=\s*["'](-?[0-9.]+)(%?)["']""")
_CLIP = re.compile(rb":clip\s*=\s*[\"']rect\(([^()]*)\)[\"']")
_LEAST = 1_000
"""Thousandths of a percent: less is how programs round."""


def mark_crops(package: Package) -> None:
    """Note how many pictures are cropped."""
    shown = sum(_crops(package, name) for name in filter(_PARTS.fullmatch, package.names))
    if shown:
        what = counted(shown, "picture", "pictures")
        detail = f"shows a part of {what} only, and holds the rest of it"
        package.builder.part("cropped-picture", detail)


def _crops(package: Package, name: str) -> int:
    was_read = name in package.read
    data = package.bytes(name)
    if not was_read:
        package.read.discard(name)  # its words are still to be read
    crops = sum(any(map(_is_cut, _SIDE.findall(sides))) for sides in _CROP.findall(data))
    return crops + sum(bool(re.search(rb"[1-9]", sides)) for sides in _CLIP.findall(data))


def _is_cut(side: tuple[bytes, bytes]) -> bool:
    number, percent = side
    try:
        return float(number) * (_LEAST if percent else 1) >= _LEAST
    except ValueError:
        return True  # what cannot be read is looked at
