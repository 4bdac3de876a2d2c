"""Read the trust file, and change it with a head's signature."""

from collections.abc import Callable

from moderation.attest.log import SignedFolder
from moderation.attest.people import Trust
from moderation.attest.terms import FOLDER, Standing, read_terms
from moderation.attest.trust import read_trust, write_trust
from moderation.checks.base import all_rules
from moderation.commands.actor import authenticate
from moderation.commands.workspace import Workspace, now
from moderation.model import IntegrityError, NotAllowedError, Role
from moderation.policy import Policy
from moderation.policy.terms import Terms
from moderation.registers.files import write_atomically

TRUST = "trust.json"


def read_site_trust(workspace: Workspace, *, expired: bool = False) -> Trust:
    """Read the people of the site.

    Args:
        workspace: the site
        expired: True reads a file that has expired too, so that it can be renewed

    Raises:
        IntegrityError: the file is missing, damaged, unsigned or expired

    """
    try:
        text = (workspace.state / TRUST).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise IntegrityError(f"{TRUST}: cannot be read; restore it from git") from error
    return read_trust(text, source=TRUST, today=None if expired else now().date())


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
) -> Trust:
    """Apply *edit* and have the head at the keyboard sign the result.

    Raises:
        NotAllowedError: whoever is at the keyboard is not a head of the site as it stands

    """
    trust = read_site_trust(workspace, expired=expired)
    actor = authenticate(workspace, trust, person)
    if not actor.person.has(Role.HEAD):
        raise NotAllowedError(f"{actor.person.id}: only a head changes who may do what")
    changed = edit(trust)
    text = write_trust(changed, actor.signer)
    write_atomically(workspace.state / TRUST, text.encode(), mode=0o644)
    return changed
