"""What a file says of its own rights: who made it, whose it is, and how it may be used."""

from dataclasses import dataclass
from enum import StrEnum


class Term(StrEnum):
    """A statement about rights, by its name in the IPTC Photo Metadata Standard 2023.1."""

    CREATOR = "creator"
    JOB_TITLE = "creator's job title"
    TITLE = "title"
    COPYRIGHT_NOTICE = "copyright notice"
    COPYRIGHT_OWNER = "copyright owner"
    RIGHTS_MARKED = "rights marked"
    CREDIT_LINE = "credit line"
    SOURCE = "source"
    LICENSOR = "licensor"
    LICENSOR_URL = "licensor URL"
    WEB_STATEMENT = "web statement of rights"
    USAGE_TERMS = "rights usage terms"
    LICENCE = "licence"
    INSTRUCTIONS = "instructions"
    CONTACT = "creator's contact info"
    PERSON_SHOWN = "person shown in the image"
    ARTWORK_SHOWN = "artwork or object in the image"
    DIGITAL_SOURCE_TYPE = "digital source type"


@dataclass(frozen=True, slots=True)
class Credit:
    """One statement that a file carries.

    Args:
        term: what is stated
        value: as it stands in the file, decoded; may be personal data, so it is for no log
        place: the metadata field that holds it, such as ``IPTC By-line`` or
            ``picture 3 XMP dc:rights`` for a picture inside the file

    """

    term: Term
    value: str
    place: str

    @property
    def is_own(self) -> bool:
        """Whether it is said of the file itself, not of a file inside it."""
        return self.place.startswith(("EXIF ", "IPTC ", "XMP ", "PNG ", "PDF ", "C2PA ", "office "))
