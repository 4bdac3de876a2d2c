"""Whether a cleaned copy shows what the original showed, and holds nothing else."""

import re
from collections.abc import Iterator

from moderation.extract.marked import counted
from moderation.model import Carrier, Document, ExtractionError, Piece

_SEEN = frozenset(
    {
        *(Carrier.BODY, Carrier.HEADING, Carrier.TABLE, Carrier.CELL),
        *(Carrier.SLIDE, Carrier.CAPTION, Carrier.CODE, Carrier.LINK_TEXT),
    }
)
_LEFT = frozenset(
    {
        *(Carrier.COMMENT, Carrier.TRACKED_CHANGE, Carrier.HIDDEN_CELL, Carrier.SPEAKER_NOTE),
        *(Carrier.ANNOTATION, Carrier.FORM_FIELD, Carrier.PROPERTY, Carrier.ATTACHMENT),
        *(Carrier.HIDDEN, Carrier.MARKUP),
    }
)
_TITLES = re.compile(r"(?:PDF )?(?:title|language)", re.IGNORECASE)
_SHOWN = re.compile(
    r".*\b(?:formula|lvlText val|tblCaption val|tblDescription val|textpath string"
    r"|numFmt formatCode)"
    r"|(?:word|xl|ppt)/(?:chart|drawing|diagram|slideMaster|slideLayout|numbering)"
    r"[A-Za-z]*[0-9]+\.xml.*|Object [0-9]+/.*|styles.*|image[0-9]+\..*|name of a part"
)
"""Places of words that a reader sees, which the readers of files take for hidden to be safe."""
_SET = re.compile(
    r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4,12}){4}\}?|-?[0-9.]{1,20}|left|right|center|top|bottom"
    r"|inside|outside"
)
"""What programs write into elements that lay out shapes."""
_NESTED = re.compile(r"file in(?:side)?\b|attachment [0-9]")
"""How places begin that lie in a file inside the file."""
_PAGE_FIELD = re.compile(r"[\sA-Za-z*\\#0\"]{1,60}")

_DIGITS = re.compile(r"[0-9]+")

_REFUSED = {
    "covered-text": "has text below black, which anybody can take out; {redact}",
    "covering-shape": "has a black shape over text, which anybody can take out; {redact}",
    "redaction-mark": "is marked for blackening, and nothing was taken out; {redact}",
    "unseen-text": "has text that nobody can see; delete it, or let it be seen",
    "undrawn-text": "has text that is not drawn; {again}",
    "outside-page": "has text outside the page; {again}",
    "hidden-layer": "has a layer that is switched off; delete the layer and export it again",
    "xfa": "is a form that is a program of its own; {print}",
    "encrypted": "is locked; save it without a lock",
}
_ASKED = frozenset({"scanned-page", "cropped-picture"})
"""Parts that stay: a moderator is asked about them whenever the file is checked."""
_HOW = {
    "redact": "delete the words themselves and export it again, or use a program's own redaction",
    "again": "delete it in the document that the PDF was made from, and export it again",
    "print": "print it to a new PDF",
}
_DONE = {
    "tracked-change": "accepted {}",
    "comment": "took out {}",
    "pivot-cache": "took out {}",
    "external-cache": "took out {}",
}


def refuse_before(document: Document) -> None:
    """Refuse what nobody but its author can take out safely.

    Raises:
        ExtractionError: there is such a thing; the error says what to do

    """
    for part in document.parts:
        if part.kind in _REFUSED:
            where = part.location.field or "the file"
            raise ExtractionError(f"{where} {_REFUSED[part.kind].format(**_HOW)}")


def refuse_leftovers(before: Document, after: Document) -> None:
    """Refuse a copy that shows something else than the original, or holds more than it shows.

    Raises:
        ExtractionError: so it is; the error says where, and never what it reads

    """
    for part in after.parts:
        if part.kind not in _ASKED:
            raise ExtractionError(_left(part.kind.replace("-", " "), part.location.field))
    for piece in after.pieces:
        nested = _NESTED.match(piece.field) is not None
        if nested or (piece.carrier in _LEFT and not _is_shown(after, piece)):
            raise ExtractionError(_left(str(piece.carrier), piece.field))
    if not _same(before, after) or _headers(after) - _headers(before):
        raise ExtractionError(
            "a cleaned copy would not show the same; take out by hand what readers do not see"
        )


def _is_shown(document: Document, piece: Piece) -> bool:
    if piece.carrier is Carrier.PROPERTY:
        return _TITLES.fullmatch(piece.field) is not None
    if piece.carrier is Carrier.MARKUP:
        return _PAGE_FIELD.fullmatch(document.text[piece.start : piece.end]) is not None
    if _SHOWN.fullmatch(piece.field):
        return True
    return _SET.fullmatch(document.text[piece.start : piece.end].strip()) is not None


def _left(what: str, where: str) -> str:
    place = re.sub(r"[^\w ,!:/.-]", "", where)[:60]
    at = f" ({place})" if place else ""
    return f"a cleaned copy would still hold {what}{at}; take it out by hand and save it again"


def _letters(document: Document) -> str:
    return "".join("".join(text.split()) for text in _seen(document))


def _same(before: Document, after: Document) -> bool:
    """Say whether both show the same letters, but for what lay beside slides and in fields."""
    first, second = _letters(before), _letters(after)
    if first == second:
        return True
    if before.media_type.endswith("wordprocessingml.document"):
        # the numbers of a list of contents are hidden on web pages only, and are no longer
        plain = [_DIGITS.sub("", letters) for letters in (first, second)]
        return plain[0] == plain[1] and _is_part(first, second)
    kinds = {part.kind for part in before.parts}
    if "off-slide" in kinds:
        return _is_part(second, first)
    return "form" in kinds and _is_part(first, second)


def _is_part(short: str, long: str) -> bool:
    """Say whether the letters of one stand in the other in their order, with others between."""
    waiting = iter(long)
    return all(letter in waiting for letter in short)


def _headers(document: Document) -> set[str]:
    """Return the words of headers; one that no page has is no longer in a copy."""
    return {document.text[p.start : p.end].strip() for p in document.carried(Carrier.HEADER)}


def _seen(document: Document) -> Iterator[str]:
    for piece in document.pieces:
        if piece.carrier in _SEEN and not _NESTED.match(piece.field):
            yield document.text[piece.start : piece.end]


def said(before: Document, after: Document) -> tuple[str, ...]:
    """Return in words what is no longer in the copy."""
    done = []
    for part in before.parts:
        where = f"{part.location.field} " if part.location.field else ""
        told = _DONE.get(part.kind, "took out what {}").format(part.detail)
        if part.kind not in _DONE:
            told = f"took out: {where}{part.detail}"
        if part.kind not in {each.kind for each in after.parts} and told not in done:
            done.append(told)
    properties = sum(1 for _ in before.carried(Carrier.PROPERTY)) - sum(
        1 for _ in after.carried(Carrier.PROPERTY)
    )
    if properties > 0:
        done.append(f"took out {counted(properties, 'property', 'properties')} of the file")
    return tuple(done)
