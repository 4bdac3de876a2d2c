"""Did the school become stricter about a rule since a page was approved?

An approval says of each rule that found something which settings of the rule, had they held then,
would have weighed no finding more than it was shown. The policy alone can answer from that later:
the gate runs no check, and imports no rule.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from moderation.model import Finding, Rule, Severity, Stage
from moderation.policy.schema import Policy, RuleSetting

DEFAULT = "default"
"""The school leaves the severity of the rule as it is."""

SETTINGS = (DEFAULT, *(str(each) for each in Severity))
"""What a school may have set for a rule that is on, in the one order in which it is written."""


@dataclass(frozen=True, slots=True, order=True)
class Tolerance:
    """What a school may set for a rule without any finding weighing more than when it was shown.

    Args:
        rule: its id
        settings: some of :data:`SETTINGS`, in that order; none where the rule was off

    """

    rule: str
    settings: tuple[str, ...]


def tolerances(
    findings: Iterable[Finding],
    rules: Mapping[str, Rule],
    policy: Policy,
    off_found: Collection[str] | None = None,
) -> tuple[Tolerance, ...]:
    """Return what an approval must say of the rules, in order of their ids.

    A rule whose every setting would do is left out, as is one in evaluation: it keeps no page off.

    Args:
        findings: everything that was shown
        rules: every rule, by id
        policy: under which it was shown
        off_found: rules that are off and would find something here; None takes every one that is
            off, for nobody asked them

    """
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    told = (
        Tolerance(name, _settings(rules[name], found, policy))
        for name, found in by_rule.items()
        if rules[name].stage is not Stage.EVALUATION
    )
    off = off_rules(rules, policy) if off_found is None else off_found
    kept = {each.rule: each for each in told if each.settings != SETTINGS}
    kept.update((name, Tolerance(name, ())) for name in off)
    return tuple(sorted(kept.values()))


def off_rules(rules: Mapping[str, Rule], policy: Policy) -> tuple[str, ...]:
    """Return the rules that the school switched off, those in evaluation left out."""
    return tuple(
        str(rule.id)
        for rule in rules.values()
        if not policy.enables(rule) and rule.stage is not Stage.EVALUATION
    )


def tightened(policy: Policy, told: Iterable[Tolerance]) -> tuple[str, ...]:
    """Return the rules about which *policy* is stricter than an approval bears.

    Args:
        policy: of today
        told: of the rules, by the approval

    """
    return tuple(
        each.rule for each in told if _set(policy, each.rule) not in (None, *each.settings)
    )


def flaw_of(told: Sequence[Tolerance]) -> str:
    """Say what is wrong with what an approval says of the rules; empty if nothing is."""
    names = [each.rule for each in told]
    if len(set(names)) < len(names):
        return "names a rule twice; name each once"
    for each in told:
        if tuple(word for word in SETTINGS if word in each.settings) != each.settings:
            return f"names a setting that there is not, or not in order: {', '.join(SETTINGS)}"
    return ""


def _set(policy: Policy, rule: str) -> str | None:
    """Return what the school set for a rule; None where it is off."""
    setting = policy.rules.get(rule, RuleSetting())
    return str(setting.severity or DEFAULT) if setting.enabled else None


def _settings(rule: Rule, found: Sequence[Finding], policy: Policy) -> tuple[str, ...]:
    """Return the settings under which none of *found* weighs more than it does now."""
    own = {_own(rule, finding, policy) for finding in found}
    now = {severity: policy.weigh(rule, severity) for severity in own}
    possible = {DEFAULT: RuleSetting(), **{str(each): RuleSetting(each) for each in Severity}}
    return tuple(
        word
        for word, setting in possible.items()
        if all(_under(setting, policy, rule).weigh(rule, own) <= was for own, was in now.items())
    )


def _under(setting: RuleSetting, policy: Policy, rule: Rule) -> Policy:
    return replace(policy, rules={rule.id: setting})


def _own(rule: Rule, finding: Finding, policy: Policy) -> Severity:
    """Return the severity that the check gave, as far as it can be told from what was shown.

    Where the school or its list made a finding milder, it is taken to have been what the rule's
    findings usually are.
    """
    setting = policy.rules.get(rule.id, RuleSetting()).severity
    capped = setting is not None and setting < rule.severity and finding.severity == setting
    return rule.severity if finding.term or capped else finding.severity
