"""Who may sign for a site: persons, their roles and their keys, and who may change that.

A key that is lost or belongs to somebody who left is *retired*: what it signed up to a number in
the log stays good, what it signs later is worth nothing. A person who is *suspended* is not trusted
any more: none of their approvals counts, or none from a number in the log on, while what they took
down stays down.

Who *leads* may change this: heads, and holders whom they named. Persons are counted, never keys.
One is enough while fewer than three lead, so that a school can start; from three on it takes two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from moderation.attest.canonical import DIGEST, TOKEN
from moderation.attest.envelope import Envelope, verified_keys
from moderation.attest.public_key import PublicKey
from moderation.model import AssetRef, NotAllowedError, Person, Role, UsageError

MOST_DAYS = 400
"""How far ahead a trust file may expire; the day is looked at again every year."""

MANY = 3
"""From so many persons who lead on, one alone changes nothing any more."""

FEWEST = 2
"""Persons who must then sign a change."""


@dataclass(frozen=True, slots=True)
class RetiredKey:
    """A key whose signatures count up to number *after* of the log, and no further."""

    key: PublicKey
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedPerson:
    """Somebody who may act on the site; a person is never taken out, only suspended.

    Args:
        id: opaque
        roles: what they may do
        keys: what they sign with today
        suspended: True if they are not trusted any more
        retired: keys that sign nothing more
        holder: True if they sign changes of the trust file without being a head
        since: number of the log from which nothing they approved counts while they are suspended;
            0 lets nothing count

    """

    id: str
    roles: frozenset[Role]
    keys: tuple[PublicKey, ...] = ()
    suspended: bool = False
    retired: tuple[RetiredKey, ...] = ()
    holder: bool = False
    since: int = 0

    @property
    def every_key(self) -> tuple[PublicKey, ...]:
        """Current and retired keys."""
        return (*self.keys, *(each.key for each in self.retired))

    def keys_at(self, seq: int) -> tuple[PublicKey, ...]:
        """Return the keys that may have signed number *seq* of the log."""
        return (*self.keys, *(each.key for each in self.retired if seq <= each.after))

    def counts_at(self, seq: int) -> bool:
        """Say whether an approval of theirs at number *seq* of the log may count."""
        return not self.suspended or seq < self.since

    @property
    def named(self) -> bool:
        """Whether they are a head or a holder, with or without a key."""
        return Role.HEAD in self.roles or self.holder

    @property
    def leads(self) -> bool:
        """Whether they can sign the trust file: a head or a holder, with a key and trusted."""
        return self.named and bool(self.keys) and not self.suspended


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The people of a site.

    Args:
        site: opaque id of the site
        version: counts the changes; every edit adds one
        expires: the last day on which the file may be used
        persons: by id
        policy: digest of the policy that was signed; empty while none is, and then a policy counts
            that is nowhere looser than the defaults
        threshold: how many persons who lead must sign a change; 0 takes what is needed at least
        lock: what besides the content shapes the site, by digest; empty while nothing is locked
        previous: digest of the version before; empty for the first
        issued: the day on which it was proposed, as its maker's clock said
        log: number and digest of a decision that the log must hold, or nothing
        origin: digest of the first version, by which statements name the site; in no file

    Raises:
        UsageError: nobody would lead, a key would stand twice, or a value is not usable

    """

    site: str
    version: int
    expires: date
    persons: Mapping[str, TrustedPerson] = field(hash=False)
    policy: str = ""
    threshold: int = 0
    lock: tuple[AssetRef, ...] = ()
    previous: str = ""
    issued: date | None = None
    log: tuple[int, str] = (0, "")
    origin: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        persons = {key: self.persons[key] for key in sorted(self.persons)}
        object.__setattr__(self, "persons", MappingProxyType(persons))
        object.__setattr__(self, "lock", tuple(sorted(self.lock)))
        object.__setattr__(self, "threshold", self.threshold or least(self.persons.values()))
        if flaw := _flaw(self):
            raise UsageError(f"people of the site: {flaw}")

    @property
    def leading(self) -> tuple[str, ...]:
        """The ids of those who can sign a change, ordered."""
        return tuple(known.id for known in self.persons.values() if known.leads)

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

    def with_holder(self, person: str, *, holder: bool = True) -> "Trust":
        """Let somebody sign changes without being a head, or not any more."""
        return self._edit(replace(self._known(person), holder=holder))

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
        if keyid not in {key.keyid for key in known.keys}:
            raise UsageError(f"{person}: has no key {keyid[:12]}; list theirs and choose one")
        return self._edit(_retiring(known, keyid, after))

    def rotated(self, person: str, key: PublicKey, *, after: int) -> "Trust":
        """Give somebody *key* in place of all they have; see :meth:`without_key`."""
        known = self._known(person)
        for each in known.keys:
            known = _retiring(known, each.keyid, after)
        return self._edit(replace(known, keys=(key,)))

    def departed(self, person: str, *, after: int) -> "Trust":
        """Retire all keys of somebody who left; roles stay, what they approved rests on them."""
        known = replace(self._known(person), holder=False)
        for each in known.keys:
            known = _retiring(known, each.keyid, after)
        return self._edit(known)

    def suspended(self, person: str, *, since: int = 0) -> "Trust":
        """Stop trusting somebody: nothing they approved counts, from number *since* on if given."""
        return self._edit(replace(self._known(person), suspended=True, since=since))

    def reinstated(self, person: str) -> "Trust":
        """Trust somebody again."""
        return self._edit(replace(self._known(person), suspended=False, since=0))

    def renewed(self, expires: date) -> "Trust":
        """Move the last day of use."""
        return replace(self, version=self.version + 1, expires=expires)

    def with_policy(self, digest: str) -> "Trust":
        """Let the policy with this digest count and no other; empty takes the signature back."""
        return replace(self, version=self.version + 1, policy=digest)

    def with_lock(self, lock: Iterable[AssetRef]) -> "Trust":
        """Let the site be built with exactly this, besides its content."""
        return replace(self, version=self.version + 1, lock=tuple(lock))

    def with_threshold(self, threshold: int) -> "Trust":
        """Ask for so many persons to sign a change."""
        return replace(self, version=self.version + 1, threshold=threshold)

    def _known(self, person: str) -> TrustedPerson:
        known = self.persons.get(person)
        if known is None:
            shown = person if TOKEN.fullmatch(person) else "this id"
            raise NotAllowedError(f"{shown}: is nobody on this site; ask the head to add them")
        return known

    def _edit(self, person: TrustedPerson) -> "Trust":
        persons = {**self.persons, person.id: person}
        threshold = max(least(persons.values()), min(self.threshold, _leading(persons.values())))
        return replace(self, version=self.version + 1, persons=persons, threshold=threshold)


