"""Where lines of text are: the finder's map of a picture, cut into ribbons.

The map is read as in DBNet (M. Liao et al., 2020) and as RapidOCR 1.4.4 does: pixels above a low
threshold form areas, an area counts if its mean is above a higher one, and each is grown, since
the finder marks only the cores of lines.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PIL import Image

from moderation.analysis.reading.areas import Area, areas
from moderation.analysis.reading.networks import FINDER, Floats, Pixels, batched, network
from moderation.analysis.reading.ribbons import Ribbon, ribbon_of

_PART, _AROUND = 640, 48
"""Pixels of the side of a part, and of what is around it that the network sees besides."""
_FAINT = 0.3
_SURE = 0.45
_SMALLEST = 3.0
_MOST = 200


def find(picture: Image.Image) -> Iterator[Ribbon]:
    """Yield the lines of text in an RGB picture, the largest first.

    Args:
        picture: at least 32 pixels on a side, and as large as it shall be looked at

    """
    pixels = np.asarray(picture, np.uint8)
    chances = _chances(pixels)
    sums = np.zeros((chances.shape[0], chances.shape[1] + 1))
    np.cumsum(chances, axis=1, out=sums[:, 1:])
    for count, area in enumerate(areas(_thickened(chances))):
        if count >= _MOST or area.size < _SMALLEST**2:
            return
        score = _mean(area, sums)
        if score >= _SURE:
            ribbon = ribbon_of(area, score)
            if ribbon.height >= _SMALLEST:
                yield ribbon


def _chances(pixels: Pixels) -> Floats:
    """Return how likely each pixel is the core of a line.

    The network is asked part by part, which needs a fraction of the memory, and each part with
    what is around it, so that no line is cut.
    """
    chances = np.zeros(pixels.shape[:2], np.float32)
    for rows in _parts(pixels.shape[0]):
        for columns in _parts(pixels.shape[1]):
            top, left = max(0, rows.start - _AROUND), max(0, columns.start - _AROUND)
            part = pixels[top : rows.stop + _AROUND, left : columns.stop + _AROUND]
            found = network(FINDER).run(batched(part))[0, 0]
            height, width = rows.stop - rows.start, columns.stop - columns.start
            down, across = rows.start - top, columns.start - left
            chances[rows, columns] = found[down : down + height, across : across + width]
    return chances


def _parts(length: int) -> list[slice]:
    count = -(-length // _PART)
    bounds = [round(n * length / count) for n in range(count + 1)]
    return [slice(begin, end) for begin, end in pairwise(bounds)]


def _thickened(chances: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return which pixels are above the low threshold, or right of or below one that is."""
    bits = chances > _FAINT
    thick = bits.copy()
    thick[1:] |= bits[:-1]
    thick[:, 1:] |= thick[:, :-1]
    return thick


def _mean(area: Area, sums: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    total = (sums[area.rows, area.ends] - sums[area.rows, area.starts]).sum()
    return float(total) / area.size
