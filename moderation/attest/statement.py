"""What is signed: a decision on exactly these files, by whom, at which place in the log.

An in-toto Statement v1 (https://in-toto.io/Statement/v1) with a predicate of our own. It holds
opaque ids, digests and paths: no names and no free text.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from moderation.attest.canonical import DIGEST, Record, base64_of, canonical, parse
from moderation.attest.decision import Decision
from moderation.attest.statement_flaws import (
    SIGNATURE_SIZE,
    flaw_of_files,
    flaw_of_hand_in,
    flaw_of_ids,
    flaw_of_place,
    flaw_of_rules,
    flaw_of_urgency,
)
from moderation.model import AssetRef, HandIn, IntegrityError, UsageError
from moderation.policy.tightening import Tolerance

__all__ = ["PAYLOAD_TYPE", "PREDICATE_TYPE", "STATEMENT_TYPE", "Decision", "Statement"]

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://schoolgate.example/approval/v1"

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_PREDICATE = (
    *("decision", "page", "submission", "publisher", "editors", "actor", "policy", "findings"),
    *("waivers", "seq", "prev", "issuedAt", "expiresAt", "reasonDigest", "lacking"),
    *("terms", "termsHead", "consents", "consentsEnd", "urgentUntil", "site", "rendered"),
    *("handedIn", "rules"),
)
_WORDS = ("page", "submission", "publisher", "actor", "policy", "findings", "prev", "site")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One decision.

    Args:
        decision: only an approval adds to the site, every other takes away
        page: path of the page, relative to the content folder
        subjects: the files decided on; kept in order of path
        submission: id of the submission, empty where the queue knows none (not for an approval)
        publisher: id of who handed it in, empty likewise
        editors: ids of everybody who handed in these bytes or what they replace; kept in order
        actor: id of the person who decides and signs
        policy: digest of the policy, empty where none was asked (not for an approval)
        findings: digest over the fingerprints of the findings shown, empty likewise
        waivers: fingerprints of the findings accepted; kept in order
        seq: number in the log, from one
        prev: SHA-256 of the payload before, empty for the first
        issued_at: in UTC, whole seconds
        expires_at: the same, or None
        reason_digest: keyed digest of why it was urgent; empty where it was not
        lacking: kinds of content that still lacked an approval after this one; kept in order, and
            written only where there are any
        terms: digests of the entries of the school's list that made a finding milder, likewise
        terms_head: digest of the last entry of the list that was looked at; written where there is
            a list, so that nobody can cut the list shorter
        consents: keyed digest of where the people in it stood; written where there are any
        consents_end: the last day on which these consents hold, likewise; the decision ends with it
        site: digest of the first version of the site's trust file, so that what was signed for one
            school counts at no other
        rendered: digest of the article that the page makes (see
            :mod:`moderation.pipeline.rendering`); written for an approval
        handed_in: the publisher's signature over these files (see
            :mod:`moderation.attest.hand_in`); of an approval, and of nothing else
        rules: how strict the policy may become about each rule that found something, without ending
            the approval (see :mod:`moderation.policy.tightening`); kept in order of the rules, and
            written only where there are any
        urgent_until: when it ends unless somebody else approves too; in UTC and whole seconds, and
            written only where one person publishes alone, who is then among the editors

    Raises:
        UsageError: a value is not what it must be

    """

    decision: Decision
    page: str
    subjects: tuple[AssetRef, ...]
    submission: str
    publisher: str
    editors: tuple[str, ...]
    actor: str
    policy: str
    findings: str
    waivers: tuple[str, ...]
    seq: int
    prev: str
    issued_at: datetime
    expires_at: datetime | None
    site: str
    rendered: str = ""
    reason_digest: str = ""
    lacking: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    terms_head: str = ""
    consents: str = ""
    consents_end: date | None = None
    urgent_until: datetime | None = None
    handed_in: HandIn | None = None
    rules: tuple[Tolerance, ...] = ()

    def __post_init__(self) -> None:
        flaw = flaw_of_files(self) or flaw_of_ids(self) or flaw_of_place(self)
        flaw = flaw or flaw_of_urgency(self) or flaw_of_hand_in(self)
        flaw = flaw or flaw_of_rules(self)
        if flaw:
            raise UsageError(f"statement: {flaw}")
        object.__setattr__(self, "subjects", tuple(sorted(self.subjects)))
        object.__setattr__(self, "editors", tuple(sorted(set(self.editors))))
        object.__setattr__(self, "waivers", tuple(sorted(set(self.waivers))))
        object.__setattr__(self, "lacking", tuple(sorted({str(each) for each in self.lacking})))
        object.__setattr__(self, "terms", tuple(sorted(set(self.terms))))
        object.__setattr__(self, "rules", tuple(sorted(self.rules)))

    def to_payload(self) -> bytes:
        """Write the statement as canonical JSON."""
        predicate = {
            "decision": str(self.decision),
            "page": self.page,
            "submission": self.submission,
            "publisher": self.publisher,
            "editors": self.editors,
            "actor": self.actor,
            "policy": self.policy,
            "findings": self.findings,
            "waivers": self.waivers,
            "seq": self.seq,
            "prev": self.prev,
            "issuedAt": _written(self.issued_at),
            "expiresAt": _written(self.expires_at) if self.expires_at else None,
            "reasonDigest": self.reason_digest,
            **({"lacking": self.lacking} if self.lacking else {}),
            **({"terms": self.terms} if self.terms else {}),
            **({"termsHead": self.terms_head} if self.terms_head else {}),
            **({"consents": self.consents} if self.consents else {}),
            **({"consentsEnd": self.consents_end.isoformat()} if self.consents_end else {}),
            **({"urgentUntil": _written(self.urgent_until)} if self.urgent_until else {}),
            "site": self.site,
            **({"rendered": self.rendered} if self.rendered else {}),
            **({"handedIn": _signature(self.handed_in)} if self.handed_in else {}),
            **({"rules": {each.rule: each.settings for each in self.rules}} if self.rules else {}),
        }
        return canonical(
            {
                "_type": STATEMENT_TYPE,
                "predicateType": PREDICATE_TYPE,
                "subject": [_resource(each) for each in self.subjects],
                "predicate": predicate,
            }
        )

    @classmethod
    def from_payload(cls, payload: bytes, *, source: str) -> "Statement":
        """Read a statement strictly; it proves nothing until the envelope was verified.

        Raises:
            IntegrityError: not a statement of this version, or not in its one canonical form

        """
        root = parse(payload, source=source)
        for key, kind in (("_type", STATEMENT_TYPE), ("predicateType", PREDICATE_TYPE)):
            if root.child(key).value != kind:
                raise root.child(key).error(f"is not {kind}; update Schoolgate")
        root.only("_type", "predicateType", "subject", "predicate")
        try:
            statement = _read(root)
        except UsageError as error:
            raise IntegrityError(f"{source}: {error}") from error
        if statement.to_payload() != payload:
            raise root.error("is not in canonical form; restore the file from a copy")
        return statement


