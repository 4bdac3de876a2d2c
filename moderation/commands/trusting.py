"""Read the trust file with every version before it, and change it as those who lead sign."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from moderation.attest.envelope import Envelope, parse_envelope
from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog, SignedFolder
from moderation.attest.people import Trust
from moderation.attest.state_file import read_state
from moderation.attest.terms import FOLDER, Standing, read_terms
from moderation.attest.trust import (
    PAYLOAD_TYPE,
    Version,
    open_version,
    payload_of,
    refuse_expired,
)
from moderation.attest.trust_chain import ANCHOR, Chain, breach, earlier_versions, read_chain
from moderation.attest.trust_chain import FOLDER as EARLIER
from moderation.checks.base import all_rules
from moderation.commands.actor import Actor, authenticate
from moderation.commands.workspace import Workspace, now
from moderation.model import (
    ConflictError,
    IntegrityError,
    NotAllowedError,
    UsageError,
    digest_of,
)
from moderation.policy import Policy
from moderation.policy.terms import Terms
from moderation.registers.files import write_atomically

TRUST = "trust.json"
NEXT = "trust.next.json"

as_anchor = click.option(
    "--anchor",
    metavar="DIGEST",
    envvar=ANCHOR,
    show_envvar=True,
    default="",
    help="A version of the trust file that must be among those that led to the one in force.",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the trust file that was signed.

    Args:
        trust: the people of the site as they are after it
        lacking: how many more persons must sign before it counts; 0 if it is in force

    """

    trust: Trust
    lacking: int

    def tell(self, what: str, *, also: str = "") -> None:
        """Print what was done, or what more it takes."""
        if not self.lacking:
            click.echo(f"{what}; commit .schoolgate{also}")
            return
        more = "1 more person" if self.lacking == 1 else f"{self.lacking} more persons"
        click.echo(
            f"proposed, not in force yet: {what}\nit needs the signature of {more}: commit "
            ".schoolgate, and have them run schoolgate trust sign"
        )


def read_site_chain(workspace: Workspace, *, expired: bool = False, anchor: str = "") -> Chain:
    """Read every version of the trust file.

    Args:
        workspace: the site
        expired: True reads a file that has expired too, so that it can be renewed
        anchor: digest of a version that must be among them; the variable is read if it is empty

    Raises:
        IntegrityError: a version is missing, damaged, lacks a signature, or the last has expired

    """
    text = read_state(workspace.state / TRUST, name=TRUST)
    return read_chain(
        earlier_versions(workspace.state),
        text,
        source=TRUST,
        today=None if expired else now().date(),
        anchor=anchor or os.environ.get(ANCHOR, ""),
    )


def read_site_trust(workspace: Workspace, *, expired: bool = False) -> Trust:
    """Read the people of the site; see :func:`read_site_chain`."""
    return read_site_chain(workspace, expired=expired).trust


def read_site_list(workspace: Workspace, policy: Policy) -> Terms:
    """Read the school's own list of terms, as it is in force now.

    Raises:
        IntegrityError: an entry is damaged or not signed, or the people of the site are

    """
    trust = read_site_trust(workspace)
    standing = Standing(trust=trust, policy=policy, rules=all_rules(), now=now())
    return read_terms(list_folder(workspace), standing)


def list_folder(workspace: Workspace) -> SignedFolder:
    """Return where the school's own list lies."""
    return SignedFolder(workspace.state / FOLDER)


def change_trust(
    workspace: Workspace,
    person: str | None,
    edit: Callable[[Trust], Trust],
    *,
    expired: bool = False,
    ends: bool = False,
) -> Change:
    """Apply *edit* and have whoever leads and is at the keyboard sign the result.

    Args:
        workspace: the site
        person: who is at the keyboard
        edit: what to change
        expired: True changes a file that has expired too
        ends: see :func:`propose`

    Raises:
        NotAllowedError: whoever is at the keyboard does not lead on the site as it stands
        ConflictError: another change waits for signatures

    """
    chain = read_site_chain(workspace, expired=expired)
    refuse_pending(workspace, chain)
    actor = authenticate(workspace, chain.trust, person)
    return propose(workspace, chain, actor, edit, ends=ends)


