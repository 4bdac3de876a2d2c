"""What every part of ``schoolgate consent`` does with the register."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import click

from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.extract.declarations import REFERENCE
from moderation.model import UsageError
from moderation.registers import Consent, Consents, ConsentState, Roll
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


def today_at(workspace: Workspace) -> date:
    """Return the day that it is at the school."""
    return workspace.policy().day(now())


def say_unlisted(references: Iterable[str], roll: Roll | None) -> None:
    """Say which of *references* look like a pupil's and stand on no roll; mistyped, perhaps."""
    listed = {pupil.reference for pupil in roll.pupils} if roll else set()
    kinds = {reference.partition("-")[0] for reference in listed}
    nobody = sorted(r for r in set(references) - listed if r.partition("-")[0] in kinds)
    if nobody:
        click.echo(f"on no roll, so look whether the reference is right: {', '.join(nobody)}")


def add(answers: list[Consent]) -> Consents:
    """Add answers to the register, and return it.

    A no counts as given no earlier than what is there: a yes that was recorded while a clock was
    ahead must not outlast it.
    """
    workspace = need_workspace()
    with locked(workspace.home / "registers"):
        before = workspace.registers().consents or Consents()
        after = before.having([_not_before(answer, before) for answer in answers])
        store(workspace, after)
    return after.under(workspace.policy().consenting)


def _not_before(answer: Consent, register: Consents) -> Consent:
    if answer.given is None or answer.state is ConsentState.GRANTED:
        return answer
    there = (a.given for a in register.answers if a.reference == answer.reference and a.given)
    return replace(answer, given=max([answer.given, *there]))


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
    return consents.under(workspace.policy().consenting)
