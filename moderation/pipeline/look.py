"""Look at a picture, where a rule that runs wants to know who can be seen."""

from dataclasses import replace

from moderation.analysis import vision
from moderation.model import Document
from moderation.pipeline.plan import Plan

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_FAMILY = "images"


def look(document: Document, data: bytes, plan: Plan) -> Document:
    """Return *document* with the faces that were seen in it.

    Without a detector on this machine nothing is looked at, which a rule reports.

    Args:
        document: what was read of a file
        data: the file's bytes
        plan: the rules that run

    Raises:
        ExtractionError: the picture cannot be looked at

    """
    if document.media_type not in PICTURES or not vision.is_available():
        return document
    if not any(plan.known[rule].family == _FAMILY for rule in plan.rules):
        return document
    from moderation.analysis.vision.people import find_people  # NumPy, and only for pictures

    return replace(document, people=find_people(data))
