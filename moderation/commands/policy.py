"""``schoolgate policy``: the school's settings."""

import click

from moderation.checks.base import all_rules
from moderation.commands.actor import as_person
from moderation.commands.trusting import change_trust, read_site_trust
from moderation.commands.workspace import Workspace, need_workspace
from moderation.model import IntegrityError
from moderation.pipeline.plan import make_plan
from moderation.policy import Policy, default_policy, load_policy, looser


@click.group("policy")
def command() -> None:
    """Check or sign the school's settings.

    A school's .schoolgate/policy.toml may be stricter than the defaults by itself. What is looser
    counts only when the head has signed it.
    """


@command.command("check")
def check() -> None:
    """Read policy.toml and say what in it is looser than the defaults.

    Example: schoolgate policy check
    """
    workspace = need_workspace()
    policy, settings = _read(workspace)
    if not settings:
        click.echo("policy.toml can be used; nothing in it is looser than the defaults")
        return
    signed = read_site_trust(workspace).relaxed_policy == policy.digest
    click.echo(f"looser than the defaults: {', '.join(settings)}")
    if not signed:
        raise IntegrityError("policy.toml: the head has not signed it; schoolgate policy sign")
    click.echo("the head has signed it")


@command.command("sign")
@as_person
def sign(person: str | None) -> None:
    """Allow policy.toml, as it stands, to be looser than the defaults; only a head may.

    Example: schoolgate policy sign
    """
    workspace = need_workspace()
    policy, settings = _read(workspace)
    change_trust(workspace, person, lambda trust: trust.with_policy(policy.digest))
    what = ", ".join(settings) or "nothing; the signature was not needed"
    click.echo(f"signed; looser than the defaults: {what}; commit trust.json and policy.toml")


def _read(workspace: Workspace) -> tuple[Policy, list[str]]:
    policy = load_policy(workspace.policy_text())
    make_plan(policy)
    return policy, looser(policy, default_policy(), all_rules())
