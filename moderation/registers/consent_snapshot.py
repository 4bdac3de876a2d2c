"""What a decision keeps of the consents that it rests on: a keyed digest, and the first end.

The digest is an HMAC under a key of its own, made of the key of the registers: whoever does not
hold the registers can neither read an answer out of it nor try one. The end is a plain day, so that
a machine without the registers knows from when on the decision is worth nothing.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from moderation.registers.consent import Consents, ConsentState

_PURPOSE = b"schoolgate consents in decisions, version 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Where the people of a submission stood.

    Args:
        digest: HMAC-SHA-256 in hexadecimal; empty where no register was asked or nobody is shown
        end: the last day on which all that was granted holds; None if none of it ends
        doubtful: True if somebody's answer is no permission

    """

    digest: str = ""
    end: date | None = None
    doubtful: bool = False

    def contradicts(self, digest: str) -> bool:
        """Say whether somebody's answer has changed for the worse since *digest* was made.

        What was no permission then, and was accepted, may stay so; a change among several of which
        one is still none cannot be told from a change for the worse, and counts as one. Where no
        register is asked, nothing is known and nothing contradicts.
        """
        return bool(self.digest) and self.doubtful and digest not in ("", self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A register that is at hand, as far as decisions rest on it.

    Args:
        consents: as the school's policy reads them
        channel: of the site
        key: see :func:`snapshot_key`

    """

    consents: Consents = field(repr=False)
    channel: str
    key: bytes = field(repr=False)

    def snapshot(self, people: Collection[str], *, submission: str, day: date) -> Snapshot:
        """Return where *people* stand on *day*, for a decision on *submission*.

        The submission goes into the digest, so that equal answers on two pages look different.
        """
        if not people:
            return Snapshot()
        states = self._states(people, day)
        lines = [submission, self.channel, *(f"{who} {what}" for who, what in states.items())]
        granted = [who for who, state in states.items() if state is ConsentState.GRANTED]
        ends = (self.consents.end(who, self.channel) for who in granted)
        return Snapshot(
            digest=hmac.digest(self.key, "\n".join(lines).encode(), "sha256").hex(),
            end=min((end for end in ends if end), default=None),
            doubtful=len(granted) < len(states),
        )

    def contradicts(
        self, digest: str, people: Collection[str], *, submission: str, day: date
    ) -> bool:
        """Say whether somebody's answer is worse now; see :meth:`Snapshot.contradicts`."""
        return self.snapshot(people, submission=submission, day=day).contradicts(digest)

    def _states(self, people: Collection[str], day: date) -> dict[str, ConsentState]:
        return {who: self.consents.state(who, self.channel, day) for who in sorted(set(people))}


def snapshot_key(vault_key: bytes) -> bytes:
    """Make the key of snapshots from that of the registers."""
    return hmac.digest(vault_key, _PURPOSE, "sha256")
