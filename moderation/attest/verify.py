"""Does this signature say what it must, and may the person who made it say so?

Two questions are kept apart. *Authentic*: the statement is whole, stands where it was signed for
and was signed by its actor, who was not one of the editors; an approval carries the signature with
which its publisher handed in these files; a log with one entry that is not so is broken.
*Counting*: the actor is trusted today; an approval by somebody suspended since loses its effect,
but the log stays whole, or nobody could take anything down any more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from moderation.attest.envelope import Envelope, verified_keys
from moderation.attest.hand_in import Handed
from moderation.attest.log import file_name
from moderation.attest.since import Decided
from moderation.attest.statement import PAYLOAD_TYPE, Decision, Statement
from moderation.attest.trust import Trust
from moderation.model import DECIDERS, URGENT, IntegrityError, Role, digest_of

SKEW = timedelta(hours=24)
"""How far two clocks may lie apart."""

_PROGRAMS = frozenset({Role.DEPLOYER})
"""Roles of CI, whose key is in a machine: no second person stands behind it."""


def verify_approval(envelope: Envelope, trust: Trust, *, source: str, now: datetime) -> Statement:
    """Return the statement if its signature holds and counts today.

    Args:
        envelope: the signed statement
        trust: the people of the site
        source: name of the file, for errors
        now: an aware time

    Raises:
        IntegrityError: it does not; the message says why

    """
    statement = authentic(envelope, trust, source=source)
    if reason := objection(statement, trust, now=now):
        raise IntegrityError(f"{source}: {reason}")
    return statement


def verify_log(entries: Iterable[tuple[str, Envelope]], trust: Trust) -> tuple[Statement, ...]:
    """Return the statements of a whole log, in order.

    Everything that takes away from the site counts for ever. Whether an approval counts today is
    asked of :mod:`moderation.attest.quorum`.

    Args:
        entries: as :meth:`ApprovalLog.read` returns them
        trust: the people of the site

    Raises:
        IntegrityError: an entry is missing, out of place or not authentic; names the first

    """
    statements = []
    digests = [""]
    decided = Decided()
    prev = ""
    for seq, (name, envelope) in enumerate(entries, start=1):
        if name != file_name(seq):
            raise IntegrityError(
                f"{file_name(seq)}: is missing or out of order; restore the folder from git"
            )
        statement = authentic(envelope, trust, source=name)
        if (statement.seq, statement.prev) != (seq, prev):
            raise IntegrityError(
                f"{name}: was signed for another place in the log, so an entry was taken out, "
                "moved or replaced; restore the folder from git"
            )
        _refuse_decided_since(statement, decided, name)
        decided.add(statement)
        prev = digest_of(envelope.payload)
        digests.append(prev)
        statements.append(statement)
    _refuse_rewritten(digests, trust)
    return tuple(statements)


def _refuse_rewritten(digests: Sequence[str], trust: Trust) -> None:
    """Refuse a log that was cut off below what the trust file knows, and perhaps written anew.

    Whoever holds a retired key could otherwise sign at a number at which it still counted.
    """
    number, digest = trust.log
    if number >= len(digests) or digests[number] != digest:
        raise IntegrityError(
            f"{file_name(number)}: is not the decision that the trust file knows at this place, so "
            "the log was cut off or written anew; restore the folder from git"
        )


def authentic(envelope: Envelope, trust: Trust, *, source: str) -> Statement:
    """Return the statement if its actor signed it and was none of its editors.

    Raises:
        IntegrityError: wrong type, not a statement, unknown actor, no valid signature of theirs,
            or an approval of one's own work

    """
    if envelope.payload_type != PAYLOAD_TYPE:
        raise IntegrityError(
            f"{source}: is signed as something else than an approval; restore it from git"
        )
    statement = Statement.from_payload(envelope.payload, source=source)
    actor = trust.persons.get(statement.actor)
    if actor is None:
        raise IntegrityError(
            f"{source}: {statement.actor} is nobody on this site; have somebody who is decide again"
        )
    if statement.site != trust.origin:
        raise IntegrityError(
            f"{source}: was signed for another site; restore the folder from git, or have it "
            "decided here"
        )
    if not verified_keys(envelope, actor.keys_at(statement.seq), payload_type=PAYLOAD_TYPE):
        raise IntegrityError(
            f"{source}: carries no valid signature of {statement.actor}; restore it from git, or "
            "have them sign again"
        )
    if statement.decision is Decision.APPROVE:
        _require_two(statement, trust, source)
    return statement


def _require_two(statement: Statement, trust: Trust, source: str) -> None:
    """Refuse an approval that no second person stands behind."""
    if _own_work(statement) and statement.urgent_until is None:
        raise IntegrityError(
            f"{source}: {statement.actor} approved their own work; another person must approve it"
        )
    makers = {statement.publisher, *statement.editors}
    if not makers <= trust.persons.keys() or statement.publisher not in statement.editors:
        raise IntegrityError(
            f"{source}: names as its publisher or editor somebody who is nobody on this site; have "
            "the page handed in and approved again"
        )
    _require_handed_in(statement, trust, source)


def _require_handed_in(statement: Statement, trust: Trust, source: str) -> None:
    """Refuse what its publisher did not sign, with a key that was theirs at this place."""
    handed = Handed(
        site=statement.site,
        page=statement.page,
        subjects=statement.subjects,
        publisher=statement.publisher,
    )
    keys, signed = trust.persons[statement.publisher].keys_at(statement.seq), statement.handed_in
    if not (signed and handed.signed_with(keys, signed)):
        raise IntegrityError(
            f"{source}: carries no valid signature with which {statement.publisher} handed in "
            "exactly these files for this page; restore it from git, or have them handed in and "
            "approved again"
        )


def _refuse_decided_since(statement: Statement, decided: Decided, source: str) -> None:
    """Refuse what was handed in before something else was decided on the page or its files."""
    signed = statement.handed_in
    if not signed:
        return
    if number := decided.since(statement.page, statement.subjects, signed.after):
        raise IntegrityError(
            f"{source}: {statement.publisher} handed this in before {file_name(number)} was decided"
            " on the page or a file of it; restore the folder from git, or have it handed in and"
            " approved again"
        )


def objection(statement: Statement, trust: Trust, *, now: datetime) -> str:
    """Say in plain words why an authentic statement does not count today; empty if it does."""
    actor = trust.persons[statement.actor]
    if not actor.counts_at(statement.seq):
        return f"{actor.id} is suspended; another person must decide again"
    adds = statement.decision is Decision.APPROVE
    takes_away = statement.decision in (Decision.WITHDRAW, Decision.TAKEDOWN)
    fit = URGENT if statement.urgent_until else DECIDERS
    if not (takes_away and _own_work(statement)) and not actor.roles & fit:
        return f"{actor.id} may not {statement.decision}; it takes one of {', '.join(sorted(fit))}"
    if adds and trust.persons[statement.publisher].roles == _PROGRAMS:
        return f"{statement.publisher} is a program that deploys; a person must hand it in"
    if statement.issued_at > now + SKEW:
        return "was signed in the future; set the clocks right and have it signed again"
    return ""


def _own_work(statement: Statement) -> bool:
    """Whether the actor made what is decided on; an id in other capitals is the same id."""
    makers = {maker.casefold() for maker in (*statement.editors, statement.publisher)}
    return statement.actor.casefold() in makers
