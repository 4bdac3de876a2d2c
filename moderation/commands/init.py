"""``schoolgate init``: a new school's repository."""

import os
import secrets
import shutil
from contextlib import suppress
from datetime import timedelta
from importlib import metadata
from pathlib import Path

import click

from moderation.attest.keys import SHORTEST, Signer
from moderation.attest.people import MOST_DAYS, Trust, TrustedPerson
from moderation.attest.state_file import read_state
from moderation.attest.trust import PAYLOAD_TYPE, payload_of, read_version, write_trust
from moderation.commands.actor import made, opened, passphrase, read_key
from moderation.commands.moving_in import ASIDE, Move, begun, is_half_moved
from moderation.commands.programs import write_programs
from moderation.commands.resources import templates
from moderation.commands.workspace import SITE_ID, STATE, Workspace, home_of, now
from moderation.model import (
    IntegrityError,
    NotAuthenticatedError,
    Role,
    UsageError,
    digest_of,
)
from moderation.policy import default_policy
from moderation.publish.site import kit_of
from moderation.registers.aside import folder_aside, remove_abandoned
from moderation.registers.files import make_folder, write_atomically, write_tree

_DOT = "dot-"
_NOT_IN_A_NAME = frozenset('"\\{}<>&')


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", default="Our School", show_default=True, help="Name of the school.")
@click.option("--head", default="S-01", show_default=True, help="Opaque id of the head teacher.")
def command(folder: Path, name: str, head: str) -> None:
    """Start a new school's site in DIR, which must be new or empty.

    Makes mkdocs.yml, first pages, theme, settings and a CI workflow, and the head's signing key.

    Example: schoolgate init our-school --name "Our School"
    """
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - must not follow links
    if not name.strip() or any(c in _NOT_IN_A_NAME or not c.isprintable() for c in name):
        raise UsageError("--name: write plain words, without quotation marks, braces or brackets")
    with begun(place, name.strip(), head) as move:
        if move:
            _go_on(move)
            return
    if place.is_symlink() or (place.exists() and any(place.iterdir())):
        raise UsageError(f"{folder}: is not empty, or is a link; name a new folder")
    word = passphrase(f"New passphrase of {head} (at least {SHORTEST} characters)", confirm=True)
    make_folder(place.parent, mode=0o755)
    remove_abandoned(place.parent, ASIDE, keep=is_half_moved)
    with folder_aside(place.parent, ASIDE) as aside:
        move = Move(aside=aside, place=place, name=name.strip(), head=head)
        site, key, anchor = _write(move.draft, move.name, head, word)
        workspace = Workspace(place, home_of(site))
        _put(move, workspace, site, _keep_key(workspace, head, key))
        _tell(workspace, head, anchor)  # while the same command would tell it again


def _put(move: Move, workspace: Workspace, site: str, kept: Path) -> None:
    """Move the site to its place, or leave no trace of it where that fails or is interrupted."""
    done = False
    try:
        move.begin()
        move.put()
        _name_home(workspace, site)
        done = True
    finally:
        if not done:
            move.take_back()
            (workspace.home / SITE_ID).unlink(missing_ok=True)
            kept.unlink(missing_ok=True)


def _go_on(move: Move) -> None:
    """Do the rest of a move that was killed, if its site is of the key that we hold."""
    text = read_state(move.state("trust.json"))
    version = read_version(text, source="trust.json")
    workspace = Workspace(move.place, home_of(version.trust.site))
    file = workspace.home / "keys" / f"{move.head}.key"
    if not file.is_file():
        raise UsageError(
            f"{move.place}: was killed halfway, and the key of {move.head} is not in "
            f"{workspace.home}; set SCHOOLGATE_HOME as it was then, or empty the folder"
        )
    signer = opened(read_key(file), passphrase(f"Passphrase of {move.head}"), source=file.name)
    if text != signer.sign(version.envelope.payload, PAYLOAD_TYPE).text():
        raise UsageError(f"{move.place}: was signed with somebody else's key; empty the folder")
    move.put()
    _name_home(workspace, version.trust.site)
    _tell(workspace, move.head, version.digest)
    shutil.rmtree(move.aside, ignore_errors=True)


