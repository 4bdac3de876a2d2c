"""A checkpoint of the logs: a short text for paper or mail, by which a rewritten log is found.

Whoever can write to the database and the repository can write both logs anew, each row following
from the one before. What they cannot change is a sheet of paper, or a mail in another building.
"""

from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from moderation.attest.canonical import DIGEST, TOKEN, base64_of, canonical
from moderation.attest.envelope import Envelope, Signature, verified_keys
from moderation.attest.keys import Signer
from moderation.attest.people import Trust
from moderation.model import IntegrityError, digest_of

PAYLOAD_TYPE = "application/vnd.schoolgate.checkpoint+json"
CHECKPOINT_TYPE = "https://schoolgate.example/checkpoint/v1"
_TITLE = "schoolgate checkpoint 1"
_FIELDS = ("site", "date", "events", "decisions", "check")
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_GROUP = 8
_SIGNATURE_SIZE = 64
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """The last row of a log: its number, and the digest that stands for it and all before it."""

    number: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """How far the logs of a site had come.

    Args:
        site: opaque id of the site
        at: when, in UTC and whole seconds
        events: the last event
        decisions: the last signed decision
        person: who signed it; empty if nobody did
        signature: 64 bytes, or none

    """

    site: str
    at: datetime
    events: Row
    decisions: Row
    person: str = ""
    signature: bytes = b""

    def payload(self) -> bytes:
        """Write what is signed: canonical JSON."""
        return canonical(
            {
                "_type": CHECKPOINT_TYPE,
                "site": self.site,
                "at": self.at.strftime(_TIME_FORMAT),
                "events": [self.events.number, self.events.digest],
                "decisions": [self.decisions.number, self.decisions.digest],
            }
        )

    def text(self) -> str:
        """Write it for people: digests in groups, and a check that tells of a slip in copying."""
        lines = [
            _TITLE,
            f"site: {self.site}",
            f"date: {self.at.strftime(_TIME_FORMAT)}",
            *_written("events", self.events),
            *_written("decisions", self.decisions),
            f"check: {self._check()}",
        ]
        if self.signature:
            value = base64_of(self.signature)
            lines += [f"signed: {self.person}", f"  {value[:44]}", f"  {value[44:]}"]
        return "\n".join(lines) + "\n"

    def signers(self, trust: Trust) -> frozenset[str]:
        """Return whoever is said to have signed it, if one of their keys, old or new, did."""
        known = trust.persons.get(self.person)
        for key in known.every_key if known else ():
            envelope = Envelope(
                payload=self.payload(),
                payload_type=PAYLOAD_TYPE,
                signatures=(Signature(key.keyid, self.signature),),
            )
            if verified_keys(envelope, (key,), payload_type=PAYLOAD_TYPE):
                return frozenset({self.person})
        return frozenset()

    def _check(self) -> str:
        return digest_of(self.payload())[:_GROUP]


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> Checkpoint:
    """Return *checkpoint* with the signature of *signer*."""
    (made,) = signer.sign(checkpoint.payload(), PAYLOAD_TYPE).signatures
    return Checkpoint(
        site=checkpoint.site,
        at=checkpoint.at,
        events=checkpoint.events,
        decisions=checkpoint.decisions,
        person=signer.person,
        signature=made.value,
    )


def read_checkpoint(text: str, *, source: str) -> Checkpoint:
    """Read a checkpoint, also one that was typed in from paper: blanks and line ends do not count.

    Raises:
        IntegrityError: it is not one, is cut off, or was copied with a slip

    """
    title, _, body = text.strip().partition("\n")
    if len(text) > _MOST or " ".join(title.split()).lower() != _TITLE:
        raise IntegrityError(
            f"{source}: is no checkpoint of this version; the first line is {_TITLE}"
        )
    found = _fields(body, source)
    signature = found.get("signed", "").split()
    checkpoint = Checkpoint(
        site="".join(found["site"].split()),
        at=_time(found["date"], source),
        events=_row(found["events"], "events", source),
        decisions=_row(found["decisions"], "decisions", source),
        person=signature[0] if signature else "",
        signature=_signature("".join(signature[1:]), source) if signature else b"",
    )
    slip = "".join(found["check"].split()).lower() != digest_of(checkpoint.payload())[:_GROUP]
    if slip or not TOKEN.fullmatch(checkpoint.site):
        raise IntegrityError(
            f"{source}: check: does not fit the lines above it; compare them with the paper"
        )
    return checkpoint


