"""The panels of a picture that shows others: a screen, a page, a collage, a sheet of small copies.

They are found by cutting along rows and columns in which nothing is to be seen, again and again.
"""

from collections.abc import Iterator

import numpy as np

from moderation.analysis.copies.pixels import Floats

_FLAT = 8.0
_LEAST_SIDE, _SLIMMEST = 40, 3.0
"""Pixels that a panel is long at least, and how much longer than wide one is at most."""
_MOST, _DEEPEST = 16, 5
_GAP = 2

Box = tuple[int, int, int, int]


def panels(pixels: Floats) -> tuple[Box, ...]:
    """Return left, top, right and bottom of each panel, the largest first.

    None is returned for a picture that is a single panel up to its rims.

    Args:
        pixels: of a grey picture, rows first

    """
    height, width = pixels.shape
    found = {
        box
        for box in _cut(pixels, (0, 0, width, height), 0)
        if box != (0, 0, width, height) and _is_panel(box)
    }
    return tuple(sorted(found, key=_largest_first)[:_MOST])


def _largest_first(box: Box) -> tuple[int, Box]:
    return -(box[2] - box[0]) * (box[3] - box[1]), box


def _is_panel(box: Box) -> bool:
    short, long = sorted((box[2] - box[0], box[3] - box[1]))
    return short >= _LEAST_SIDE and long <= _SLIMMEST * short


def _cut(pixels: Floats, box: Box, depth: int) -> Iterator[Box]:
    """Cut a part into runs of rows, or of columns, until nothing is flat between them."""
    left, top, right, bottom = box
    part = pixels[top:bottom, left:right]
    rows = [(left, top + a, right, top + b) for a, b in _runs(part, 1)]
    columns = [(left + a, top, left + b, bottom) for a, b in _runs(part, 0)]
    smaller = rows if rows != [box] else columns
    if smaller == [box] or depth == _DEEPEST:
        yield box
        return
    for each in smaller:
        if min(each[2] - each[0], each[3] - each[1]) >= _LEAST_SIDE:
            yield from _cut(pixels, each, depth + 1)


def _runs(part: Floats, axis: int) -> list[tuple[int, int]]:
    """Return where runs of lines in which there is something begin and end."""
    told = part.std(axis=axis) > _FLAT
    edges = np.flatnonzero(np.diff(np.concatenate([[False], told, [False]]).astype(np.int8)))
    runs: list[tuple[int, int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if runs and start - runs[-1][1] < _GAP:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