def _name_home(workspace: Workspace, site: str) -> None:
    # From now on the key there is the key of a site; without this, what a killed init left.
    write_atomically(workspace.home / SITE_ID, f"{site}\n".encode("ascii"))


def _write(draft: Path, name: str, head: str, word: str) -> tuple[str, str, str]:
    """Write the whole site aside; return its id, the text of the head's key file and the anchor."""
    words = {"{{ school }}": name, "{{ version }}": metadata.version("schoolgate")}
    source = templates() / "site"
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        parts = [part.replace(_DOT, ".", 1) for part in file.relative_to(source).parts]
        text = file.read_text("utf-8")
        for placeholder, value in words.items():
            text = text.replace(placeholder, value)
        target = draft.joinpath(*parts)
        make_folder(target.parent, mode=0o755)
        write_atomically(target, text.encode(), mode=0o644)
    theme = templates() / "theme"
    files = (path for path in theme.rglob("*") if path.is_file())
    make_folder(draft / "site_templates", mode=0o755)
    write_tree(
        draft / "site_templates" / "theme",
        {file.relative_to(theme).as_posix(): file.read_bytes() for file in files},
    )
    site = secrets.token_hex(8)
    key = _own_key(home_of(site), head, word)
    state = draft / STATE
    trust, anchor = _trust(draft, site, opened(key, word, source=f"the key of {head}"))
    write_atomically(state / SITE_ID, f"{site}\n".encode(), mode=0o644)
    write_atomically(state / "trust.json", trust.encode(), mode=0o644)
    return site, key, anchor


def _trust(draft: Path, site: str, signer: Signer) -> tuple[str, str]:
    """Return the first trust file, which locks the site as it was written, and its anchor."""
    roles = frozenset({Role.HEAD, Role.PUBLISHER})
    trust = Trust(
        site=site,
        version=1,
        issued=now().date(),
        expires=now().date() + timedelta(days=MOST_DAYS - 1),
        persons={signer.person: TrustedPerson(id=signer.person, roles=roles, keys=(signer.key,))},
        lock=kit_of(draft, default_policy().limits),
    )
    write_programs(draft, trust.lock)
    return write_trust(trust, signer), digest_of(payload_of(trust))


def _own_key(home: Path, head: str, word: str) -> str:
    """Return a new key file, or the one that an init which was killed left for this passphrase."""
    file = home / "keys" / f"{head}.key"
    if file.is_file() and not (home / SITE_ID).exists():
        text = read_key(file)
        with suppress(NotAuthenticatedError, IntegrityError):
            opened(text, word, source=file.name)
            return text
    return made(head, word)


def _keep_key(workspace: Workspace, head: str, key: str) -> Path:
    file = workspace.home / "keys" / f"{head}.key"
    if (workspace.home / SITE_ID).exists():
        raise UsageError(
            "SCHOOLGATE_HOME: is the private folder of another site; choose a folder of its own"
        )
    try:
        make_folder(file.parent)
        write_atomically(file, key.encode(), exclusive=True)
    except FileExistsError:
        if read_key(file) == key:
            return file
        raise UsageError(
            f"{head}: the private folder holds a key of theirs already; set SCHOOLGATE_HOME to a "
            "folder of this site's own"
        ) from None
    return file


def _tell(workspace: Workspace, head: str, anchor: str) -> None:
    click.echo(
        f"{workspace.root} is ready. Private files (keys, roll, drafts) are in {workspace.home}; "
        "back that folder up.\n\n"
        f"The anchor of this site is\n  {anchor}\n"
        "Write it down, and give it to whoever looks after the web server: it is no secret, and\n"
        "shows if somebody puts other people in your place (SCHOOLGATE_TRUST_ANCHOR of CI).\n"
        "mkdocs.yml and the theme are locked as they are; after a change that you want:\n"
        f"  schoolgate trust lock --as {head}\n\nNext:\n"
        f"  cd {workspace.root}\n"
        "  git init && git add . && git commit -m 'Start the site'\n"
        "  schoolgate keys new S-02                 (nobody approves a page of their own)\n"
        f"  schoolgate people add S-02 --role publisher --key ... --as {head}\n"
        "  schoolgate roll import ../class-list.csv    (so that pupils' names are seen)\n"
        "  schoolgate submit content/index.md --as S-02\n"
        "  schoolgate queue"
    )
