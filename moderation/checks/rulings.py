"""What the school's own list means for a finding: the same, milder, or a note."""

import re
from dataclasses import replace

from moderation.analysis.lexicon.own import forms_of
from moderation.checks.base import Context
from moderation.model import Document, Finding, Rule
from moderation.policy.terms import LONGEST, Act, Forms, Listed, Term, as_term

_DONE = {Act.SOFTEN: "softened", Act.ALLOW: "allowed"}
_WINDOW = 2 * LONGEST


def milder(
    finding: Finding, rule: Rule, document: Document, span: tuple[int, int], context: Context
) -> Finding:
    """Return *finding* as the school's list has it, never silently gone.

    Where several entries fit, the one that goes furthest counts. The policy has its say first, so
    that an entry works on the severity that the school gave the rule.

    Args:
        finding: as severe as the check found it
        rule: of the finding
        document: where it was found
        span: range of the document's text
        context: policy, list and day

    """
    severity = context.policy.weigh(rule, finding.severity)
    best: Listed | None = None
    for listed in context.terms.loosening(rule.id, document.path, context.today):
        if means(listed.term, document.text, span) and listed.term.milder(severity) < severity:
            best, severity = listed, listed.term.milder(severity)
    if best is None:
        return finding
    told = f"{_DONE[best.term.act]} by the school's list ({best.told})"
    return replace(finding, severity=severity, message=f"{finding.message}; {told}", term=best.id)


def means(term: Term, text: str, span: tuple[int, int]) -> bool:
    """Say whether an entry that softens or allows is about ``text[slice(*span)]``.

    The term must stand there as it is written in the list, or in the plural, within the phrase if
    the entry has one. A disguise is nobody's term.
    """
    start, end = span
    written = as_term(text[start:end])
    return written in forms_of(term.word, Forms.NOUN) and stands_within(term, text, span)


def stands_within(term: Term, text: str, span: tuple[int, int]) -> bool:
    """Say whether ``text[slice(*span)]`` stands within the phrase of an entry, if it has one."""
    if not term.reach.phrase:
        return True
    start, end = span
    first, last = max(0, start - _WINDOW), end + _WINDOW
    words = (re.escape(word).replace("'", "['’‘ʼ]") for word in term.reach.phrase.split())
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)
    found = (match.span() for match in pattern.finditer(text, first, last))
    return any(begin <= start and end <= finish for begin, finish in found)
