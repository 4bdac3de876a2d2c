"""What is signed for a school's own list of terms: one entry, or the end of one.

It lies in git beside the approvals and holds the term, the reason and opaque ids.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from moderation.attest.canonical import DIGEST, TOKEN, Record, canonical, parse
from moderation.model import IntegrityError, Severity, UsageError
from moderation.policy.reach import Reach
from moderation.policy.terms import Act, Forms, Term

PAYLOAD_TYPE = "application/vnd.schoolgate.term+json"
TERM_TYPE = "https://schoolgate.example/term/v1"

_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_LONGEST = 20_000
_FIELDS = (
    *("act", "word", "reason", "until", "rule", "category", "severity", "forms"),
    *("path", "pageType", "pages", "phrase"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermStatement:
    """One signed step of the list.

    Args:
        seq: number in the list, from one
        prev: SHA-256 of the payload before, empty for the first
        actor: id of the person who signs
        issued_at: in UTC, whole seconds
        site: digest of the first version of the site's trust file
        term: the entry, or None where one is taken out
        removes: digest of the payload of the entry that is taken out

    Raises:
        UsageError: a value is not what it must be

    """

    seq: int
    prev: str
    actor: str
    issued_at: datetime
    site: str
    term: Term | None = None
    removes: str = ""

    def __post_init__(self) -> None:
        if flaw := _flaw(self):
            raise UsageError(f"entry: {flaw}")

    def to_payload(self) -> bytes:
        """Write the statement as canonical JSON."""
        return canonical(
            {
                "_type": TERM_TYPE,
                "seq": self.seq,
                "prev": self.prev,
                "actor": self.actor,
                "issuedAt": self.issued_at.strftime(_TIME_FORMAT),
                "term": _written(self.term) if self.term else None,
                "removes": self.removes,
                "site": self.site,
            }
        )

    @classmethod
    def from_payload(cls, payload: bytes, *, source: str) -> "TermStatement":
        """Read a statement strictly; it proves nothing until the envelope was verified.

        Raises:
            IntegrityError: not an entry of this version, or not in its one canonical form

        """
        root = parse(payload, source=source, most=_LONGEST)
        if root.child("_type").value != TERM_TYPE:
            raise root.child("_type").error(f"is not {TERM_TYPE}; update Schoolgate")
        root.only("_type", "seq", "prev", "actor", "issuedAt", "term", "removes", "site")
        term = root.child("term")
        try:
            statement = cls(
                seq=root.child("seq").number(),
                prev=root.child("prev").text(DIGEST, empty=True),
                actor=root.child("actor").text(TOKEN),
                issued_at=_time(root.child("issuedAt")),
                term=None if term.value is None else _term(term),
                removes=root.child("removes").text(DIGEST, empty=True),
                site=root.child("site").text(DIGEST),
            )
        except UsageError as error:
            raise IntegrityError(f"{source}: {error}; restore the file from git") from error
        if statement.to_payload() != payload:
            raise root.error("is not in canonical form; restore the file from git")
        return statement


def _flaw(statement: TermStatement) -> str:
    if (statement.term is None) == (not statement.removes):
        return "must either say something of a term or take an entry out"
    if statement.seq < 1 or (statement.seq == 1) != (not statement.prev):
        return "seq: must count from 1, and only the first has nothing before it"
    time = statement.issued_at
    if time.utcoffset() is None or time.utcoffset() or time.microsecond:
        return "issuedAt: must be in UTC and whole seconds; cut off the rest"
    until = statement.term.until if statement.term else None
    if until is not None and until < time.date():
        return "until: lies in the past; choose a later day"
    return ""


def _written(term: Term) -> dict[str, object]:
    return {
        "act": str(term.act),
        "word": term.word,
        "reason": term.reason,
        "until": term.until.isoformat() if term.until else "",
        "rule": term.rule,
        "category": term.category,
        "severity": str(term.severity or ""),
        "forms": str(term.forms),
        "path": term.reach.path,
        "pageType": term.reach.page_type,
        "pages": term.reach.pages,
        "phrase": term.reach.phrase,
    }


def _term(record: Record) -> Term:
    record.only(*_FIELDS)
    severity = record.child("severity").choice(["", *Severity])
    word = {
        key: record.child(key).text(empty=True)
        for key in ("reason", "rule", "category", "path", "pageType", "phrase")
    }
    return Term(
        act=Act(record.child("act").choice(list(Act))),
        word=record.child("word").text(),
        reason=word["reason"],
        until=_day(record.child("until")),
        rule=word["rule"],
        category=word["category"],
        severity=Severity(severity) if severity else None,
        forms=Forms(record.child("forms").choice(list(Forms))),
        reach=Reach(
            path=word["path"],
            page_type=word["pageType"],
            pages=tuple(each.text() for each in record.child("pages").each(most=100)),
            phrase=word["phrase"],
        ),
    )


def _day(record: Record) -> date | None:
    text = record.text(empty=True)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise record.error("is not a date such as 2027-07-31") from error


def _time(record: Record) -> datetime:
    try:
        return datetime.strptime(record.text(), _TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError as error:
        raise record.error("is not a date and time") from error
