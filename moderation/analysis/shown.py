"""Which files a page hands to its visitors, and where it does so."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from moderation.model import Carrier, Declaration, Document, Location, ReadSubmission

_PICTURES = (
    *(".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff"),
    *(".heic", ".heif", ".avif", ".svg"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file that a page shows, links to or declares.

    Args:
        path: the file
        location: the first place where the page shows or links to it, or declares it
        picture: whether it is a picture, by its content where it could be read, or else its ending
        referenced: False where the page declares it only
        declaration: what the publisher says of it

    """

    path: str
    location: Location
    picture: bool
    referenced: bool
    declaration: Declaration | None


def shown(submission: ReadSubmission) -> Iterator[Shown]:
    """Yield each file of a submission besides pages, once, in the order of the page."""
    places: dict[str, Location] = {}
    page = submission.page
    references = [(image.target, image.location) for image in page.images]
    references += [(link.target, link.location) for link in page.links]
    for target, location in references:
        path = submission.targets.get(target, "")
        if path in submission.files or (_is_file(path) and path not in submission.missing):
            places.setdefault(path, location)
    for path in (*places, *(p for p in submission.declarations if p not in places)):
        yield Shown(
            path=path,
            location=places.get(path) or declared_at(page, path),
            picture=is_picture(path, submission.files.get(path)),
            referenced=path in places,
            declaration=submission.declarations.get(path),
        )


def _is_file(path: str) -> bool:
    """Tell a file from a page or a folder, which links mean as well."""
    return PurePosixPath(path).suffix.lower() not in ("", ".md")


def is_picture(path: str, document: Document | None = None) -> bool:
    """Say whether a file is a picture."""
    if document is not None:
        return document.media_type.startswith("image/")
    return PurePosixPath(path).suffix.lower() in _PICTURES


def declared_at(page: Document, path: str) -> Location:
    """Find where the front matter of *page* declares the file at *path*."""
    key = f"assets.{path}"
    for piece in page.carried(Carrier.FRONT_MATTER):
        if piece.field == key or piece.field.startswith(f"{key}."):
            return page.locate(piece.start, piece.end)
    return Location(path=page.path, carrier=Carrier.FRONT_MATTER, field=key)