def propose(
    workspace: Workspace,
    chain: Chain,
    actor: Actor,
    edit: Callable[[Trust], Trust],
    *,
    ends: bool = False,
    new_key: Signer | None = None,
) -> Change:
    """Sign the next version, and put it in force if that is enough.

    Args:
        workspace: the site
        chain: its versions so far
        actor: who is at the keyboard
        edit: what to change
        ends: True if a key or a person stops counting at a number of the log, so that the log must
            hold from then on what it holds now
        new_key: a second key of theirs, which the result lists

    Raises:
        NotAllowedError: the actor does not lead on the site as it stands
        IntegrityError: the change cannot follow

    """
    before = chain.trust
    if not before.persons[actor.person.id].leads:
        raise NotAllowedError(f"{actor.person.id}: only a head changes who may do what")
    seq, head = ApprovalLog(workspace.state / "approvals").next()
    trust = replace(
        edit(before),
        version=before.version + 1,
        previous=chain.newest.digest,
        issued=now().date(),
        log=(seq - 1, head) if ends else before.log,
    )
    draft = Envelope(payload=payload_of(trust), payload_type=PAYLOAD_TYPE, signatures=())
    return sign_and_settle(workspace, chain, draft, actor.signer, new_key)


def sign_and_settle(
    workspace: Workspace, chain: Chain, draft: Envelope, *signers: Signer | None
) -> Change:
    """Add signatures to a draft, and put it in force once enough persons have signed.

    Raises:
        IntegrityError: it cannot follow the version in force

    """
    made = {each.keyid: each for each in draft.signatures}
    for signer in filter(None, signers):
        made.update({s.keyid: s for s in signer.sign(draft.payload, PAYLOAD_TYPE).signatures})
    envelope = replace(draft, signatures=tuple(sorted(made.values())))
    version = open_version(envelope, source=NEXT)
    if why := breach(chain.newest, version.trust):
        raise IntegrityError(f"{NEXT}: {why}")
    refuse_expired(version.trust, source=NEXT, today=now().date())
    _require_known(workspace, version.trust)
    lacking = chain.lacking(version)
    if lacking:
        write_atomically(workspace.state / NEXT, envelope.text().encode(), mode=0o644)
    else:
        _put_in_force(workspace, chain, envelope)
    return Change(version.trust, lacking)


def pending_change(workspace: Workspace, chain: Chain) -> Version | None:
    """Return the change that waits for signatures; None if none does.

    Raises:
        IntegrityError: it is damaged, or was made for another version than the one in force

    """
    file = workspace.state / NEXT
    if not os.path.lexists(file):
        return None
    version = open_version(parse_envelope(_text(file), source=NEXT), source=NEXT)
    if why := breach(chain.newest, version.trust):
        raise IntegrityError(f"{NEXT}: {why}, or drop the change (schoolgate trust drop)")
    return version


def _require_known(workspace: Workspace, trust: Trust) -> None:
    """Refuse a change that rests on a decision that this log does not hold."""
    number, digest = trust.log
    entries = ApprovalLog(workspace.state / "approvals").read()
    if number and (number > len(entries) or digest_of(entries[number - 1][1].payload) != digest):
        raise IntegrityError(
            f"{NEXT}: rests on decision {number}, which the log here does not hold; fetch the "
            "newest from git, or make the change again"
        )


def _put_in_force(workspace: Workspace, chain: Chain, envelope: Envelope) -> None:
    """Keep the version that ends, then replace it; what a crash leaves between is harmless."""
    old = chain.newest
    folder = SignedFolder(workspace.state / EARLIER)
    if old.trust.version >= folder.next()[0]:
        folder.add(old.envelope, old.trust.version, old.trust.previous)
    write_atomically(workspace.state / TRUST, envelope.text().encode(), mode=0o644)
    (workspace.state / NEXT).unlink(missing_ok=True)


def refuse_pending(workspace: Workspace, chain: Chain) -> None:
    """Refuse a second change while one waits; one that fits no more is out of the way anyway.

    Raises:
        ConflictError: one waits

    """
    try:
        waits = pending_change(workspace, chain)
    except IntegrityError:
        return
    if waits is not None:
        raise ConflictError(
            f"{NEXT}: another change waits for signatures; have it signed (schoolgate trust sign), "
            "or drop it (schoolgate trust drop)"
        )


def _text(file: Path) -> str:
    return read_state(file)


def log_end(workspace: Workspace) -> int:
    """Return the number of the last decision of the log; 0 if there is none."""
    return ApprovalLog(workspace.state / "approvals").next()[0] - 1


def key_of(trust: Trust, who: str, prefix: str) -> str:
    """Return the id of the key of *who* that begins with *prefix*, or *prefix* itself.

    Raises:
        UsageError: it is too short to name a key

    """
    if len(prefix) < 4:
        raise UsageError("write more of the key's id; schoolgate people list shows them")
    known = trust.persons.get(who)
    found = [k.keyid for k in known.keys if k.keyid.startswith(prefix)] if known else []
    return found[0] if len(found) == 1 else prefix
