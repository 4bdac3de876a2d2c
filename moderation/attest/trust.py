"""The trust file: read it strictly, and only if enough of the persons who lead have signed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from moderation.attest.canonical import DIGEST, TOKEN, Record, canonical, parse
from moderation.attest.envelope import Envelope, parse_envelope
from moderation.attest.keys import Signer
from moderation.attest.people import MOST_DAYS, RetiredKey, Trust, TrustedPerson
from moderation.attest.public_key import SIZE, PublicKey
from moderation.model import AssetRef, IntegrityError, NotAllowedError, Role, UsageError, digest_of

__all__ = [
    "MOST_DAYS",
    "PAYLOAD_TYPE",
    "RetiredKey",
    "Trust",
    "TrustedPerson",
    "Version",
    "open_version",
    "payload_of",
    "read_trust",
    "read_version",
    "refuse_expired",
    "write_trust",
]

PAYLOAD_TYPE = "application/vnd.schoolgate.trust+json"
TRUST_TYPE = "https://schoolgate.example/trust/v2"

_PLAIN = ("site", "version", "expires", "issued", "previous", "policy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of the trust file, read and not yet believed.

    Args:
        trust: what it says
        envelope: the bytes, with their signatures
        source: name of the file, for errors

    """

    trust: Trust
    envelope: Envelope
    source: str

    @property
    def digest(self) -> str:
        """SHA-256 of what was signed, by which the next version and an anchor name this one."""
        return digest_of(self.envelope.payload)

    def signers(self, trust: Trust) -> frozenset[str]:
        """Return the ids of those who lead according to *trust* and signed this version."""
        return trust.signers(self.envelope, payload_type=PAYLOAD_TYPE) & set(trust.leading)

    def lacking(self, trust: Trust) -> int:
        """Return how many signatures of those who lead according to *trust* are still missing."""
        return max(0, trust.threshold - len(self.signers(trust)))


def read_trust(text: str, *, source: str, today: date | None) -> Trust:
    """Read one version of the trust file, which vouches for itself.

    Whether it follows from the versions before is asked of :mod:`moderation.attest.trust_chain`.

    Args:
        text: a DSSE envelope
        source: name of the file, for errors
        today: in UTC; None does not ask whether the file expired, which is right only for what
            takes away from the site

    Raises:
        IntegrityError: damaged, of another version, not signed by enough of those it names, or
            expired

    """
    version = read_version(text, source=source)
    require(version, version.trust, source=source)
    refuse_expired(version.trust, source=source, today=today)
    return version.trust


def read_version(text: str, *, source: str) -> Version:
    """Read a trust file without asking who signed it; see :func:`open_version`."""
    return open_version(parse_envelope(text, source=source), source=source)


def open_version(envelope: Envelope, *, source: str) -> Version:
    """Read what an envelope says about the people of the site, without asking who signed it.

    Raises:
        IntegrityError: it is damaged, or of another version

    """
    if envelope.payload_type != PAYLOAD_TYPE:
        raise IntegrityError(f"{source}: is signed as something else; restore it from a copy")
    root = parse(envelope.payload, source=source)
    if root.child("_type").value != TRUST_TYPE:
        raise root.child("_type").error(f"is not {TRUST_TYPE}; update Schoolgate")
    try:
        trust = _trust(root)
    except (UsageError, IntegrityError) as error:
        trouble = str(error).removeprefix(f"{source}: ")
        raise IntegrityError(f"{source}: {trouble}") from error
    if payload_of(trust) != envelope.payload:
        raise root.error("is not in canonical form; restore the file from a copy")
    return Version(trust=trust, envelope=envelope, source=source)


def require(version: Version, trust: Trust, *, source: str, whose: str = "it names") -> None:
    """Refuse a version that fewer signed than *trust* asks for.

    Raises:
        IntegrityError: always says how many are missing

    """
    lacking = version.lacking(trust)
    if not lacking:
        return
    if trust.threshold == 1:
        raise IntegrityError(
            f"{source}: is not signed by a head that {whose}; have the head sign it"
        )
    raise IntegrityError(
        f"{source}: lacks {lacking} of the {trust.threshold} signatures that it needs of those "
        f"who lead and that {whose}; restore it from git, or have them sign (schoolgate trust sign)"
    )


