"""The first look at a picture: everything that might be a face, and what both networks say of it.

YuNet sees the picture large, for small faces, and small, for faces that fill it; CenterFace sees it
at a size between. Each is asked for far more than it is sure of: on the composites of
``python -m bench vision`` next to every face of 16 pixels or more is among what is found here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from moderation.analysis.vision import centerface, yunet
from moderation.analysis.vision.boxes import Boxes, best, joined, overlaps
from moderation.analysis.vision.network import Floats, Pixels
from moderation.analysis.vision.views import pixels

SAME = 0.3
"""How much of both two boxes share that are about one thing."""
NEAR = 0.35
"""How much the box of another network or view shares at least."""

_FINE, _MIDDLE, _COARSE = 1440 * 1080, 544 * 408, 448 * 336
"""Pixels at which YuNet, CenterFace and once more YuNet see the picture."""
_FAINT_YUNET, _FAINT_CENTERFACE, _FAINT_QUICK = 0.05, 0.03, 0.15
_TILE = 900
"""The fine look is taken in parts of this length at most, which needs a fraction of the memory."""
_LAP = 64
"""Pixels that parts share; a larger face is found by the coarse look."""
_CUT = 4
"""Pixels from where the picture was cut within which a box belongs to half a face."""
_MOST_ENLARGED = 4.0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Candidates:
    """What may be faces.

    Args:
        boxes: n of them, in pixels of the picture
        yunet: the best score YuNet gave each, nought where it did not see it
        centerface: likewise

    """

    boxes: Boxes
    yunet: Floats
    centerface: Floats


def candidates(picture: Image.Image, *, quick: bool = False) -> Candidates:
    """Return what may be faces in an RGB picture.

    Args:
        picture: RGB, at least a pixel
        quick: leave out the search for small faces

    """
    coarse, factor = _scaled(picture, _COARSE)
    faint = _FAINT_QUICK if quick else _FAINT_YUNET
    first, second = [yunet.find(coarse, faint).mapped(factor)], []
    if not quick:
        middle, factor = _scaled(picture, _MIDDLE)
        second.append(centerface.find(middle, _FAINT_CENTERFACE).mapped(factor))
        first += _fine(picture)
    # A face may lie within a large thing that is none: the second look tells which is which.
    boxes = best(joined([*first, *second]), SAME, parts=True)
    return Candidates(
        boxes=boxes,
        yunet=_scores(boxes, joined(first)),
        centerface=_scores(boxes, joined(second)),
    )


def _scores(boxes: Boxes, found: Boxes) -> Floats:
    """Return the best score among *found* about each of *boxes*."""
    near = np.where(overlaps(boxes.edges, found.edges) > NEAR, found.scores[None, :], 0)
    scores: Floats = near.max(axis=1, initial=0).astype(np.float32)
    return scores


def _fine(picture: Image.Image) -> Iterator[Boxes]:
    """Search the whole picture for small faces, part by part."""
    whole, factor = _scaled(picture, _FINE)
    for rows in _parts(whole.shape[0]):
        for columns in _parts(whole.shape[1]):
            found = yunet.find(whole[rows, columns], _FAINT_YUNET)
            found = found.mapped(1, columns.start, rows.start)
            yield found.chosen(_whole(found.edges, rows, columns, whole.shape)).mapped(factor)


def _whole(
    edges: Floats, rows: slice, columns: slice, shape: tuple[int, ...]
) -> npt.NDArray[np.bool_]:
    """Say which boxes were not cut where the picture was; half a face looks like a face."""
    inner = [
        columns.start + _CUT if columns.start > 0 else -np.inf,
        rows.start + _CUT if rows.start > 0 else -np.inf,
        columns.stop - _CUT if columns.stop < shape[1] else np.inf,
        rows.stop - _CUT if rows.stop < shape[0] else np.inf,
    ]
    signs = np.array([1, 1, -1, -1])
    within: npt.NDArray[np.bool_] = ((edges - np.array(inner)) * signs > 0).all(axis=1)
    return within


def _parts(length: int) -> list[slice]:
    """Cover *length* with parts of one size that overlap."""
    count = max(1, -(-(length - _LAP) // (_TILE - _LAP)))
    size = -(-(length + (count - 1) * _LAP) // count)
    starts = (round(index * (length - size) / max(1, count - 1)) for index in range(count))
    return [slice(start, start + size) for start in starts]


def _scaled(picture: Image.Image, area: int) -> tuple[Pixels, float]:
    """Return the picture with about so many pixels, and the pixels of the picture for one of it."""
    factor = max((picture.width * picture.height / area) ** 0.5, 1 / _MOST_ENLARGED)
    size = (max(1, round(picture.width / factor)), max(1, round(picture.height / factor)))
    resized = picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return pixels(resized), factor
