"""Releases that only take away: the one before, struck, when nothing can be built.

Where the list of people has expired, or the theme is not the locked one, no build makes a site that
could be released, and a takedown must reach the web all the same. What is left of a release once it
is struck follows from its files, its manifest and the signed decisions, byte for byte. So anybody
who holds the release before can make it again and compare, and nothing new can come in by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from moderation.attest import Statement, Trust
from moderation.model import AssetRef, IntegrityError, digest_of
from moderation.publish.deploy import read_built, read_text, release_path
from moderation.publish.grounds import Grounds, require_not_behind
from moderation.publish.layout import public_path
from moderation.publish.manifest import OutputManifest
from moderation.publish.release import Head, Release, list_digest
from moderation.publish.signed_release import read_deployed
from moderation.publish.strike import struck_files
from moderation.publish.verify import take


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the signed decisions say, and who may sign; the list of people may have expired.

    Args:
        trust: the people of the site
        line: digest of every version of their list, in order
        statements: the verified log

    """

    trust: Trust
    line: tuple[str, ...]
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A released site: what was signed of it, its manifest, and its bytes by path.

    Args:
        release: what was deployed last
        built: the manifest that is kept beside it
        files: the bytes, which are those of the release

    """

    release: Release
    built: OutputManifest
    files: Mapping[str, bytes]


def read_standing(out: Path, decided: Decided) -> Standing:
    """Read the site that was deployed in *out*, with the release that is kept beside it.

    A strike that was cut off after its release was written, and before the files were in place, is
    gone through once more: what it must come to is known.

    Raises:
        IntegrityError: the files are not those of the release, so nothing can be said of them

    """
    file = release_path(out)
    release = read_deployed(read_text(file), decided.trust, source=file.name)
    built = read_built(out)
    files = take(out, built.published)
    if release.files != built.published:
        files, built = struck_files(files, built, decided.statements)
    if not _is_of(release, built):
        raise IntegrityError(
            f"{out.name}: does not hold the files of {file.name}, perhaps because something was "
            "taken out of it since; build the site and sign a release again"
        )
    return Standing(release=release, built=built, files=files)


def without_taken_down(
    standing: Standing, decided: Decided, *, signer: str, now: datetime
) -> Standing | None:
    """Return what *standing* comes to once it is struck, not yet signed; None if it stays.

    Args:
        standing: the site that was deployed last
        decided: what the log says today
        signer: who will sign
        now: in UTC and whole seconds; one that lies before that release is put forward to it

    Raises:
        IntegrityError: the repository lacks something that the release had seen, or the manifest
            does not say where each file stands

    """
    before = standing.release
    moment = max(now, before.issued_at)
    digests = _require_seen(before, decided, moment)
    files, built = struck_files(standing.files, standing.built, decided.statements)
    if built == standing.built:
        return None
    _require_places(standing.built, built)
    rests = replace(
        before.rests,
        trust=Head(len(decided.line), decided.line[-1]),
        approvals=Head(len(digests), digests[-1]),
        content=list_digest(built.content),
    )
    release = Release(
        site=before.site,
        number=before.number + 1,
        prev=before.digest,
        signer=signer,
        issued_at=moment,
        rests=rests,
        files=built.published,
    )
    return Standing(release=release, built=built, files=files)


def _require_seen(before: Release, decided: Decided, moment: datetime) -> tuple[str, ...]:
    """Refuse a repository that lacks what *before* had seen; return the digest of each decision."""
    digests = tuple(digest_of(each.to_payload()) for each in decided.statements)
    seen = replace(before, rests=replace(before.rests, terms=Head(0)))  # no list takes a file away
    grounds = Grounds(trust=decided.line, approvals=digests, terms=(), policy=before.rests.policy)
    require_not_behind(grounds, seen, now=moment)
    return digests


def require_only_taken_away(
    asked: Release, standing: Standing, decided: Decided, *, source: str
) -> None:
    """Refuse a release that is not what the one before it comes to once it is struck.

    Args:
        asked: what somebody signed
        standing: the site that was deployed last, with its bytes
        decided: what the log says today
        source: name of the release, for errors

    Raises:
        IntegrityError: one byte is another one, or the log says something else today

    """
    made = without_taken_down(standing, decided, signer=asked.signer, now=asked.issued_at)
    if made is None or made.release != asked:
        raise IntegrityError(
            f"{source}: is not what release {standing.release.number} comes to once everything "
            "that was taken down has left it; strike that release again (schoolgate release strike)"
        )


def _is_of(release: Release, built: OutputManifest) -> bool:
    """Say whether a manifest, which nobody signed, is the one of *release*."""
    rests = release.rests
    told = (list_digest(built.content), list_digest(built.kit), built.epoch)
    return release.files == built.published and told == (rests.content, rests.kit, rests.epoch)


def _require_places(before: OutputManifest, after: OutputManifest) -> None:
    """Refuse a manifest that says of something taken down that it stands somewhere else."""
    stood = {(each.source, each.path) for each in before.files}
    left = frozenset(after.content)
    for ref in before.content:
        if ref not in left and not any((ref.path, place) in stood for place in _homes(ref)):
            raise IntegrityError(
                f"{ref.path}: was taken down, and the manifest does not say where it stands; build "
                "the site and sign a release again"
            )


def _homes(ref: AssetRef) -> tuple[str, ...]:
    return tuple(public_path(ref.path, directory_urls=folders) for folders in (True, False))
