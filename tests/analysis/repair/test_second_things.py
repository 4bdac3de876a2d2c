"""A picture that is something else as well is only a picture after cleaning, or is refused."""

import io
import zipfile
import zlib

import pytest
from PIL import Image

from bench.repair import of_mutants, shown
from bench.repair_files import chunk, drawn, profile, saved, seeded, segment
from bench.repair_polyglots import polyglots
from moderation.analysis.repair.clean import clean_picture
from moderation.analysis.repair.profile import sound_profile
from moderation.extract import extract
from moderation.extract.payloads import carries_payload, refuse_payload
from moderation.model import ExtractionError

POLYGLOTS = [(name, data, payload) for name, data, payload in polyglots()][::4]


@pytest.mark.parametrize(
    ("data", "payload"),
    [(data, payload) for _, data, payload in POLYGLOTS],
    ids=[name for name, _, _ in POLYGLOTS],
)
def test_no_payload_survives(data: bytes, payload: bytes) -> None:
    clean = clean_picture(data)
    assert payload not in clean
    assert not carries_payload(clean)
    assert not zipfile.is_zipfile(io.BytesIO(clean))
    assert clean_picture(clean) == clean


def test_what_is_in_sight_of_nobody_is_told() -> None:
    kinds = {"JPEG table": "php", "PNG palette": "php", "GIF unused palette": "html"}
    for place, kind in kinds.items():
        data = next(data for name, data, _ in polyglots() if name == f"{kind} in {place}")
        parts = [part.kind for part in extract("a", data).parts]
        assert parts == ["polyglot"], place


def test_words_behind_the_pixels_are_cut_off_and_no_pixel_changes() -> None:
    out = io.BytesIO()
    drawn("RGB").save(out, "JPEG")
    bare = out.getvalue()
    data = bare[:-2] + b"just some words that nobody sees" + bare[-2:]
    assert clean_picture(data) == bare
    among = bare[:-60] + b"words that stand among the pixels" + bare[-60:]
    assert shown(clean_picture(among)) == shown(among)


def test_tables_that_no_scan_reads_are_left_out() -> None:
    for settings in ({}, {"progressive": True}, {"quality": 100, "subsampling": 0}):
        bare = saved(drawn("RGB"), "JPEG", **settings)
        assert clean_picture(bare) == bare
        hidden = b"some bytes which stand for a code of no kind"
        lengths = bytes((0, 0, 0, 0, 0, 0, 0, len(hidden), *(0,) * 8))
        unread = segment(0xC4, b"\x13" + lengths + hidden)
        unread += segment(0xDB, b"\x03" + hidden.ljust(64, b"\1"))
        replaced = segment(0xC4, b"\x00" + lengths + hidden)
        assert clean_picture(bare[:2] + unread + replaced + bare[2:]) == bare


@pytest.mark.parametrize(
    ("kind", "settings"), [("JPEG", {}), ("WEBP", {}), ("WEBP", {"lossless": True})]
)
def test_bytes_behind_the_pixels_are_cut_off(kind: str, settings: dict[str, object]) -> None:
    rest = seeded(4).randbytes(300).replace(b"\xff", b"\xfe")
    bare = saved(drawn("RGB"), kind, **settings)
    if kind == "JPEG":
        data = bare[:-2] + rest + bare[-2:]
    else:
        body = bare[20:] + rest
        data = bare[:16] + len(body).to_bytes(4, "little") + body
        data = data[:4] + (len(data) - 8).to_bytes(4, "little") + data[8:]
    clean = clean_picture(data)
    assert shown(clean) == shown(bare)
    assert len(clean) <= len(bare) + 8
    assert clean_picture(clean) == clean
    assert clean_picture(bare) == bare


def test_what_a_profile_says_is_words_or_is_left_out() -> None:
    whole = profile()
    assert b"copyright" in whole.lower() or b"c\0o\0p" in whole.lower()
    at = whole.index(b"mluc") if b"mluc" in whole else whole.index(b"text")
    spoken = bytearray(whole)
    place = at + (28 if b"mluc" in whole else 8)
    spoken[place : place + 8] = "\0{}".join(["", "", "", "", ""]).encode()[:8]
    told = sound_profile(bytes(spoken))
    assert b"rTRC" in told
    assert (b"desc" in told, b"cprt" in told) == (False, False)
    assert sound_profile(told) == told


def test_pixels_that_spell_a_script_keep_their_colours() -> None:
    words = b"<?php system($_GET[0]); ?>".ljust(48, b"\1")
    out = io.BytesIO()
    Image.frombytes("RGB", (4, 4), words).save(out, "PNG", compress_level=0)
    clean = clean_picture(out.getvalue())
    assert not carries_payload(clean)
    assert shown(clean) == shown(out.getvalue())


def test_a_profile_keeps_its_colours_only() -> None:
    whole = profile()
    assert sound_profile(whole) == whole
    assert sound_profile(b"acsp" * 60) == sound_profile(b"") == b""
    size = (len(whole) + 12).to_bytes(4, "big")
    longer = sound_profile(size + whole[4:] + b"hidden words")
    assert b"hidden" not in longer
    assert sound_profile(longer) == longer
    renamed = sound_profile(whole.replace(b"cprt", b"PRIV"))
    assert (b"PRIV" in renamed, b"rTRC" in renamed) == (False, True)
    spoken = bytearray(whole)
    at = whole.rindex(b"XYZ \0\0\0\0") + 8
    spoken[at : at + 7] = b"<script"
    assert b"<script" not in sound_profile(bytes(spoken))
    far = whole.replace(b"wtpt\0", b"wtpt\x7f", 1)
    assert sound_profile(far) == b""


def test_a_payload_that_cannot_be_taken_out_is_refused() -> None:
    assert refuse_payload(b"pixels") == b"pixels"
    with pytest.raises(ExtractionError, match="is damaged"):
        refuse_payload(b"..<script>..")
    assert carries_payload(bytes(50_000) + b"#!/bin/sh")
    assert not carries_payload(bytes(50_000) + b"#!/bin/sh" + bytes(50_000))


def test_rows_too_many_and_streams_without_an_end_are_written_anew() -> None:
    out = io.BytesIO()
    drawn("L").save(out, "PNG")
    bare = out.getvalue()
    with Image.open(io.BytesIO(bare)) as picture:
        rows = [
            b"\0" + picture.tobytes()[at : at + picture.width]
            for at in range(0, picture.width * picture.height, picture.width)
        ]
    for packed in (
        zlib.compress(b"".join(rows) + b"more rows than the picture has"),
        zlib.compress(b"".join(rows))[:-4],
        zlib.compress(b"".join(rows)) + b"after it",
    ):
        data = bare[:33] + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
        clean = clean_picture(data)
        assert shown(clean) == shown(bare)
        assert clean_picture(clean) == clean


def test_spoilt_files_are_read_or_refused() -> None:
    figure = of_mutants(400)
    assert figure.reached, figure