def write_trust(trust: Trust, signer: Signer) -> str:
    """Sign *trust* and return the file; where it takes two persons, the other's is still missing.

    Raises:
        NotAllowedError: the signer does not lead in it, is suspended, or this key is not theirs

    """
    person = trust.persons.get(signer.person)
    if person is None or not person.leads or signer.key not in person.keys:
        raise NotAllowedError(
            f"{signer.person}: cannot sign the people of the site with this key; a head signs, "
            "with a key that the file lists as theirs"
        )
    return signer.sign(payload_of(trust), PAYLOAD_TYPE).text()


def refuse_expired(trust: Trust, *, source: str, today: date | None) -> None:
    """Refuse a trust file that has run out, or that lasts longer than any may.

    Raises:
        IntegrityError: it does; None as *today* asks nothing

    """
    if today is None:
        return
    if trust.expires < today:
        raise IntegrityError(
            f"{source}: expired on {trust.expires.isoformat()}; have the head look at the people, "
            "set a new day and sign it again (schoolgate people renew)"
        )
    if trust.expires > today + timedelta(days=MOST_DAYS):
        raise IntegrityError(
            f"{source}: expires on {trust.expires.isoformat()}, more than {MOST_DAYS} days ahead; "
            "set this computer's clock, or have the head set a nearer day"
        )


def payload_of(trust: Trust) -> bytes:
    """Write what is signed: canonical JSON."""
    return canonical(
        {
            "_type": TRUST_TYPE,
            "site": trust.site,
            "version": trust.version,
            "previous": trust.previous,
            "issued": trust.issued.isoformat() if trust.issued else "",
            "expires": trust.expires.isoformat(),
            "policy": trust.policy,
            "root": {"persons": _named(trust.persons.values()), "threshold": trust.threshold},
            "lock": [{"path": r.path, "digest": r.digest, "size": r.size} for r in trust.lock],
            "log": {"seq": trust.log[0], "digest": trust.log[1]},
            "persons": {
                person.id: {
                    "roles": sorted(person.roles),
                    "keys": [key.public.hex() for key in person.keys],
                    "retired": [
                        {"key": each.key.public.hex(), "after": each.after}
                        for each in person.retired
                    ],
                    "suspended": person.suspended,
                    "since": person.since,
                }
                for person in trust.persons.values()
            },
        }
    )


def _named(persons: Iterable[TrustedPerson]) -> list[str]:
    return [person.id for person in persons if person.named]


def _trust(root: Record) -> Trust:
    root.only("_type", "root", "lock", "log", "persons", *_PLAIN)
    who, log = root.child("root"), root.child("log")
    who.only("persons", "threshold")
    log.only("seq", "digest")
    holders = {each.text(TOKEN) for each in who.child("persons").each(most=1000)}
    issued = root.child("issued")
    return Trust(
        site=root.child("site").text(TOKEN),
        version=root.child("version").number(),
        previous=root.child("previous").text(DIGEST, empty=True),
        issued=_day(issued) if issued.text(empty=True) else None,
        expires=_day(root.child("expires")),
        policy=root.child("policy").text(DIGEST, empty=True),
        threshold=who.child("threshold").number(),
        lock=tuple(_ref(each) for each in root.child("lock").each()),
        log=(log.child("seq").number(), log.child("digest").text(DIGEST, empty=True)),
        persons={
            key: _person(key, record, holders) for key, record in root.child("persons").items()
        },
    )


def _person(key: str, record: Record, holders: set[str]) -> TrustedPerson:
    record.only("roles", "keys", "retired", "suspended", "since")
    roles = [Role(each.choice(list(Role))) for each in record.child("roles").each(most=len(Role))]
    return TrustedPerson(
        id=key,
        roles=frozenset(roles),
        keys=tuple(_key(each) for each in record.child("keys").each(most=100)),
        suspended=record.child("suspended").flag(),
        since=record.child("since").number(),
        holder=key in holders and Role.HEAD not in roles,
        retired=tuple(
            RetiredKey(_key(each.child("key")), each.child("after").number())
            for each in record.child("retired").each(most=1000)
        ),
    )


def _key(record: Record) -> PublicKey:
    return PublicKey.of(record.hex(SIZE))


def _ref(record: Record) -> AssetRef:
    record.only("path", "digest", "size")
    return AssetRef(
        record.child("path").text(),
        record.child("digest").text(DIGEST),
        record.child("size").number(),
    )


def _day(record: Record) -> date:
    try:
        return date.fromisoformat(record.text())
    except ValueError as error:
        raise record.error("is not a date such as 2027-07-31") from error
