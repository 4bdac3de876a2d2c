"""Find the people in a picture by their faces; recognise nobody, keep nothing of a face."""

from collections.abc import Iterator

import numpy as np
from PIL import Image

from moderation.analysis.vision.boxes import Boxes, overlaps
from moderation.analysis.vision.look import faces
from moderation.analysis.vision.network import Floats
from moderation.analysis.vision.search import SAME
from moderation.analysis.vision.views import View, views
from moderation.model import Face, Region

_TURNS = (
    (Image.Transpose.ROTATE_90, 1),
    (Image.Transpose.ROTATE_270, 3),
    (Image.Transpose.ROTATE_180, 2),
)
_LEFT_EYE, _RIGHT_EYE, _NOSE, _LEFT_MOUTH, _RIGHT_MOUTH = range(5)
_ASIDE = 0.28
"""How far the nose may lie from the middle of the eyes, in distances between the eyes."""
_NARROW = 0.28
"""The least distance between the eyes of a face that looks here, in widths of the face."""


def find_people(picture: bytes | Image.Image) -> tuple[Face, ...]:
    """Return the faces in a picture, by frame, then from left to right.

    Where nobody is found the picture is turned, since a photo may lie on its side without saying
    so. No one is recognised: a face is a place, a size and a score. People who are seen from
    behind are not found. The threshold was chosen on composites (``python -m bench vision``), not
    on photographs of a school.

    Args:
        picture: the bytes of a JPEG, PNG, WebP or GIF, or a picture that is open

    Raises:
        ExtractionError: the picture cannot be decoded

    """
    found: list[Face] = []
    for view in views(picture):
        found += [face for face in _in_view(view) if not any(_is_same(face, f) for f in found)]
    return tuple(sorted(found, key=lambda face: (face.frame, face.region)))


def _is_same(one: Face, other: Face) -> bool:
    """Say whether two faces are one, seen in two views of the same frame."""
    if one.frame != other.frame:
        return False
    first, second = (
        np.array([[r.left, r.top, r.left + r.width, r.top + r.height]], np.float32)
        for r in (one.region, other.region)
    )
    return float(overlaps(first, second)[0, 0]) >= SAME


def _in_view(view: View) -> list[Face]:
    found = faces(view.picture)
    if not len(found):
        found = _turned(view.picture)
    factor = np.float32(view.factor)
    seen = (
        _face(view, edges * factor, points, float(score)) for score, edges, points in _each(found)
    )
    return sorted((face for face in seen if face), key=lambda face: face.region)


def _each(found: Boxes) -> Iterator[tuple[Floats, Floats, Floats]]:
    return zip(found.scores, found.edges, found.points, strict=True)


def _turned(picture: Image.Image) -> Boxes:
    """Look at the picture lying on either side and standing on its head; keep the best of these."""
    tries = []
    for transpose, quarters in _TURNS:
        found = faces(picture.transpose(transpose), quick=True)
        tries.append(_turned_back(found, quarters, picture.size))
    return max(tries, key=lambda found: float(found.scores.sum()))


def _turned_back(found: Boxes, quarters: int, size: tuple[int, int]) -> Boxes:
    """Say where boxes of a picture that was turned to the left lie in the picture of *size*."""
    corners = _points_back(found.edges.reshape(-1, 2, 2), quarters, size)
    edges = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
    return Boxes(
        scores=found.scores, edges=edges, points=_points_back(found.points, quarters, size)
    )


def _points_back(points: Floats, quarters: int, size: tuple[int, int]) -> Floats:
    width, height = size
    x, y = points[..., 0], points[..., 1]
    turned = {
        1: (width - y, x),
        2: (width - x, height - y),
        3: (y, height - x),
    }[quarters]
    return np.stack(turned, axis=-1).astype(np.float32)


def _face(view: View, edges: Floats, points: Floats, score: float) -> Face | None:
    """Make a value of one box, cut off at the edges of the picture."""
    left, top = (max(0, round(float(each))) for each in edges[:2])
    right, bottom = (
        min(view.width, round(float(edges[2]))),
        min(view.height, round(float(edges[3]))),
    )
    if right <= left or bottom <= top:
        return None
    region = Region(left=left, top=top, width=right - left, height=bottom - top)
    return Face(
        region=region,
        score=round(min(score, 1.0), 3),
        face_on=_is_face_on(points, float(edges[2] - edges[0]) / view.factor),
        share=round(region.width * region.height / (view.width * view.height), 4),
        frame=view.frame,
    )


def _is_face_on(points: Floats, width: float) -> bool:
    """Say whether a face looks at the camera: its eyes apart and its nose between them.

    It is measured along the line of the eyes, so that a tilted head counts as well.
    """
    across = points[_RIGHT_EYE] - points[_LEFT_EYE]
    apart = float(np.hypot(*across))
    if apart < max(_NARROW * width, 1e-3):
        return False
    middle = (points[_LEFT_EYE] + points[_RIGHT_EYE]) / 2
    aside = float(np.dot(points[_NOSE] - middle, across)) / apart**2
    return abs(aside) <= _ASIDE
