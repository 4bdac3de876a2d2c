"""What every part of ``schoolgate consent`` does with the register."""

from moderation.commands.workspace import Workspace, need_workspace
from moderation.extract.declarations import REFERENCE
from moderation.model import UsageError
from moderation.registers import Consent, Consents
from moderation.registers.lock import locked
from moderation.registers.shelf import store_consents


def known(reference: str) -> str:
    """Refuse what is no reference: a name must not stand in the register's place.

    Raises:
        UsageError: it is none

    """
    if not REFERENCE.fullmatch(reference):
        raise UsageError("write a reference such as P-0112, not a name")
    return reference


def add(answers: list[Consent]) -> None:
    """Add answers to the register."""
    workspace = need_workspace()
    with locked(workspace.home / "registers"):
        store(workspace, (workspace.registers().consents or Consents()).having(answers))


def store(workspace: Workspace, consents: Consents) -> None:
    """Keep the register in place of the one before, encrypted."""
    store_consents(workspace.home / "registers", workspace.vault_key(create=True), consents)


def consents_of(workspace: Workspace) -> Consents:
    """Return the register.

    Raises:
        UsageError: there is none

    """
    consents = workspace.registers().consents
    if consents is None:
        raise UsageError("no consent register here; bring one in with schoolgate consent import")
    return consents
