"""The second look: of each thing that may be a face, whether it is one.

Each is enlarged or reduced to one size, with what is around it, and CenterFace is asked again. How
sure that is, how sure both networks were at first and how large it is are weighed together. The
weights come from ``python -m bench.vision_train``, which fits them to composites: the second look
decides most, and a large thing has to look more like a face than a small one of the same score.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from moderation.analysis.vision import centerface
from moderation.analysis.vision.boxes import Boxes, best, joined, no_boxes, overlaps
from moderation.analysis.vision.network import Floats
from moderation.analysis.vision.search import NEAR, SAME, Candidates, candidates
from moderation.analysis.vision.views import pixels

LEAST = 0.7
"""The weighed evidence from which on something counts as a face; few faces are near it."""

SIZE, FIRST_YUNET, FIRST_CENTERFACE, SECOND, ALWAYS = -0.8, 0.74, 0.30, 1.63, 2.00
_USUAL = 32.0
"""Pixels of a face whose size says nothing for or against it."""
_SMALLEST, _LARGEST = -2.0, 1.0
"""Doublings of the usual size beyond which size says no more."""
_FAINT, _CLEAR = 0.02, 0.98
"""Scores are taken as if they were no lower or higher than these."""
_DOUBT = 0.1
"""A score of the second look that few faces stay below; what is one even then needs no look."""
_PROMISING = 0.0
"""First evidence below which a second look finds too few faces to be worth its time."""
_LIKELY = 0.25
"""A first score of either network that is worth a second look whatever the other says."""
_MOST_LOOKS, _PATIENCE = 60, 10
"""Second looks in all, and how many may find nothing in a row; a crowd is worth the time."""
_CROP, _FACE = 96, 36
"""Pixels of the part that is looked at again, and of the face in its middle."""
_ANY = 0.02


@dataclass(frozen=True, slots=True)
class Answer:
    """What the second look says of a candidate: a score, and its box in pixels of the picture."""

    score: float
    box: Boxes


def faces(picture: Image.Image, *, quick: bool = False) -> Boxes:
    """Return the faces in an RGB picture, in its pixels, with the probability of each.

    Args:
        picture: RGB, at least a pixel
        quick: leave out the search for small faces

    """
    found = candidates(picture, quick=quick)
    expected = first_evidence(found)
    order = np.argsort(-expected, kind="stable")
    sure = LEAST - second_evidence(_DOUBT)
    clear = order[expected[order] >= sure]
    kept = [_scored(found.boxes.chosen(clear), expected[clear])]
    worth = (expected >= _PROMISING) | (found.yunet >= _LIKELY) | (found.centerface >= _LIKELY)
    vain = 0
    for index in order[worth[order] & (expected[order] < sure)][:_MOST_LOOKS]:
        if vain == _PATIENCE:
            break
        answer = ask(picture, found.boxes.chosen(np.array([index])))
        evidence = expected[[index]] + np.float32(second_evidence(answer.score))
        vain += 1
        if len(answer.box) and evidence[0] >= LEAST:
            kept.append(_scored(answer.box, evidence))
            vain = 0
    return best(joined(kept), SAME)


def first_evidence(found: Candidates) -> Floats:
    """Weigh what is known of candidates before the second look.

    Returns:
        a value each; with that of the second look it makes the logarithm of the odds of a face

    """
    weighed: Floats = (
        SIZE * doublings(found.boxes.edges)
        + FIRST_YUNET * odds(found.yunet)
        + FIRST_CENTERFACE * odds(found.centerface)
        + ALWAYS
    )
    return weighed


def doublings(edges: Floats) -> Floats:
    """Return how often the usual size has to be doubled to make that of each box."""
    sides = np.maximum((edges[:, 2:] - edges[:, :2]).max(axis=1, initial=1), 1)
    size: Floats = np.clip(np.log2(sides / np.float32(_USUAL)), _SMALLEST, _LARGEST)
    return size


def second_evidence(score: float) -> float:
    """Weigh a score of the second look."""
    return SECOND * float(odds(np.array([score], np.float32))[0])


def odds(scores: Floats) -> Floats:
    """Return the logarithm of the odds of *scores*."""
    inner = np.clip(scores, _FAINT, _CLEAR)
    result: Floats = np.log(inner / (1 - inner))
    return result


def ask(picture: Image.Image, candidate: Boxes) -> Answer:
    """Return what CenterFace makes of one candidate in the middle of a part of its own."""
    edges = candidate.edges[0]
    area = _around(edges)
    part = pixels(
        picture.crop(area).resize((_CROP, _CROP), Image.Resampling.BICUBIC, reducing_gap=3.0)
    )
    factor = (area[2] - area[0]) / _CROP
    found = centerface.find(part, _ANY).mapped(factor, area[0], area[1])
    near = found.chosen(overlaps(candidate.edges, found.edges)[0] > NEAR)
    if not len(near):
        return Answer(0.0, no_boxes())
    first = near.chosen(np.array([int(near.scores.argmax())]))
    return Answer(float(first.scores[0]), first)


def _around(edges: Floats) -> tuple[int, int, int, int]:
    """Return a square about a candidate, in whole pixels."""
    middle = (edges[:2] + edges[2:]) / 2
    side = max(float((edges[2:] - edges[:2]).max()) * _CROP / _FACE, 8.0)
    left, top = (round(float(each) - side / 2) for each in middle)
    return left, top, left + round(side), top + round(side)


def _scored(boxes: Boxes, evidence: Floats) -> Boxes:
    if not len(boxes):
        return no_boxes()
    probability = (1 / (1 + np.exp(-evidence))).astype(np.float32)
    return Boxes(scores=probability, edges=boxes.edges, points=boxes.points)
