"""The document of ``check --format json``; its schema is ``check.schema.json`` beside this module.

Only ASCII is written, everything else escaped, so that no terminal can be steered by it.
"""

import json
from collections.abc import Collection
from importlib import resources

from moderation.model import Finding, Fix, Location, Region, Verdict
from moderation.registers import Roll
from moderation.reports.redact import redacted

SCHEMA_VERSION = 1


def render(
    verdict: Verdict,
    *,
    key: bytes,
    redact: bool = False,
    roll: Roll | None = None,
    not_run: Collection[str] = (),
) -> str:
    """Write the verdict as JSON.

    Args:
        verdict: what to tell
        key: of the site, for the fingerprints; findings keep theirs across edits
        redact: drop the evidence of people and images findings
        roll: whose names are masked then, where it is at hand
        not_run: ids of the rules that had no register to look in

    """
    shown = redacted(verdict, roll) if redact else verdict
    pairs = zip(verdict.findings, shown.findings, strict=True)
    document = {
        "schema_version": SCHEMA_VERSION,
        "outcome": verdict.outcome,
        "findings": [_finding(finding, true.fingerprint(key)) for true, finding in pairs],
        "errors": [
            {"path": error.path, "subject": error.subject, "message": error.message}
            for error in shown.errors
        ],
        "files": verdict.files,
        "not_run": sorted(not_run),
    }
    return json.dumps(document, indent=2) + "\n"


def schema() -> str:
    """Return the JSON Schema of the document."""
    return (resources.files("moderation.reports") / "check.schema.json").read_text("utf-8")


def _finding(finding: Finding, fingerprint: str) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        **_place(finding.primary),
        "evidence": finding.evidence or None,
        "subject": finding.subject or None,
        "term": finding.term or None,
        "clauses": finding.clauses,
        "remedy": finding.remedy,
        "fix": _fix(finding.fix),
        "related": [{"role": place.role, **_place(place)} for place in finding.related],
        "fingerprint": fingerprint,
    }


def _place(location: Location) -> dict[str, object]:
    return {
        "path": location.path,
        "carrier": location.carrier,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "field": location.field or None,
        "region": _region(location.region),
    }


def _region(region: Region | None) -> list[int] | None:
    """Return left, top, width and height."""
    return [region.left, region.top, region.width, region.height] if region else None


def _fix(fix: Fix | None) -> dict[str, str] | None:
    return {"description": fix.description, "replacement": fix.replacement} if fix else None
