"""Take out of a verdict what only the school may read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from moderation.analysis.names import NameMatch, find_names, find_words
from moderation.model import Finding, Fix, Location, RunError, Verdict
from moderation.registers import Roll

WITHHELD = "[withheld]"
_SHORTEST = 3
_WORD = re.compile(r"[^\W_]+")

Mask = Callable[[str], str]


def redacted(verdict: Verdict, roll: Roll | None = None) -> Verdict:
    """Drop evidence and fixes that tell of people, and mask them wherever else they stand.

    A name found in a file name also stands in paths, fields and messages; it is masked there in
    any spelling of its separators. The order of the findings is kept.

    Args:
        verdict: what a report is about to tell
        roll: whose names are masked too; a file that could not be read has no finding to tell
            that its name is a pupil's

    """
    mask = _mask(verdict, roll)
    return replace(
        verdict,
        findings=tuple(_finding(finding, mask) for finding in verdict.findings),
        errors=tuple(
            RunError(mask(error.path), error.subject, mask(error.message))
            for error in verdict.errors
        ),
    )


def _mask(verdict: Verdict, roll: Roll | None) -> Mask:
    evidence = {f.evidence for f in verdict.findings if f.is_private}
    secrets = sorted({s for e in evidence for s in (e, unquote(e))} - {""}, key=len, reverse=True)
    names = [secret for secret in secrets if _tells(secret)]
    patterns = [_pattern(secret) for secret in names]
    any_secret = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
    spelt = [name for name in names if not any(map(str.isdigit, name))]  # letters alone are folded

    def mask(text: str) -> str:
        if roll is not None:
            text = _without(text, find_names(text, roll))
        if any_secret is None:
            return text
        return any_secret.sub(WITHHELD, _without(text, find_words(text, spelt)))

    return mask


def _without(text: str, matches: Iterator[NameMatch]) -> str:
    kept: list[str] = []
    at = 0
    for match in matches:
        kept += (text[at : match.start], WITHHELD)
        at = match.end
    return "".join(kept) + text[at:]


def _tells(secret: str) -> bool:
    return sum(map(len, _WORD.findall(secret))) >= _SHORTEST


def _pattern(secret: str) -> str:
    """Match the words of *secret* whatever stands between them, as whole words."""
    found = map(re.escape, _WORD.findall(secret))
    return r"(?<![^\W_])" + r"(?:[\W_]|%20)*".join(found) + r"(?![^\W\d_])"


def _finding(finding: Finding, mask: Mask) -> Finding:
    private = finding.is_private
    return replace(
        finding,
        message=mask(finding.message),
        primary=_location(finding.primary, mask),
        related=tuple(_location(place, mask) for place in finding.related),
        evidence="" if private else mask(finding.evidence),
        remedy=mask(finding.remedy),
        fix=None if private else _fix(finding.fix, mask),
    )


def _fix(fix: Fix | None, mask: Mask) -> Fix | None:
    """Keep a fix that tells nothing."""
    told = "" if fix is None else f"{fix.description}\n{fix.replacement}"
    return fix if mask(told) == told else None


def _location(location: Location, mask: Mask) -> Location:
    path, field, role = mask(location.path), mask(location.field), mask(location.role)
    return replace(location, path=path, field=field, role=role)
