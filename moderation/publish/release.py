"""A release: everything that may be deployed, by path and digest, and what it rests on.

A release is numbered and seals the one before it, so that an older one is seen to be older. It
names the last decision of the log, the last step of the school's list and the version of the trust
file it was made from, so that taking the last of them away is seen too.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from moderation.attest.canonical import DIGEST, TOKEN, Record, canonical, parse
from moderation.model import AssetRef, IntegrityError, UsageError, digest_of
from moderation.pipeline.paths import same_name

RELEASE_TYPE = "https://schoolgate.example/release/v1"
_FIELDS = ("_type", "site", "number", "prev", "signer", "issuedAt", "rests", "files")
_RESTS = ("trust", "approvals", "terms", "policy", "kit", "content", "epoch")
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_PATH = re.compile(r"(?!/)[^\x00-\x1f\x7f\\:]+(?<!/)")


@dataclass(frozen=True, slots=True)
class Head:
    """How far something that only grows has grown: the number of its last entry, and its digest.

    Nought and empty where there is no entry yet.
    """

    seq: int
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """What a release was made from.

    Args:
        trust: version and digest of the trust file
        approvals: the last decision of the log
        terms: the last step of the school's own list
        policy: digest of the policy
        kit: digest of what shapes the output besides the content
        content: digest of the list of admitted files
        epoch: the time that the output shows, in seconds since 1970

    """

    trust: Head
    approvals: Head
    terms: Head
    policy: str
    kit: str
    content: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Everything that may be deployed.

    Args:
        site: opaque id of the site
        number: counts the releases from 1
        prev: digest of the payload of the release before; empty for the first
        signer: id of whoever signed it
        issued_at: in UTC and whole seconds
        rests: what it was made from
        files: path in the output, digest and size of each file, ordered by path

    Raises:
        UsageError: a path leaves the site, stands twice, or a number or time is not usable

    """

    site: str
    number: int
    prev: str
    signer: str
    issued_at: datetime
    rests: Rests
    files: tuple[AssetRef, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "files", tuple(sorted(self.files)))
        if flaw := _flaw(self):
            raise UsageError(f"release: {flaw}")

    @property
    def digest(self) -> str:
        """SHA-256 of the payload, which the next release seals."""
        return digest_of(self.to_payload())

    def to_payload(self) -> bytes:
        """Write the release as canonical JSON."""
        rests = self.rests
        return canonical(
            {
                "_type": RELEASE_TYPE,
                "site": self.site,
                "number": self.number,
                "prev": self.prev,
                "signer": self.signer,
                "issuedAt": self.issued_at.strftime(_TIME_FORMAT),
                "rests": {
                    "trust": _written(rests.trust),
                    "approvals": _written(rests.approvals),
                    "terms": _written(rests.terms),
                    "policy": rests.policy,
                    "kit": rests.kit,
                    "content": rests.content,
                    "epoch": rests.epoch,
                },
                "files": [[each.path, each.digest, each.size] for each in self.files],
            }
        )

    @classmethod
    def from_payload(cls, payload: bytes, *, source: str) -> "Release":
        """Read a release strictly; it proves nothing until the envelope was verified.

        Raises:
            IntegrityError: not a release of this version, or not in its one canonical form

        """
        root = parse(payload, source=source)
        kind = root.child("_type")
        if kind.value != RELEASE_TYPE:
            raise kind.error(f"is not {RELEASE_TYPE}; update Schoolgate")
        root.only(*_FIELDS)
        try:
            release = _read(root)
        except UsageError as error:
            raise IntegrityError(f"{source}: {error}; sign a new one") from error
        if release.to_payload() != payload:
            raise root.error("is not in canonical form; restore the file from a copy")
        return release


def list_digest(refs: tuple[AssetRef, ...]) -> str:
    """Digest a list of files, whatever its order."""
    return digest_of(canonical([[each.path, each.digest, each.size] for each in sorted(refs)]))


def _written(head: Head) -> list[object]:
    return [head.seq, head.digest]


def _read(root: Record) -> Release:
    rests = root.child("rests")
    rests.only(*_RESTS)
    return Release(
        site=root.child("site").text(TOKEN),
        number=root.child("number").number(),
        prev=root.child("prev").text(DIGEST, empty=True),
        signer=root.child("signer").text(TOKEN),
        issued_at=_time(root.child("issuedAt")),
        rests=Rests(
            trust=_head(rests.child("trust")),
            approvals=_head(rests.child("approvals")),
            terms=_head(rests.child("terms")),
            policy=rests.child("policy").text(DIGEST),
            kit=rests.child("kit").text(DIGEST),
            content=rests.child("content").text(DIGEST),
            epoch=rests.child("epoch").number(),
        ),
        files=tuple(map(_file, root.child("files").each())),
    )


def _head(record: Record) -> Head:
    parts = tuple(record.each(most=2))
    if len(parts) < 2:
        raise record.error("must be a number and a digest")
    return Head(parts[0].number(), parts[1].text(DIGEST, empty=True))


def _file(record: Record) -> AssetRef:
    parts = tuple(record.each(most=3))
    if len(parts) < 3:
        raise record.error("must be a path, a digest and a size")
    return AssetRef(parts[0].text(_PATH), parts[1].text(DIGEST), parts[2].number())


def _time(record: Record) -> datetime:
    try:
        return datetime.strptime(record.text(_TIME), _TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError as error:
        raise record.error("is not a date and time") from error


def _flaw(release: Release) -> str:
    if release.number < 1 or bool(release.prev) != (release.number > 1):
        return "number: must count from 1, and the first has nothing before it"
    time = release.issued_at
    if time.utcoffset() is None or time.utcoffset() or time.microsecond:
        return "issuedAt: must be in UTC and whole seconds"
    if not release.files:
        return "files: lists none; build the site first"
    for each in release.files:
        if not _PATH.fullmatch(each.path) or {"", ".", ".."} & set(each.path.split("/")):
            return "files: names a file outside the site"
    if len({same_name(each.path) for each in release.files}) < len(release.files):
        return "files: names a file twice, perhaps in another spelling"
    return ""