def _read(root: Record) -> Statement:
    predicate = root.child("predicate")
    predicate.only(*_PREDICATE)
    word = {key: predicate.child(key).text(empty=True) for key in _WORDS}
    expires = predicate.child("expiresAt")
    optional = dict(predicate.items())
    head, consents = optional.get("termsHead"), optional.get("consents")
    consents_end, urgent = optional.get("consentsEnd"), optional.get("urgentUntil")
    rendered, handed_in = optional.get("rendered"), optional.get("handedIn")
    return Statement(
        **word,
        decision=Decision(predicate.child("decision").choice(list(Decision))),
        subjects=tuple(_subject(each) for each in root.child("subject").each()),
        editors=tuple(each.text() for each in predicate.child("editors").each()),
        waivers=tuple(each.text() for each in predicate.child("waivers").each()),
        seq=predicate.child("seq").number(),
        issued_at=_time(predicate.child("issuedAt")),
        expires_at=None if expires.value is None else _time(expires),
        reason_digest=predicate.child("reasonDigest").text(empty=True),
        lacking=_words(optional.get("lacking")),
        terms=_words(optional.get("terms")),
        terms_head=head.text(DIGEST) if head else "",
        consents=consents.text(DIGEST) if consents else "",
        consents_end=_day(consents_end) if consents_end else None,
        urgent_until=_time(urgent) if urgent else None,
        rendered=rendered.text(DIGEST) if rendered else "",
        handed_in=_hand_in(handed_in) if handed_in else None,
        rules=_rules(optional.get("rules")),
    )


def _words(record: Record | None) -> tuple[str, ...]:
    return tuple(each.text() for each in record.each()) if record else ()


def _rules(record: Record | None) -> tuple[Tolerance, ...]:
    items = record.items() if record else ()
    return tuple(Tolerance(name, _words(each)) for name, each in items)


def _signature(hand_in: HandIn) -> dict[str, object]:
    signature = base64_of(hand_in.signature)
    return {"after": hand_in.after, "keyid": hand_in.keyid, "sig": signature}


def _hand_in(record: Record) -> HandIn:
    record.only("after", "keyid", "sig")
    keyid, signature = record.child("keyid").text(DIGEST), record.child("sig")
    return HandIn(keyid, signature.base64(SIGNATURE_SIZE), record.child("after").number())


def _resource(ref: AssetRef) -> dict[str, object]:
    """Return an in-toto ResourceDescriptor; the size stands among its annotations."""
    return {
        "name": ref.path,
        "digest": {"sha256": ref.digest},
        "annotations": {"size": ref.size},
    }


def _subject(record: Record) -> AssetRef:
    record.only("name", "digest", "annotations")
    digest, annotations = record.child("digest"), record.child("annotations")
    digest.only("sha256")
    annotations.only("size")
    return AssetRef(
        record.child("name").text(),
        digest.child("sha256").text(DIGEST),
        annotations.child("size").number(),
    )


def _written(time: datetime) -> str:
    return time.strftime(_TIME_FORMAT)


def _time(record: Record) -> datetime:
    text = record.text(_TIME)
    try:
        return datetime.strptime(text, _TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError as error:
        raise record.error("is not a date and time") from error


def _day(record: Record) -> date:
    try:
        return date.fromisoformat(record.text(_DAY))
    except ValueError as error:
        raise record.error("is not a day") from error
