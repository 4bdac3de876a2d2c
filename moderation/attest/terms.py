"""A school's own list of terms: is every entry genuine, and which are in force?

As with approvals two questions are kept apart. *Authentic*: every step is whole, in its place and
signed by a person of the site with a key of theirs; one that is not breaks the list. *In force*: an
entry that opens the gate counts only while its signer is trusted, holds the role that decides the
rule, and signs with the same key, and only until its last day. What closes the gate (an added term,
or an opening taken out) stays whatever becomes of its signer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from moderation.attest.envelope import Envelope, verified_keys
from moderation.attest.keys import Signer
from moderation.attest.log import SignedFolder, file_name
from moderation.attest.term_statement import PAYLOAD_TYPE, TermStatement
from moderation.attest.trust import Trust
from moderation.attest.verify import SKEW
from moderation.model import DECIDERS, IntegrityError, NotAllowedError, Rule, digest_of
from moderation.policy import Policy
from moderation.policy.terms import Listed, Term, Terms, id_of

FOLDER = "terms"
"""Where the list lies, below ``.schoolgate``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the list that is authentic.

    Args:
        statement: what was signed
        digest: SHA-256 of its payload
        current: whether a key that its actor still uses signed it

    """

    statement: TermStatement
    digest: str
    current: bool

    @property
    def id(self) -> str:
        """How people name it."""
        return id_of(self.statement.seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the list is judged by.

    Args:
        trust: the people of the site
        policy: how long an entry may last
        rules: every rule, by id
        now: aware time

    """

    trust: Trust
    policy: Policy
    rules: Mapping[str, Rule]
    now: datetime


def read_terms(folder: SignedFolder, standing: Standing) -> Terms:
    """Read and verify the whole list.

    Args:
        folder: where it lies; a missing folder is an empty list
        standing: what it is judged by

    Raises:
        IntegrityError: a step is damaged, out of place or not authentic; names the first

    """
    return in_force(verify_steps(folder.read(), standing.trust), standing)


def verify_steps(entries: Iterable[tuple[str, Envelope]], trust: Trust) -> tuple[Step, ...]:
    """Return the steps of a whole list, in order.

    Args:
        entries: as :meth:`SignedFolder.read` returns them
        trust: the people of the site

    Raises:
        IntegrityError: a step is missing, out of place or not authentic; names the first

    """
    steps: list[Step] = []
    prev = ""
    for seq, (name, envelope) in enumerate(entries, start=1):
        source = f"{FOLDER}/{name}"
        if name != file_name(seq):
            raise IntegrityError(
                f"{FOLDER}/{file_name(seq)}: is missing or out of order; restore the folder"
                " from git"
            )
        step = _authentic(envelope, trust, source=source)
        if (step.statement.seq, step.statement.prev) != (seq, prev):
            raise IntegrityError(
                f"{source}: was signed for another place in the list, so an entry was taken out, "
                "moved or replaced; restore the folder from git"
            )
        removes = step.statement.removes
        if removes and removes not in {s.digest for s in steps if s.statement.term}:
            raise IntegrityError(
                f"{source}: takes out an entry that is not there; restore the folder from git"
            )
        prev = step.digest
        steps.append(step)
    return tuple(steps)


def sign_step(
    folder: SignedFolder,
    signer: Signer,
    standing: Standing,
    *,
    term: Term | None = None,
    removes: str = "",
) -> Terms:
    """Sign one more step and append it, if everybody will believe it.

    Args:
        folder: where the list lies
        signer: who signs; their id is the actor
        standing: what the list is judged by
        term: what is said of a term, or None
        removes: digest of an entry that is taken out instead

    Returns:
        the list with the step; ``head`` is its digest

    Raises:
        NotAllowedError: the key is not theirs, or the step would not be in force
        IntegrityError: the list is damaged, or holds no such entry
        ConflictError: somebody else signed at the same moment

    """
    person = standing.trust.person(signer.person)
    if signer.key not in standing.trust.persons[person.id].keys:
        raise NotAllowedError(f"{person.id}: signs with their own key only; open it and retry")
    seq, prev = folder.next()
    statement = _following(seq, prev, person.id, standing, term=term, removes=removes)
    envelope = signer.sign(statement.to_payload(), PAYLOAD_TYPE)
    steps = verify_steps((*folder.read(), (file_name(seq), envelope)), standing.trust)
    terms = in_force(steps, standing)
    _require_effect(terms, person.id, removes)
    folder.add(envelope, seq, prev)
    return terms


