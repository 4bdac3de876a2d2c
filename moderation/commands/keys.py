"""``schoolgate keys``: signing keys, each wrapped with its owner's passphrase."""

import click

from moderation.attest.keys import public_key_of
from moderation.commands.actor import made, passphrase, read_key
from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.workspace import need_workspace
from moderation.model import UsageError
from moderation.registers.files import make_folder, write_atomically


@click.group("keys")
def command() -> None:
    """Make and show signing keys.

    A key proves who hands in and who approves. It lies in the private folder of this machine,
    sealed with a passphrase that only its owner knows.
    """


@command.command("new")
@click.argument("person")
def new(person: str) -> None:
    """Make a key for PERSON, an id such as S-04 that is not a name.

    Then give the public line that is printed to the head, who adds it with schoolgate people add.

    Example: schoolgate keys new S-04
    """
    folder = need_workspace().home / "keys"
    file = folder / f"{person}.key"
    if file.exists():
        raise UsageError(f"{person}: has a key on this machine already; remove it first")
    text = made(person, passphrase(f"New passphrase of {person}", confirm=True))
    make_folder(folder)
    write_atomically(file, text.encode(), exclusive=True)
    click.echo(f"the key of {person} is made; give the head this line:\n")
    public = public_key_of(text).public.hex()
    click.echo(f"schoolgate people add {person} --role publisher --key {public}")


@command.command("show")
@json_or_terminal
def show(style: str | None) -> None:
    """List the keys on this machine.

    Example: schoolgate keys show
    """
    folder = need_workspace().home / "keys"
    rows = []
    for file in sorted(folder.glob("*.key")):
        key = public_key_of(read_key(file), source=file.name)
        rows.append({"person": file.stem, "key": key.keyid[:12], "public": key.public.hex()})
    empty = "no keys here; make one with schoolgate keys new"
    show_rows(rows, ("person", "key", "public"), style, empty)