def least(persons: Iterable[TrustedPerson]) -> int:
    """Return how many of those who lead must sign a change at least."""
    return FEWEST if _leading(persons) >= MANY else 1


def _leading(persons: Iterable[TrustedPerson]) -> int:
    return sum(person.leads for person in persons)


def _retiring(known: TrustedPerson, keyid: str, after: int) -> TrustedPerson:
    gone = [key for key in known.keys if key.keyid == keyid]
    kept = tuple(key for key in known.keys if key.keyid != keyid)
    retired = (*known.retired, *(RetiredKey(key, after) for key in gone))
    return replace(known, keys=kept, retired=retired)


def _flaw(trust: Trust) -> str:
    if not TOKEN.fullmatch(trust.site) or trust.version < 1:
        return "site or version is not usable; write an id without spaces and count from 1"
    if not all(DIGEST.fullmatch(digest) for digest in (trust.policy, trust.previous) if digest):
        return "the policy or the version before is not named by its digest; sign it again"
    if not all(key == each.id and TOKEN.fullmatch(key) for key, each in trust.persons.items()):
        return "a person's id is not usable; write letters, digits and hyphens, no name"
    if len({key.casefold() for key in trust.persons}) < len(trust.persons):
        return "two persons have ids that differ only in capitals; choose another id for one"
    if flaw := _shared_key(trust.persons.values()):
        return flaw
    if not trust.leading:
        return "no head with a key would be left; name another head and give them a key first"
    lowest = least(trust.persons.values())
    if not lowest <= trust.threshold <= len(trust.leading):
        return (
            f"the number who must sign a change is {trust.threshold}; {len(trust.leading)} can, "
            f"and it takes {lowest} at least; choose a number between"
        )
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
