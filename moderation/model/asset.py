"""Files by their bytes, and the unit in which they are handed in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from moderation.model.document import Document
from moderation.model.publication import Publication


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of *data* in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its path relative to the content folder, with forward slashes, and its bytes."""

    path: str
    data: bytes = field(repr=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", digest_of(self.data))


@dataclass(frozen=True, slots=True, order=True)
class AssetRef:
    """A file without its bytes: what is approved, listed and looked up in the store."""

    path: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What the publisher says of one file, under ``assets:`` in the page's front matter.

    Args:
        path: the file, relative to the content folder
        people: opaque references of everyone in the picture; empty says nobody; None says nothing
        device: what took the picture
        author: who made it
        holder: whose it is, where that is not the author
        licence: SPDX identifier or a licence of the policy's list
        title: what the work is called
        source: where it came from
        invoice: number of the invoice by which it was bought
        permission: where the permission is kept: a reference, or the name of a file outside git
        until: the last day on which it may be used
        made_by: how it was made, where no person alone did: ``ai``
        decorative: True where the picture says nothing, so that it needs no alternative text

    """

    path: str
    people: tuple[str, ...] | None = None
    device: str = ""
    author: str = ""
    holder: str = ""
    licence: str = ""
    title: str = ""
    source: str = ""
    invoice: str = ""
    permission: str = ""
    until: date | None = None
    made_by: str = ""
    decorative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSubmission:
    """A page and every file it references, read.

    Args:
        page: the page
        files: the files it references, by path; a file that could not be read is not here
        declarations: what the publisher says of each, by path
        targets: target as written in the page -> path of the file, for references into the site
        publication: on which days the page may be published
        missing: paths among them where no file is, of which the run has an error each

    """

    page: Document
    files: Mapping[str, Document] = field(default_factory=dict)
    declarations: Mapping[str, Declaration] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    publication: Publication = field(default_factory=Publication)
    missing: frozenset[str] = frozenset()

    @property
    def declared_people(self) -> tuple[str, ...]:
        """References of everybody who is declared to be in one of its files, sorted."""
        lists = (declaration.people or () for declaration in self.declarations.values())
        return tuple(sorted({person for people in lists for person in people}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a publisher sends for approval, as one unit: a page with every file it references."""

    page: str
    assets: tuple[Asset, ...]

    @property
    def refs(self) -> tuple[AssetRef, ...]:
        """The files without their bytes, ordered by path."""
        return tuple(sorted(AssetRef(a.path, a.digest, len(a.data)) for a in self.assets))

    @property
    def digest(self) -> str:
        """One digest for the whole unit: page path, then every path and digest, in order."""
        return submission_digest(self.page, self.refs)


def submission_digest(page: str, refs: tuple[AssetRef, ...]) -> str:
    """Digest the unit; a moderator quotes the first characters of it to approve."""
    lines = [f"page {page}", *(f"{r.digest} {r.size} {r.path}" for r in sorted(refs))]
    return digest_of("\n".join(lines).encode())
