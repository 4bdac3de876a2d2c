"""See whether a file shows a photo that is known, where a rule that runs wants to know."""

from dataclasses import replace

from moderation.checks.base import Context
from moderation.model import Document
from moderation.pipeline.plan import Plan

_RULE = "same-photo-other-consent"


def with_copies(document: Document, data: bytes, context: Context, plan: Plan) -> Document:
    """Return *document* with the digests of the known photos that it shows or carries.

    Args:
        document: what was read of a file
        data: the file's bytes
        context: whose register of photos is looked through
        plan: the rules that run

    Raises:
        ExtractionError: a picture in it cannot be looked at

    """
    photos = context.registers.photos
    if photos is None or not photos.known or _RULE not in plan.rules:
        return document
    from moderation.analysis.copies.known import shows  # NumPy, and only where photos are known

    found = {each.digest for each in shows(data, photos.known)}
    return replace(document, copies=tuple(sorted(found)))
