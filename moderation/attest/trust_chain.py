"""Every version of the trust file, from the first to the one in force.

The current version alone could be replaced by somebody who can write to the repository: it names
its own signers. So each version seals the one before and carries the signatures that the version
before asks for as well as its own, and a reader walks from the first to the newest, as a client of
TUF walks through its roots (The Update Framework, specification 1.0, section 5.3). Who replaces all
of them starts from another first version; an anchor, kept where the repository cannot be written
from, tells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from moderation.attest.canonical import DIGEST
from moderation.attest.envelope import Envelope
from moderation.attest.log import SignedFolder, file_name
from moderation.attest.people import Trust
from moderation.attest.trust import Version, open_version, read_version, refuse_expired, require
from moderation.model import AssetRef, IntegrityError, UsageError

ANCHOR = "SCHOOLGATE_TRUST_ANCHOR"
"""The variable that CI keeps the anchor in; whoever runs the program reads it, not this room."""

FOLDER = "trust"
"""Where every earlier version lies, below the state of a site, numbered as approvals are."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What besides the content shapes the site.

    Args:
        refs: by digest; empty while nothing is locked
        day: when it was locked; None if that is not known
        persons: who locked it

    """

    refs: tuple[AssetRef, ...] = ()
    day: date | None = None
    persons: tuple[str, ...] = ()

    def __str__(self) -> str:
        who = " and ".join(self.persons) or "somebody"
        return f"{who} locked it{f' on {self.day}' if self.day else ''}"


@dataclass(frozen=True, slots=True)
class Chain:
    """All versions, each following from the one before."""

    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """The version in force."""
        return self.versions[-1]

    @property
    def trust(self) -> Trust:
        """Who is trusted now, on the site that the first version is known by."""
        return replace(self.newest.trust, origin=self.anchor)

    @property
    def anchor(self) -> str:
        """The digest of the first version, by which CI knows this site's people from others."""
        return self.versions[0].digest

    @property
    def lock(self) -> Lock:
        """What is locked, and who first signed it as it is."""
        refs, made = self.trust.lock, self.newest
        for version in reversed(self.versions):
            if version.trust.lock != refs:
                break
            made = version
        return Lock(refs, made.trust.issued, tuple(sorted(made.signers(made.trust))))

    def lacking(self, version: Version) -> int:
        """Return how many more persons must sign *version* before it may follow this chain."""
        return max(version.lacking(version.trust), version.lacking(self.trust))


def earlier_versions(state: Path) -> tuple[tuple[str, Envelope], ...]:
    """Return the versions before the one in force, by file name; nothing is verified here.

    Args:
        state: the folder of what is kept in git about a site

    Raises:
        IntegrityError: a file is damaged, special, or numbered in another way

    """
    try:
        return SignedFolder(state / FOLDER).read()
    except IntegrityError as error:
        told = str(error)
        raise IntegrityError(told if told.startswith(FOLDER) else f"{FOLDER}/{told}") from error


def read_chain(
    earlier: Sequence[tuple[str, Envelope]],
    current: str,
    *,
    source: str,
    today: date | None,
    anchor: str = "",
) -> Chain:
    """Walk from the first version to the one in force.

    Args:
        earlier: the versions before, by file name, as :meth:`SignedFolder.read` returns them
        current: the text of the trust file
        source: its name, for errors
        today: in UTC; None does not ask whether the newest expired
        anchor: digest of a version that must be among them; empty asks for none

    Raises:
        IntegrityError: a version is missing, out of order, from another line, or lacks a signature
        UsageError: the anchor is no digest

    """
    newest = read_version(current, source=source)
    before = tuple(
        open_version(envelope, source=f"{FOLDER}/{name}")
        for name, envelope in _without_copy(earlier, newest)
    )
    _refuse_gaps([name for name, _ in earlier], newest)
    chain = Chain((*before, newest))
    first = chain.versions[0]
    if first.trust.previous:
        raise IntegrityError(f"{first.source}: is not a first version; restore it from git")
    require(first, first.trust, source=first.source)
    for old, new in zip(chain.versions, chain.versions[1:], strict=False):
        require_following(old, new)
    _require_anchor(chain, anchor)
    refuse_expired(newest.trust, source=source, today=today)
    return chain


def require_following(old: Version, new: Version) -> None:
    """Refuse *new* unless it is the next version after *old* and both have enough signatures.

    Raises:
        IntegrityError: it is not; the message says why

    """
    if why := breach(old, new.trust):
        raise IntegrityError(f"{new.source}: {why}")
    whose = f"version {old.trust.version} names"
    require(new, old.trust, source=new.source, whose=whose)
    require(new, new.trust, source=new.source)


def breach(old: Version, new: Trust) -> str:
    """Say why *new* cannot be the next version after *old*, whoever signed it; empty if it can."""
    before = old.trust
    if new.previous != old.digest:
        return f"does not follow from version {before.version}; restore it from git"
    if (new.site, new.version) != (before.site, before.version + 1):
        return "is of another site, or leaves a version out; restore it from git"
    for person in before.persons.values():
        after = new.persons.get(person.id)
        if after is None or not set(person.every_key) <= set(after.every_key):
            return f"has lost {person.id} or a key of theirs; people are suspended, never taken out"
        ends = {each.key: each.after for each in after.retired}
        if any(ends.get(each.key, each.after + 1) > each.after for each in person.retired):
            return f"lets a retired key of {person.id} sign again; give them a new one"
    if new.log[0] < before.log[0]:
        return f"forgets decision {before.log[0]} of the log; restore it from git"
    return ""


def _without_copy(
    earlier: Iterable[tuple[str, Envelope]], newest: Version
) -> Iterable[tuple[str, Envelope]]:
    """Leave out a copy of the newest version itself: a change was about to be made."""
    own = file_name(newest.trust.version)
    for name, envelope in earlier:
        if name != own or envelope.payload != newest.envelope.payload:
            yield name, envelope


def _refuse_gaps(names: Sequence[str], newest: Version) -> None:
    number = newest.trust.version
    wanted = [file_name(each) for each in range(1, number)]
    for name in wanted:
        if name not in names:
            raise IntegrityError(f"{FOLDER}/{name}: is missing; restore the folder from git")
    beyond = [name for name in names if name not in {*wanted, file_name(number)}]
    if beyond:
        raise IntegrityError(
            f"{newest.source}: is version {number}, and {FOLDER}/{beyond[0]} is there already, so "
            "an older one was put back; restore both from git"
        )


def _require_anchor(chain: Chain, anchor: str) -> None:
    if not anchor:
        return
    if not DIGEST.fullmatch(anchor):
        raise UsageError(
            "anchor: is not a digest of 64 characters; copy it from schoolgate trust show"
        )
    if anchor not in {version.digest for version in chain.versions}:
        raise IntegrityError(
            f"{chain.newest.source}: does not lead back to the anchor {anchor[:12]}, so the people "
            "of the site were replaced; restore .schoolgate from git and ask who can write to it"
        )
