"""Changes of ``schoolgate trust`` that are about one person, and the yearly renewal."""

from datetime import timedelta

import click

from moderation.attest.keys import public_key_of
from moderation.attest.people import MOST_DAYS, Trust
from moderation.commands.actor import as_person, authenticate, made, opened, passphrase, read_key
from moderation.commands.people import public_key, remind_of_key
from moderation.commands.trusting import (
    change_trust,
    log_end,
    propose,
    read_site_chain,
    refuse_pending,
)
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import Role, UsageError
from moderation.registers.files import sync_folder, write_atomically

_ROLES = click.Choice([role.value for role in Role])
_NEXT = ".next"


@click.command("add")
@click.argument("who")
@click.option("--role", "roles", type=_ROLES, multiple=True, help="May be repeated.")
@click.option("--key", help="Their public key: the line that schoolgate keys new printed.")
@click.option("--root/--no-root", default=None, help="May sign changes like this one, or not.")
@as_person
def add(
    who: str, roles: tuple[str, ...], key: str | None, root: bool | None, person: str | None
) -> None:
    """Add WHO, or give them other roles, a key, or the right to sign changes.

    Example: schoolgate trust add S-02 --role safeguarding-lead --key 3f... --root
    """

    def edit(trust: Trust) -> Trust:
        if not roles and who not in trust.persons:
            raise UsageError(f"{who}: is new here; say with --role what they may do")
        changed = trust.with_person(who, frozenset(map(Role, roles))) if roles else trust
        changed = changed.with_key(who, public_key(key)) if key else changed
        return changed if root is None else changed.with_holder(who, holder=root)

    change = change_trust(need_workspace(), person, edit)
    known = change.trust.persons[who]
    signs = ", and signs changes" if known.named else ""
    change.tell(f"{who} is {', '.join(sorted(known.roles)) or 'without a role'}{signs}")
    remind_of_key(change.trust, who)


@click.command("remove")
@click.argument("who")
@as_person
def remove(who: str, person: str | None) -> None:
    """Let WHO, who left in good order, sign nothing more; what they approved until now stays.

    Example: schoolgate trust remove S-04
    """
    workspace = need_workspace()
    last = log_end(workspace)
    change = change_trust(workspace, person, lambda t: t.departed(who, after=last), ends=True)
    change.tell(f"{who} signs nothing more; what they approved until now stays")


@click.command("suspend")
@click.argument("who")
@click.option(
    "--since", type=click.IntRange(min=1), help="Number of the first decision that may not count."
)
@as_person
def suspend(who: str, since: int | None, person: str | None) -> None:
    """Stop trusting WHO: nothing they approved counts, or nothing from a decision on.

    Example: schoolgate trust suspend S-04 --since 17
    """
    workspace = need_workspace()
    change = change_trust(
        workspace, person, lambda trust: trust.suspended(who, since=since or 0), ends=True
    )
    what = f"what they approved from decision {since} on" if since else "what only they approved"
    change.tell(f"{who} is suspended, and so is {what}")


@click.command("rotate")
@click.argument("who", required=False)
@click.option("--key", help="The new public key of somebody else, who lost theirs.")
@as_person
def rotate(who: str | None, key: str | None, person: str | None) -> None:
    """Replace every key of WHO by a new one; without WHO, your own by one made here.

    What the old ones signed until now stays good. Without --key, you sign with both.

    Example: schoolgate trust rotate S-02 --key 3f...
    """
    workspace = need_workspace()
    last = log_end(workspace)
    if who and not key:
        raise UsageError("--key: is missing; WHO makes one (schoolgate keys new) and gives it you")
    if who and key:
        new = public_key(key)
        change = change_trust(
            workspace, person, lambda trust: trust.rotated(who, new, after=last), ends=True
        )
        change.tell(f"{who} signs with the key {new.keyid[:12]} only")
        return
    if key:
        raise UsageError("WHO: is missing; say whose key it is")
    _rotate_own(workspace, person, last)


@click.command("renew")
@as_person
def renew(person: str | None) -> None:
    """Sign the people of the site for another year, after looking through them.

    Example: schoolgate trust renew
    """
    until = now().date() + timedelta(days=MOST_DAYS - 1)
    change = change_trust(need_workspace(), person, lambda t: t.renewed(until), expired=True)
    change.tell(f"the people of the site are signed until {until}")


def _rotate_own(workspace: Workspace, person: str | None, last: int) -> None:
    """Make a key here and sign with the old one and the new one.

    The new file takes the old one's place only once the site knows the key; where another person
    must sign first, this is run once more.
    """
    chain = read_site_chain(workspace, expired=True)
    if taken := _taken_over(workspace, chain.trust):
        click.echo(f"the new key of {' and '.join(taken)} is in use now")
        return
    refuse_pending(workspace, chain)
    actor = authenticate(workspace, chain.trust, person)
    who = actor.person.id
    word = passphrase(f"New passphrase of {who}", confirm=True)
    text = made(who, word)
    new = opened(text, word, source=f"the new key of {who}")
    aside = workspace.home / "keys" / f"{who}{_NEXT}"
    write_atomically(aside, text.encode())
    change = propose(
        workspace,
        chain,
        actor,
        lambda trust: trust.rotated(who, new.key, after=last),
        ends=True,
        new_key=new,
    )
    _taken_over(workspace, change.trust if not change.lacking else chain.trust)
    change.tell(f"{who} signs with a new key")
    if change.lacking:
        click.echo("then run schoolgate trust rotate once more here, to use the new key")


def _taken_over(workspace: Workspace, trust: Trust) -> tuple[str, ...]:
    """Let each new key that the site knows take the place of the old; return whose."""
    taken = []
    for aside in sorted((workspace.home / "keys").glob(f"*{_NEXT}")):
        known = trust.persons.get(aside.stem)
        key = public_key_of(read_key(aside), source=aside.name)
        if known is not None and key in known.keys:
            aside.replace(aside.with_suffix(".key"))
            sync_folder(aside.parent)
            taken.append(known.id)
    return tuple(taken)
