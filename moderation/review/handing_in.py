"""The publisher's signature on what waits: made when it is handed in, asked for on approval."""

from collections.abc import Iterable

from moderation.attest.hand_in import Handed
from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.since import Decided
from moderation.attest.statement import Statement
from moderation.attest.trust import Trust
from moderation.model import HandIn, NotAllowedError, ReviewState, Submission
from moderation.review.signed_log import read_signed


def sign_submission(
    submission: Submission, signer: Signer, *, log: ApprovalLog, trust: Trust
) -> HandIn:
    """Sign as publisher that exactly these files are handed in for this page of this site.

    Raises:
        IntegrityError: the last decision of the log is damaged

    """
    handed = Handed(
        site=trust.origin,
        page=submission.page,
        subjects=submission.refs,
        publisher=signer.person,
    )
    return handed.signed(signer, after=log.next()[0] - 1)


def stands(state: ReviewState, *, log: ApprovalLog, trust: Trust) -> bool:
    """Say whether the signature with which *state* was handed in is good for an approval today."""
    return not _flaw(state, read_signed(log).statements, trust)


def require_handed_in(
    state: ReviewState, statements: Iterable[Statement], trust: Trust, *, act: str
) -> None:
    """Refuse what carries no signature of its publisher that counts today.

    Raises:
        NotAllowedError: their key was retired since, something else was decided on the page since,
            or the queue was changed behind our back

    """
    if flaw := _flaw(state, statements, trust):
        raise NotAllowedError(
            f"{state.id}: {act}: {flaw}; have it handed in again (schoolgate submit)"
        )


def _flaw(state: ReviewState, statements: Iterable[Statement], trust: Trust) -> str:
    known, signed = trust.persons.get(state.publisher), state.handed_in
    handed = Handed(
        site=trust.origin, page=state.page, subjects=state.assets, publisher=state.publisher
    )
    if not (known and signed and handed.signed_with(known.keys, signed)):
        return (
            f"carries no signature of {state.publisher} that counts today, perhaps because their"
            " key was replaced"
        )
    if number := Decided.by(statements).since(state.page, state.assets, signed.after):
        return (
            f"it was handed in before decision {number}, which took this page or a file of it away"
            " or replaced it"
        )
    return ""
