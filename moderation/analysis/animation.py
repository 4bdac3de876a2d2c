"""Which pictures of an animation tell most, where there is no time to look at each."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from moderation.analysis.transparency import on_page

_SIDE = 48
_SAME = 12
"""How much two pictures that show the same differ at most, made small, of 255."""

_Glance = npt.NDArray[np.int16]


def telling_frames(picture: Image.Image, most: int) -> list[int]:
    """Choose the frames that differ most from one another, in order.

    Each is looked at, made small: whoever is shown for one frame only differs from all others, so
    that no even steps can pass them by. The further pictures of a JPEG (MPO) are no frames, since
    nobody is shown them.

    Args:
        picture: open, and of a size and length that may be decoded
        most: frames

    Returns:
        numbers from nought; the first frame is always among them

    """
    count = 1 if picture.format in ("JPEG", "MPO") else getattr(picture, "n_frames", 1)
    if count == 1:
        return [0]
    glances = np.stack([_glance(picture, frame) for frame in range(count)])
    apart = _apart(glances, glances[0])
    chosen = [0]
    while len(chosen) < most and apart.max() > _SAME:
        chosen.append(int(apart.argmax()))
        apart = np.minimum(apart, _apart(glances, glances[chosen[-1]]))
    return sorted(chosen)


def _glance(picture: Image.Image, frame: int) -> _Glance:
    picture.seek(frame)
    small = on_page(picture).resize((_SIDE, _SIDE), Image.Resampling.BOX)
    return np.asarray(small, np.int16)


def _apart(glances: _Glance, other: _Glance) -> npt.NDArray[np.int16]:
    """Return how much the most different part of each glance differs from *other*."""
    apart: npt.NDArray[np.int16] = np.abs(glances - other).max(axis=(1, 2, 3))
    return apart
