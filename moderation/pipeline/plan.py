"""Which checks run."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

from moderation.checks.base import FAMILIES, all_checks, all_rules
from moderation.model import PolicyError, Scope, UsageError
from moderation.policy import Policy


@dataclass(frozen=True, slots=True)
class Plan:
    """The ids of the rules that run, families in order."""

    rules: tuple[str, ...]

    def modules(self, scope: Scope) -> Sequence[ModuleType]:
        """Return the checks that look at *scope*."""
        return _modules(self.rules, scope)


@lru_cache(maxsize=64)
def _modules(rules: tuple[str, ...], scope: Scope) -> Sequence[ModuleType]:
    modules = (all_checks()[rule_id] for rule_id in rules)
    return tuple(module for module in modules if module.RULE.scope is scope)


def make_plan(policy: Policy, families: Collection[str] | None = None) -> Plan:
    """Choose the checks that *policy* enables.

    Args:
        policy: the school's settings
        families: run these families only; all if None

    Raises:
        PolicyError: the policy names a rule that is not there
        UsageError: a family is not there

    """
    rules = all_rules()
    for rule_id in policy.rules:
        if rule_id not in rules:
            raise PolicyError(f"policy.toml: rules.{rule_id}: is not a rule; see schoolgate rules")
    for family in families or ():
        if family not in FAMILIES:
            raise UsageError(f'"{family}" is not a family of rules; use {", ".join(FAMILIES)}')
    chosen = FAMILIES if families is None else families
    return Plan(tuple(r.id for r in rules.values() if r.family in chosen and policy.enables(r)))
