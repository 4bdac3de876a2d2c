"""The photos in a PDF, without what their own files tell."""

from typing import TYPE_CHECKING

from moderation.analysis.repair.jpeg import rewrite_jpeg
from moderation.analysis.repair.kept import Kept
from moderation.policy import Limits

if TYPE_CHECKING:
    from pikepdf import Stream


def clean_photo(stream: "Stream", limits: Limits) -> None:
    """Write a stream that is a JPEG picture without metadata, with the same pixels.

    Raises:
        ExtractionError: the picture is damaged

    """
    from pikepdf import Array, Dictionary, Name

    filters = stream.get("/Filter")
    if filters is None or stream.get("/Subtype") != Name.Image:
        return
    names = [filters] if isinstance(filters, Name) else list(filters)
    if names == [Name.DCTDecode] and len(stream.read_raw_bytes()) <= limits.asset_bytes:
        parameters = stream.get("/DecodeParms")
        known = parameters if isinstance(parameters, Dictionary | Array) else None
        clean = rewrite_jpeg(stream.read_raw_bytes(), Kept())
        stream.write(clean, filter=Name.DCTDecode, decode_parms=known)
