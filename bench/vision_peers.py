"""What the gate is compared with: the same networks without its second look, and its former one."""

from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from bench.vision_cutouts import Box
from bench.vision_scenes import Scene
from moderation.analysis.vision import centerface, yunet
from moderation.analysis.vision.boxes import Boxes, best, joined, overlaps
from moderation.analysis.vision.network import Floats, Pixels
from moderation.analysis.vision.people import find_people
from moderation.analysis.vision.views import pixels
from moderation.model import Face

_SAME, _ANY = 0.3, 0.02
_YUNET, _CENTERFACE = 0.78, 0.3
"""Scores at which about 3 % of the drawn scenes without people are flagged by one look."""
_FORMER_FAINT, _FORMER_LEAST = 0.15, 0.46
_CROP, _AROUND = 128, 1.8


def box_of(face: Face) -> Box:
    """Return the edges of a face that was found."""
    region = face.region
    right, bottom = region.left + region.width, region.top + region.height
    return (region.left, region.top, right, bottom)


def gate(scene: Scene) -> Sequence[Box]:
    """Return the faces the gate finds in the JPEG of a scene."""
    return [box_of(face) for face in find_people(scene.jpeg())]


def one_look(scene: Scene) -> Sequence[Box]:
    """Return what YuNet sees at 1280 pixels or CenterFace at 640, once."""
    picture = scene.picture
    first = _found(picture, 1280, yunet.find, _YUNET)
    second = _found(picture, 640, centerface.find, _CENTERFACE)
    return _boxes(best(joined([first, second]), _SAME))


def former(scene: Scene) -> Sequence[Box]:
    """Return what the gate found before: a second look from close by at what YuNet saw large.

    The mean score of both networks, of the part and of its mirror image, decided.
    """
    picture = scene.picture
    found = joined(
        [
            _found(picture, 1440, yunet.find, _FORMER_FAINT),
            _found(picture, 448, yunet.find, _FORMER_FAINT),
            _found(picture, 448, centerface.find, _FORMER_FAINT),
        ]
    )
    kept = [each for each in _each(best(found, _SAME)) if _close(picture, each) >= _FORMER_LEAST]
    return _boxes(best(joined(kept), _SAME))


def _close(picture: Image.Image, box: Boxes) -> float:
    edges = box.edges[0]
    middle, side = (edges[:2] + edges[2:]) / 2, float((edges[2:] - edges[:2]).max()) * _AROUND
    left, top = (round(float(each) - side / 2) for each in middle)
    area = (left, top, left + max(8, round(side)), top + max(8, round(side)))
    part = pixels(picture.crop(area).resize((_CROP, _CROP), Image.Resampling.BICUBIC))
    where = ((edges.reshape(2, 2) - area[:2]) * _CROP / (area[2] - left)).astype(np.float32)
    mirrored = (where * [-1, 1] + [_CROP, 0])[::-1, :].copy()
    mirrored[:, 1] = where[:, 1]
    turned = np.ascontiguousarray(part[:, ::-1])
    return (_mean(part, where) + _mean(turned, mirrored.astype(np.float32))) / 2


def _mean(part: Pixels, where: Floats) -> float:
    scores = []
    for found in (yunet.find(part, _ANY), centerface.find(part, _ANY)):
        near = overlaps(where.reshape(1, 4), found.edges)[0] > _SAME
        scores.append(float(found.scores[near].max(initial=0)))
    return sum(scores) / 2


def _found(
    picture: Image.Image, long: int, find: Callable[[Pixels, float], Boxes], least: float
) -> Boxes:
    factor = max(picture.size) / long
    size = (max(1, round(picture.width / factor)), max(1, round(picture.height / factor)))
    seen = pixels(picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0))
    return find(seen, least).mapped(factor)


def _each(boxes: Boxes) -> list[Boxes]:
    return [boxes.chosen(np.array([index])) for index in range(len(boxes))]


def _boxes(found: Boxes) -> Sequence[Box]:
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in found.edges]
