"""YuNet, a small detector of faces (models/README.md says where it is from).

The layout of its output is that of OpenCV's FaceDetectorYN (modules/objdetect/src/face_detect.cpp):
for each stride one row a cell, with a class score, an objectness, a box and five points.
"""

import numpy as np

from moderation.analysis.vision.boxes import Boxes, best, joined
from moderation.analysis.vision.network import Pixels, batched, network

_STRIDES = (8, 16, 32)


def find(picture: Pixels, threshold: float) -> Boxes:
    """Return candidates of at least *threshold* in *picture*."""
    batch = batched(picture[:, :, ::-1])
    width = batch.shape[3]
    outputs = network("yunet").run(batch)
    found = []
    for stride in _STRIDES:
        classes, objects = outputs[f"cls_{stride}"][0, :, 0], outputs[f"obj_{stride}"][0, :, 0]
        scores = np.sqrt(np.clip(classes, 0, 1) * np.clip(objects, 0, 1))
        cells = np.nonzero(scores >= threshold)[0]
        rows, columns = np.divmod(cells, width // stride)
        corner = np.stack([columns, rows], axis=1).astype(np.float32)
        box = outputs[f"bbox_{stride}"][0, cells]
        middle, half = (corner + box[:, :2]) * stride, np.exp(box[:, 2:]) * stride / 2
        points = outputs[f"kps_{stride}"][0, cells].reshape(-1, 5, 2) + corner[:, None]
        edges = np.concatenate([middle - half, middle + half], axis=1)
        found.append(Boxes(scores=scores[cells], edges=edges, points=points * stride))
    return best(joined(found))
