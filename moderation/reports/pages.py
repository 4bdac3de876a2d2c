"""Compose the handbook's pages of rules and clauses from the code, its docstrings and its specs."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import ModuleType

from moderation.model import Rule
from moderation.policy import Clause
from moderation.reports.words import decider

_WRITTEN = "<!-- Written by schoolgate rules --write: change the code or the spec instead. -->"
_FENCE = re.compile(r"^(`{3,})([\w-]+)(?:[ \t]+(\S+))?[ \t]*\n(.*?)^\1[ \t]*$", re.M | re.S)
_CAPTIONS = {
    "findings": "What is found:",
    "errors": "What cannot be checked:",
    "roll": "The roll:",
    "consent": "The consent register:",
    "terms": "The school's own list:",
    "policy": "The school's policy:",
    "known": "A photo that is known, with {}, made from:",
    "picture": "A picture, `{}`, made from:",
    "pdf": "A PDF, `{}`, made from:",
    "bytes": "A file, `{}`, of these bytes:",
}
_HIGHLIGHTED = {
    **dict.fromkeys(("picture", "known", "pdf", "policy"), "toml"),
    "bytes": "python",
}
_PLAIN = ("findings", "errors", "roll", "consent", "terms")


def rule_page(module: ModuleType, spec: str, clauses: Mapping[str, Clause]) -> str:
    """Compose the page of one rule.

    Args:
        module: the check
        spec: the text of its spec, whose examples are the tests of the rule
        clauses: the sentences that rules cite, by id

    """
    rule: Rule = module.RULE
    examples = spec.partition("\n## ")[2].rstrip()
    sections = [
        f"# {rule.id}",
        _WRITTEN,
        _identity(rule),
        inspect.cleandoc(module.__doc__ or ""),
        f"## What to do\n\n{rule.remedy}",
        f"## What the agreements say\n\n{_quotations(rule, clauses)}",
    ]
    if examples:
        shown = "### " + examples.replace("\n## ", "\n### ")
        promise = "Each example is a test: this is what is found, to the letter."
        sections.append(f"## Examples\n\n{promise}\n\n{_FENCE.sub(_captioned, shown)}")
    return "\n\n".join(sections) + "\n"


def rule_index(rules: Iterable[Rule]) -> str:
    """Compose the list of all rules, by family."""
    families: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        families[rule.family].append(rule)
    sections = ["# Rules", _WRITTEN]
    for family, members in families.items():
        rows = [
            f"| [{r.id}]({r.id}.md) | {r.summary} | {r.severity} | {decider(r)} |"
            for r in sorted(members, key=lambda r: r.id)
        ]
        head = "| Rule | Finds | Severity | Who decides |\n|---|---|---|---|"
        sections.append(f"## {family.capitalize()}\n\n" + "\n".join([head, *rows]))
    return "\n\n".join(sections) + "\n"


def clause_page(rules: Iterable[Rule], clauses: Mapping[str, Clause]) -> str:
    """Compose the list of clauses, each with the rules that enforce it."""
    enforced: dict[str, list[str]] = defaultdict(list)
    for rule in sorted(rules, key=lambda r: r.id):
        for cited in rule.clauses:
            enforced[cited].append(f"[{rule.id}](rules/{rule.id}.md)")
    agreements: dict[str, list[str]] = defaultdict(list)
    for name, clause in clauses.items():
        by = ", ".join(enforced[name]) or "no rule"
        agreements[clause.agreement].append(f"| {name} | {_cell(clause.sentence)} | {by} |")
    sections = ["# What the agreements ask, and which rules enforce it", _WRITTEN]
    sections.append(
        "Much of what people promise in these agreements is their own conduct, which no rule can "
        "see. Where a clause has no rule here, the tool may still serve it: by accounts, roles, "
        "approvals and the log."
    )
    for agreement, rows in agreements.items():
        head = "| Clause | Sentence | Enforced by |\n|---|---|---|"
        sections.append(f"## {agreement}\n\n" + "\n".join([head, *rows]))
    return "\n\n".join(sections) + "\n"


def all_pages(
    modules: Iterable[ModuleType], specs: Mapping[str, str], clauses: Mapping[str, Clause]
) -> dict[str, str]:
    """Compose every generated page, by its path below ``docs/reference/``.

    Args:
        modules: every check
        specs: text of the spec by rule; a rule without one has a page without examples
        clauses: the sentences that rules cite, by id

    """
    checks = list(modules)
    rules = [check.RULE for check in checks]
    return {
        "clauses.md": clause_page(rules, clauses),
        "rules/index.md": rule_index(rules),
        **{
            f"rules/{check.RULE.id}.md": rule_page(check, specs.get(check.RULE.id, ""), clauses)
            for check in checks
        },
    }


def _identity(rule: Rule) -> str:
    cells = {
        "Family": rule.family,
        "Severity": rule.severity,
        "Who decides": decider(rule),
        "Stage": rule.stage,
        "Since": rule.since,
    }
    return "\n".join(
        [f"| {' | '.join(cells)} |", "|---" * len(cells) + "|", f"| {' | '.join(cells.values())} |"]
    )


def _quotations(rule: Rule, clauses: Mapping[str, Clause]) -> str:
    quoted = [
        f"> {clauses[name].sentence}\n>\n> {clauses[name].agreement}, {name}"
        for name in rule.clauses
        if name in clauses
    ]
    return "\n\n".join(quoted) or "No clause of theirs asks for this rule."


def _captioned(fence: re.Match[str]) -> str:
    """Say above a fence what it is, since its heading is not shown on the page."""
    ticks, kind, path, text = fence.groups()
    caption = _CAPTIONS.get(kind, "`{}`:").format(path)
    language = "text" if kind in _PLAIN else _HIGHLIGHTED.get(kind, kind)
    return f"{caption}\n\n{ticks}{language}\n{text}{ticks}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
