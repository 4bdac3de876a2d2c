"""Whether the small copy inside a picture shows the picture, or another one.

Cameras write a small copy, and editors that crop or paint over a photo may leave it as it was. Two
pictures are the same here if a view of one is close to the other: turned by quarters, without the
black bars that cameras put around, or cut to the middle, since all of these show nothing new.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Grey = NDArray[np.float64]

_SIDE, _PARTS = 32, 8
_MOST_PIXELS = 4_000_000
_DARK, _FLAT = 40, 12
_WHOLE, _PART = 0.55, 1.1
"""Largest distances in the whole and in the worst of 64 parts, mean and spread taken off both.

On 28 pictures the same ones reached 0.3 and 0.85 (bars, turns, light, compression); of those that
had been cropped by 15 to 40 % all but one were beyond (``python -m bench repair``)."""
_UNREADABLE = (
    *(OSError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError, EOFError),
    *(AttributeError, RuntimeError, AssertionError, struct.error, zlib.error),
)


def shows_another(picture: "Image", small: bytes) -> bool:
    """Say whether a small copy shows something else than the picture it lies in.

    Args:
        picture: decoded, as it is stored
        small: bytes of the small copy; one that cannot be decoded shows nothing

    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(small), formats=("JPEG", "PNG", "WEBP", "GIF")) as copy:
            if copy.width * copy.height > _MOST_PIXELS:
                return True  # nothing of that size is a small copy
            copy.draft("L", (_SIDE * 4, _SIDE * 4))
            grey = copy.convert("L")
    except _UNREADABLE:
        return False
    return not any(_alike(one, other) for one, other in _pairs(picture.convert("L"), grey))


def _pairs(picture: "Image", copy: "Image") -> "Iterator[tuple[Grey, Grey]]":
    """Yield the views of both that may show the same."""
    copies = [copy, _without_bars(copy)]
    for each in copies:
        other = _reduced(each)
        for quarters in range(4):
            yield _turned(_reduced(picture), quarters), other
            yield _reduced(_middle(_turned_picture(picture, quarters), each)), other


def _turned(grey: "Grey", quarters: int) -> "Grey":
    import numpy as np

    return np.rot90(grey, quarters)


def _turned_picture(picture: "Image", quarters: int) -> "Image":
    return picture.rotate(90 * quarters, expand=True) if quarters else picture


def _middle(picture: "Image", like: "Image") -> "Image":
    """Cut the picture to the shape of the other."""
    width = min(picture.width, max(1, round(picture.height * like.width / like.height)))
    height = min(picture.height, max(1, round(picture.width * like.height / like.width)))
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def _without_bars(copy: "Image") -> "Image":
    import numpy as np

    grey = np.asarray(copy, dtype=np.float64)
    bars = [(grey.mean(axis=axis) < _DARK) & (grey.std(axis=axis) < _FLAT) for axis in (0, 1)]
    edges = []
    for bar in bars:
        inside = np.flatnonzero(~bar)
        edges.append((int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, len(bar)))
    (left, right), (top, bottom) = edges
    return copy.crop((left, top, right, bottom))


def _reduced(picture: "Image") -> "Grey":
    import numpy as np
    from PIL import Image

    small = picture.resize((_SIDE, _SIDE), Image.Resampling.BOX)
    grey = np.asarray(small, dtype=np.float64)
    spread = max(float(grey.std()), 4.0)
    normal: Grey = (grey - grey.mean()) / spread
    return normal


def _alike(one: "Grey", other: "Grey") -> bool:
    difference = (one - other) ** 2
    parts = difference.reshape(_PARTS, _SIDE // _PARTS, _PARTS, _SIDE // _PARTS)
    worst = float(parts.mean(axis=(1, 3)).max()) ** 0.5
    whole = float(difference.mean()) ** 0.5
    return bool(whole < _WHOLE and worst < _PART)
