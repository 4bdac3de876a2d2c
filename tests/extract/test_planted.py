"""A name planted in any carrier of any type of file is found, and said to be where it is."""

import shutil

import pytest

from moderation.extract import extract
from tests.extract.planted.libraries import LIBRARIES
from tests.extract.planted.plant import NAMES, Plant, plants
from tests.extract.planted.programs import EXIFTOOL, QPDF, libreoffice, merged
from tests.extract.planted.seen import seen, trouble
from tests.extract.planted.tables import TABLES

CLEAN = "the children"


def troubles(planted: list[Plant]) -> list[str]:
    pairs = zip(planted, NAMES, strict=False)
    return [said for plant, name in pairs if (said := trouble(plant, name))]


def test_there_are_enough_names_and_carriers_and_none_stands_twice() -> None:
    carriers = [plant.what for ending, table in TABLES.items() for plant in plants(ending, table)]
    assert len(carriers) == len(set(carriers)) > 450
    assert len(set(NAMES)) == len(NAMES) >= max(map(len, TABLES.values()))


@pytest.mark.parametrize("ending", TABLES)
def test_every_planted_name_is_found_where_it_was_planted(ending: str) -> None:
    assert troubles(list(plants(ending, TABLES[ending]))) == []


@pytest.mark.parametrize("ending", TABLES)
def test_the_same_files_without_the_name_do_not_hold_it(ending: str) -> None:
    for plant, name in zip(plants(ending, TABLES[ending]), NAMES, strict=False):
        document = extract(f"a{ending}", plant.make(CLEAN))
        assert list(seen(document, name)) == []


@pytest.mark.slow
@pytest.mark.parametrize("library", LIBRARIES)
def test_names_in_files_of_other_libraries_are_found(library: str) -> None:
    ending, table = LIBRARIES[library]
    if not table:
        pytest.skip(f"{library} is not installed")
    assert troubles(list(plants(ending, table))) == []


def test_a_page_that_pikepdf_merged_in_is_read() -> None:
    assert list(seen(extract("a.pdf", merged(NAMES[0])), NAMES[0]))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("exiftool"), reason="ExifTool is not installed")
def test_names_that_exiftool_writes_are_found() -> None:
    assert troubles([each for e, table in EXIFTOOL.items() for each in plants(e, table)]) == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_names_in_files_that_qpdf_packs_are_found() -> None:
    assert troubles(list(plants(".pdf", QPDF))) == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_names_in_files_that_libreoffice_saves_are_found() -> None:
    assert troubles(libreoffice()) == []
