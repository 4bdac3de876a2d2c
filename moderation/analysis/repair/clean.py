"""Write a picture so that it shows the same and tells nothing else."""

import re
from collections.abc import Callable, Mapping

from moderation.analysis.repair.again import decoding, encode, frames_of, shrink
from moderation.analysis.repair.gif import rewrite_gif
from moderation.analysis.repair.jpeg import kept_in_jpeg, rewrite_jpeg
from moderation.analysis.repair.kept import Kept
from moderation.analysis.repair.modern import as_jpeg, is_modern
from moderation.analysis.repair.png import kept_in_png, rewrite_png
from moderation.analysis.repair.webp import kept_in_webp, rewrite_webp
from moderation.extract.payloads import carries_payload, refuse_payload
from moderation.extract.probe import format_of, probe
from moderation.model import ExtractionError
from moderation.policy import Limits, default_policy

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
_SCAN, _TAIL = b"\xff\xda", 8_192
_WORDS = re.compile(rb"[\x20-\x7e]{16,}")
"""So many letters stand together by chance at the end of one photo in a thousand."""
_ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}


def clean_picture(data: bytes, *, longest: int = 0, limits: Limits | None = None) -> bytes:
    """Return the picture without anything that it does not show.

    Kept are the pixels as they were compressed, the colour profile, which way up it is shown, the
    pace of an animation, and notices of copyright, author and credit. HEIC and AVIF become JPEG.
    Cleaning what is clean changes no byte.

    Args:
        data: JPEG, PNG, WebP, GIF, HEIC or AVIF
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
    clean = _REWRITE[format_](data, None)
    if format_ == "GIF":
        return refuse_payload(clean)
    clean = _without_words(clean, limits) if format_ == "JPEG" else clean
    if not carries_payload(clean):
        return clean
    probe(clean, limits)
    return refuse_payload(_REWRITE[format_](_encoded(clean, format_), None))


def _without_words(data: bytes, limits: Limits) -> bytes:
    """Cut a JPEG off where words begin behind its pixels, if it shows the same without them."""
    tail = max(0, len(data) - _TAIL)
    words = _WORDS.search(data, max(tail, data.rfind(_SCAN, tail)))
    if words is None:
        return data
    probe(data, limits)
    shorter = data[: words.start()] + data[-2:]
    try:
        with decoding(data, "JPEG") as whole, decoding(shorter, "JPEG") as rest:
            return shorter if whole.tobytes() == rest.tobytes() else data
    except ExtractionError:
        return data  # what cannot be decoded is refused when it is read


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


def _encoded(data: bytes, format_: str) -> bytes:
    """Decode and compress anew, so that nothing is left of how the pixels were written."""
    kept = KEPT[format_](data)
    with decoding(data, format_) as picture:
        out = encode(list(frames_of(picture)), format_, like=picture, kept=kept)
    return _REWRITE[format_](out, kept.upright())
