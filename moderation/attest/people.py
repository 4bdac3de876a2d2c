"""Who may sign for a site: persons, their roles and their keys, in a file the head signs.

A key that is lost or belongs to somebody who left is *retired*: what it signed up to a number in
the log stays good, what it signs later is worth nothing. A person who is *suspended* is not trusted
any more: none of their approvals counts, while what they took down stays down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from moderation.attest.canonical import DIGEST, TOKEN
from moderation.attest.envelope import Envelope, verified_keys
from moderation.attest.public_key import PublicKey
from moderation.model import NotAllowedError, Person, Role, UsageError

MOST_DAYS = 400
"""How far ahead a trust file may expire; the day is looked at again every year."""


@dataclass(frozen=True, slots=True)
class RetiredKey:
    """A key whose signatures count up to number *after* of the log, and no further."""

    key: PublicKey
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedPerson:
    """Somebody who may act on the site; a person is never taken out, only suspended."""

    id: str
    roles: frozenset[Role]
    keys: tuple[PublicKey, ...] = ()
    suspended: bool = False
    retired: tuple[RetiredKey, ...] = ()

    @property
    def every_key(self) -> tuple[PublicKey, ...]:
        """Current and retired keys."""
        return (*self.keys, *(each.key for each in self.retired))

    def keys_at(self, seq: int) -> tuple[PublicKey, ...]:
        """Return the keys that may have signed number *seq* of the log."""
        return (*self.keys, *(each.key for each in self.retired if seq <= each.after))

    @property
    def leads(self) -> bool:
        """Whether this is a head who can sign the trust file."""
        return Role.HEAD in self.roles and bool(self.keys) and not self.suspended


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The people of a site.

    Args:
        site: opaque id of the site
        version: counts the changes; every edit adds one
        expires: the last day on which the file may be used
        persons: by id
        relaxed_policy: digest of the policy that the head allows to be looser than the defaults

    Raises:
        UsageError: nobody would lead, a key would stand twice, or a value is not usable

    """

    site: str
    version: int
    expires: date
    persons: Mapping[str, TrustedPerson] = field(hash=False)
    relaxed_policy: str = ""

    def __post_init__(self) -> None:
        persons = {key: self.persons[key] for key in sorted(self.persons)}
        object.__setattr__(self, "persons", MappingProxyType(persons))
        if flaw := _flaw(self):
            raise UsageError(f"people of the site: {flaw}")

    def person(self, person: str) -> Person:
        """Return somebody who may act.

        Raises:
            NotAllowedError: unknown or suspended

        """
        known = self._known(person)
        if known.suspended:
            raise NotAllowedError(f"{person}: is suspended; ask the head to reinstate them")
        return Person(known.id, known.roles)

    def person_of_key(self, keyid: str) -> Person:
        """Return who holds the current key *keyid*.

        Raises:
            NotAllowedError: nobody does, or they are suspended

        """
        for known in self.persons.values():
            if any(key.keyid == keyid for key in known.keys):
                return self.person(known.id)
        raise NotAllowedError(
            f"key {keyid[:12]}: belongs to nobody on this site; ask the head to add it"
        )

    def signers(self, envelope: Envelope, *, payload_type: str) -> frozenset[str]:
        """Return the ids of the persons, not suspended, whose current keys signed *envelope*.

        A person counts once, however many keys they have.
        """
        return frozenset(
            known.id
            for known in self.persons.values()
            if not known.suspended
            and verified_keys(envelope, known.keys, payload_type=payload_type)
        )

    def with_person(self, person: str, roles: frozenset[Role]) -> "Trust":
        """Add somebody, or give somebody other roles; keys and suspension stay."""
        before = self.persons.get(person) or TrustedPerson(id=person, roles=roles)
        return self._edit(replace(before, roles=roles))

    def with_key(self, person: str, key: PublicKey) -> "Trust":
        """Give somebody one more key."""
        known = self._known(person)
        return self._edit(replace(known, keys=tuple(sorted((*known.keys, key)))))

    def without_key(self, person: str, keyid: str, *, after: int) -> "Trust":
        """Retire a key; *after* is the last number of the log at which it may still count.

        Raises:
            NotAllowedError: the person is unknown
            UsageError: the key is not theirs, or nobody who leads would have a key left

        """
        known = self._known(person)
        gone = [key for key in known.keys if key.keyid == keyid]
        if not gone:
            raise UsageError(f"{person}: has no key {keyid[:12]}; list theirs and choose one")
        retired = (*known.retired, *(RetiredKey(key, after) for key in gone))
        kept = tuple(key for key in known.keys if key.keyid != keyid)
        return self._edit(replace(known, keys=kept, retired=retired))

    def suspended(self, person: str) -> "Trust":
        """Stop trusting somebody: none of their approvals counts any more."""
        return self._edit(replace(self._known(person), suspended=True))

    def reinstated(self, person: str) -> "Trust":
        """Trust somebody again."""
        return self._edit(replace(self._known(person), suspended=False))

    def renewed(self, expires: date) -> "Trust":
        """Move the last day of use."""
        return replace(self, version=self.version + 1, expires=expires)

    def with_policy(self, digest: str) -> "Trust":
        """Allow the policy with this digest to be looser than the defaults; empty allows none."""
        return replace(self, version=self.version + 1, relaxed_policy=digest)

    def _known(self, person: str) -> TrustedPerson:
        known = self.persons.get(person)
        if known is None:
            shown = person if TOKEN.fullmatch(person) else "this id"
            raise NotAllowedError(f"{shown}: is nobody on this site; ask the head to add them")
        return known

    def _edit(self, person: TrustedPerson) -> "Trust":
        return replace(self, version=self.version + 1, persons={**self.persons, person.id: person})


def _flaw(trust: Trust) -> str:
    if not TOKEN.fullmatch(trust.site) or trust.version < 1:
        return "site or version is not usable; write an id without spaces and count from 1"
    if trust.relaxed_policy and not DIGEST.fullmatch(trust.relaxed_policy):
        return "the policy allowed is not named by its digest; sign the policy again"
    if not all(key == each.id and TOKEN.fullmatch(key) for key, each in trust.persons.items()):
        return "a person's id is not usable; write letters, digits and hyphens, no name"
    if len({key.casefold() for key in trust.persons}) < len(trust.persons):
        return "two persons have ids that differ only in capitals; choose another id for one"
    if flaw := _shared_key(trust.persons.values()):
        return flaw
    if not any(person.leads for person in trust.persons.values()):
        return "no head with a key would be left; name another head and give them a key first"
    return ""


def _shared_key(persons: Iterable[TrustedPerson]) -> str:
    holders: dict[str, str] = {}
    for person in persons:
        for key in person.every_key:
            if key.keyid in holders:
                return (
                    f"{holders[key.keyid]} and {person.id} have the same key {key.keyid[:12]}; "
                    "make a new one for each person and device"
                )
            holders[key.keyid] = person.id
    return ""
