"""Rights: which metadata fields say who made a file, whose it is and how it may be used.

After *IPTC Photo Metadata Standard 2023.1* and its mapping guidelines for EXIF, IIM and XMP; *PLUS
License Data Format 2.0.1*; *Describing Copyright in RDF* (Creative Commons); ISO 32000-2, 14.3.3.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from moderation.model import Carrier, Credit, Document, ExtractionError, Term

if TYPE_CHECKING:
    from moderation.extract.picture import Container

_EXIF = {
    "Artist": Term.CREATOR,
    "Photographer": Term.CREATOR,
    "XPAuthor": Term.CREATOR,
    "Copyright": Term.COPYRIGHT_NOTICE,
    "XPTitle": Term.TITLE,
    "ImageTitle": Term.TITLE,
}
_IPTC = {
    "By-line": Term.CREATOR,
    "By-line Title": Term.JOB_TITLE,
    "Object Name": Term.TITLE,
    "Copyright Notice": Term.COPYRIGHT_NOTICE,
    "Credit": Term.CREDIT_LINE,
    "Source": Term.SOURCE,
    "Contact": Term.CONTACT,
    "Special Instructions": Term.INSTRUCTIONS,
}
_XMP = {
    **dict.fromkeys(("dc:creator", "tiff:Artist", "dcterms:creator"), Term.CREATOR),
    **dict.fromkeys(("plus:ImageCreatorName", "exifEX:Photographer"), Term.CREATOR),
    **dict.fromkeys(("dc:title", "dcterms:title"), Term.TITLE),
    "photoshop:AuthorsPosition": Term.JOB_TITLE,
    **dict.fromkeys(("dc:rights", "tiff:Copyright", "dcterms:rights"), Term.COPYRIGHT_NOTICE),
    **dict.fromkeys(("prism:copyright", "pdf:Copyright"), Term.COPYRIGHT_NOTICE),
    **dict.fromkeys(("xmpRights:Owner", "plus:CopyrightOwnerName"), Term.COPYRIGHT_OWNER),
    "dcterms:rightsHolder": Term.COPYRIGHT_OWNER,
    "xmpRights:Marked": Term.RIGHTS_MARKED,
    **dict.fromkeys(("photoshop:Credit", "cc:attributionName"), Term.CREDIT_LINE),
    **dict.fromkeys(("photoshop:Source", "dc:source", "cc:attributionURL"), Term.SOURCE),
    "plus:ImageSupplierName": Term.SOURCE,
    "plus:LicensorName": Term.LICENSOR,
    "plus:LicensorURL": Term.LICENSOR_URL,
    **dict.fromkeys(("xmpRights:WebStatement", "xmpRights:Certificate"), Term.WEB_STATEMENT),
    **dict.fromkeys(("xmpRights:UsageTerms", "cc:morePermissions"), Term.USAGE_TERMS),
    **dict.fromkeys(("plus:OtherConstraints", "plus:TermsAndConditionsText"), Term.USAGE_TERMS),
    "plus:TermsAndConditionsURL": Term.USAGE_TERMS,
    **dict.fromkeys(("cc:license", "dcterms:license"), Term.LICENCE),
    "photoshop:Instructions": Term.INSTRUCTIONS,
    **{
        f"Iptc4xmpCore:{name}": Term.CONTACT
        for name in (
            *("CiAdrExtadr", "CiAdrCity", "CiAdrRegion", "CiAdrPcode", "CiAdrCtry"),
            *("CiTelWork", "CiEmailWork", "CiUrlWork"),
        )
    },
    **dict.fromkeys(("plus:LicensorEmail", "plus:LicensorTelephone1"), Term.CONTACT),
    "plus:LicensorTelephone2": Term.CONTACT,
    **dict.fromkeys(("Iptc4xmpExt:PersonInImage", "Iptc4xmpExt:PersonName"), Term.PERSON_SHOWN),
    **dict.fromkeys(("MP:PersonDisplayName", "mwg-rs:Name"), Term.PERSON_SHOWN),
    **{
        f"Iptc4xmpExt:AO{name}": Term.ARTWORK_SHOWN
        for name in (
            *("Creator", "CopyrightNotice", "Source", "Title"),
            *("CurrentCopyrightOwnerName", "CurrentLicensorName"),
        )
    },
    "Iptc4xmpExt:DigitalSourceType": Term.DIGITAL_SOURCE_TYPE,
    "Iptc4xmpExt:DigitalSourcefileType": Term.DIGITAL_SOURCE_TYPE,
}
_TEXT_CHUNK = {
    **dict.fromkeys(("Author", "Artist", "exif:Artist", "dc:creator"), Term.CREATOR),
    **dict.fromkeys(("Copyright", "exif:Copyright", "dc:rights"), Term.COPYRIGHT_NOTICE),
    **dict.fromkeys(("Disclaimer", "Usage Terms"), Term.USAGE_TERMS),
    "Title": Term.TITLE,
    "Credit": Term.CREDIT_LINE,
    **dict.fromkeys(("License", "Licence"), Term.LICENCE),
}
_CREDENTIALS = {
    **_XMP,
    "digitalSourceType": Term.DIGITAL_SOURCE_TYPE,
    "author name": Term.CREATOR,
    "copyrightNotice": Term.COPYRIGHT_NOTICE,
    "license": Term.LICENCE,
}
_PROPERTIES = {
    **dict.fromkeys(("author", "creator", "initial-creator"), Term.CREATOR),
    "title": Term.TITLE,
    **dict.fromkeys(("copyright", "copyright notice", "rights"), Term.COPYRIGHT_NOTICE),
    **dict.fromkeys(("rightsholder", "rights holder"), Term.COPYRIGHT_OWNER),
    **dict.fromkeys(("copyright owner", "copyright holder"), Term.COPYRIGHT_OWNER),
    **dict.fromkeys(("licence", "license", "spdx-license-identifier"), Term.LICENCE),
    **dict.fromkeys(("usage terms", "usageterms"), Term.USAGE_TERMS),
    **dict.fromkeys(("credit", "credit line"), Term.CREDIT_LINE),
    "source": Term.SOURCE,
}
_TABLES: Mapping[str, Mapping[str, Term]] = {
    "EXIF": _EXIF,
    "IPTC": _IPTC,
    "XMP": _XMP,
    "PNG": _TEXT_CHUNK,
    "C2PA": _CREDENTIALS,
}
_PLACE = re.compile(
    r"(?:.* )?(?P<kind>EXIF|IPTC|XMP|C2PA|PNG)"
    r" (?:(?:IFD[0-9]+|Sub|tEXt|zTXt|iTXt) )?(?P<name>.+)",
    re.DOTALL,
)
_JPEG, _END_OF_JPEG = b"\xff\xd8\xff", b"\xff\xd9"
_VALUES = ("rdf:resource", "rdf:value")
_OFFICE = "application/vnd."
_OPEN_DOCUMENT = "application/vnd.oasis."
_MOST_FRAMES = 2_000
_NO_DEEPER = 200
"""Characters of a field's name, which a file may choose; a longer one is none that is known."""


