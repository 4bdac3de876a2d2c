"""Find what identifies a person besides a name: numbers, addresses, dates, places, handles."""

from moderation.analysis.identifiers.finder import find_identifiers
from moderation.analysis.identifiers.kinds import Identifier, Kind

__all__ = ["Identifier", "Kind", "find_identifiers"]
