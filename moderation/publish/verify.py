"""Is the site that stands here the site that was built? By digest, file by file."""

import hashlib
from pathlib import Path

from moderation.publish.folder import walk
from moderation.publish.manifest import Manifest, OutputManifest, Refusal

_CHANGED = "was removed or changed since; build again"


def differences(out: Path, manifest: OutputManifest) -> tuple[Refusal, ...]:
    """Name every file of *out* that is missing, changed or in excess, ordered by path.

    Args:
        out: the output folder
        manifest: what was built

    """
    wanted = {file.path: file for file in manifest.files}
    found: list[Refusal] = []
    for path, ordinary in walk(out):
        file = wanted.pop(path, None)
        if file is None:
            found.append(Refusal(path, "was not built; remove it"))
        elif not ordinary:
            found.append(Refusal(path, "is not an ordinary file; build again"))
        elif _digest(out / path) != file.digest:
            found.append(Refusal(path, "has changed since it was built; build again"))
    found += [Refusal(path, "is missing; build again") for path in wanted]
    return tuple(sorted(found))


def outdated(built: OutputManifest, current: Manifest) -> tuple[Refusal, ...]:
    """Name every file that the site was built from and that may not be built any more.

    A site that is whole can still show what was taken down since.

    Args:
        built: the manifest of the output
        current: the answer of the gate today

    """
    admitted = frozenset(current.admitted)
    reasons = {refusal.path: refusal.reason for refusal in current.refused}
    return tuple(
        Refusal(ref.path, f"is on the built site, but {reasons.get(ref.path, _CHANGED)}")
        for ref in built.content
        if ref not in admitted
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
