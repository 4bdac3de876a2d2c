"""Fit the weights of the second look: ``python -m bench.vision_train [SCENES]``.

Logistic regression over the candidates of drawn scenes that nothing else uses: how sure both
networks were at first, and how sure the second look is. The result is the same each time; copy it
to ``moderation/analysis/vision/look.py``. The weight of the size is held where it is there: drawn
scenes have few kinds of large things, and left free it would tell large faces to look better than
photographs of people in profile do.
"""

import sys
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from bench.vision_scenes import Scene, empty, peopled
from moderation.analysis.vision import look
from moderation.analysis.vision.boxes import overlaps
from moderation.analysis.vision.search import candidates

SEED = 101
_SCENES = 30
_MOST = 30
_FACE, _NONE = 0.3, 0.1
"""How much a candidate shares with a face, at least to be one and at most to be none."""
_STEPS, _RIDGE = 30, 1e-4
Table = npt.NDArray[np.float64]


def main(arguments: list[str]) -> int:
    """Print the weights in the order of ``look.py``."""
    count = int(arguments[0]) if arguments else _SCENES
    rows = np.array([row for scene in _scenes(count) for row in examples(scene)])
    weights = fitted(rows[:, :3], rows[:, 3], rows[:, 4])
    print(f"{len(rows)} candidates, {int(rows[:, 4].sum())} of them faces")
    names = ("FIRST_YUNET", "FIRST_CENTERFACE", "SECOND", "ALWAYS")
    print(", ".join(f"{name} = {weight:.2f}" for name, weight in zip(names, weights, strict=True)))
    return 0


def _scenes(count: int) -> Iterator[Scene]:
    for low, high in ((32, 220), (16, 32), (9, 16)):
        yield from peopled(count, low, high, SEED)
    yield from empty(2 * count, SEED)


def examples(scene: Scene) -> Iterator[tuple[float, ...]]:
    """Yield of each candidate both first scores and the second, its size, and whether it is a face.

    The scores are logarithms of odds, the size weighs as in the gate.
    """
    found = candidates(scene.picture)
    faces = np.array(scene.faces, np.float32).reshape(-1, 4)
    order = np.argsort(-look.first_evidence(found), kind="stable")[:_MOST]
    for index in order:
        box = found.boxes.chosen(np.array([index]))
        shared = float(overlaps(box.edges, faces).max(initial=0))
        if _NONE < shared < _FACE:
            continue
        answer = look.ask(scene.picture, box).score
        scores = np.array([found.yunet[index], found.centerface[index], answer], np.float32)
        size = look.SIZE * float(look.doublings(box.edges)[0])
        yield (*(float(each) for each in look.odds(scores)), size, float(shared >= _FACE))


def fitted(scores: Table, offsets: Table, labels: Table) -> Table:
    """Return the weights of *scores* and the constant, by Newton's method."""
    table = np.concatenate([scores, np.ones((len(scores), 1))], axis=1)
    weights = np.zeros(table.shape[1])
    ridge = np.eye(table.shape[1]) * _RIDGE * len(table)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(table @ weights + offsets)))
        slope = table.T @ (labels - chance) - ridge @ weights
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return weights


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
