"""The second build: made anew from the repository, apart from the first, and compared with it.

Whoever can change a file of the output can also change the list beside it. What they cannot change
is what the approved files come out as when they are built once more.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from moderation.model import AssetRef
from moderation.publish.build import build_otherwise
from moderation.publish.manifest import OutputManifest, Refusal
from moderation.publish.site import Site, examine


def rebuild(site: Site, made: OutputManifest, *, now: datetime) -> tuple[Refusal, ...]:
    """Build the site once more, in other surroundings; name what comes out otherwise.

    Everything is read again from the disk, and nothing of the first build is used but the time
    that the output shows. The folder, the order of sets, the language of the machine and its time
    zone are others, so that what rests on them is found.

    Args:
        site: see :func:`moderation.publish.site.load_site`
        made: what the first build says it made
        now: aware time

    Raises:
        BuildError: it cannot be built a second time
        OSError: the disk is full

    """
    files, manifest = examine(site, now=now)
    again = build_otherwise(files, manifest, limits=site.policy.limits, epoch=made.epoch)
    return disagreements(made, again)


def disagreements(first: OutputManifest, second: OutputManifest) -> tuple[Refusal, ...]:
    """Name every file in which two builds differ, ordered by path; equal digests are equal bytes.

    Args:
        first: what stands in the output folder
        second: what an independent build made

    """
    inputs = (
        *_compare(_refs(first.content), _refs(second.content), "a file it was made from"),
        *_compare(_refs(first.kit), _refs(second.kit), "a part of the kit"),
    )
    output = _compare(
        {each.path: each.digest for each in first.files},
        {each.path: each.digest for each in second.files},
        "a file of the output",
    )
    return tuple(sorted((*inputs, *output)))


def _refs(refs: tuple[AssetRef, ...]) -> Mapping[str, str]:
    return {each.path: each.digest for each in refs}


def _compare(first: Mapping[str, str], second: Mapping[str, str], what: str) -> Iterator[Refusal]:
    for path in sorted(first.keys() | second.keys()):
        if path not in second:
            yield Refusal(path, f"is {what} in the first build only; build again")
        elif path not in first:
            yield Refusal(path, f"is {what} in the second build only; build again")
        elif first[path] != second[path]:
            yield Refusal(path, f"is {what} that differs in a second build; build again")
