"""Read the text in a picture, where a rule that runs wants to know it."""

from collections.abc import Iterable
from dataclasses import replace

from moderation.analysis import reading
from moderation.analysis.reading.text import Line, between
from moderation.extract.refusal import naming
from moderation.model import Asset, Carrier, Document, Piece
from moderation.pipeline.confined import call
from moderation.pipeline.plan import Plan

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
TEXT, NOT_READ, LOOKED = "text", "not read", "looked for"
"""The property of a picture that says whether its text was read, and its two values."""
_FAMILIES = frozenset({"language", "people", "rights"})
_RULE = "text-not-read"
_APART = "\n\n"


def with_text(document: Document, asset: Asset, plan: Plan) -> Document:
    """Return *document* with the text that was read in the picture it is.

    Where nothing on this machine can read, the property :data:`TEXT` says so of a picture that
    looks as if text were in it, which a rule reports.

    Args:
        document: what was read of a file
        asset: the file
        plan: the rules that run

    Raises:
        ExtractionError: the picture cannot be decoded

    """
    if document.media_type not in PICTURES or not _wanted(plan):
        return document
    from moderation.pipeline.confined import tasks

    with naming(asset.path):
        if reading.is_available():
            return _added(document, call(tasks.read_lines, asset.data))
        told = NOT_READ if call(tasks.looks_like_text, asset.data) else LOOKED
        return replace(document, properties={**document.properties, TEXT: told})


def _wanted(plan: Plan) -> bool:
    return _RULE in plan.rules or any(plan.known[rule].family in _FAMILIES for rule in plan.rules)


def _added(document: Document, lines: Iterable[Line]) -> Document:
    """Append lines to the text, those of a block one below another, blocks kept apart."""
    text, pieces, before = document.text, list(document.pieces), None
    for number, line in enumerate(lines, start=1):
        text += between(before, line) if before or not text else _APART
        for nth, word in enumerate(line.words, start=1):
            start = len(text)
            text += word.text + " " * (nth < len(line.words))
            place = f"line {number} of the text in it"
            pieces.append(Piece(start, len(text), Carrier.OCR, field=place, region=word.region))
        before = line
    properties = {**document.properties, TEXT: LOOKED}
    return replace(document, text=text, pieces=tuple(pieces), properties=properties)
