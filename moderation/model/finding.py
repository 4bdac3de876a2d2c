"""What a check reports."""

import hmac
from dataclasses import dataclass

from moderation.model.levels import Confidence, Severity
from moderation.model.location import Carrier, Location

_PRIVATE = frozenset({"people", "images", "language"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A safe edit: put *replacement* in the place of the finding."""

    description: str
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason to look before publishing.

    Args:
        rule: id of the rule
        family: family of the rule
        message: one sentence in plain English; never quotes what people or images rules found
        primary: where
        severity: how much harm publishing would do
        confidence: how sure the check is
        evidence: the text that was found, as the reader sees it
        clauses: ids of the sentences of the agreements
        remedy: what to do
        related: other places that play a part
        fix: a safe edit, where there is one
        subject: opaque reference of the person it is about, such as ``P-0112``
        occurrence: how many findings alike come before it in the file, so that accepting one of
            them does not accept the others
        impersonal: the evidence is a listed word and names nobody
        term: entry of the school's own list that made it milder, such as ``T-3``

    """

    rule: str
    family: str
    message: str
    primary: Location
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    evidence: str = ""
    clauses: tuple[str, ...] = ()
    remedy: str = ""
    related: tuple[Location, ...] = ()
    fix: Fix | None = None
    subject: str = ""
    occurrence: int = 0
    impersonal: bool = False
    term: str = ""

    @property
    def is_private(self) -> bool:
        """The evidence is personal information, or may hold a part of a name."""
        return self.family in _PRIVATE and not self.impersonal

    @property
    def path(self) -> str:
        """File of the finding."""
        return self.primary.path

    @property
    def carrier(self) -> Carrier:
        """What carried the text."""
        return self.primary.carrier

    @property
    def line(self) -> int | None:
        """First line, from one."""
        return self.primary.line

    @property
    def column(self) -> int | None:
        """First column, in characters from one."""
        return self.primary.column

    @property
    def end_line(self) -> int | None:
        """Last line."""
        return self.primary.end_line

    @property
    def end_column(self) -> int | None:
        """Column after the last character."""
        return self.primary.end_column

    @property
    def field(self) -> str:
        """Place, where the file has no lines."""
        return self.primary.field

    @property
    def identity(self) -> tuple[str, ...]:
        """What findings that are alike have in common, wherever in the file they stand."""
        evidence = self.evidence.casefold()
        return (self.rule, self.path, self.carrier, self.field, evidence, self.subject)

    def fingerprint(self, key: bytes) -> str:
        """Identify this finding across edits, without revealing its evidence.

        Line numbers are left out, so moving a paragraph keeps its reviews. The digest is keyed:
        a bare hash of a pupil's name could be guessed.
        """
        nth = str(self.occurrence) if self.occurrence else ""
        body = "\0".join((*self.identity, nth))
        return hmac.digest(key, body.encode("utf-8", "surrogatepass"), "sha256").hex()[:32]
