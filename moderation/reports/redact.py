"""Take out of a verdict what only the school may read."""

import re
from collections.abc import Callable
from dataclasses import replace

from moderation.model import PRIVATE_FAMILIES, Finding, Location, RunError, Verdict

WITHHELD = "[withheld]"
_SHORTEST = 3


def redacted(verdict: Verdict) -> Verdict:
    """Drop evidence and fixes of people and images findings, and mask it wherever else it stands.

    A name found in a file name also stands in paths, fields and messages; it is masked there in
    any spelling of its separators. The order of the findings is kept.
    """
    mask = _mask(verdict)
    return replace(
        verdict,
        findings=tuple(_finding(finding, mask) for finding in verdict.findings),
        errors=tuple(
            RunError(mask(error.path), error.subject, mask(error.message))
            for error in verdict.errors
        ),
    )


def _mask(verdict: Verdict) -> Callable[[str], str]:
    secrets = {f.evidence for f in verdict.findings if f.family in PRIVATE_FAMILIES}
    patterns = [p for p in map(_pattern, sorted(secrets, key=len, reverse=True)) if p]
    if not patterns:
        return str
    any_secret = re.compile("|".join(patterns), re.IGNORECASE)
    return lambda text: any_secret.sub(WITHHELD, text)


def _pattern(secret: str) -> str:
    """Match the words of *secret* whatever stands between them; as whole words if it is short."""
    words = re.findall(r"[^\W_]+", secret)
    if sum(map(len, words)) < _SHORTEST:
        return ""
    return r"(?<![^\W_])" + r"(?:[\W_]|%20)*".join(map(re.escape, words)) + r"(?![^\W\d_])"


def _finding(finding: Finding, mask: Callable[[str], str]) -> Finding:
    private = finding.family in PRIVATE_FAMILIES
    return replace(
        finding,
        message=mask(finding.message),
        primary=_location(finding.primary, mask),
        related=tuple(_location(place, mask) for place in finding.related),
        evidence="" if private else mask(finding.evidence),
        fix=None if private or not _tells_nothing(finding, mask) else finding.fix,
    )


def _tells_nothing(finding: Finding, mask: Callable[[str], str]) -> bool:
    return finding.fix is None or mask(finding.fix.replacement) == finding.fix.replacement


def _location(location: Location, mask: Callable[[str], str]) -> Location:
    return replace(location, path=mask(location.path), field=mask(location.field))
