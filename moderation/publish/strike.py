"""Take what was taken down out of a built site at once: by unlinking, which needs no room.

No build is needed, no key, no policy and no queue: what may not stand is told by the signed
decisions, and what stands by the manifest beside the folder or, where that is lost, by the paths.
Where another page of the site leads there, that is cut out of it. What cannot be written any more,
because the disk is full, goes as a whole; the next build makes it anew.
"""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from moderation.attest import Decision, Statement
from moderation.attest.standing import replay, taken_down
from moderation.model import AssetRef, IntegrityError, UsageError, digest_of
from moderation.publish.folder import manifest_path
from moderation.publish.layout import NOT_FOUND, PAGE_ENDING, public_path
from moderation.publish.manifest import OutputManifest
from moderation.publish.reducing import is_text, reduced
from moderation.publish.verify import read_ordinary
from moderation.registers.files import write_atomically


@dataclass(frozen=True, slots=True)
class Struck:
    """What was done to a built site.

    Args:
        removed: files that are gone, by their path in it
        changed: files out of which something was cut
        left: files that should have gone and could not be removed, each with why

    """

    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def strike(out: Path, statements: Sequence[Statement]) -> Struck:
    """Take what was taken down out of the folder *out*; again, it changes nothing.

    Args:
        out: a built site, or a copy of one that was deployed
        statements: the log, in order

    Raises:
        UsageError: *out* is a link, or not a site that a build made

    """
    if out.is_symlink() or not out.is_dir():
        raise UsageError(f"{out.name}: is not a folder; name one that a build made")
    built = _manifest(out)
    if built is None and not (out / NOT_FOUND).is_file():
        raise UsageError(f"{out.name}: is no site that a build made; name the folder of one")
    refs = frozenset(built.content) if built else None
    sources = gone(statements, refs)
    places = frozenset(_places(built, sources))
    work = _Strike(out, places)
    if places:
        work.unlink_all()
        work.rewrite_all()
        if built:
            _note(out, _noted(built, sources, removed=work.removed, made=work.made))
    return Struck(tuple(sorted(work.removed)), tuple(sorted(work.made)), tuple(work.left))


def struck_files(
    files: Mapping[str, bytes], built: OutputManifest, statements: Sequence[Statement]
) -> tuple[Mapping[str, bytes], OutputManifest]:
    """Return what a built site comes to once it is struck; nothing on the disk is touched.

    Args:
        files: every file of the site, by path
        built: its manifest
        statements: the log, in order

    """
    sources = gone(statements, frozenset(built.content))
    places = frozenset(_places(built, sources))
    if not places:
        return files, built
    after = {path: reduced(path, d, places) for path, d in files.items() if path not in places}
    left = {path: data for path, data in after.items() if data is not None}
    made = {path: data for path, data in left.items() if data is not files[path]}
    return left, _noted(built, sources, removed=files.keys() - left.keys(), made=made)


def gone(statements: Sequence[Statement], refs: Collection[AssetRef] | None) -> frozenset[str]:
    """Return the paths in the content folder that may not stand on a built site any more.

    They are what a takedown named, each page that was approved with such a file, and the other
    files of that page which no approval in force covers.

    Args:
        statements: the log, in order
        refs: what the site was built from; None if that is not known

    """
    covered = {ref for unit in replay(statements).units for ref in unit.subjects}
    paths = {ref.path for ref in covered}
    named = {
        path
        for each in statements
        if each.decision is Decision.TAKEDOWN
        for path in taken_down(each)
    }
    found = named - paths
    found |= {ref.path for ref in refs or () if ref.path in named and ref not in covered}
    for each in statements if found else ():
        if each.decision is not Decision.APPROVE or not found & {s.path for s in each.subjects}:
            continue
        page = next((ref for ref in each.subjects if ref.path == each.page), None)
        stood = page is not None and (page in refs if refs is not None else True)
        if stood and page not in covered:
            old = (ref.path for ref in each.subjects if ref not in covered)
            # of an unknown site, what stands under an approved path may be what is approved
            found |= {path for path in old if refs is not None or path not in paths}
    return frozenset(found)


