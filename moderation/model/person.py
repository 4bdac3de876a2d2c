"""Who acts, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A part somebody plays in publishing the site."""

    PUBLISHER = "publisher"
    MODERATOR = "moderator"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    HEAD = "head"
    EXECUTIVE = "executive"
    AUDITOR = "auditor"
    DEPLOYER = "deployer"
    DEPUTY = "deputy"


DECIDERS = frozenset({Role.MODERATOR, Role.SAFEGUARDING_LEAD, Role.HEAD, Role.EXECUTIVE})
"""Roles that may decide on a submission."""

URGENT = frozenset({Role.HEAD, Role.DEPUTY})
"""Roles that may publish a page of text alone, until somebody else has looked."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known to the site by an opaque id; their name is kept elsewhere."""

    id: str
    roles: frozenset[Role]

    def has(self, *roles: Role) -> bool:
        """Say whether this person plays at least one of these parts."""
        return bool(self.roles.intersection(roles))
