"""The withdrawal of a consent: find every photo of somebody and every copy, and take them down."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from moderation.attest.log import ApprovalLog
from moderation.attest.standing import Unit, replay
from moderation.attest.statement import Decision, Statement
from moderation.commands.workspace import Workspace
from moderation.extract.declarations import read_declarations
from moderation.model import Asset, AssetRef, IntegrityError, SchoolgateError, digest_of
from moderation.pipeline.confined import call, read_document
from moderation.pipeline.copies import without_people
from moderation.pipeline.reading import read_tree
from moderation.registers.photos import KnownPhoto, Photos
from moderation.review.blobs import FileBlobStore
from moderation.review.signed_log import read_signed

_PAGE = ".md"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A published file that shows a photo: its path, where in it, and whether it is that file."""

    path: str
    where: str
    exact: bool

    def __str__(self) -> str:
        how = "the photo" if self.exact else "a copy of it"
        return f"{self.path}: {how}{f' ({self.where})' if self.where else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was found of somebody.

    Args:
        photos: that they are or were declared in
        places: published files that show one of these
        unread: files that could not be looked at, each with the reason

    """

    photos: tuple[KnownPhoto, ...] = ()
    places: tuple[Place, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that have to be taken down."""
        return tuple(sorted({place.path for place in self.places}))


@dataclass(frozen=True, slots=True)
class _Files:
    """The bytes of files by digest: those of the working tree, or those that were handed in."""

    workspace: Workspace
    here: Mapping[str, Asset]
    unread: dict[AssetRef, str] = field(default_factory=dict)

    def get(self, ref: AssetRef) -> bytes | None:
        """Return the bytes that were approved; None where nobody has them, which is noted."""
        if ref.digest in self.here:
            return self.here[ref.digest].data
        try:
            return FileBlobStore(self.workspace.home / "blobs").get(ref.digest)
        except IntegrityError:
            self.unread[ref] = "its approved bytes are neither here nor in the store"
            return None


def search(workspace: Workspace, reference: str) -> Search:
    """Find the photos that somebody is declared in, and what is published that shows one of them.

    Looked through are all pages that were ever approved, the working tree, and the photos that the
    register knows them in. What is approved now and cannot be read is told, whoever is in it.

    Raises:
        IntegrityError: the signed approvals are damaged

    """
    tree = read_tree(workspace.content, workspace.policy().limits)
    files = _Files(workspace, {asset.digest: asset for asset in tree.assets})
    statements = read_signed(ApprovalLog(workspace.state / "approvals")).statements
    units = replay(statements).units
    photos = _declared(files, statements, tree.assets, reference)
    troubles: list[str] = []
    try:
        register = workspace.registers().photos or Photos()
    except (SchoolgateError, OSError) as error:
        troubles.append(f"earlier withdrawals: {error}")
        register = Photos()
    for photo in register.having(photos.values()).known:
        if reference in photo.people | photo.withdrawn:
            photos[photo.digest] = replace(photo, withdrawn=photo.withdrawn | {reference})
    wanted = tuple(photos.values())
    places = sorted(set(_published(files, units, wanted)))
    in_force = {ref for unit in units for ref in unit.subjects}  # who has old versions, if anybody?
    troubles += [f"{r.path}: {why}" for r, why in sorted(files.unread.items()) if r in in_force]
    return Search(photos=wanted, places=tuple(places), unread=tuple(troubles))


def _declared(
    files: _Files, statements: Iterable[Statement], tree: Iterable[Asset], reference: str
) -> dict[str, KnownPhoto]:
    """Return the photos that somebody is declared in, by digest."""
    found: dict[str, KnownPhoto] = {}
    approved = (s for s in statements if s.decision is Decision.APPROVE)
    versions = {statement.subjects: statement.page for statement in approved}
    for subjects, page in versions.items():
        refs = {ref.path: ref for ref in subjects}
        data = files.get(refs[page]) if page in refs else None
        try:
            for path, people in _people(page, data, reference):
                photo = files.get(refs[path]) if path in refs else None
                if photo is not None:
                    _add(found, photo, people, reference)
        except SchoolgateError as error:
            files.unread[refs[page]] = str(error)
    here = {asset.path: asset for asset in tree}
    for page, asset in here.items():
        with suppress(SchoolgateError):  # what no gate would let through shows nobody to the world
            for path, people in _people(page, asset.data, reference):
                if path in here:
                    _add(found, here[path].data, people, reference)
    return found


def _people(page: str, data: bytes | None, reference: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the files that a page declares somebody in, each with everybody in it.

    Raises:
        ExtractionError: the page cannot be read

    """
    if data is None or not page.lower().endswith(_PAGE):
        return
    declared = read_declarations(read_document(page, data))
    for path, declaration in declared.items():
        if reference in (declaration.people or ()):
            yield path, frozenset(declaration.people or ())


def _add(found: dict[str, KnownPhoto], data: bytes, people: frozenset[str], reference: str) -> None:
    from moderation.pipeline.confined import tasks

    digest = digest_of(data)
    if digest in found:  # on two pages, each of which declares whom it knows
        people |= found[digest].people
        found[digest] = replace(found[digest], people=people)
    else:
        try:
            prints = call(tasks.prints, data)
        except SchoolgateError:
            prints = ()  # no picture, such as a PDF: its very bytes are looked for all the same
        found[digest] = KnownPhoto(
            digest=digest, people=people, withdrawn=frozenset({reference}), prints=prints
        )


def _published(
    files: _Files, units: Iterable[Unit], photos: tuple[KnownPhoto, ...]
) -> Iterator[Place]:
    """Yield each file that is approved now and shows one of the photos; note what nobody has."""
    from moderation.pipeline.confined import tasks

    for ref in sorted({ref for unit in units for ref in unit.subjects}):
        data = files.get(ref)
        if data is None or not photos:
            continue
        try:
            found = call(tasks.shows, data, without_people(photos))
        except SchoolgateError as error:
            files.unread[ref] = str(error)
            continue
        yield from (Place(ref.path, place, exact) for _, place, exact in found)
