"""The day on which a licence or permission in a page ends an approval of it."""

from collections.abc import Collection, Mapping
from datetime import date

from moderation.extract.declarations import read_declarations
from moderation.model import Asset, Declaration
from moderation.pipeline.confined import read_document


def licence_end(
    declared: Mapping[str, Declaration], files: Collection[str], signed: date
) -> date | None:
    """Return the last day of the licence that ends first of those that hold on a day.

    The days stand in the page's own bytes. What had ended by then was accepted with the approval.

    Args:
        declared: what the page declares, by path of the file
        files: paths of the files that were approved with it
        signed: the day of the approval, at the school

    """
    known = (each for each in declared.values() if each.path in files)
    return min((each.until for each in known if each.until and each.until >= signed), default=None)


def declared_on(page: Asset) -> Mapping[str, Declaration]:
    """Return what a page declares of its files.

    Raises:
        ExtractionError: it cannot be read, or something in it is not of the form

    """
    return read_declarations(read_document(page.path, page.data))
