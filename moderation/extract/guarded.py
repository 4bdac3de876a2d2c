"""What a decoder of pictures raises over files made to hurt it, turned into one error of ours."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from moderation.model import ExtractionError

# As measured over hostile files; MemoryError is left to the caller.
PILLOW_RAISES = (
    *(OSError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError, EOFError),
    *(AttributeError, RuntimeError, AssertionError, struct.error, zlib.error, RuntimeWarning),
)


@contextmanager
def guarded(trouble: str = "the picture cannot be decoded") -> Iterator[None]:
    """Turn every failure of Pillow in a block into one error.

    Args:
        trouble: what could not be done

    Raises:
        ExtractionError: something failed, or the picture has more pixels than Pillow thinks wise

    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (*PILLOW_RAISES, Image.DecompressionBombError) as error:
        raise ExtractionError(
            f"{trouble} ({type(error).__name__}); open it in an editor and export it again"
        ) from error
