"""From findings to one answer."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from moderation.model.finding import Finding
from moderation.model.levels import Outcome, Severity
from moderation.model.rule import Rule, Stage


@dataclass(frozen=True, slots=True)
class RunError:
    """A check or extractor that could not do its work on a file.

    Args:
        path: the file
        subject: who failed: ``extract``, ``front matter``, ``references``, ``read``, ``terms``,
            or a rule
        message: what, where and what to do; no text of the file

    """

    path: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer for one run, with everything it rests on."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    errors: tuple[RunError, ...] = ()
    files: int = 0


def decide(
    findings: Collection[Finding],
    errors: Collection[RunError],
    rules: Mapping[str, Rule],
    *,
    files: int = 0,
) -> Verdict:
    """Answer from findings and errors alone; what could not be checked never passes."""
    worst = Outcome.BLOCK if errors else Outcome.PASS
    for finding in findings:
        if rules[finding.rule].stage is not Stage.EVALUATION:
            worst = max(worst, _OUTCOME[finding.severity])
    ordered = sorted(findings, key=lambda f: (f.primary.sort_key, f.rule, f.message, f.subject))
    return Verdict(
        outcome=worst,
        findings=tuple(_counted(ordered)),
        errors=tuple(sorted(errors, key=_key)),
        files=files,
    )


def _counted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Number the findings that are alike, in order of place."""
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        alike = finding.identity
        nth = seen[alike]
        yield finding if finding.occurrence == nth else replace(finding, occurrence=nth)
        seen[alike] = nth + 1


def _key(error: RunError) -> tuple[str, str, str]:
    return (error.path, error.subject, error.message)


_OUTCOME = {
    Severity.NOTE: Outcome.PASS,
    Severity.REVIEW: Outcome.REVIEW,
    Severity.BLOCK: Outcome.BLOCK,
}
