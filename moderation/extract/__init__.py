"""Bytes to documents; one module per media type, imported when a file of its kind comes."""

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from moderation.extract.builder import Builder
from moderation.extract.decode import decode
from moderation.extract.sniff import UNKNOWN, sniff
from moderation.model import Document, ExtractionError, digest_of
from moderation.policy import Limits, default_policy

if TYPE_CHECKING:
    from moderation.extract.inside import Inside

_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_OFFICE = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")
_CONVERT = "bring it in with schoolgate add photo, which makes a JPEG of it"
_REMEDIES = {
    "image/heic": _CONVERT,
    "image/heif": _CONVERT,
    "image/avif": _CONVERT,
    "image/tiff": "save the picture as JPEG or PNG",
    "image/bmp": "save the picture as PNG",
    "application/x-ole-storage": "save it in a newer format, without a password, or as PDF",
    "application/rtf": "save it as PDF",
    "application/zip": "hand in the files one by one",
}
_NAMES = {"application/x-ole-storage": "an old or encrypted office file"}


def extract(
    path: str, data: bytes, limits: Limits | None = None, *, inside: "Inside | None" = None
) -> Document:
    """Read a submitted file.

    Args:
        path: of the file, relative to the content folder, with forward slashes
        data: its bytes
        limits: the most that is read; the defaults of the policy unless given
        inside: how deep inside another file it lies; not at all unless given

    Raises:
        ExtractionError: the file is empty, too large, damaged, or of a kind that is not read

    """
    limits = limits or default_policy().limits
    if not data:
        raise ExtractionError(f"{path}: is empty; hand in the file that was meant")
    media_type = sniff(path, data[: limits.asset_bytes + 1])
    is_text = media_type.startswith("text/") or media_type == "image/svg+xml"
    most = limits.page_bytes if is_text else limits.asset_bytes
    if len(data) > most:
        raise ExtractionError(
            f"{path}: is larger than {most:,} bytes; hand in a smaller file or several"
        )
    if is_text:
        return _text(path, data, media_type, limits)
    module = _module(media_type)
    if module is None:
        raise _unreadable(path, media_type)
    document = import_module(module).extract(path, data, digest_of(data), limits, inside)
    if not isinstance(document, Document):  # pragma: no cover - a fault of ours
        raise TypeError(f"{module} made no document")
    return document


def _module(media_type: str) -> str | None:
    if media_type in _PICTURES:
        return "moderation.extract.image"
    if media_type == "application/pdf":
        return "moderation.extract.pdf"
    if media_type.startswith(_OFFICE):
        return "moderation.extract.office"
    return None


def _text(path: str, data: bytes, media_type: str, limits: Limits) -> Document:
    decoded = decode(path, data)
    if not decoded.text.strip():
        raise ExtractionError(f"{path}: holds no text; hand in the file that was meant")
    document = _as(media_type, Builder(path, digest_of(data), limits), decoded.text)
    if decoded.encoding == "utf-8":
        return document
    # Programs that build the site read UTF-8 only; a rule or the build may want to know.
    return replace(document, properties={**document.properties, "encoding": decoded.encoding})


def _as(media_type: str, builder: Builder, source: str) -> Document:
    if media_type == "text/markdown":
        from moderation.extract import markdown

        return markdown.extract(builder, source)
    if media_type in ("text/html", "image/svg+xml"):
        from moderation.extract import html

        return html.extract(builder, source, media_type=media_type)
    from moderation.extract import text

    return text.extract(builder, source, media_type=media_type)


def _unreadable(path: str, media_type: str) -> ExtractionError:
    remedy = _REMEDIES.get(media_type, "hand in a page, a JPEG or PNG picture, or a PDF")
    if media_type == UNKNOWN:
        return ExtractionError(f"{path}: is of a kind that is not known; {remedy}")
    what = _NAMES.get(media_type, media_type)
    return ExtractionError(f"{path}: is {what}, which cannot be checked; {remedy}")