def _following(
    seq: int, prev: str, actor: str, standing: Standing, *, term: Term | None, removes: str
) -> TermStatement:
    return TermStatement(
        seq=seq,
        prev=prev,
        actor=actor,
        issued_at=standing.now.astimezone(UTC).replace(microsecond=0),
        site=standing.trust.origin,
        term=term,
        removes=removes,
    )


def _require_effect(terms: Terms, person: str, removes: str) -> None:
    """Refuse a last step that nobody would believe."""
    if why := terms.ended.get(terms.head):
        raise NotAllowedError(f"{why}, so it was not signed")
    if removes and removes not in terms.ended:
        raise NotAllowedError(f"{person}: may not take this entry out; ask a moderator")


def in_force(steps: Iterable[Step], standing: Standing) -> Terms:
    """Say which entries are in force, and why each other is not."""
    known: dict[str, Step] = {}
    ended: dict[str, str] = {}
    head = ""
    for step in steps:
        known[step.digest] = step
        head = step.digest
        gone = known.get(step.statement.removes)
        if gone is not None and _removes(step, gone, standing):
            ended[gone.digest] = f"{gone.id} was taken out of the school's list"
    listed = []
    for step in known.values():
        term = step.statement.term
        if term is None or step.digest in ended:
            continue
        if why := _objection(step, term, standing):
            ended[step.digest] = f"{step.id} of the school's list {why}"
        else:
            number = step.statement.seq
            listed.append(Listed(number, step.digest, step.statement.actor, term))
    return Terms(entries=tuple(listed), ended=ended, signed=frozenset(known), head=head)


def _authentic(envelope: Envelope, trust: Trust, *, source: str) -> Step:
    if envelope.payload_type != PAYLOAD_TYPE:
        raise IntegrityError(
            f"{source}: is signed as something else than an entry of the list; restore it from git"
        )
    statement = TermStatement.from_payload(envelope.payload, source=source)
    actor = trust.persons.get(statement.actor)
    if actor is None:
        raise IntegrityError(
            f"{source}: {statement.actor} is nobody on this site; restore the folder from git"
        )
    if statement.site != trust.origin:
        raise IntegrityError(f"{source}: was signed for another site; restore the folder from git")
    signed = verified_keys(envelope, actor.every_key, payload_type=PAYLOAD_TYPE)
    if not signed:
        raise IntegrityError(
            f"{source}: carries no valid signature of {statement.actor}, so it was changed or made "
            "by somebody else; restore the folder from git"
        )
    current = any(key.keyid in signed for key in actor.keys)
    return Step(statement=statement, digest=digest_of(envelope.payload), current=current)


def _removes(step: Step, gone: Step, standing: Standing) -> bool:
    """Say whether a removal counts: always where it closes the gate."""
    closes = gone.statement.term is not None and gone.statement.term.loosens
    return closes or not _personal(step, standing)


def _objection(step: Step, term: Term, standing: Standing) -> str:
    """Say why an entry is not in force today; empty if it is."""
    if term.until is not None and term.until < standing.now.date():
        return f"ended on {term.until.isoformat()}"
    if not term.loosens:
        return ""
    if why := _personal(step, standing):
        return why
    rule = standing.rules.get(term.rule)
    actor = standing.trust.persons[step.statement.actor]
    if rule is None or not rule.waivable:
        return f"is about {term.rule}, of which nobody may accept a finding"
    if not actor.roles & rule.deciders:
        return f"no longer counts ({actor.id} does not decide {rule.id})"
    days = timedelta(days=standing.policy.limits.term_days)
    if term.until is None or term.until > step.statement.issued_at.date() + days:
        return f"lasts longer than the {days.days} days that the policy allows"
    return ""


def _personal(step: Step, standing: Standing) -> str:
    """Say why a step that opens the gate does not count, as far as its signer goes."""
    actor = standing.trust.persons[step.statement.actor]
    if actor.suspended:
        return f"no longer counts ({actor.id} is suspended)"
    if not step.current:
        return f"no longer counts (the key of {actor.id} that signed it is retired)"
    if not actor.roles & DECIDERS:
        return f"no longer counts ({actor.id} is no moderator)"
    if step.statement.issued_at > standing.now + SKEW:
        return "was signed in the future"
    return ""
