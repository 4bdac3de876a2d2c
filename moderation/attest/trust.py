"""The trust file: read it strictly, and only if a head that it names has signed it."""

from datetime import date, timedelta

from moderation.attest.canonical import TOKEN, Record, canonical, parse
from moderation.attest.envelope import parse_envelope
from moderation.attest.keys import Signer
from moderation.attest.people import MOST_DAYS, RetiredKey, Trust, TrustedPerson
from moderation.attest.public_key import SIZE, PublicKey
from moderation.model import IntegrityError, NotAllowedError, Role, UsageError

__all__ = [
    "MOST_DAYS",
    "PAYLOAD_TYPE",
    "RetiredKey",
    "Trust",
    "TrustedPerson",
    "read_trust",
    "write_trust",
]

PAYLOAD_TYPE = "application/vnd.schoolgate.trust+json"
TRUST_TYPE = "https://schoolgate.example/trust/v1"


def read_trust(text: str, *, source: str, today: date | None) -> Trust:
    """Read a trust file.

    Args:
        text: a DSSE envelope
        source: name of the file, for errors
        today: in UTC; None does not ask whether the file expired, which is right only for what
            takes away from the site

    Raises:
        IntegrityError: damaged, of another version, not signed by a head it names, or expired

    """
    envelope = parse_envelope(text, source=source)
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
    if _payload(trust) != envelope.payload:
        raise root.error("is not in canonical form; restore the file from a copy")
    signers = trust.signers(envelope, payload_type=PAYLOAD_TYPE)
    if not any(trust.persons[signer].leads for signer in signers):
        raise root.error("is not signed by a head that it names; have the head sign it")
    _refuse_expired(trust, root, today)
    return trust


def write_trust(trust: Trust, signer: Signer) -> str:
    """Sign *trust* and return the file.

    Raises:
        NotAllowedError: the signer is not a head in it, is suspended, or this key is not theirs

    """
    person = trust.persons.get(signer.person)
    if person is None or not person.leads or signer.key not in person.keys:
        raise NotAllowedError(
            f"{signer.person}: cannot sign the people of the site with this key; a head signs, "
            "with a key that the file lists as theirs"
        )
    return signer.sign(_payload(trust), PAYLOAD_TYPE).text()


def _refuse_expired(trust: Trust, root: Record, today: date | None) -> None:
    if today is None:
        return
    if trust.expires < today:
        raise root.error(
            f"expired on {trust.expires.isoformat()}; have the head look at the people, set a new "
            "day and sign it again (schoolgate people renew)"
        )
    if trust.expires > today + timedelta(days=MOST_DAYS):
        raise root.error(
            f"expires on {trust.expires.isoformat()}, more than {MOST_DAYS} days ahead; "
            "set this computer's clock, or have the head set a nearer day"
        )


def _payload(trust: Trust) -> bytes:
    return canonical(
        {
            "_type": TRUST_TYPE,
            "site": trust.site,
            "version": trust.version,
            "expires": trust.expires.isoformat(),
            "relaxedPolicy": trust.relaxed_policy,
            "persons": {
                person.id: {
                    "roles": sorted(person.roles),
                    "keys": [key.public.hex() for key in person.keys],
                    "retired": [
                        {"key": each.key.public.hex(), "after": each.after}
                        for each in person.retired
                    ],
                    "suspended": person.suspended,
                }
                for person in trust.persons.values()
            },
        }
    )


def _trust(root: Record) -> Trust:
    root.only("_type", "site", "version", "expires", "relaxedPolicy", "persons")
    return Trust(
        site=root.child("site").text(TOKEN),
        version=root.child("version").number(),
        expires=_day(root.child("expires")),
        relaxed_policy=root.child("relaxedPolicy").text(empty=True),
        persons={key: _person(key, record) for key, record in root.child("persons").items()},
    )


def _person(key: str, record: Record) -> TrustedPerson:
    record.only("roles", "keys", "retired", "suspended")
    roles = [Role(each.choice(list(Role))) for each in record.child("roles").each(most=len(Role))]
    return TrustedPerson(
        id=key,
        roles=frozenset(roles),
        keys=tuple(_key(each) for each in record.child("keys").each(most=100)),
        suspended=record.child("suspended").flag(),
        retired=tuple(
            RetiredKey(_key(each.child("key")), each.child("after").number())
            for each in record.child("retired").each(most=1000)
        ),
    )


def _key(record: Record) -> PublicKey:
    return PublicKey.of(record.hex(SIZE))


def _day(record: Record) -> date:
    try:
        return date.fromisoformat(record.text())
    except ValueError as error:
        raise record.error("is not a date such as 2027-07-31") from error
