"""Signed releases: who may sign one, and which may be deployed as far as its signature goes."""

from moderation.attest.envelope import Envelope, parse_envelope, verified_keys
from moderation.attest.keys import Signer
from moderation.attest.trust import Trust
from moderation.model import IntegrityError, NotAllowedError, Role
from moderation.publish.release import Release

PAYLOAD_TYPE = "application/vnd.schoolgate.release+json"
SIGNERS = frozenset({Role.DEPLOYER, Role.HEAD})
"""Roles that may sign a release; none of them makes unapproved bytes publishable by it."""


def sign_release(release: Release, signer: Signer, trust: Trust) -> str:
    """Sign *release* and return the file.

    Raises:
        NotAllowedError: the signer may not sign releases of this site

    """
    if why := _may_not(release.signer, trust):
        raise NotAllowedError(f"{signer.person}: {why}")
    if release.signer != signer.person or signer.key not in trust.persons[signer.person].keys:
        raise NotAllowedError(f"{signer.person}: signs with a key that is not theirs; use your own")
    return signer.sign(release.to_payload(), PAYLOAD_TYPE).text()


def read_release(text: str, trust: Trust, *, source: str) -> Release:
    """Return a release that may be deployed as far as its signature goes.

    Raises:
        IntegrityError: damaged, of another version, or not signed by somebody who may sign now

    """
    envelope, release = _opened(text, source)
    if why := _may_not(release.signer, trust):
        raise IntegrityError(f"{source}: {release.signer}: {why}; have somebody who may sign it")
    _require_signature(envelope, trust, release, source, retired=False)
    _require_site(release, trust, source)
    return release


def read_deployed(text: str, trust: Trust, *, source: str) -> Release:
    """Return the release that was deployed last.

    It only forbids what is older, so a key that was retired and a person who was suspended since
    count as well.

    Raises:
        IntegrityError: damaged, of another version, or never signed by anybody of this site

    """
    envelope, release = _opened(text, source)
    if release.signer not in trust.persons:
        raise IntegrityError(
            f"{source}: {release.signer} is nobody on this site, so trust.json is older than the "
            "release or another site's; restore both from git"
        )
    _require_signature(envelope, trust, release, source, retired=True)
    _require_site(release, trust, source)
    return release


def _opened(text: str, source: str) -> tuple[Envelope, Release]:
    envelope = parse_envelope(text, source=source)
    if envelope.payload_type != PAYLOAD_TYPE:
        raise IntegrityError(
            f"{source}: is signed as something else than a release; sign a new one"
        )
    return envelope, Release.from_payload(envelope.payload, source=source)


def _require_signature(
    envelope: Envelope, trust: Trust, release: Release, source: str, *, retired: bool
) -> None:
    known = trust.persons[release.signer]
    keys = known.every_key if retired else known.keys
    if not verified_keys(envelope, keys, payload_type=PAYLOAD_TYPE):
        raise IntegrityError(
            f"{source}: carries no valid signature of {release.signer}; restore it from a copy, or "
            "sign a new one"
        )


def _require_site(release: Release, trust: Trust, source: str) -> None:
    if release.site != trust.site:
        raise IntegrityError(f"{source}: is a release of another site; sign one of this site")


def _may_not(person: str, trust: Trust) -> str:
    known = trust.persons.get(person)
    if known is None:
        return "is nobody on this site"
    if known.suspended:
        return "is suspended"
    if not known.roles & SIGNERS:
        return f"may not sign releases; it takes one of {', '.join(sorted(SIGNERS))}"
    return ""
