"""What a check is: a module with a ``RULE`` and a function ``check``."""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import ModuleType
from typing import Protocol

from moderation import checks
from moderation.model import (
    Confidence,
    Document,
    Finding,
    Fix,
    Location,
    ReadSubmission,
    Rule,
)
from moderation.policy import Policy
from moderation.policy.terms import Terms
from moderation.registers import Registers

FAMILIES = ("language", "people", "images", "rights", "files", "access", "duties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a check may consult besides what it looks at."""

    policy: Policy
    today: date
    registers: Registers = field(default_factory=Registers)
    terms: Terms = field(default_factory=Terms)

    def __post_init__(self) -> None:
        consents = self.registers.consents
        if consents is not None and consents.accepted != self.policy.consenting:
            read = replace(self.registers, consents=consents.under(self.policy.consenting))
            object.__setattr__(self, "registers", read)


class Check(Protocol):
    """A check of one file, implemented by a module."""

    RULE: Rule

    def check(self, document: Document, context: Context, /) -> Iterable[Finding]:
        """Yield the findings on *document*."""


class SubmissionCheck(Protocol):
    """A check that sees a page and its files together, implemented by a module."""

    RULE: Rule

    def check(self, submission: ReadSubmission, context: Context, /) -> Iterable[Finding]:
        """Yield the findings on *submission*."""


def found(  # noqa: PLR0913 - the last five have defaults and are named at each call
    rule: Rule,
    document: Document,
    start: int,
    end: int,
    message: str,
    *,
    confidence: Confidence = Confidence.HIGH,
    related: tuple[Location, ...] = (),
    fix: Fix | None = None,
    subject: str = "",
) -> Finding:
    """Report ``document.text[start:end]``."""
    return found_at(
        rule,
        document.locate(start, end),
        message,
        evidence=document.text[start:end],
        confidence=confidence,
        related=related,
        fix=fix,
        subject=subject,
    )


def found_at(
    rule: Rule,
    location: Location,
    message: str,
    *,
    evidence: str = "",
    confidence: Confidence = Confidence.HIGH,
    related: tuple[Location, ...] = (),
    fix: Fix | None = None,
    subject: str = "",
) -> Finding:
    """Report a place that is no range of a document's text."""
    return Finding(
        rule=rule.id,
        family=rule.family,
        message=message,
        primary=location,
        severity=rule.severity,
        confidence=confidence,
        evidence=evidence,
        clauses=rule.clauses,
        remedy=rule.remedy,
        related=related,
        fix=fix,
        subject=subject,
    )


@cache
def checks_of(family: str) -> Mapping[str, ModuleType]:
    """Import the checks of one family and return the modules by rule id."""
    package = importlib.import_module(f"{checks.__name__}.{family}")
    names = (f"{package.__name__}.{info.name}" for info in pkgutil.iter_modules(package.__path__))
    return {module.RULE.id: module for module in map(importlib.import_module, names)}


@cache
def all_checks() -> Mapping[str, ModuleType]:
    """Import every check and return the modules by rule id, families in order."""
    return {rule: check for family in FAMILIES for rule, check in checks_of(family).items()}


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return every rule by id."""
    return {rule_id: module.RULE for rule_id, module in all_checks().items()}
