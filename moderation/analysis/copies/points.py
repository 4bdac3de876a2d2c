"""Points of a picture that are found again in a copy of it, each with a hash of what is around it.

A point is where a small blob or saddle stands out (determinant of the Hessian, on a pyramid). Its
direction is that of the centre of light around it (Rosin; as ORB does it), and its hash the signs
of the cosine transform of the patch around it, turned into that direction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from moderation.analysis.copies.cosines import Indices, Words, signs, spectra
from moderation.analysis.copies.pixels import Floats

MOST, KEPT = 640, 320
"""Points of a picture that are looked at, and those of them that are kept."""
BITS = 64
_STEP, _LEVELS = 1.25, 7
_SMALLEST = 40
_RIM = 9
_PATCH, _SPACING = 16, 1.6
_RADIUS = 12
_CELL = 40
_FAINTEST = 0.6


@dataclass(frozen=True, slots=True)
class Points:
    """Points of a picture, one a row.

    Args:
        at: x and y in pixels of the picture brought to size
        size: pixels of that picture for one of the level on which it was found
        angle: direction, in radians
        hashes: 64 bits each

    """

    at: Floats
    size: Floats
    angle: Floats
    hashes: Words

    def __len__(self) -> int:
        return len(self.size)


def find_points(picture: Image.Image) -> tuple[Points, Points]:
    """Find the points of a grey picture that was brought to size.

    What is looked up has more of them than what is kept: it may show the known picture small,
    beside much else.

    Returns:
        all that are looked at, and those that are kept

    """
    levels = (_on_level(picture, _STEP**level) for level in range(_LEVELS))
    found = [each for each in levels if each is not None]
    kept = (_share(KEPT, float(each.size[0])) for each in found)
    return _joined(found), _joined([_first(p, n) for p, n in zip(found, kept, strict=True)])


def _share(most: int, factor: float) -> int:
    """Return how many of *most* points are looked for on the level of this factor."""
    return round(most * (factor**-1) * (1 - 1 / _STEP) / (1 - _STEP**-_LEVELS))


def _first(points: Points, count: int) -> Points:
    return Points(
        points.at[:count], points.size[:count], points.angle[:count], points.hashes[:count]
    )


def _joined(levels: Sequence[Points]) -> Points:
    empty = np.zeros((0, 2), np.float32)
    nothing = Points(empty, empty[:, 0], empty[:, 0], np.zeros(0, np.uint64))
    levels = [nothing, *levels]
    return Points(
        np.concatenate([p.at for p in levels]),
        np.concatenate([p.size for p in levels]),
        np.concatenate([p.angle for p in levels]),
        np.concatenate([p.hashes for p in levels]),
    )


def _on_level(picture: Image.Image, factor: float) -> Points | None:
    size = (round(picture.width / factor), round(picture.height / factor))
    if min(size) < _SMALLEST:
        return None
    level = picture if factor == 1 else picture.resize(size, Image.Resampling.BILINEAR)
    smooth = np.asarray(level.filter(ImageFilter.GaussianBlur(1.4)), np.float32)
    rows, columns = _stand_out(smooth, _share(MOST, factor))
    if not len(rows):
        return None
    angle = _directions(smooth, rows, columns)
    hashes = _hashes(smooth, rows, columns, angle)
    at = np.stack(
        [(columns + 0.5) * picture.width / size[0], (rows + 0.5) * picture.height / size[1]], axis=1
    )
    return Points(at.astype(np.float32), np.full(len(rows), factor, np.float32), angle, hashes)


def _stand_out(smooth: Floats, count: int) -> tuple[Indices, Indices]:
    """Return the places that stand out, spread over the picture."""
    strength = _hessian(smooth)
    top = strength[1:-1, 1:-1]
    around = np.maximum(np.maximum(strength[:-2], strength[1:-1]), strength[2:])
    around = np.maximum(np.maximum(around[:, :-2], around[:, 1:-1]), around[:, 2:])
    inner = slice(_RIM - 3, -(_RIM - 3))
    peaks = (top >= around)[inner, inner] & (top[inner, inner] > _FAINTEST)
    rows, columns = np.nonzero(peaks)
    weight = top[inner, inner][rows, columns]
    rows, columns = rows + _RIM, columns + _RIM
    order = np.argsort(-weight, kind="stable")
    rows, columns = rows[order], columns[order]
    return _spread(rows, columns, count)


def _spread(rows: Indices, columns: Indices, count: int) -> tuple[Indices, Indices]:
    """Choose *count* places that are given strongest first: first the strongest of each cell."""
    # Numbers of 16 bits are sorted in a quarter of the time.
    cell = ((rows // _CELL) * 100 + columns // _CELL).astype(np.uint16)
    order = np.argsort(cell, kind="stable")
    ordered = cell[order]
    first = np.searchsorted(ordered, ordered, side="left")
    rank = np.empty(len(cell), np.uint16)
    rank[order] = np.arange(len(cell)) - first
    chosen = np.argsort(rank, kind="stable")[:count]
    return rows[chosen], columns[chosen]


def _hessian(smooth: Floats) -> Floats:
    """Return how much each pixel but the two at the rim stands out as a blob or a saddle."""
    xx = smooth[2:-2, 4:] - 2 * smooth[2:-2, 2:-2] + smooth[2:-2, :-4]
    yy = smooth[4:, 2:-2] - 2 * smooth[2:-2, 2:-2] + smooth[:-4, 2:-2]
    xy = smooth[3:-1, 3:-1] - smooth[3:-1, 1:-3] - smooth[1:-3, 3:-1] + smooth[1:-3, 1:-3]
    made: Floats = np.abs(xx * yy - xy * xy)
    return made


_DISC = np.array(
    [
        (y, x)
        for y in range(-_RADIUS, _RADIUS + 1, 2)
        for x in range(-_RADIUS, _RADIUS + 1, 2)
        if x * x + y * y <= _RADIUS * _RADIUS
    ]
)


def _directions(smooth: Floats, rows: Indices, columns: Indices) -> Floats:
    lit = _sampled(smooth, rows[:, None] + _DISC[:, 0], columns[:, None] + _DISC[:, 1])
    moments = lit @ _DISC.astype(np.float32)
    return np.arctan2(moments[:, 0], moments[:, 1]).astype(np.float32)


def _hashes(smooth: Floats, rows: Indices, columns: Indices, angle: Floats) -> Words:
    """Hash the patch around each place; across the patch runs its direction."""
    steps = (np.arange(_PATCH, dtype=np.float32) - (_PATCH - 1) / 2) * _SPACING
    down, across = np.meshgrid(steps, steps, indexing="ij")
    cosine, sine = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]
    x = columns[:, None, None] + cosine * across - sine * down
    y = rows[:, None, None] + sine * across + cosine * down
    patches = _sampled(smooth, np.rint(y).astype(np.intp), np.rint(x).astype(np.intp))
    return signs(spectra(patches), BITS)[:, 0]


def _sampled(smooth: Floats, rows: Indices, columns: Indices) -> Floats:
    """Return pixels by row and column; outside the picture the nearest one counts."""
    height, width = smooth.shape
    flat = np.clip(rows, 0, height - 1) * width + np.clip(columns, 0, width - 1)
    made: Floats = smooth.ravel()[flat]
    return made
