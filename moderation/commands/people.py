"""``schoolgate people``: who may publish and who may approve, signed by the head."""

import click

from moderation.attest.people import MOST_DAYS, Trust
from moderation.attest.public_key import PublicKey
from moderation.commands.actor import as_person
from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.trusting import change_trust, key_of, log_end, read_site_trust
from moderation.commands.workspace import need_workspace, now
from moderation.model import IntegrityError, Role, UsageError

_ROLES = click.Choice([role.value for role in Role])


@click.group("people")
def command() -> None:
    """Say who may publish and who may approve.

    People are known by opaque ids such as S-04; their names are kept elsewhere. Every change makes
    a new version of .schoolgate/trust.json, signed by a head, and by a second person where three
    or more lead (schoolgate trust).
    """


@command.command("list")
@json_or_terminal
def list_(style: str | None) -> None:
    """List everybody, with roles and keys.

    Example: schoolgate people list
    """
    trust = read_site_trust(need_workspace())
    rows = [
        {
            "person": person.id,
            "roles": sorted(person.roles),
            "keys": [key.keyid[:12] for key in person.keys],
            "state": "suspended" if person.suspended else "active",
        }
        for _, person in sorted(trust.persons.items())
    ]
    show_rows(rows, ("person", "roles", "keys", "state"), style, "nobody")


@command.command("add")
@click.argument("who")
@click.option("--role", "roles", type=_ROLES, multiple=True, required=True, help="May be repeated.")
@click.option("--key", help="Their public key: the line that schoolgate keys new printed.")
@as_person
def add(who: str, roles: tuple[str, ...], key: str | None, person: str | None) -> None:
    """Add WHO, or give them other roles, or one more key.

    Example: schoolgate people add S-04 --role moderator --key 3f...
    """
    workspace = need_workspace()

    def edit(trust: Trust) -> Trust:
        changed = trust.with_person(who, frozenset(map(Role, roles)))
        return changed.with_key(who, public_key(key)) if key else changed

    change = change_trust(workspace, person, edit)
    change.tell(f"{who} is {', '.join(sorted(change.trust.persons[who].roles))}")
    remind_of_key(change.trust, who)


@command.command("suspend")
@click.argument("who")
@as_person
def suspend(who: str, person: str | None) -> None:
    """Stop trusting WHO: nothing they approved is published any more.

    Example: schoolgate people suspend S-04
    """
    change = change_trust(need_workspace(), person, lambda trust: trust.suspended(who))
    change.tell(f"{who} is suspended, and so is what only they approved")


@command.command("reinstate")
@click.argument("who")
@as_person
def reinstate(who: str, person: str | None) -> None:
    """Trust WHO again.

    Example: schoolgate people reinstate S-04
    """
    change = change_trust(need_workspace(), person, lambda trust: trust.reinstated(who))
    change.tell(f"{who} is active again")


@command.command("retire-key")
@click.argument("who")
@click.argument("key")
@as_person
def retire_key(who: str, key: str, person: str | None) -> None:
    """Retire a KEY of WHO (lost, or they left); what it signed until now stays good.

    Example: schoolgate people retire-key S-04 3f9a01c2d4e5
    """
    workspace = need_workspace()
    last = log_end(workspace)

    def edit(trust: Trust) -> Trust:
        return trust.without_key(who, key_of(trust, who, key), after=last)

    change = change_trust(workspace, person, edit, ends=True)
    change.tell(f"the key {key} of {who} signs nothing more")


@command.command("renew")
@as_person
def renew(person: str | None) -> None:
    """Sign the people of the site for another year.

    Example: schoolgate people renew
    """
    from datetime import timedelta

    until = now().date() + timedelta(days=MOST_DAYS - 1)
    change = change_trust(
        need_workspace(), person, lambda trust: trust.renewed(until), expired=True
    )
    change.tell(f"the people of the site are signed until {until}")


def remind_of_key(trust: Trust, who: str) -> None:
    """Say that somebody cannot sign yet, where they have no key."""
    if not trust.persons[who].keys:
        click.echo(f"{who} has no key yet, so cannot sign: schoolgate keys new {who}, then --key")


def public_key(text: str) -> PublicKey:
    """Read the line that ``keys new`` printed.

    Raises:
        UsageError: it is not a public key

    """
    try:
        return PublicKey.of(bytes.fromhex(text))
    except (ValueError, IntegrityError):
        raise UsageError(
            "--key: is not a whole public key; copy all 64 characters of the line that schoolgate "
            "keys new printed"
        ) from None
