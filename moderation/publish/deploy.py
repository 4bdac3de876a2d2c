"""Deploying: only what a signed release lists, and never an older release than the last one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from moderation.attest.state_file import read_state
from moderation.model import IntegrityError
from moderation.publish.folder import check_place, manifest_path, put_in_place, walk
from moderation.publish.grounds import (
    read_grounds,
    require_current,
    require_newer,
    require_not_behind,
    rests_on,
)
from moderation.publish.manifest import OutputManifest
from moderation.publish.release import Release
from moderation.publish.signed_release import read_deployed, read_release
from moderation.publish.site import Site
from moderation.publish.verify import take
from moderation.registers.files import write_atomically

RELEASE_ENDING = ".release.json"


def release_path(out: Path) -> Path:
    """Return where the release of the folder *out* is kept: beside it."""
    return out.with_name(f"{out.name}{RELEASE_ENDING}")


def read_text(file: Path) -> str:
    """Return the text of a manifest or release.

    Raises:
        IntegrityError: missing, too long or not text

    """
    return read_state(file, linked=True)


def read_built(out: Path) -> OutputManifest:
    """Return the manifest beside the output folder.

    Raises:
        IntegrityError: there is none, or it is damaged

    """
    beside = manifest_path(out)
    if not beside.is_file():
        raise IntegrityError(f"{beside.name}: is missing; build the site again")
    return OutputManifest.from_json(read_text(beside), source=beside.name)


def next_release(
    site: Site, built: OutputManifest, deployed: Release | None, *, signer: str, now: datetime
) -> Release:
    """Return the release that follows the one deployed last, not yet signed.

    Args:
        site: the state of the repository
        built: what is to be deployed
        deployed: the release deployed last; None before the first
        signer: who will sign it
        now: in UTC and whole seconds

    Raises:
        IntegrityError: the repository lacks something that the deployed release had seen

    """
    grounds = read_grounds(site)
    if built.struck:
        raise IntegrityError(
            f"the built site: {len(built.struck)} files were taken out of it by a takedown, so no "
            "second build comes out the same; build it again and sign then, or, where nothing can "
            "be built, use schoolgate release strike on the deployed site"
        )
    if deployed is not None:
        require_not_behind(grounds, deployed, now=now)
    return Release(
        site=site.trust.site,
        number=deployed.number + 1 if deployed else 1,
        prev=deployed.digest if deployed else "",
        signer=signer,
        issued_at=now,
        rests=rests_on(grounds, built),
        files=built.published,
    )


def require_deployable(
    site: Site, release: Path, built: OutputManifest, deployed: Sequence[Path], *, now: datetime
) -> Release:
    """Return the release if it may be deployed.

    Args:
        site: the state of the repository
        release: its file
        built: the manifest beside the output
        deployed: files of releases that were deployed before
        now: aware time

    Raises:
        IntegrityError: it is damaged, not signed by somebody who may, older than the one deployed,
            or rests on another state of the repository

    """
    asked = read_release(read_text(release), site.trust, source=release.name)
    for last in require_unforgotten(site, deployed, now=now):
        require_newer(asked, last, source=release.name)
    require_current(asked, read_grounds(site), built, source=release.name, now=now)
    return asked


def require_unforgotten(
    site: Site, deployed: Sequence[Path], *, now: datetime
) -> tuple[Release, ...]:
    """Return the releases in *deployed*, and refuse a repository that lacks what one had seen.

    Raises:
        IntegrityError: an approval, a takedown, a step of the list or a version of the people was
            taken away or replaced

    """
    last = tuple(read_deployed(read_text(d), site.trust, source=d.name) for d in deployed)
    for each in last:
        require_not_behind(read_grounds(site), each, now=now)
    return last


def copy_release(
    out: Path,
    release: Release,
    text: str,
    built: OutputManifest,
    target: Path,
    *,
    now: datetime,
    kept: Iterable[Path] = (),
) -> None:
    """Put exactly the listed files into *target*, whole or not at all.

    The release is kept beside it first: a copy that is cut off then can only be finished by the
    same release or a newer one.

    Args:
        out: the output folder
        release: what may be deployed (see :func:`require_deployable`)
        text: its file
        built: the manifest beside *out*
        target: where the deployed site stands
        now: aware time
        kept: folders of the school that are never replaced

    Raises:
        IntegrityError: a listed file is missing or was changed
        UsageError: *target* holds something that no release brought there
        OSError: the disk is full

    """
    check_place(target, now=now, kept=kept)
    files = take(out, release.files)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(release_path(target), text.encode(), mode=0o644)
    put_in_place(files, built.to_json(), target, now=now)


def left_behind(out: Path, release: Release) -> Iterator[str]:
    """Yield what stands in *out* and may not be deployed."""
    listed = {each.path for each in release.files}
    return (path for path, _ in walk(out) if path not in listed)
