"""Read a file that lies inside another as if it had been handed in by itself."""

import re

from moderation.extract.builder import Builder
from moderation.model import Carrier, Document, LinkReference, Location, Piece

_ENDING = re.compile(r"\.[a-z0-9]{1,5}")


def read_nested(builder: Builder, data: bytes, place: str, *, ending: str = "") -> None:
    """Add what a file inside another holds, each place with where the file lies before it.

    Args:
        builder: of the file around it
        data: the bytes of the file inside
        place: where it lies, such as ``attachment 2``; no name that somebody gave it
        ending: of its name; it only chooses between kinds of text

    Raises:
        ExtractionError: it cannot be read, or lies too deep; an empty file holds nothing

    """
    from moderation.extract import extract

    if not data.strip():
        return
    safe = ending.lower() if _ENDING.fullmatch(ending.lower()) else ""
    document = extract(place + safe, data, builder.limits, inside=builder.inside.enter(len(data)))
    at = 0
    for piece in document.pieces:
        if piece.carrier is not Carrier.FILE_NAME:
            if gap := document.text[at : piece.start]:
                builder.cut("\n" if at == 0 else gap)
            where = f"{place} {_place(document, piece)}".strip()
            builder.add(document.text[piece.start : piece.end], piece.carrier, field=where)
        at = piece.end
    builder.cut()
    _add_others(builder, document, place)


def _place(document: Document, piece: Piece) -> str:
    where = document.locate(piece.start, piece.end)
    return where.field or (f"line {where.line}" if where.line else "")


def _add_others(builder: Builder, document: Document, place: str) -> None:
    """Add links and parts, which rules on the file around them want to know of."""
    for link in document.links:
        field = f"{place} {link.location.field or 'link'}"
        where = Location(path=builder.path, carrier=Carrier.LINK, field=field)
        builder.links.append(LinkReference(target=link.target, text=link.text, location=where))
    for part in document.parts:
        builder.part(part.kind, part.detail, field=f"{place} {part.location.field}".strip())
