"""What a publisher signs when they hand a page in: these files, for this page of this site.

The moderator's signature is over a statement that carries this one. So two keys of two persons
stand behind every file that is published, and nobody can say alone who handed it in. The signature
names the last decision that stood in the log: what was taken away since is handed in anew (see
:mod:`moderation.attest.since`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from moderation.attest.canonical import canonical
from moderation.attest.envelope import Envelope, Signature, verified_keys
from moderation.attest.keys import Signer
from moderation.attest.public_key import PublicKey
from moderation.model import AssetRef, HandIn

PAYLOAD_TYPE = "application/vnd.schoolgate.hand-in+json"
HAND_IN_TYPE = "https://schoolgate.example/hand-in/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What is handed in, where, and by whom.

    Args:
        site: digest of the first version of the site's trust file
        page: path of the page
        subjects: the files, in any order
        publisher: id of who hands in

    """

    site: str
    page: str
    subjects: tuple[AssetRef, ...]
    publisher: str

    def to_payload(self, after: int) -> bytes:
        """Write what is signed after decision number *after*: canonical JSON."""
        return canonical(
            {
                "_type": HAND_IN_TYPE,
                "site": self.site,
                "page": self.page,
                "subjects": [
                    {"path": ref.path, "digest": ref.digest, "size": ref.size}
                    for ref in sorted(self.subjects)
                ],
                "publisher": self.publisher,
                "after": after,
            }
        )

    def signed(self, signer: Signer, *, after: int) -> HandIn:
        """Sign it; whether the key is the publisher's is for the caller to ask."""
        made = signer.sign(self.to_payload(after), PAYLOAD_TYPE).signatures[0]
        return HandIn(made.keyid, made.value, after)

    def signed_with(self, keys: Iterable[PublicKey], hand_in: HandIn) -> bool:
        """Say whether *hand_in* is a valid signature over exactly this with one of *keys*."""
        envelope = Envelope(
            payload=self.to_payload(hand_in.after),
            payload_type=PAYLOAD_TYPE,
            signatures=(Signature(hand_in.keyid, hand_in.signature),),
        )
        mine = (key for key in keys if key.keyid == hand_in.keyid)
        return bool(verified_keys(envelope, mine, payload_type=PAYLOAD_TYPE))
