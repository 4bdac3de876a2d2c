"""Where a picture looks as if text were in it: a light measure that reads nothing.

A line of text is a band of rows in which dark and bright change places again and again, now here
and now there, with quiet rows above and below. Stripes change places at the same columns in every
row, and grass or gravel has no quiet rows about it. Bands are looked for in strips of columns, in
the picture and in halves of it, since lettering has every size.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from moderation.analysis.reading.areas import Bits, areas
from moderation.analysis.reading.sheets import sheets

_LAYERS = (1, 2, 3, 4)
_MOST_PIXELS = 3_000_000
"""Pixels of the largest layer that is looked at for the answer yes or no."""
_WIDE = 24
_STEP, _APART = 26, 2
"""By how much pixels so far apart differ at the edge of a letter, of 255."""
_EDGES = 2
"""Edges of each kind in a row of a strip."""
_LOW, _TALL = 5, 44
_QUIET = 2
_MOVES = 0.22
"""Share of the edges of a row that two rows further are elsewhere."""
_STRIPS = 3

Counts = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Band:
    """What looks like a line of text, in pixels of the picture."""

    left: int
    top: int
    right: int
    bottom: int


def looks_like_text(data: bytes) -> bool:
    """Say whether a picture looks as if text were in it.

    Raises:
        ExtractionError: it cannot be decoded

    """
    return any(next(bands(sheet.picture, _MOST_PIXELS), None) for sheet in sheets(data))


def likely_parts(picture: Image.Image, side: int, most: int) -> list[tuple[int, int, int, int]]:
    """Return the squares of a picture that look most as if small print were in them.

    Args:
        picture: RGB
        side: of a square, in pixels
        most: squares

    """
    found = list(bands(picture, _MOST_PIXELS, layers=_LAYERS[:2]))
    tiles: list[tuple[int, tuple[int, int, int, int]]] = []
    for top in _begins(picture.height, side):
        for left in _begins(picture.width, side):
            box = (left, top, min(left + side, picture.width), min(top + side, picture.height))
            weight = sum(_WIDE + b.right - b.left for b in found if _is_inside(b, box))
            if weight:
                tiles.append((weight, box))
    ordered = sorted(tiles, key=lambda tile: (-tile[0], tile[1]))
    return [box for _, box in ordered[:most]]


def bands(picture: Image.Image, most: int, *, layers: tuple[int, ...] = _LAYERS) -> Iterator[Band]:
    """Yield what looks like lines of text.

    Args:
        picture: RGB
        most: pixels that are looked at; a larger picture is made smaller
        layers: how much smaller each further look is

    """
    factor = max(1, int((picture.width * picture.height / most) ** 0.5 + 0.999))
    grey = picture.convert("L")
    for layer in layers:
        scale = factor * layer
        small = np.asarray(grey.reduce(scale) if scale > 1 else grey, np.int16)
        for b in _bands(small):
            yield Band(b.left * scale, b.top * scale, b.right * scale, b.bottom * scale)
        for b in _bands(small.T):
            yield Band(b.top * scale, b.left * scale, b.bottom * scale, b.right * scale)


def _bands(grey: Counts) -> Iterator[Band]:
    """Yield the bands that run level through a picture in grey."""
    if grey.shape[0] <= _LOW or grey.shape[1] < _STRIPS * _WIDE + _APART:
        return
    change = grey[:, _APART:] - grey[:, :-_APART]
    change = change[:, : change.shape[1] // _WIDE * _WIDE]
    up, down = change > _STEP, change < -_STEP
    edges = np.minimum(_in_strips(_begun(up)), _in_strips(_begun(down)))
    moved = np.zeros_like(edges)
    moved[2:] = _in_strips(up[2:] ^ up[:-2])
    there = _in_strips(up)
    busy = edges >= _EDGES
    busy[1:-1] |= busy[:-2] & busy[2:]
    busy[1:-2] |= busy[:-3] & busy[3:]
    likely = _runs(busy, edges == 0, moved, there)
    for area in areas(likely):
        strips = int(area.ends.max() - area.starts.min())
        if strips >= _STRIPS:
            top, bottom = int(area.rows.min()), int(area.rows.max()) + 1
            left, right = int(area.starts.min()) * _WIDE, int(area.ends.max()) * _WIDE
            yield Band(left, top, right, bottom)


def _begun(edge: Bits) -> Bits:
    begun = edge.copy()
    begun[:, 1:] &= ~edge[:, :-1]
    return begun


def _in_strips(bits: Bits) -> Counts:
    rows, columns = bits.shape
    counts: Counts = bits.reshape(rows, columns // _WIDE, _WIDE).sum(axis=2, dtype=np.int16)
    return counts


def _runs(busy: Bits, quiet: Bits, moved: Counts, there: Counts) -> Bits:
    """Return the runs of busy rows that are as tall as letters, lively, and quiet about."""
    likely = np.zeros_like(busy)
    padded = np.zeros((busy.shape[0] + 2, busy.shape[1]), np.int8)
    padded[1:-1] = busy
    change = np.diff(padded, axis=0).T
    strips, tops = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    tall = ends - tops
    for strip, top, end in zip(
        *(each[(tall >= _LOW) & (tall <= _TALL)].tolist() for each in (strips, tops, ends)),
        strict=True,
    ):
        before = quiet[max(0, top - 2 * _QUIET) : top, strip].sum() >= min(_QUIET, top)
        after = quiet[end : end + 2 * _QUIET, strip].sum() >= min(_QUIET, len(quiet) - end)
        lively = moved[top:end, strip].sum() > 2 * _MOVES * there[top:end, strip].sum()
        likely[top:end, strip] = before and after and lively
    return likely


def _is_inside(band: Band, box: tuple[int, int, int, int]) -> bool:
    x, y = (band.left + band.right) / 2, (band.top + band.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _begins(length: int, side: int) -> list[int]:
    """Return where squares that overlap by a sixth begin."""
    count = max(1, -(-(length - side // 6) // (side - side // 6)))
    return [round(n * max(0, length - side) / max(1, count - 1)) for n in range(count)]
