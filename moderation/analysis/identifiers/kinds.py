"""What an identifier is."""

from dataclasses import dataclass
from enum import StrEnum

from moderation.model import Confidence


class Kind(StrEnum):
    """What was found; the most specific stands first and wins where two overlap."""

    PUPIL_NUMBER = "pupil-number"
    BANK_DETAILS = "bank-details"
    NATIONAL_INSURANCE = "national-insurance-number"
    NHS_NUMBER = "nhs-number"
    EMAIL = "email-address"
    COORDINATES = "place-coordinates"
    DATE_OF_BIRTH = "date-of-birth"
    PHONE = "phone-number"
    ADDRESS = "home-address"
    REGISTRATION = "vehicle-registration"
    HANDLE = "social-handle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """``text[start:end]`` identifies somebody.

    Args:
        kind: what it is
        start: offset of the first character, in the text as it is written
        end: offset after the last character
        confidence: low where it seems to belong to an organisation and not to a person
        value: what stands there as it is read: ASCII digits, no entities, nothing invisible

    """

    kind: Kind
    start: int
    end: int
    confidence: Confidence = Confidence.HIGH
    value: str = ""
