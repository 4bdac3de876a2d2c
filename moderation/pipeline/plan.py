"""Which checks run."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

from moderation.checks.base import FAMILIES, all_rules, checks_of
from moderation.model import PolicyError, Rule, Scope, UsageError
from moderation.policy import Policy


@dataclass(frozen=True, slots=True)
class Plan:
    """The ids of the rules that run, and the families they are of, both in order."""

    rules: tuple[str, ...]
    families: tuple[str, ...] = FAMILIES

    def modules(self, scope: Scope) -> Sequence[ModuleType]:
        """Return the checks that look at *scope*."""
        return _modules(self.rules, self.families, scope)

    @property
    def known(self) -> Mapping[str, Rule]:
        """Every rule of the families, by id."""
        return _known(self.families)


@lru_cache(maxsize=64)
def _modules(
    rules: tuple[str, ...], families: tuple[str, ...], scope: Scope
) -> Sequence[ModuleType]:
    modules = {rule: check for family in families for rule, check in checks_of(family).items()}
    return tuple(modules[rule] for rule in rules if modules[rule].RULE.scope is scope)


@lru_cache(maxsize=64)
def _known(families: tuple[str, ...]) -> Mapping[str, Rule]:
    return {rule: check.RULE for family in families for rule, check in checks_of(family).items()}


@lru_cache(maxsize=64)
def _all_of(families: tuple[str, ...]) -> Plan:
    return Plan(tuple(_known(families)), families)


def make_plan(policy: Policy, families: Collection[str] | None = None) -> Plan:
    """Choose the checks that *policy* enables; only those of *families* are imported.

    Args:
        policy: the school's settings
        families: run these families only; all if None

    Raises:
        PolicyError: the policy names a rule that is not there
        UsageError: a family is not there

    """
    for family in families or ():
        if family not in FAMILIES:
            raise UsageError(f'"{family}" is not a family of rules; use {", ".join(FAMILIES)}')
    chosen = FAMILIES if families is None else tuple(f for f in FAMILIES if f in families)
    if not policy.rules:
        return _all_of(chosen)
    rules = _known(chosen)
    for rule_id in policy.rules:
        if rule_id not in rules and rule_id not in all_rules():
            raise PolicyError(f"policy.toml: rules.{rule_id}: is not a rule; see schoolgate rules")
    return Plan(tuple(r.id for r in rules.values() if policy.enables(r)), chosen)
