"""The pictures inside a document, without what they do not show; notices of rights stay."""

from moderation.analysis.repair.clean import clean_picture, ending_of
from moderation.extract.sniff import sniff
from moderation.model import ExtractionError
from moderation.policy import Limits

_KINDS = ("image/jpeg", "image/png", "image/gif", "image/webp")


def clean_inside(data: bytes, limits: Limits) -> tuple[bytes, str]:
    """Return a picture that lies in a document, cleaned, and the ending of its name.

    Raises:
        ExtractionError: it is damaged, or of a kind that cannot be cleaned

    """
    if sniff("", data) not in _KINDS:
        raise ExtractionError(
            "the document holds a picture that cannot be cleaned, such as EMF, WMF or SVG; "
            "put it in as JPEG or PNG"
        )
    clean = clean_picture(data, limits=limits)
    return clean, ending_of(clean)
