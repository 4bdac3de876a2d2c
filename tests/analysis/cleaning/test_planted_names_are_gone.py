"""A name in any carrier that readers do not see is in no clean copy, in no code, in no part."""

import pytest

from moderation.analysis.cleaning.document import clean_document
from moderation.extract import extract
from moderation.model import ExtractionError
from moderation.policy import default_policy
from tests.extract.planted.beside import in_bytes, is_seen
from tests.extract.planted.libraries import LIBRARIES
from tests.extract.planted.plant import NAMES, Plant, plants
from tests.extract.planted.tables import TABLES

LIMITS = default_policy().limits
ENDINGS = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pdf")
PLANTED = [
    (plant, name)
    for ending in ENDINGS
    for plant, name in zip(plants(ending, TABLES[ending]), NAMES, strict=False)
]
REFUSED = frozenset(
    {
        *("pdf text outside the page", "pdf text left of the page", "pdf invisible text"),
        *("pdf text that clips", "pdf white text", "pdf tiny text", "pdf text below a black box"),
        *("pdf text that is clipped away", "pdf pattern", "pdf layer that is off"),
        *("pdf name of a layer", "pdf form field", "pdf XML form"),
        *("pdf attribute in an XML form",),
    }
)
"""What only the author can take out; cleaning says so and makes no copy."""

_LONG = ("docx",)
"""Libraries whose smallest file is large; one name in each of their files is enough here."""
BY_LIBRARIES = [
    (plant, name)
    for library, (ending, table) in LIBRARIES.items()
    if ending in ENDINGS
    for plant, name in list(zip(plants(ending, table), NAMES, strict=False))[
        : 2 if library in _LONG else None
    ]
]


@pytest.mark.parametrize(("plant", "name"), PLANTED, ids=[plant.what for plant, _ in PLANTED])
def test_what_is_not_seen_is_gone_and_what_is_seen_stays(plant: Plant, name: str) -> None:
    data = plant.make(name)
    if plant.what in REFUSED:
        with pytest.raises(ExtractionError) as caught:
            clean_document(data, LIMITS)
        assert not any(word in str(caught.value) for word in name.split())
        return
    clean = clean_document(data, LIMITS).data
    _look(plant, name, clean, ours=True)


@pytest.mark.parametrize(("plant", "name"), BY_LIBRARIES, ids=[p.what for p, _ in BY_LIBRARIES])
def test_so_it_is_in_the_files_of_libraries(plant: Plant, name: str) -> None:
    data = plant.make(name)
    if plant.what == "pdf invisible text":
        with pytest.raises(ExtractionError):
            clean_document(data, LIMITS)
        return
    _look(plant, name, clean_document(data, LIMITS).data, ours=False)


def _look(plant: Plant, name: str, clean: bytes, *, ours: bool) -> None:
    text = extract(f"a{plant.ending}", clean, LIMITS).text
    if is_seen(plant, ours=ours):
        assert all(word in text for word in name.split()[1:]) or name[3:] in text
    else:
        wanted = name.split()[1] if "surname" in plant.what else name
        assert (wanted in text, in_bytes(clean, wanted)) == (False, False)
    assert clean_document(clean, LIMITS).data == clean
