"""Bytes to documents; one module per media type, imported when a file of its kind comes."""

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from moderation.extract.builder import Builder
from moderation.extract.decode import decode
from moderation.extract.sniff import sniff
from moderation.model import Document, ExtractionError, digest_of
from moderation.policy import Limits, default_policy

if TYPE_CHECKING:
    from moderation.extract.inside import Inside

_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_OFFICE = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")
_RECORDINGS = ("video/", "audio/")


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
        from moderation.extract.unread import unreadable

        raise unreadable(path, media_type)
    document = import_module(module).extract(path, data, digest_of(data), limits, inside)
    if not isinstance(document, Document):  # pragma: no cover - a fault of ours
        raise TypeError(f"{module} made no document")
    return document


def needs_care(path: str, data: bytes, limits: Limits) -> str:
    """Name the module that would read a file, where that parses more than text; else nothing.

    Args:
        path: of the file, relative to the content folder
        data: its bytes
        limits: the most that is read

    """
    return _module(sniff(path, data[: limits.asset_bytes + 1])) or ""


def _module(media_type: str) -> str | None:
    if media_type in _PICTURES:
        return "moderation.extract.image"
    if media_type == "application/pdf":
        return "moderation.extract.pdf"
    if media_type.startswith(_OFFICE):
        return "moderation.extract.office"
    if media_type.startswith(_RECORDINGS):
        return "moderation.extract.media.recording"
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
