"""How the checks of language put what they found."""

from dataclasses import replace

from moderation.analysis.language import Mark
from moderation.checks.base import found
from moderation.model import Confidence, Document, Finding, Fix, Location, Rule

_GROUNDS = {"traveller": "being a Gypsy, Roma or Traveller"}
_LONGEST = 60


def report(rule: Rule, document: Document, mark: Mark, message: str) -> Finding:
    """Report a mark, never more severe than its rule.

    Args:
        rule: identity of the check
        document: where the mark was found
        mark: what was found
        message: one sentence in plain English

    """
    if mark.quoted:
        message += ", though it seems to be spoken about rather than said"
    finding = found(
        rule,
        document,
        mark.start,
        mark.end,
        message,
        confidence=_confidence(mark),
        related=_person(document, mark),
        fix=_fix(document, mark),
    )
    return replace(finding, severity=min(mark.severity, rule.severity))


def quote(document: Document, mark: Mark) -> str:
    """Quote what was found, shortened where it is long; say so where it is disguised."""
    words = " ".join(document.text[mark.start : mark.end].split())
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1] + "…"
    return f"“{words}”, disguised," if mark.disguised else f"“{words}”"


def ground(mark: Mark) -> str:
    """Name the ground of a slur."""
    return _GROUNDS.get(mark.category, mark.category)


def _confidence(mark: Mark) -> Confidence:
    if not mark.is_word or mark.quoted:
        return Confidence.MEDIUM
    return Confidence.MEDIUM if mark.disguised else Confidence.HIGH


def _person(document: Document, mark: Mark) -> tuple[Location, ...]:
    if mark.person is None:
        return ()
    return (document.locate(*mark.person).as_role("the person named"),)


def _fix(document: Document, mark: Mark) -> Fix | None:
    if not mark.reword:
        return None
    return Fix(description=f"write “{mark.reword}”", replacement=mark.reword)
