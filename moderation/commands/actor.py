"""Who is at the keyboard: proved by a signing key that the site's trust file lists."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from moderation.attest.keys import COST, Signer, create_key, open_key
from moderation.attest.people import Trust
from moderation.attest.state_file import read_state
from moderation.commands.workspace import Workspace
from moderation.model import NotAuthenticatedError, Person

PERSON = "SCHOOLGATE_PERSON"
PASSPHRASE_FILE = "SCHOOLGATE_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable

as_person = click.option(
    "--as",
    "person",
    metavar="PERSON",
    envvar=PERSON,
    show_envvar=True,
    help="Who you are; not needed where this machine holds one key.",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who proved who they are."""

    person: Person
    signer: Signer


def authenticate(workspace: Workspace, trust: Trust, person: str | None) -> Actor:
    """Open the key of *person* and look them up in the trust file.

    Raises:
        NotAuthenticatedError: no key here, wrong passphrase, or a key the site does not know
        NotAllowedError: the person is unknown or suspended

    """
    signer = open_own_key(workspace, person)
    known = trust.person_of_key(signer.key.keyid)
    if known.id != signer.person:
        raise NotAuthenticatedError(f"{signer.person}: the key in this file belongs to another")
    return Actor(known, signer)


def open_own_key(workspace: Workspace, person: str | None) -> Signer:
    """Open the key of *person* on this machine, whoever the site knows it as.

    Raises:
        NotAuthenticatedError: no key here, or the wrong passphrase

    """
    file = _key_file(workspace.home / "keys", person)
    return opened(read_key(file), passphrase(f"Passphrase of {file.stem}"), source=file.name)


def made(person: str, word: str) -> str:
    """Return the file of a new key for *person*, sealed with the passphrase *word*."""
    return create_key(person, word, cost=COST)


def opened(text: str, word: str, *, source: str) -> Signer:
    """Open a key file as strong as those that we make.

    Raises:
        NotAuthenticatedError: wrong passphrase
        IntegrityError: the file is damaged or weaker

    """
    return open_key(text, word, source=source, floor=COST)


def read_key(file: Path) -> str:
    """Return the text of a key file.

    Raises:
        IntegrityError: it cannot be read

    """
    return read_state(file, linked=True)


def passphrase(prompt: str, *, confirm: bool = False, variable: str = PASSPHRASE_FILE) -> str:
    """Ask for a passphrase, or read it from the file that *variable* of the environment names.

    Raises:
        NotAuthenticatedError: nobody is there to ask, or the file cannot be read

    """
    name = os.environ.get(variable)
    if name:
        try:
            return Path(name).read_text("utf-8").rstrip("\r\n")
        except (OSError, ValueError) as error:
            raise NotAuthenticatedError(
                f"{variable}: the file it names cannot be read; correct it"
            ) from error
    if not sys.stdin.isatty():
        raise NotAuthenticatedError(
            f"a passphrase is needed and nobody is there to ask; set {variable}"
        )
    answer: str = click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True)
    return answer


def _key_file(folder: Path, person: str | None) -> Path:
    files = sorted(folder.glob("*.key")) if folder.is_dir() else []
    if person is None and len(files) == 1:
        return files[0]
    if person is None:
        if not files:
            raise NotAuthenticatedError("this machine holds no key; schoolgate keys new makes one")
        raise NotAuthenticatedError(
            f"this machine holds several keys; say who you are: --as {files[0].stem}, or another"
            " of those that schoolgate keys show lists"
        )
    for file in files:
        if file.stem == person:
            return file
    raise NotAuthenticatedError(
        f"{person}: this machine holds no key of theirs; make one with schoolgate keys new"
    )
