"""Write a picture so that it shows the same and tells nothing else."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from moderation.analysis.repair.again import decoding, encode, frames_of, shrink
from moderation.analysis.repair.gif import rewrite_gif
from moderation.analysis.repair.jpeg import kept_in_jpeg, rewrite_jpeg
from moderation.analysis.repair.kept import Kept
from moderation.analysis.repair.modern import as_jpeg, is_modern
from moderation.analysis.repair.png import kept_in_png, rewrite_png
from moderation.analysis.repair.tail import without_tail
from moderation.analysis.repair.webp import kept_in_webp, rewrite_webp
from moderation.analysis.transparency import hidden_colours, is_transparent, without_hidden
from moderation.analysis.vision import is_available
from moderation.extract.payloads import carries_payload, refuse_payload
from moderation.extract.probe import format_of, probe
from moderation.model import ExtractionError, Face
from moderation.policy import Limits, default_policy

if TYPE_CHECKING:
    from PIL.Image import Image

_REWRITE: Mapping[str, Callable[[bytes, Kept | None], bytes]] = {
    "JPEG": rewrite_jpeg,
    "PNG": rewrite_png,
    "WEBP": rewrite_webp,
    "GIF": lambda data, _: rewrite_gif(data),
}
KEPT: Mapping[str, Callable[[bytes], Kept]] = {
    "JPEG": kept_in_jpeg,
    "PNG": kept_in_png,
    "WEBP": kept_in_webp,
    "GIF": lambda _: Kept(),
}
_SEE_THROUGH = ("PNG", "WEBP")
_LOOKED_AT = 1_300
_SMALL = 3_000_000
_SCAN, _TAIL = b"\xff\xda", 8_192
_WORDS = re.compile(rb"[\x20-\x7e]{16,}")
"""So many letters stand together by chance at the end of one photo in a thousand."""
_ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}


def clean_picture(data: bytes, *, longest: int = 0, limits: Limits | None = None) -> bytes:
    """Return the picture without anything that it does not show.

    Kept are the pixels as they were compressed, the colour profile, which way up it is shown, the
    pace of an animation, and notices of copyright, author and credit. HEIC, AVIF and TIFF become
    JPEG. Where a face lies under transparent parts, the colours under these go as well.
    Cleaning what is clean changes no byte.

    Args:
        data: JPEG, PNG, WebP, GIF, HEIC, AVIF or TIFF
        longest: pixels that the longer side may have; a larger picture is made smaller, and
            decoded and compressed anew for that; nought leaves every size as it is
        limits: the most that is decoded; the defaults of the policy unless given

    Raises:
        ExtractionError: it is no such picture, is damaged, is too large to be decoded, or holds a
            program, page or archive that cannot be taken out

    """
    limits = limits or default_policy().limits
    if is_modern(data):
        data = as_jpeg(data, limits)
    format_ = format_of(data)
    if longest or format_ == "GIF":
        found = probe(data, limits)
        if longest and max(found.width, found.height) > longest:
            data = _shrunk(data, format_, longest)
    if _hides_people(data, format_, limits):
        data = _encoded(data, format_, without_hidden)
    clean = _REWRITE[format_](data, None)
    if format_ == "GIF":
        return refuse_payload(clean)
    clean = _without_rest(clean, format_, limits)
    if not carries_payload(clean):
        return clean
    probe(clean, limits)
    return refuse_payload(_REWRITE[format_](_encoded(clean, format_), None))


def rewrite(data: bytes, kept: Kept) -> bytes:
    """Return a clean picture with other words beside its pixels, which stay as they are.

    Args:
        data: JPEG, PNG or WebP, as :func:`clean_picture` returns it
        kept: the words; each must be a notice (see :func:`moderation.analysis.repair.kept.notice`)

    Raises:
        ExtractionError: with these words it would spell a program, page or archive

    """
    return refuse_payload(_REWRITE[format_of(data)](data, kept))


def _without_rest(data: bytes, format_: str, limits: Limits) -> bytes:
    """Cut off what lies behind the pixels of a JPEG or WebP.

    To look takes decoding. A small picture, as it is published, is always looked at; a large one,
    which is made smaller before that, only if words stand at its end.
    """
    if format_ == "PNG":
        return data  # its pixels are counted as they are unpacked
    try:
        with decoding(data, format_) as picture:
            small = picture.width * picture.height <= _SMALL
            moving = getattr(picture, "n_frames", 1) > 1
    except ExtractionError:
        return data  # what cannot be decoded is refused when it is read
    if moving or not (small or _ends_in_words(data)):
        return data
    probe(data, limits)
    return without_tail(data, format_)


def _hides_people(data: bytes, format_: str, limits: Limits) -> bool:
    """Say whether a face lies under the transparent parts of a still picture: one rubbed out.

    What cannot be decoded is refused when it is read.
    """
    if format_ not in _SEE_THROUGH or not is_available():
        return False
    try:
        with decoding(data, format_) as picture:
            if not is_transparent(picture) or getattr(picture, "n_frames", 1) > 1:
                return False
            probe(data, limits)
            below = hidden_colours(picture, _LOOKED_AT)
        return below is not None and bool(_faces(below))
    except ExtractionError:
        return False


def _faces(picture: "Image") -> Sequence[Face]:
    from moderation.analysis.vision.people import find_people  # few pictures need it

    return find_people(picture)


def _ends_in_words(data: bytes) -> bool:
    tail = max(0, len(data) - _TAIL)
    return _WORDS.search(data, max(tail, data.rfind(_SCAN, tail))) is not None


def ending_of(data: bytes) -> str:
    """Return the ending that the name of a cleaned picture has, such as ``.jpg``."""
    return _ENDINGS[format_of(data)]


def _shrunk(data: bytes, format_: str, longest: int) -> bytes:
    kept = KEPT[format_](data)
    with decoding(data, format_) as picture:
        if format_ == "JPEG":
            picture.draft(None, (2 * longest, 2 * longest))
        frames = [shrink(frame, longest) for frame in frames_of(picture)]
        out = encode(frames, format_, like=picture, kept=kept)
    return _REWRITE[format_](out, kept.upright())


def _encoded(
    data: bytes, format_: str, change: "Callable[[Image], Image]" = lambda frame: frame
) -> bytes:
    """Decode and compress anew, so that nothing is left of how the pixels were written."""
    kept = KEPT[format_](data)
    with decoding(data, format_) as picture:
        frames = [change(frame) for frame in frames_of(picture)]
        out = encode(frames, format_, like=picture, kept=kept)
    return _REWRITE[format_](out, kept.upright())
