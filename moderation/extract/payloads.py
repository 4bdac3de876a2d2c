"""Beginnings of programs, pages and archives that have no business inside a picture."""

from functools import cache

from ahocorasick_rs import BytesAhoCorasick

from moderation.extract.picture import damaged

_TAGS = ("<script", "<?php", "<html", "<body", "<svg", "<iframe", "<!doctype")
_QUICK = (
    (b"PK\x03\x04\x14\0", b"PK\x03\x04\x0a\0", b"PK\x05\x06\0\0\0\0", b"%PDF-1.", b"%PDF-2."),
    (b"cannot be run in DOS mode",),
)
_OTHERS = (
    *(b"ftypmp4", b"ftypisom", b"ftypqt  ", b"ftypheic"),
    *(b"\x7fELF\x01\x01\x01", b"\x7fELF\x02\x01\x01"),
    *(b"alert(", b"eval(", b"system(", b"onerror=", b"onload=", b"javascript:", b"%!PS-Adobe"),
    *(b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"SQLite format 3\0", b"#!/bin/", b"#!/usr/bin/"),
    *(b"\xca\xfe\xba\xbe\0\0\0", b"EICAR-STANDARD-ANTIVIRUS", b"<%@ page", b"ftypavif"),
    *(b"\0asm\x01\0\0\0", b"\xcf\xfa\xed\xfe\x07\0\0\x01", b"\xce\xfa\xed\xfe\x07\0\0\0"),
    *(b"\x1f\x8b\x08\0\0\0\0\0", b"powershell", b"@echo off", b"__HALT_COMPILER", b"ftypmp42"),
)
_EDGE = 20_000
"""Bytes at either end of a file in which the rarer beginnings are looked for as well."""


@cache
def _searchers() -> tuple[BytesAhoCorasick, ...]:
    """Return one searcher a group: the groups are those that it can skip through quickly."""
    tags = {form(tag) for tag in _TAGS for form in (str.lower, str.upper, _titled)}
    groups = ([tag.encode() for tag in sorted(tags)], *_QUICK)
    return tuple(BytesAhoCorasick(list(group)) for group in groups)


@cache
def _others() -> BytesAhoCorasick:
    return BytesAhoCorasick(list(_OTHERS))


def _titled(word: str) -> str:
    return word[:2] + word[2:].capitalize() if word[1] in "?!" else word[:1] + word[1:].title()


def carries_payload(data: bytes) -> bool:
    """Say whether *data* holds the beginning of a program, page or archive.

    Each is five bytes or longer, so that the noise of a photo holds none by chance: one photo of
    five megabytes in a hundred thousand.
    """
    if any(searcher.find_matches_as_indexes(data) for searcher in _searchers()):
        return True
    edges = (data,) if len(data) <= 2 * _EDGE else (data[:_EDGE], data[-_EDGE:])
    return any(_others().find_matches_as_indexes(edge) for edge in edges)


def refuse_payload(data: bytes) -> bytes:
    """Return *data*, which is about to be published, unless it still holds a payload.

    Raises:
        ExtractionError: it does

    """
    if carries_payload(data):
        raise damaged("the structure")
    return data
