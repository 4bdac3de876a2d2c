"""The register of consents as a witness: what decisions keep of it, and whether it still agrees."""

from dataclasses import replace
from datetime import datetime

import click

from moderation.commands.session import Session
from moderation.commands.workspace import Workspace, now
from moderation.model import Asset, ReviewState, SchoolgateError
from moderation.pipeline.run import read_submission
from moderation.policy import Policy
from moderation.publish.site import Site, load_site
from moderation.registers import Consents
from moderation.registers.consent_snapshot import Snapshot, Witness, snapshot_key


def snapshot_of(session: Session, state: ReviewState, assets: tuple[Asset, ...]) -> Snapshot:
    """Return where the people stand whom a submission declares; empty without a register."""
    policy = session.site.policy
    people = read_submission(state.page, assets, policy.limits).declared_people
    if not people:
        return Snapshot()
    consents = session.workspace.registers().consents
    if consents is None:
        return Snapshot()
    witness = _witness(session.workspace, policy, consents)
    return witness.snapshot(people, submission=state.id, day=policy.day(now()))


def load_witnessed(workspace: Workspace, *, moment: datetime, anchor: str = "") -> Site:
    """Read and verify a site's state in git, with the register where this machine holds it.

    A register that cannot be opened is told and stops nothing, so that what was taken down can
    leave the site all the same: the decisions themselves carry the end of their consents.

    Args:
        workspace: the site
        moment: aware time
        anchor: see :func:`moderation.publish.site.load_site`

    Raises:
        SchoolgateError: see :func:`moderation.publish.site.load_site`

    """
    site = load_site(workspace.root, now=moment, anchor=anchor)
    consents = consents_at_hand(workspace, tell=True)
    if consents is None:
        return site
    return replace(site, witness=_witness(workspace, site.policy, consents))


def consents_at_hand(workspace: Workspace, *, tell: bool = False) -> Consents | None:
    """Return the register where it is here and nobody has to be asked for its passphrase.

    Args:
        workspace: the site
        tell: say why a register that is here could not be opened

    """
    folder = workspace.home / "registers"
    if not (folder / "consent.vault").is_file():
        return None
    from moderation.commands.vaulting import VAULT_KEY, is_at_hand
    from moderation.registers.shelf import open_consents

    try:
        if is_at_hand(workspace.home, workspace.site):
            return open_consents(folder, workspace.vault_key(), today=now().date())
        trouble = f"its key is not at hand; set {VAULT_KEY}"
    except (SchoolgateError, OSError) as error:
        trouble = str(error)
    if tell:
        click.echo(f"not compared with the consent register: {trouble}", err=True)
    return None


def _witness(workspace: Workspace, policy: Policy, consents: Consents) -> Witness:
    return Witness(
        consents=consents.under(policy.consenting),
        channel=policy.channel,
        key=snapshot_key(workspace.vault_key()),
    )
