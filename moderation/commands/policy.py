"""``schoolgate policy``: the school's settings."""

import click

from moderation.attest import ApprovalLog, verify_log
from moderation.checks.base import all_rules
from moderation.commands.actor import as_person
from moderation.commands.trusting import change_trust, read_site_chain, read_site_trust
from moderation.commands.workspace import Workspace, need_workspace
from moderation.model import IntegrityError
from moderation.pipeline.plan import make_plan
from moderation.policy import Policy, default_policy, load_policy, looser
from moderation.publish.tightened import tightened_pages


@click.group("policy")
def command() -> None:
    """Check or sign the school's settings.

    A school's .schoolgate/policy.toml may be stricter than the defaults by itself. What is looser
    counts only when the head has signed it.
    """


@command.command("check")
def check() -> None:
    """Read policy.toml and say what in it is looser than the defaults.

    Approved pages that it takes off the site, because it is stricter now about what was found on
    them, are named first.

    Example: schoolgate policy check
    """
    workspace = need_workspace()
    policy, settings = _read(workspace)
    _tell_ended(workspace, policy)
    signed = read_site_trust(workspace).policy
    if not settings and not signed:
        click.echo("policy.toml can be used; nothing in it is looser than the defaults")
        return
    click.echo(f"looser than the defaults: {', '.join(settings) or 'nothing'}")
    if signed != policy.digest:
        raise IntegrityError("policy.toml: the head has not signed it; schoolgate policy sign")
    click.echo("the head has signed it")


@command.command("sign")
@as_person
def sign(person: str | None) -> None:
    """Let policy.toml count as it stands, also where it is looser; only a head may.

    From then on exactly this one counts, and a change of it needs a signature again. Approved pages
    that it takes off the site are named first.

    Example: schoolgate policy sign
    """
    workspace = need_workspace()
    policy, settings = _read(workspace)
    _tell_ended(workspace, policy)
    change = change_trust(workspace, person, lambda trust: trust.with_policy(policy.digest))
    what = ", ".join(settings) or "nothing"
    change.tell(f"signed; looser than the defaults: {what}", also=" and policy.toml")


def _tell_ended(workspace: Workspace, policy: Policy) -> None:
    """Name the pages that go off the site with *policy* until somebody hands them in again."""
    chain = read_site_chain(workspace, expired=True)
    entries = ApprovalLog(workspace.state / "approvals").read()
    ended = tightened_pages(verify_log(entries, chain.trust), policy)
    if ended:
        click.echo(f"approved pages that this policy takes off the site: {len(ended)}")
    for each in ended:
        click.echo(f"  {each}")


def _read(workspace: Workspace) -> tuple[Policy, list[str]]:
    policy = load_policy(workspace.policy_text())
    make_plan(policy)
    return policy, looser(policy, default_policy(), all_rules())
