"""What the repository says today, and whether a release still rests on it.

A repository that somebody put back to an earlier state is whole in itself: every signature in it
holds. What tells is the release that was deployed last, which the attacker cannot take back.
"""

from dataclasses import dataclass
from datetime import datetime

from moderation.attest.log import SignedFolder
from moderation.attest.terms import FOLDER
from moderation.attest.verify import SKEW
from moderation.model import IntegrityError, digest_of
from moderation.publish.manifest import OutputManifest
from moderation.publish.release import Head, Release, Rests, list_digest
from moderation.publish.site import STATE, Site

_TRUST = f"{STATE}/trust.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What stands in the repository, verified.

    Args:
        trust: digest of every version of the people, in order
        approvals: digest of every decision of the log, in order
        terms: digest of every step of the school's own list, in order
        policy: digest of the policy

    """

    trust: tuple[str, ...]
    approvals: tuple[str, ...]
    terms: tuple[str, ...]
    policy: str


def read_grounds(site: Site) -> Grounds:
    """Read how far the log, the school's list and the people of *site* have come.

    Raises:
        IntegrityError: something changed since *site* was verified

    """
    terms = tuple(
        digest_of(each.payload) for _, each in SignedFolder(site.root / STATE / FOLDER).read()
    )
    if set(terms) != site.terms.signed:
        raise IntegrityError(f"{STATE}/{FOLDER}: changed while it was read; try again")
    return Grounds(
        trust=site.trust_line,
        approvals=decision_digests(site),
        terms=terms,
        policy=site.policy.digest,
    )


def decision_digests(site: Site) -> tuple[str, ...]:
    """Return the digest of every signed decision of *site*, in order."""
    return tuple(digest_of(each.to_payload()) for each in site.statements)


def rests_on(grounds: Grounds, built: OutputManifest) -> Rests:
    """Return what a release of *built* rests on."""
    return Rests(
        trust=_head(grounds.trust),
        approvals=_head(grounds.approvals),
        terms=_head(grounds.terms),
        policy=grounds.policy,
        kit=list_digest(built.kit),
        content=list_digest(built.content),
        epoch=built.epoch,
    )


def require_current(
    release: Release, grounds: Grounds, built: OutputManifest, *, source: str, now: datetime
) -> None:
    """Refuse a release that rests on another state than that of the repository today.

    Args:
        release: what is to be deployed
        grounds: the state of the repository
        built: the manifest that stands beside the output; nobody signed it
        source: name of the release, for errors
        now: aware time

    Raises:
        IntegrityError: it does, so that what was taken down since could appear again; or the
            manifest beside the output is another build's

    """
    today, then = rests_on(grounds, built), release.rests
    parts = ("the people of the site", "the log of decisions", "the school's list", "the policy")
    pairs = zip(parts, _state(then), _state(today), strict=True)
    changed = [part for part, one, other in pairs if one != other]
    if changed:
        raise IntegrityError(
            f"{source}: was signed for another state of {', '.join(changed)}; build the site and "
            "sign a release again"
        )
    if then != today or release.files != built.published:
        raise IntegrityError(
            f"{source}: is not a release of what was built here; build the site and sign a release "
            "again"
        )
    if release.issued_at > now + SKEW:
        raise IntegrityError(
            f"{source}: was signed in the future; set this computer's clock, or sign it again"
        )


def require_newer(release: Release, deployed: Release, *, source: str) -> None:
    """Refuse a release that is older than, or beside, the one that was deployed last.

    Raises:
        IntegrityError: it is

    """
    if release == deployed:
        return  # the same once more does no harm
    if release.number <= deployed.number:
        raise IntegrityError(
            f"{source}: is release {release.number}, and release {deployed.number} was deployed "
            "last; sign a new release that follows it"
        )
    if release.number == deployed.number + 1 and release.prev != deployed.digest:
        raise IntegrityError(
            f"{source}: does not follow the release that was deployed last; sign a new release "
            "that does"
        )


def require_not_behind(grounds: Grounds, deployed: Release, *, now: datetime) -> None:
    """Refuse a repository that lacks something that the deployed release had seen.

    Args:
        grounds: the state of the repository
        deployed: the release that was deployed last
        now: aware time

    Raises:
        IntegrityError: a decision, a step of the list or a version of the people is missing or was
            replaced, or the clock is behind

    """
    rests = deployed.rests
    seen = rests.trust
    if len(grounds.trust) < seen.seq or grounds.trust[seen.seq - 1] != seen.digest:
        raise IntegrityError(
            f"{_TRUST}: is version {len(grounds.trust)}, and not the version {seen.seq} that was "
            "deployed last or one after it; restore it from git"
        )
    for folder, seen, entries in (
        ("approvals", rests.approvals, grounds.approvals),
        (FOLDER, rests.terms, grounds.terms),
    ):
        if seen.seq and (len(entries) < seen.seq or entries[seen.seq - 1] != seen.digest):
            raise IntegrityError(
                f"{STATE}/{folder}: lacks entry {seen.seq}, or has another one there, that stood "
                "when the site was deployed last; restore the folder from git"
            )
    if now + SKEW < deployed.issued_at:
        raise IntegrityError(
            f"the site was deployed last on {deployed.issued_at.date()}, and the clock of this "
            f"machine says {now.date()}; set it right"
        )


def _head(entries: tuple[str, ...]) -> Head:
    return Head(len(entries), entries[-1]) if entries else Head(0)


def _state(rests: Rests) -> tuple[Head | str, ...]:
    return (rests.trust, rests.approvals, rests.terms, rests.policy)
