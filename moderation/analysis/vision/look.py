"""Two looks at one part of a picture: where faces may be, then whether each is one.

The first look is sensitive and finds many things that are none. The second enlarges each of them
to the same size and asks both networks again, of the part and of its mirror image; the mean of
their scores decides. On the composites of ``python -m bench vision`` the second look finds two and
a half times as many faces of 16 to 32 pixels as the scores of the first at the same false alarms.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from moderation.analysis.vision import centerface, yunet
from moderation.analysis.vision.boxes import Boxes, best, joined, no_boxes, overlaps
from moderation.analysis.vision.network import Floats, Pixels
from moderation.analysis.vision.views import pixels

LARGE, SMALL = 0.42, 0.5
"""Mean scores from which on something counts as a face: small things look like one sooner."""
SURE = 0.9
"""A score of YuNet that needs no second look: nothing but faces reached it."""

_LARGE_SIDE = 0.055
"""The side of a large face, in parts of the side of a square as large as the picture."""
_FINE, _COARSE = 1440 * 1080, 448 * 336
"""Pixels at which small faces are looked for, and large ones."""
_FAINT_YUNET, _FAINT_CENTERFACE = 0.15, 0.1
_TILE = 900
"""The fine look is taken in parts of this length at most, which needs a fraction of the memory."""
_LAP = 96
"""Pixels that parts share; a larger face is found by the coarse look."""
_CUT = 4
"""Pixels from where the picture was cut within which a box belongs to half a face."""
_MOST_ENLARGED = 4.0
_MOST_LOOKS = 60
_CROP = 128
_AROUND = 1.8
_SAME = 0.3
_ANY = 0.02
_LIKELY = 0.5
"""A score of the first look that asks both networks in any case."""
_HOPELESS, _CLEAR = 0.4, 0.2
"""YuNet's score below which nothing helps, and how far from the threshold no mirror is asked."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one network says of a part: its score and its box, in pixels of the part."""

    score: float
    box: Boxes


def faces(picture: Image.Image, *, quick: bool = False) -> Boxes:
    """Return the faces in an RGB picture, in its pixels, the scores being those of the second look.

    Args:
        picture: RGB, at least a pixel
        quick: leave out the search for small faces

    """
    small, factor = _scaled(picture, _COARSE)
    found = [yunet.find(small, _FAINT_YUNET).mapped(factor)]
    if not quick:
        found.append(centerface.find(small, _FAINT_CENTERFACE).mapped(factor))
        found += _fine(picture)
    return best(joined(_again(picture, best(joined(found), _SAME))), _SAME)


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


def _again(picture: Image.Image, found: Boxes) -> list[Boxes]:
    """Look again at each candidate, the likeliest first."""
    kept = [found.chosen(found.scores >= SURE)]
    rest = found.chosen(found.scores < SURE)
    large = _LARGE_SIDE * (picture.width * picture.height) ** 0.5
    for score, edges in zip(rest.scores[:_MOST_LOOKS], rest.edges, strict=False):
        least = LARGE if float((edges[2:] - edges[:2]).max()) >= large else SMALL
        answer = _ask(picture, edges, least, likely=float(score) >= _LIKELY)
        if answer.score >= least:
            kept.append(answer.box)
    return kept


def _ask(picture: Image.Image, edges: Floats, least: float, *, likely: bool) -> _Answer:
    """Return what both networks make of a candidate that fills half of a part of its own."""
    area = _around(edges)
    part = pixels(picture.crop(area).resize((_CROP, _CROP), Image.Resampling.BICUBIC))
    factor = (area[2] - area[0]) / _CROP
    where = ((edges.reshape(1, 2, 2) - np.array(area[:2])) / factor).reshape(1, 4)
    one = _both(part, where.astype(np.float32), likely=likely)
    score = one.score
    if abs(score - least) < _CLEAR:
        mirrored = where[:, [2, 1, 0, 3]] * [-1, 1, -1, 1] + [_CROP, 0, _CROP, 0]
        turned = np.ascontiguousarray(part[:, ::-1])
        score = (score + _both(turned, mirrored.astype(np.float32), likely=likely).score) / 2
    box = one.box.mapped(factor, area[0], area[1])
    scores = np.full(len(box), score, np.float32)
    return _Answer(score, Boxes(scores=scores, edges=box.edges, points=box.points))


def _around(edges: Floats) -> tuple[int, int, int, int]:
    """Return a square about a candidate."""
    middle = (edges[:2] + edges[2:]) / 2
    side = max(float((edges[2:] - edges[:2]).max()) * _AROUND, 8.0)
    left, top = (float(each) - side / 2 for each in middle)
    return (
        round(left),
        round(top),
        round(left + side),
        round(top) + round(left + side) - round(left),
    )


def _both(part: Pixels, where: Floats, *, likely: bool) -> _Answer:
    """Return the mean score of both networks for the face at *where*, and the surer one's box."""
    first = _at(yunet.find(part, _ANY), where)
    if first.score < _HOPELESS and not likely:
        return _Answer(0.0, no_boxes())
    second = _at(centerface.find(part, _ANY), where)
    box = first.box if first.score >= _HOPELESS else second.box
    return _Answer((first.score + second.score) / 2, box)


def _at(boxes: Boxes, where: Floats) -> _Answer:
    """Return the best of *boxes* that lies where the candidate is."""
    near = boxes.chosen(overlaps(where, boxes.edges)[0] > _SAME)
    if not len(near):
        return _Answer(0.0, no_boxes())
    first = near.chosen(np.array([int(near.scores.argmax())]))
    return _Answer(float(first.scores[0]), first)
