"""Sidecars and REUSE.toml, as other programs write and read them."""

import pytest

from moderation.extract.licensing import (
    annotated,
    is_licensing,
    read_reuse,
    read_sidecar,
    write_sidecar,
)
from moderation.model import Declaration, ExtractionError

REUSE = b"""version = 1
[[annotations]]
path = "photos/**"
SPDX-FileCopyrightText = "2026 The Office"
SPDX-License-Identifier = "LicenseRef-own-work"
[[annotations]]
path = ["photos/a*.jpg", "b\\\\*.jpg"]
precedence = "override"
SPDX-FileCopyrightText = ["(c) 2020-2024, Jo Roe", "2025 Ann Roe"]
SPDX-License-Identifier = "CC-BY-4.0"
"""


def test_a_sidecar_says_who_and_on_what_terms() -> None:
    text = "SPDX-FileCopyrightText: © 2019-2024 Jo Roe\n\nSPDX-License-Identifier: CC-BY-4.0\n"
    assert read_sidecar("a.jpg", text.encode()) == Declaration(
        path="a.jpg", author="Jo Roe", licence="CC-BY-4.0"
    )


@pytest.mark.parametrize(("licence", "holder"), [("own-work", ""), ("CC-BY-4.0", "The Trust")])
def test_a_sidecar_is_read_as_it_was_written(licence: str, holder: str) -> None:
    said = Declaration(path="a.jpg", author="Jo Roe", holder=holder, licence=licence)
    assert read_sidecar("a.jpg", write_sidecar(said)) == said


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"nothing", "a.jpg.license: says nothing of rights"),
        ("SPDX-License-Identifier: ©".encode("latin-1"), "a.jpg.license: is not saved as UTF-8"),
    ],
)
def test_a_sidecar_that_says_nothing_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ExtractionError, match=message):
        read_sidecar("a.jpg", data)


def test_the_last_annotation_that_fits_counts() -> None:
    annotations = read_reuse("REUSE.toml", REUSE)
    told = {}
    for path in ("photos/b/c.jpg", "photos/a1.jpg", "b*.jpg", "bc.jpg", "photos/a/b.jpg"):
        found = annotated(annotations, path)
        told[path] = found and (found.holder, found.licence, found.overrides)
    office = ("The Office", "own-work", False)
    both = ("Jo Roe; Ann Roe", "CC-BY-4.0", True)
    assert told == {
        **{"photos/b/c.jpg": office, "photos/a1.jpg": both, "b*.jpg": both},
        **{"bc.jpg": None, "photos/a/b.jpg": office},
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version = 2", "REUSE.toml: version: write version = 1"),
        ("version", "REUSE.toml: is no TOML"),
        ("version = 1\nannotations = 3", "annotations: write"),
        ("version = 1\nannotations = [3]", "annotations 1: write"),
        ("version = 1\n[[annotations]]", "annotations 1: path: name the files"),
        ("version = 1\n[[annotations]]\npath = 3", "annotations 1: path: write words"),
        ('version = 1\n[[annotations]]\npath = "a"\nprecedence = "b"', "precedence: use one of"),
    ],
)
def test_what_is_not_of_the_form_is_refused(text: str, message: str) -> None:
    with pytest.raises(ExtractionError, match=message):
        read_reuse("REUSE.toml", text.encode())


def test_files_of_licence_are_told_from_others() -> None:
    paths = ("a.jpg.license", "photos/REUSE.toml", ".license", "licence.jpg", "a.toml")
    assert [is_licensing(path) for path in paths] == [True, True, False, False, False]


@pytest.mark.parametrize("glob", ["**a" * 30 + "b", "*a" * 30 + "b", "../**", "/**"])
def test_no_pattern_takes_long_or_leaves_the_folder(glob: str) -> None:
    text = f'version = 1\n[[annotations]]\npath = "{glob}"\n'
    assert annotated(read_reuse("REUSE.toml", text.encode()), "a" * 200) is None


@pytest.mark.parametrize("value", ["[" * 100_000, "{a=" * 5_000, "9" * 5_000])
def test_what_toml_chokes_on_is_refused(value: str) -> None:
    with pytest.raises(ExtractionError, match=r"^REUSE.toml: is nested too deep"):
        read_reuse("REUSE.toml", f"version = 1\nx = {value}".encode())
