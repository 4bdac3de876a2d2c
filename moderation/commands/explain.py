"""``schoolgate explain``: why a rule is there and what to do."""

import difflib
import inspect

import click

from moderation.checks.base import all_checks, all_rules
from moderation.commands.output import width
from moderation.commands.workspace import Workspace, find_workspace
from moderation.model import Rule, UsageError
from moderation.policy import Policy, default_policy
from moderation.reports.display import wrap

_WIDEST = 90


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain RULE: why it matters, what it cannot see, the sentence it enforces, what to do.

    Example: schoolgate explain pupil-named
    """
    if rule not in all_rules():
        near = difflib.get_close_matches(rule, all_rules(), n=1)
        hint = f"did you mean {near[0]}?" if near else "schoolgate rules lists them"
        raise UsageError(f"{rule[:60]}: is not a rule; {hint}")
    click.echo(_explanation(all_rules()[rule], inspect.getdoc(all_checks()[rule]) or ""))


def _own_list(rule: Rule, policy: Policy, workspace: Workspace | None) -> list[str]:
    """Tell which entries of the school's own list are about *rule*."""
    terms = workspace.terms(policy).entries if workspace else ()
    about = [each for each in terms if (each.term.rule or "school-term") == rule.id]
    told = (f"“{e.term.word}”: {e.term.act}, {e.term.reach} ({e.told})" for e in about)
    return ["The school's own list", *told] if about else []


def _explanation(rule: Rule, why: str) -> str:
    workspace = find_workspace()
    policy = workspace.policy() if workspace else default_policy()
    severity = policy.severity_of(rule) if policy.enables(rule) else "off"
    waiving = (
        f"{rule.decided_by} decides" if rule.waivable else "nobody may accept it; it must be mended"
    )
    cited = [
        f"{policy.clauses[clause].agreement}, {clause}: {policy.clauses[clause].sentence}"
        for clause in rule.clauses
    ]
    paragraphs = [
        f"{rule.id} ({rule.family}, {severity}; {waiving})",
        *(paragraph.removeprefix("## ") for paragraph in why.split("\n\n")),
        *("What to do", rule.remedy, "What was agreed"),
        *cited,
        *_own_list(rule, policy, workspace),
    ]
    wide = min(width(), _WIDEST)
    return "\n\n".join("\n".join(wrap(" ".join(p.split()), wide)) for p in paragraphs)
