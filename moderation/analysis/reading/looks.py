"""Where lines lie in a picture, looked at more than once: small print is lost from afar.

And from near large letters are: the finder takes the strokes of a letter taller than a part of the
picture for things, and cuts a word between two parts. So each look from further away proposes
lines, and whoever reads them decides whether one holds together what a nearer look tore apart.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image

from moderation.analysis.reading.finding import find
from moderation.analysis.reading.likeness import likely_parts
from moderation.analysis.reading.ribbons import Ribbon

_FINE = 2_000_000
"""Pixels at which ordinary lettering is looked for."""
_FURTHER = (400_000, 100_000)
"""Pixels at which large and very large lettering is."""
_MUCH_LESS = 1.6
"""How many times fewer pixels a further look must have to be worth it."""
_MOST_ENLARGED = 1.5
_LEAST_SIDE = 32
_TILE = 640
_MOST_TILES = 5
_TILES_FROM = 1.35
"""Pixels of the picture for one of the fine look, from which small print needs parts in full."""
_COVERED = 0.5
_INSIDE = 0.4
"""How far from the middle of a line the middle of its part may lie, in its height."""


def near(picture: Image.Image) -> list[Ribbon]:
    """Look for lines in the whole picture, and in full where small print may be."""
    fine, factor = _scaled(picture, _FINE)
    found = [ribbon.mapped(factor) for ribbon in find(fine)]
    if factor >= _TILES_FROM:
        for left, top, right, bottom in likely_parts(picture, _TILE, _MOST_TILES):
            tile = picture.crop((left, top, right, bottom))
            more = [ribbon.mapped(1, left, top) for ribbon in find(tile)]
            found = [*more, *(ribbon for ribbon in found if not is_covered(ribbon, more))]
    return found


def further(picture: Image.Image) -> Iterator[Ribbon]:
    """Yield lines seen from further away, the nearer look first."""
    area = min(_FINE, picture.width * picture.height * _MOST_ENLARGED**2)
    for less in _FURTHER:
        if area > _MUCH_LESS * less:
            small, factor = _scaled(picture, less)
            yield from (ribbon.mapped(factor) for ribbon in find(small))


def is_covered(ribbon: Ribbon, others: Sequence[Ribbon]) -> bool:
    """Say whether *others* take half of the area about a ribbon, or more."""
    left, top, right, bottom = ribbon.part(0, 1)
    total = 0.0
    for other in others:
        x, y, x_end, y_end = other.part(0, 1)
        across, down = min(right, x_end) - max(left, x), min(bottom, y_end) - max(top, y)
        if across > 0 and down > 0:
            total += across * down
    return total >= _COVERED * max((right - left) * (bottom - top), 1)


def holds(whole: Ribbon, part: Ribbon) -> bool:
    """Say whether the middle of one line lies well inside another."""
    cos, sin = np.cos(whole.angle), np.sin(whole.angle)
    x, y = part.x - whole.x, part.y - whole.y
    along, across = x * cos + y * sin, y * cos - x * sin
    across -= whole.bend * along**2 + whole.slope * along + whole.lift
    return bool(abs(along) < whole.length / 2 and abs(across) < _INSIDE * whole.height)


def _scaled(picture: Image.Image, area: int) -> tuple[Image.Image, float]:
    """Return the picture with at most so many pixels, and the pixels of it for one of those."""
    factor = max((picture.width * picture.height / area) ** 0.5, 1 / _MOST_ENLARGED)
    size = (
        max(_LEAST_SIDE, round(picture.width / factor)),
        max(_LEAST_SIDE, round(picture.height / factor)),
    )
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0), factor