def read_credits(document: Document) -> tuple[Credit, ...]:
    """Return what a file and the pictures inside it say of their rights, in the order read.

    Args:
        document: any file that was read: a picture, a PDF, an office file

    """
    found = []
    for piece in document.carried(Carrier.EXIF, Carrier.IPTC, Carrier.XMP, Carrier.PROPERTY):
        term, place = _of_document(document.media_type, piece.field)
        value = document.text[piece.start : piece.end].strip()
        if term and value:
            found.append(Credit(term, value, place))
    return tuple(found)


def credits_of(texts: Iterable[tuple[str, str]]) -> Iterator[Credit]:
    """Yield those of the texts that speak of rights.

    Args:
        texts: names of metadata fields, as the readers of pictures give them, with their values

    """
    for place, text in texts:
        term, value = term_of(place), text.strip(" \0\r\n\t")
        if term and value:
            yield Credit(term, value, place)


def term_of(place: str) -> Term | None:
    """Say what a metadata field of a picture states, if it is about rights.

    Args:
        place: its name, such as ``IPTC By-line`` or ``small copy in EXIF EXIF Artist``

    """
    match = _PLACE.fullmatch(place) if len(place) < _NO_DEEPER else None
    if match is None:
        return None
    table, name = _TABLES[match["kind"]], match["name"]
    # In XMP the field of a structure may be an attribute of it, and a link one of the field.
    words = name.split(" ") if match["kind"] == "XMP" else [name]
    return table.get(name) or table.get(words[0] if words[-1] in _VALUES else words[-1])


def _of_document(media_type: str, place: str) -> tuple[Term | None, str]:
    """Say what a field states, and give its full name."""
    if media_type == "application/pdf" and place.startswith("PDF "):
        return _PROPERTIES.get(place[4:].lower()) if place != "PDF Creator" else None, place
    # In an OpenDocument file the creator is whoever saved it last.
    last = media_type.startswith(_OPEN_DOCUMENT) and place == "creator"
    if media_type.startswith(_OFFICE) and not last and (term := _PROPERTIES.get(place.lower())):
        return term, f"office {place}"
    return term_of(place), place


def picture_credits(data: bytes) -> tuple[Credit, ...]:
    """Read what a picture file says of its rights, without decoding a pixel.

    It proves nothing about the file: whether it is whole is for :func:`moderation.extract.extract`.

    Args:
        data: JPEG, PNG, WebP, GIF, TIFF, HEIC or AVIF; of a JPEG the pixels may be cut short, as
            its fields stand before them

    Raises:
        ExtractionError: it is none of these, or its structure or metadata are damaged

    """
    from moderation.extract.unfold import unfold

    found = _walked(data)
    unfold(found)
    return tuple(credits_of(found.texts))


def _walked(data: bytes) -> "Container":
    """Walk the structure of a picture."""
    from moderation.extract.heif import read_heif
    from moderation.extract.picture import Container
    from moderation.extract.probe import walk

    if data[4:8] == b"ftyp":
        return read_heif(data)
    if data.startswith((b"II*\0", b"MM\0*")):
        return Container(exif=[data], end=len(data))
    try:
        return walk(data, _MOST_FRAMES)
    except ExtractionError:
        if not data.startswith(_JPEG):
            raise
        return walk(data + _END_OF_JPEG, _MOST_FRAMES)
