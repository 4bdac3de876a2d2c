"""Whether a planted name was read, and what is said to have carried it."""

import re
from collections.abc import Iterator

from moderation.extract import extract
from moderation.model import Carrier, Document
from tests.extract.planted.plant import Plant

_BETWEEN = r"(?:[\s_.-]|%20)+"


def seen(document: Document, name: str) -> Iterator[tuple[Carrier, str]]:
    """Yield carrier and place of each time that *name* stands in a document."""
    pattern = _BETWEEN.join(map(re.escape, name.split()))
    for match in re.finditer(pattern, document.text):
        where = document.locate(*match.span())
        yield document.carrier_at(match.start()), where.field or str(where.span)


def trouble(plant: Plant, name: str) -> str:
    """Say what is wrong with how a plant is read; nothing if it is found where it was planted."""
    places = list(seen(extract(f"a{plant.ending}", plant.make(name)), name))
    if not places:
        return f"{plant.what}: not found"
    if plant.carrier not in {carrier for carrier, _ in places}:
        return f"{plant.what}: found as {places}"
    return "" if all(place for _, place in places) else f"{plant.what}: found nowhere"
