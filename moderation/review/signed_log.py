"""The signed approvals, read once before an act, and what the act adds to them.

The place of the next entry is taken before anything else is read. Whatever somebody else adds in
between, also a takedown, makes :meth:`SignedLog.add` fail instead of landing behind it unseen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from moderation.attest.envelope import Envelope
from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog, file_name
from moderation.attest.standing import replay
from moderation.attest.statement import PAYLOAD_TYPE, Decision, Statement
from moderation.attest.trust import Trust
from moderation.attest.verify import verify_approval, verify_log
from moderation.model import NotAllowedError, Person, ReviewState, ReviewStatus, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLog:
    """The log at one moment.

    Args:
        log: where it is kept
        seq: number of the next entry
        prev: digest of the payload before it
        statements: in order
        envelopes: by number

    """

    log: ApprovalLog
    seq: int
    prev: str
    statements: tuple[Statement, ...]
    envelopes: Mapping[int, Envelope]

    def standing(self, state: ReviewState) -> tuple[Statement, ...]:
        """Return the approvals of exactly these bytes that nothing later in the log ended."""
        found = replay(self.statements).approvals(state.page, state.assets)
        return tuple(approval for approval in found if approval.submission == state.id)

    def add(self, statement: Statement, signer: Signer, *, trust: Trust, now: datetime) -> Envelope:
        """Sign *statement* and append it, if everybody will believe it.

        Raises:
            NotAllowedError: the key is not the actor's, or the site does not know it
            ConflictError: somebody else signed at the same moment
            UsageError: the folder of approvals cannot be written

        """
        require_own_key(statement.actor, signer, trust)
        envelope = signer.sign(statement.to_payload(), PAYLOAD_TYPE)
        # An entry that does not verify would break the log for everybody: never append one.
        verify_approval(envelope, trust, source=file_name(statement.seq), now=now)
        try:
            self.log.append(envelope, statement.seq)
        except OSError as error:
            raise UsageError(
                f"{file_name(statement.seq)}: the approval could not be written"
                f" ({error.strerror}); make room or mend the folder's permissions, then retry"
            ) from error
        return envelope


def read_signed(log: ApprovalLog) -> SignedLog:
    """Read every statement, whether it counts or not: right for what takes away from the site.

    Raises:
        IntegrityError: an entry is damaged

    """
    seq, prev = log.next()
    read = [
        (Statement.from_payload(envelope.payload, source=name), envelope)
        for name, envelope in log.read()
    ]
    return SignedLog(
        log=log,
        seq=seq,
        prev=prev,
        statements=tuple(statement for statement, _ in read),
        envelopes={statement.seq: envelope for statement, envelope in read},
    )


def read_verified(log: ApprovalLog, trust: Trust) -> SignedLog:
    """Read the statements, each authentic and in its place.

    Raises:
        IntegrityError: an entry is missing, out of place or not authentic

    """
    seq, prev = log.next()
    entries = log.read()
    statements = verify_log(entries, trust)
    envelopes = {number: envelope for number, (_, envelope) in enumerate(entries, start=1)}
    return SignedLog(log=log, seq=seq, prev=prev, statements=statements, envelopes=envelopes)


def require_own_key(actor: str, signer: Signer, trust: Trust) -> None:
    """Refuse a key that is not one of the actor's.

    Raises:
        NotAllowedError: it is somebody else's, the site does not know it, or they are suspended

    """
    if signer.person != actor:
        raise NotAllowedError(f"{actor}: signs with their own key only; open it and retry")
    if trust.person_of_key(signer.key.keyid).id != actor:
        raise NotAllowedError(
            f"{actor}: the site knows this key as another person's; ask the head for a new one"
        )


def revoke(
    state: ReviewState,
    decision: Decision,
    signed: SignedLog,
    *,
    actor: Person,
    signer: Signer,
    trust: Trust,
    now: datetime,
) -> str:
    """Sign that *state* is not to be published, if somebody approved it or is about to.

    Returns:
        number of the new entry, or nothing where there was nothing to revoke

    """
    # Somebody in approved_by may have taken a number and not signed yet; ours takes it from them.
    if not state.approved_by and not signed.standing(state):
        return ""
    statement = Statement(
        decision=decision,
        page=state.page,
        subjects=state.assets,
        submission=state.id,
        publisher=state.publisher,
        editors=tuple(state.editors),
        actor=actor.id,
        policy="",
        findings="",
        waivers=(),
        seq=signed.seq,
        prev=signed.prev,
        issued_at=in_seconds(now),
        expires_at=None,
        site=trust.origin,
    )
    signed.add(statement, signer, trust=trust, now=now)
    return str(statement.seq)


def last_word(state: ReviewState, decision: Decision, *, actor: Person, log: ApprovalLog) -> str:
    """Return the number of the actor's own *decision* where the queue calls *state* approved.

    Somebody may have approved between the moment at which the queue was read and the signature of
    what takes the page away. What was signed last counts then, and the queue does not know yet.

    Returns:
        nothing where the log says something else last, or the queue does not call it approved

    """
    if state.status is not ReviewStatus.APPROVED:
        return ""
    told = [each for each in read_signed(log).statements if each.submission == state.id]
    mine = bool(told) and (told[-1].decision, told[-1].actor) == (decision, actor.id)
    return str(told[-1].seq) if mine else ""


def in_seconds(now: datetime) -> datetime:
    """Return *now* in UTC without its fraction of a second."""
    return now.astimezone(UTC).replace(microsecond=0)
