"""Findings on a submission: which need a person's answer, and whether each has one."""

from collections.abc import Callable, Iterator, Mapping

from moderation.model import (
    Asset,
    ExtractionError,
    Finding,
    IntegrityError,
    NotAllowedError,
    PolicyError,
    ReviewState,
    Role,
    Rule,
    Severity,
    Stage,
    Verdict,
    Waiver,
    digest_of,
)
from moderation.review.permission import in_words

_SHOWN = 8


def rule_of(finding: Finding, rules: Mapping[str, Rule]) -> Rule:
    """Return the rule of *finding*.

    Raises:
        PolicyError: this version has no such rule

    """
    if finding.rule not in rules:
        raise PolicyError(f"{finding.rule}: is not a rule of this version; check the page again")
    return rules[finding.rule]


def needing_answer(verdict: Verdict, rules: Mapping[str, Rule]) -> Iterator[tuple[Finding, Rule]]:
    """Yield the findings that keep a page off the site until somebody decides, with their rules."""
    for finding in verdict.findings:
        rule = rule_of(finding, rules)
        if finding.severity >= Severity.REVIEW and rule.stage is not Stage.EVALUATION:
            yield finding, rule


def require_checked(verdict: Verdict, *, where: str, act: str) -> None:
    """Refuse a verdict that rests on anything that could not be checked.

    Raises:
        ExtractionError: a check or extractor failed

    """
    if verdict.errors:
        first = verdict.errors[0]
        raise ExtractionError(
            f"{where}: {act}: {len(verdict.errors)} of its checks could not be done, first"
            f" {first.subject}; schoolgate check shows them, and the publisher mends the page"
        )


def require_page(state: ReviewState, page: Asset, *, act: str) -> None:
    """Refuse a page other than the one that was handed in.

    Raises:
        IntegrityError: it has another path or other bytes

    """
    if page.path != state.page or (page.path, page.digest) not in {
        (ref.path, ref.digest) for ref in state.assets
    }:
        raise IntegrityError(
            f"{state.id}: {act}: the page is not the one that was handed in; review the submission"
            " again"
        )


def require_mendable(verdict: Verdict, rules: Mapping[str, Rule], *, where: str, act: str) -> None:
    """Refuse findings that no person may accept.

    Raises:
        NotAllowedError: there are some; the message says what to mend

    """
    mends = {
        rule.id: rule.remedy for _, rule in needing_answer(verdict, rules) if not rule.waivable
    }
    if mends:
        told = "; ".join(f"{rule} ({remedy})" for rule, remedy in mends.items())
        raise NotAllowedError(f"{where}: {act}: nobody may accept this, mend it first: {told}")


def may_accept(rule: Rule) -> frozenset[Role]:
    """Return the roles that may accept a finding of *rule*; the head always may."""
    return rule.deciders


def accepted(
    state: ReviewState,
    verdict: Verdict,
    rules: Mapping[str, Rule],
    *,
    key: bytes,
    counts: Callable[[Waiver, Rule], bool],
) -> tuple[str, ...]:
    """Return the fingerprints of the findings that somebody answered for.

    Args:
        state: the submission with its waivers
        verdict: of the bytes that were handed in, today
        rules: every rule, by id
        key: for the fingerprints
        counts: says whether the person of a waiver may accept a finding of the rule today

    Raises:
        NotAllowedError: a finding has no answer that counts; names the first and who can give it

    """
    waivers = {waiver.fingerprint: waiver for waiver in state.waivers}
    prints = []
    for finding, rule in needing_answer(verdict, rules):
        fingerprint = finding.fingerprint(key)
        waiver = waivers.get(fingerprint)
        if waiver is None or waiver.rule != rule.id or not counts(waiver, rule):
            raise NotAllowedError(
                f"{state.id}: approve: nobody accepted finding {fingerprint[:_SHOWN]} ({rule.id})"
                f" yet; {in_words(may_accept(rule))} may accept it with schoolgate ack and a"
                " reason, or send the page back with schoolgate return"
            )
        prints.append(fingerprint)
    return tuple(sorted(set(prints)))


def findings_digest(verdict: Verdict, *, key: bytes) -> str:
    """Digest which findings were there, by fingerprint, without revealing any."""
    return digest_of("\n".join(sorted(f.fingerprint(key) for f in verdict.findings)).encode())
