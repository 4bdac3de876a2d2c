"""See whether a file shows a photo that is known, where a rule that runs wants to know."""

from collections.abc import Iterable
from dataclasses import replace

from moderation.checks.base import Context
from moderation.extract.refusal import naming
from moderation.model import Document
from moderation.pipeline.confined import call
from moderation.pipeline.plan import Plan
from moderation.registers.photos import KnownPhoto

_RULES = frozenset({"same-photo-other-consent", "same-picture-other-rights"})
_MAY_CARRY = (b"\xff\xd8\xff", b"data:image/", b"PK\x05\x06")
"""Without one of these a text carries no picture: a JPEG, an address that is one, an archive."""


def wanted_photos(context: Context, plan: Plan) -> tuple[KnownPhoto, ...]:
    """Return the known photos to look for, without who is in them.

    Args:
        context: whose register of photos it is
        plan: the rules that run

    """
    photos = context.registers.photos
    if photos is None or _RULES.isdisjoint(plan.rules):
        return ()
    return without_people(photos.known)


def without_people(photos: Iterable[KnownPhoto]) -> tuple[KnownPhoto, ...]:
    """Return *photos* without who is in them, which whoever looks for copies need not know."""
    return tuple(KnownPhoto(digest=p.digest, people=_NOBODY, prints=p.prints) for p in photos)


def shown_in_text(document: Document, data: bytes, photos: tuple[KnownPhoto, ...]) -> Document:
    """Return *document* with the digests of the photos that a text carries.

    Args:
        document: what was read of the text
        data: the file's bytes
        photos: the known ones

    Raises:
        ExtractionError: a picture in it cannot be looked at

    """
    if not any(mark in data for mark in _MAY_CARRY):
        found = {photo.digest for photo in photos if photo.digest == document.digest}
        return replace(document, copies=tuple(found))
    from moderation.pipeline.confined import tasks

    with naming(document.path):
        return replace(document, copies=call(tasks.copies, data, photos))


_NOBODY: frozenset[str] = frozenset()
