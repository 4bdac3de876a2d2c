"""What can be decided on files."""

from enum import StrEnum


class Decision(StrEnum):
    """What the signer decided."""

    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    TAKEDOWN = "takedown"
