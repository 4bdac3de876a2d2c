"""SARIF 2.1.0, for code-scanning dashboards."""

import json
from collections.abc import Mapping
from urllib.parse import quote

from moderation.model import Confidence, Finding, Fix, Location, Rule, RunError, Severity, Verdict
from moderation.policy import Clause
from moderation.registers import Roll
from moderation.reports.redact import redacted

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.NOTE: "note", Severity.REVIEW: "warning", Severity.BLOCK: "error"}
_RANKS = {Confidence.LOW: 30.0, Confidence.MEDIUM: 60.0, Confidence.HIGH: 90.0}

Json = Mapping[str, object]


def render(
    verdict: Verdict,
    *,
    rules: Mapping[str, Rule],
    clauses: Mapping[str, Clause],
    key: bytes,
    prefix: str = "",
    roll: Roll | None = None,
) -> str:
    """Write the verdict as one SARIF run; quotes no evidence.

    Args:
        verdict: what to tell; a run with errors is marked as not successful
        rules: every rule, by id
        clauses: the sentences that rules cite, by id
        key: of the site, for the fingerprints
        prefix: path of the content folder in the repository, with a final slash
        roll: whose names are masked besides, where it is at hand

    """
    shown = redacted(verdict, roll)
    order = {rule: index for index, rule in enumerate(rules)}
    listed = [_rule(rule, clauses) for rule in rules.values()]
    results = [
        _result(finding, true.fingerprint(key), order, prefix)
        for true, finding in zip(verdict.findings, shown.findings, strict=True)
    ]
    run = {
        "tool": {"driver": {"name": "schoolgate", "rules": listed}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(shown.errors, prefix)],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _invocation(errors: tuple[RunError, ...], prefix: str) -> Json:
    return {
        "executionSuccessful": not errors,
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": {"text": f"{error.path}: {error.subject}: {error.message}"},
                "locations": [{"physicalLocation": _file(error.path, prefix)}],
            }
            for error in errors
        ],
    }


def _rule(rule: Rule, clauses: Mapping[str, Clause]) -> Json:
    cited = [
        f"{clauses[name].agreement}, {name}: “{clauses[name].sentence}”"
        for name in rule.clauses
        if name in clauses
    ]
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join([f"{rule.summary}.", *cited])},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family], "stage": rule.stage, "since": rule.since},
    }


def _result(finding: Finding, fingerprint: str, order: Mapping[str, int], prefix: str) -> Json:
    index = {"ruleIndex": order[finding.rule]} if finding.rule in order else {}
    fixes = _fixes(finding.fix, finding.primary, prefix)
    related = [
        {"id": number, **_location(place, prefix), "message": {"text": place.role or "see also"}}
        for number, place in enumerate(finding.related)
    ]
    return {
        "ruleId": finding.rule,
        **index,
        "level": _LEVELS[finding.severity],
        "rank": _RANKS[finding.confidence],
        "message": {"text": finding.message},
        "locations": [_location(finding.primary, prefix)],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": fixes} if fixes else {}),
        "partialFingerprints": {"schoolgateFinding/v1": fingerprint},
        "properties": {"family": finding.family, "carrier": finding.carrier},
    }


def _location(location: Location, prefix: str) -> Json:
    place = {**_file(location.path, prefix), **_region(location)}
    if not location.field:
        return {"physicalLocation": place}
    named = {"fullyQualifiedName": location.field, "kind": "member"}
    return {"physicalLocation": place, "logicalLocations": [named]}


def _file(path: str, prefix: str) -> Json:
    uri = quote(prefix + path, errors="surrogatepass")
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}


def _region(location: Location) -> Json:
    span = location.span
    if span is None:
        return {}
    start = {"startLine": span.line, "startColumn": span.column}
    return {"region": {**start, "endLine": span.end_line, "endColumn": span.end_column}}


def _fixes(fix: Fix | None, location: Location, prefix: str) -> list[Json]:
    if fix is None or location.span is None:
        return []
    replaced = {
        "deletedRegion": _region(location)["region"],
        "insertedContent": {"text": fix.replacement},
    }
    change = {**_file(location.path, prefix), "replacements": [replaced]}
    return [{"description": {"text": fix.description}, "artifactChanges": [change]}]
