"""``schoolgate trust``: who may change who may do what, and what the site is built with."""

import click

from moderation.attest.trust_chain import Chain
from moderation.attest.trust_words import changes, differences, notes
from moderation.commands.actor import as_person, open_own_key
from moderation.commands.output import json_or_terminal, show_json
from moderation.commands.programs import REQUIREMENTS, write_programs
from moderation.commands.trust_people import add, remove, renew, rotate, suspend
from moderation.commands.trusting import (
    NEXT,
    as_anchor,
    change_trust,
    pending_change,
    read_site_chain,
    sign_and_settle,
)
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import AssetRef, IntegrityError, NotAllowedError, UsageError
from moderation.policy import load_policy
from moderation.publish.site import kit_of


@click.group("trust")
def command() -> None:
    """Say who may change who may do what, and lock what the site is built with.

    One head is enough to start. Once three persons can sign, a change takes two of them: one
    proposes it, another signs it. Every version is kept and seals the one before.
    """


@command.command("show")
@json_or_terminal
def show(style: str | None) -> None:
    """Show who can sign changes, until when, what is locked, and what waits for signatures.

    The anchor is the digest of the first version. Keep it where the repository cannot be written
    from, as a variable SCHOOLGATE_TRUST_ANCHOR of CI: then nobody can replace everybody at once.
    Keep the newest digest there instead once somebody who led has left or lost a key.

    Example: schoolgate trust show
    """
    workspace = need_workspace()
    chain = read_site_chain(workspace, expired=True)
    waits = pending_change(workspace, chain)
    proposed = changes(chain.trust, waits.trust) if waits else ()
    if style == "json":
        show_json(_record(chain, proposed))
        return
    _tell(chain)
    if waits:
        _tell_change(chain, proposed, chain.lacking(waits))


@command.command("verify")
@as_anchor
def verify(anchor: str) -> None:
    """Prove that every version follows from the one before, and that the lock holds.

    Example: schoolgate trust verify
    """
    workspace = need_workspace()
    chain = read_site_chain(workspace, anchor=anchor)
    count = len(chain.versions)
    click.echo(f"{count} version{'s' if count > 1 else ''} of the trust file, in unbroken order")
    for line in notes(chain.trust, now().date()):
        click.echo(f"note: {line}")
    changed = _differs(workspace, chain.trust.lock) if chain.trust.lock else ()
    if changed:
        raise IntegrityError(
            f"{', '.join(changed)} since {chain.lock}; look at what is different, and if it is "
            "meant to be so, have a head run schoolgate trust lock"
        )


@command.command("sign")
@as_person
def sign(person: str | None) -> None:
    """Sign the change that waits, once you have read what it does.

    Example: schoolgate trust sign --as S-02
    """
    workspace = need_workspace()
    chain = read_site_chain(workspace, expired=True)
    waits = pending_change(workspace, chain)
    if waits is None:
        raise UsageError("no change waits for signatures; schoolgate trust show says what is so")
    _tell_change(chain, changes(chain.trust, waits.trust), chain.lacking(waits))
    if waits.trust.lock != chain.trust.lock and (changed := _differs(workspace, waits.trust.lock)):
        raise IntegrityError(
            f"{NEXT}: locks other files than lie here ({', '.join(changed)}); fetch the newest "
            "from git, look at them, and sign then"
        )
    signer = open_own_key(workspace, person)
    holders = {
        key: who
        for trust in (chain.trust, waits.trust)
        for who in trust.leading
        for key in trust.persons[who].keys
    }
    if holders.get(signer.key) != signer.person:
        raise NotAllowedError(
            f"{signer.person}: is nobody who signs such a change with this key; schoolgate trust "
            "show says who does"
        )
    if signer.key.keyid in {each.keyid for each in waits.envelope.signatures}:
        raise UsageError(f"{signer.person}: has signed this change; another person must")
    change = sign_and_settle(workspace, chain, waits.envelope, signer)
    change.tell("signed" if change.lacking else "signed and in force")


@command.command("drop")
def drop() -> None:
    """Drop the change that waits for signatures.

    Example: schoolgate trust drop
    """
    file = need_workspace().state / NEXT
    if not file.exists() and not file.is_symlink():
        raise UsageError("no change waits for signatures")
    file.unlink()
    click.echo("the change is dropped; the people of the site are as before; commit .schoolgate")


@command.command("lock")
@as_person
def lock(person: str | None) -> None:
    """Lock mkdocs.yml, the theme and the programs that build, as they are now.

    From then on nothing is built with others, so that nobody changes every page at once unseen.

    Example: schoolgate trust lock
    """
    workspace = need_workspace()
    kit = _kit(workspace)
    chain = read_site_chain(workspace)
    changed = differences(chain.trust.lock, kit, most=50)
    if not changed:
        click.echo("everything is locked as it is; nothing was changed")
        return
    for line in changed:
        click.echo(line)
    change = change_trust(workspace, person, lambda trust: trust.with_lock(kit))
    write_programs(workspace.root, kit)
    change.tell(f"{len(kit)} files and programs are locked", also=f" and {REQUIREMENTS}")


@command.command("threshold")
@click.argument("count", type=click.IntRange(min=1))
@as_person
def threshold(count: int, person: str | None) -> None:
    """Ask for COUNT persons to sign a change; where three lead, two at least.

    Example: schoolgate trust threshold 3
    """
    change = change_trust(need_workspace(), person, lambda trust: trust.with_threshold(count))
    change.tell(f"{count} must sign a change from now on")


def _record(chain: Chain, proposed: tuple[str, ...]) -> dict[str, object]:
    trust = chain.trust
    return {
        "version": trust.version,
        "expires": trust.expires.isoformat(),
        "leading": list(trust.leading),
        "threshold": trust.threshold,
        "anchor": chain.anchor,
        "newest": chain.newest.digest,
        "locked": len(trust.lock),
        "proposed": list(proposed),
        "notes": list(notes(trust, now().date())),
    }


def _tell(chain: Chain) -> None:
    trust = chain.trust
    click.echo(f"version {trust.version}, signed until {trust.expires}")
    leading = ", ".join(trust.leading)
    alone = len(trust.leading) == 1
    click.echo(
        f"{leading} alone signs a change"
        if alone
        else f"{trust.threshold} of {leading} must sign a change"
    )
    if trust.lock:
        click.echo(f"{len(trust.lock)} files and programs are locked; {chain.lock}")
    click.echo(f"anchor: {chain.anchor}")
    if len(chain.versions) > 1:
        click.echo(f"newest: {chain.newest.digest}")
    for line in notes(trust, now().date()):
        click.echo(f"note: {line}")


def _tell_change(chain: Chain, lines: tuple[str, ...], lacking: int) -> None:
    more = "1 more person" if lacking == 1 else f"{lacking} more persons"
    number = chain.trust.version + 1
    click.echo(f"\nversion {number} is proposed and needs the signature of {more}:")
    for line in lines:
        click.echo(f"  {line}")


def _kit(workspace: Workspace) -> tuple[AssetRef, ...]:
    return kit_of(workspace.root, load_policy(workspace.policy_text()).limits)


def _differs(workspace: Workspace, lock: tuple[AssetRef, ...]) -> tuple[str, ...]:
    return differences(lock, _kit(workspace))


for _each in (add, remove, suspend, rotate, renew):
    command.add_command(_each)
