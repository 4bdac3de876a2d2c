"""``schoolgate rules``: what is looked for."""

from pathlib import Path

import click

from moderation.checks.base import all_rules
from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.workspace import find_workspace
from moderation.policy import default_policy


@click.command("rules")
@json_or_terminal
@click.option(
    "--write",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Write the generated pages of the handbook below this folder instead.",
)
def command(style: str | None, write: Path | None) -> None:
    """List the rules: what each looks for, how severe, who decides.

    Example: schoolgate rules
    """
    if write is not None:
        from moderation.commands.handbook import write_pages

        for name in write_pages(write):
            click.echo(f"wrote {name}")
        return
    workspace = find_workspace()
    policy = workspace.policy() if workspace else default_policy()
    rows = [
        {
            "rule": rule.id,
            "family": rule.family,
            "severity": policy.severity_of(rule) if policy.enables(rule) else "off",
            "decided_by": rule.decided_by if rule.waivable else "nobody",
            "clauses": list(rule.clauses),
            "summary": rule.summary,
        }
        for rule in all_rules().values()
    ]
    columns = ("rule", "family", "severity", "decided_by", "clauses", "summary")
    show_rows(rows, columns, style, "no rules")
