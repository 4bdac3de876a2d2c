"""``schoolgate init``: a new school's repository."""

import secrets
import shutil
import tempfile
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import click

from moderation.attest.keys import SHORTEST, create_key, open_key
from moderation.attest.people import MOST_DAYS, Trust, TrustedPerson
from moderation.attest.trust import write_trust
from moderation.commands.actor import passphrase
from moderation.commands.resources import templates
from moderation.commands.workspace import SITE_ID, STATE, Workspace, find_workspace, now
from moderation.model import Role, UsageError
from moderation.registers.files import make_folder, write_atomically

_DOT = "dot-"


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", default="Our School", show_default=True, help="Name of the school.")
@click.option("--head", default="S-01", show_default=True, help="Opaque id of the head teacher.")
def command(folder: Path, name: str, head: str) -> None:
    """Start a new school's site in DIR, which must be new or empty.

    Makes mkdocs.yml, first pages, theme, settings and a CI workflow, and the head's signing key.

    Example: schoolgate init our-school --name "Our School"
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder}: is not empty; name a new folder")
    if not name.strip() or any(c in '"\\{}' or not c.isprintable() for c in name):
        raise UsageError("--name: write plain words, without quotation marks or braces")
    word = passphrase(f"New passphrase of {head} (at least {SHORTEST} characters)", confirm=True)
    make_folder(folder.absolute().parent, mode=0o755)
    with tempfile.TemporaryDirectory(prefix=".schoolgate-", dir=folder.absolute().parent) as aside:
        draft = Path(aside) / "site"
        key = _write(draft, name.strip(), head, word)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    workspace = find_workspace(folder)
    assert workspace is not None  # noqa: S101 - it was just written
    _keep_key(workspace, head, key)
    _tell(workspace, head)


def _write(draft: Path, name: str, head: str, word: str) -> str:
    """Write the whole site aside and return the text of the head's key file."""
    words = {"{{ school }}": name, "{{ version }}": version("schoolgate")}
    source = templates() / "site"
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        parts = [part.replace(_DOT, ".", 1) for part in file.relative_to(source).parts]
        text = file.read_text("utf-8")
        for placeholder, value in words.items():
            text = text.replace(placeholder, value)
        target = draft.joinpath(*parts)
        make_folder(target.parent, mode=0o755)
        write_atomically(target, text.encode(), mode=0o644)
    shutil.copytree(templates() / "theme", draft / "site_templates" / "theme")
    site = secrets.token_hex(8)
    key = create_key(head, word)
    trust = _trust(site, head, key, word)
    state = draft / STATE
    write_atomically(state / SITE_ID, f"{site}\n".encode(), mode=0o644)
    write_atomically(state / "trust.json", trust.encode(), mode=0o644)
    return key


def _trust(site: str, head: str, key: str, word: str) -> str:
    signer = open_key(key, word)
    person = TrustedPerson(
        id=head, roles=frozenset({Role.HEAD, Role.PUBLISHER}), keys=(signer.key,)
    )
    expires = now().date() + timedelta(days=MOST_DAYS - 1)
    trust = Trust(site=site, version=1, expires=expires, persons={head: person})
    return write_trust(trust, signer)


def _keep_key(workspace: Workspace, head: str, key: str) -> None:
    make_folder(workspace.home / "keys")
    write_atomically(workspace.home / "keys" / f"{head}.key", key.encode(), exclusive=True)


def _tell(workspace: Workspace, head: str) -> None:
    click.echo(
        f"{workspace.root} is ready. Private files (keys, roll, drafts) are in {workspace.home}; "
        "back that folder up.\n\nNext:\n"
        f"  cd {workspace.root}\n"
        "  git init && git add . && git commit -m 'Start the site'\n"
        "  schoolgate keys new S-02                 (nobody approves a page of their own)\n"
        f"  schoolgate people add S-02 --role publisher --key ... --as {head}\n"
        "  schoolgate roll import class-list.csv    (so that pupils' names are seen)\n"
        "  schoolgate submit content/index.md --as S-02\n"
        "  schoolgate queue"
    )