@dataclass(slots=True)
class _Strike:
    """One strike: where, and what became of each file."""

    out: Path
    places: frozenset[str]
    removed: set[str] = field(default_factory=set)
    made: dict[str, bytes] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def unlink_all(self) -> None:
        """Remove the files themselves, which makes room for the rest."""
        for place in sorted(self.places):
            self._unlink(place)

    def rewrite_all(self) -> None:
        """Cut what leads there out of every other file."""
        for place in filter(is_text, sorted(_files(self.out))):
            self._rewrite(place)

    def _rewrite(self, place: str) -> None:
        try:
            data = read_ordinary(str(self.out / place))
            if data is None:
                return
            new = reduced(place, data, self.places)
            if new is data:
                return
            if new is None:
                self._unlink(place)
                return
            _write(self.out / place, new)
            self.made[place] = new
        except OSError:
            self._unlink(place)  # what cannot be read or written is left out

    def _unlink(self, place: str) -> None:
        file = self.out / place
        try:
            if not file.parent.resolve().is_relative_to(self.out.resolve()):
                self.left.append(f"{place}: lies outside the site; remove it by hand")
                return
            file.unlink()
            self.removed.add(place)
        except FileNotFoundError:
            self.removed.add(place)
        except OSError as error:
            self.left.append(f"{place}: cannot be removed ({error.strerror}); remove it by hand")
            return
        for folder in Path(place).parents[:-1]:
            with suppress(OSError):  # one that holds something else stays
                (self.out / folder).rmdir()


def _manifest(out: Path) -> OutputManifest | None:
    """Return the manifest beside *out*; None where it is lost, so that the paths must do."""
    beside = manifest_path(out)
    try:
        return OutputManifest.from_json(beside.read_text("utf-8"), source=beside.name)
    except (OSError, ValueError, IntegrityError):
        return None


def _places(built: OutputManifest | None, sources: Collection[str]) -> Iterator[str]:
    """Yield where in the output the files made from *sources* stand."""
    if built:
        yield from (each.path for each in built.files if each.source in sources)
        return
    for source in sources:
        yield public_path(source, directory_urls=True)
        if source.endswith(PAGE_ENDING):
            yield public_path(source, directory_urls=False)


def _files(out: Path) -> Iterator[str]:
    for place, folders, names in os.walk(out, followlinks=False):
        folders.sort()
        yield from ((Path(place) / name).relative_to(out).as_posix() for name in names)


def _noted(
    built: OutputManifest,
    sources: frozenset[str],
    *,
    removed: Collection[str],
    made: Mapping[str, bytes],
) -> OutputManifest:
    """Return the manifest of what is left."""
    files = (each for each in built.files if each.path not in removed)
    news = {p: {"digest": digest_of(d), "size": len(d)} for p, d in made.items()}
    return replace(
        built,
        files=tuple(replace(each, **news.get(each.path, {})) for each in files),  # type: ignore[arg-type]  # text and number
        content=tuple(ref for ref in built.content if ref.path not in sources),
        struck=tuple(sorted({*built.struck, *sources & {ref.path for ref in built.content}})),
    )


def _write(file: Path, data: bytes) -> None:
    """Replace a file by a shorter one; on a full disk in its own room."""
    try:
        write_atomically(file, data, mode=0o644)
    except OSError:
        with file.open("r+b") as opened:
            opened.write(data)
            opened.truncate()
            opened.flush()
            os.fsync(opened.fileno())


def _note(out: Path, made: OutputManifest) -> None:
    """Write the manifest; one that is wrong is worse than none."""
    text = made.to_json().encode()
    try:
        _write(manifest_path(out), text)
    except OSError:
        manifest_path(out).unlink(missing_ok=True)