def require_since(
    checkpoint: Checkpoint,
    *,
    site: str,
    events: Sequence[str],
    decisions: Sequence[str],
    source: str,
) -> None:
    """Refuse logs that are not those of the checkpoint, grown since.

    Args:
        checkpoint: what was printed then
        site: id of the site
        events: the links of the event log, in order, each verified against the one before
        decisions: the digests of the signed decisions, likewise
        source: name of the checkpoint, for errors

    Raises:
        IntegrityError: another site's, a tail was cut off, or what came before was written anew

    """
    if checkpoint.site != site:
        raise IntegrityError(f"{source}: is of another site; take a checkpoint of this one")
    day = checkpoint.at.date()
    for name, what, seen, rows in (
        ("event log", "row", checkpoint.events, events),
        ("approvals", "decision", checkpoint.decisions, decisions),
    ):
        if len(rows) < seen.number:
            raise IntegrityError(
                f"{name}: {what} {len(rows) + 1} is missing: it held {seen.number} on {day} and "
                f"holds {len(rows)}, so its end was cut off; restore it from a copy of that day"
            )
        if seen.number and rows[seen.number - 1] != seen.digest:
            raise IntegrityError(
                f"{name}: {what} {seen.number} is not the one that stood there on {day}, though "
                "it follows from those before it, so the log was written anew; restore it from a "
                "copy of that day and ask who can write to it"
            )


def last_row(digests: Sequence[str]) -> Row:
    """Return the last row of a log, by the digests of all its rows."""
    return Row(len(digests), digests[-1]) if digests else Row()


def _written(name: str, row: Row) -> Iterator[str]:
    yield f"{name}: {row.number}"
    groups = [row.digest[i : i + _GROUP] for i in range(0, len(row.digest), _GROUP)]
    yield from (f"  {' '.join(part)}" for part in (groups[:4], groups[4:]) if part)


def _fields(body: str, source: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in filter(str.strip, body.splitlines()):
        head, colon, value = line.partition(":")
        key = head.strip().lower()
        if colon and key in (*_FIELDS, "signed"):
            if key in found:
                raise IntegrityError(f"{source}: {key}: stands there twice; take out one")
            name, found[key] = key, value
            continue
        if not name:
            raise IntegrityError(f"{source}: begins with a line that is not known; copy it again")
        found[name] += f" {line}"
    for key in _FIELDS:
        if not found.get(key, "").strip():
            raise IntegrityError(f"{source}: {key}: is missing; copy the whole checkpoint")
    return found


def _row(text: str, name: str, source: str) -> Row:
    number, *groups = text.split()
    digest = "".join(groups).lower()
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise IntegrityError(f"{source}: {name}: must begin with a number; compare it")
    if (int(number) > 0) != bool(digest) or (digest and not DIGEST.fullmatch(digest)):
        raise IntegrityError(
            f"{source}: {name}: must have eight groups of eight characters, 0 to 9 and a to f; "
            "compare them with the paper"
        )
    return Row(int(number), digest)


def _time(text: str, source: str) -> datetime:
    try:
        return datetime.strptime(text.strip().upper(), _TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        raise IntegrityError(
            f"{source}: date: is not written as in 2026-11-21T09:30:00Z; compare it"
        ) from None


def _signature(text: str, source: str) -> bytes:
    try:
        value = b64decode(text, validate=True)
    except ValueError:
        value = b""
    if len(value) != _SIGNATURE_SIZE:
        raise IntegrityError(f"{source}: signed: is cut off or has a slip; compare it")
    return value
