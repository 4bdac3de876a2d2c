"""Pictures that are a second thing as well: an archive, a page, a script, a program or a PDF."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cache

from PIL import Image

from bench.repair_files import chunk, draw, profile, segment

_SCRIPT = b"<script>alert('gate')</script>"


@cache
def payloads() -> Mapping[str, bytes]:
    """Return what is hidden, by kind; each of them runs, opens or unpacks somewhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", _SCRIPT)
    head = b"MZ" + bytes(58) + b"\x40\0\0\0"
    return {
        "zip": out.getvalue(),
        "html": b"<!DOCTYPE html><html><body>" + _SCRIPT + b"</body></html>",
        "js": b"*/=1;alert('gate');/*aaaaaaaaaaaaaaaa*/",
        "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        "exe": head + b"!This program cannot be run in DOS mode.\r\n$",
        "elf": b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\0\x3e\0",
        "php": b"<?php system($_GET[0]); ?>",
        "shell": b"#!/bin/sh\nrm -rf gate\n",
        "rar": b"Rar!\x1a\x07\x01\0" + b"evil.html" * 3,
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "java": b"\xca\xfe\xba\xbe\0\0\0\x34\0\x0d\x0a\0\x03\0\x0aEvil.main",
        "phar": b"<?php __HALT_COMPILER(); ?>\r\n" + struct.pack("<II", 40, 1) + bytes(30),
        "wasm": b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0" + b"evil.wasm section" * 2,
        "mach-o": b"\xcf\xfa\xed\xfe\x07\0\0\x01" + bytes(8) + b"__TEXT__PAGEZERO",
        "python": b"#!/usr/bin/env python3\nimport os; os.system('evil')\n",
        "powershell": b"powershell -nop -enc SQBFAFgA; $a={iex evil}",
        "batch": b"@echo off & del /q C:\\gate\\*.* | exit",
        "entity": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        "gzip": b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + zlib.compress(b"evil" * 9)[2:-4],
        "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0isommp42\0\0\0\x18mdat" + b"evil" * 4,
    }


def polyglots(seed: int = 3) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield name, file and payload of every payload in every place that can hold it."""
    for kind, payload in payloads().items():
        for places in (_in_jpeg, _in_png, _in_webp, _in_gif):
            for place, data in places(random.Random(seed), payload).items():
                yield f"{kind} in {place}", data, payload


def _saved(picture: Image.Image, kind: str, **settings: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **settings)
    return out.getvalue()


def _exif(tag: int, payload: bytes) -> bytes:
    entry = struct.pack("<HHII", tag, 2 if tag != 0x9286 else 7, len(payload), 26)
    return b"II*\0\x08\0\0\0\x01\0" + entry + bytes(4) + payload


def _rights(payload: bytes) -> bytes:
    words = payload.decode("latin-1").replace("\0", " ").replace("]]>", "")
    kept = "".join(c if c.isprintable() else " " for c in words)
    return (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<dc:rights><![CDATA[{kept}]]></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def _iptc(payload: bytes) -> bytes:
    record = struct.pack(">BBBH", 0x1C, 2, 116, len(payload)) + payload
    body = record + bytes(len(record) % 2)
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + body


def _profile_with(payload: bytes, *, tag: bool) -> bytes:
    """Put the payload behind the last tag of a profile, or into its copyright text."""
    whole = profile()
    if tag:
        at = whole.index(b"cprt")
        start = len(whole) + -len(whole) % 4
        body = b"text\0\0\0\0" + payload + b"\0"
        whole = whole[: at + 4] + struct.pack(">II", start, len(body)) + whole[at + 12 :]
        whole = whole.ljust(start, b"\0") + body
    else:
        whole += payload
    return struct.pack(">I", len(whole)) + whole[4:]


def _in_jpeg(rng: random.Random, payload: bytes) -> Mapping[str, bytes]:
    bare = _saved(draw(rng, "RGB"), "JPEG", quality=80)
    segments = {
        "comment": (0xFE, payload),
        "APP0": (0xE0, b"JFXX\0\x13" + payload),
        "APP5": (0xE5, payload),
        "APP14": (0xEE, b"Adobe\0\x64\0\0\0\0\x01" + payload),
        "EXIF copyright": (0xE1, b"Exif\0\0" + _exif(0x8298, payload)),
        "EXIF comment": (0xE1, b"Exif\0\0" + _exif(0x9286, payload)),
        "XMP": (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _rights(payload)),
        "IPTC": (0xED, _iptc(payload)),
        "profile end": (0xE2, b"ICC_PROFILE\0\1\1" + _profile_with(payload, tag=False)),
        "profile text": (0xE2, b"ICC_PROFILE\0\1\1" + _profile_with(payload, tag=True)),
        "table": (0xC4, b"\x03" + bytes((*(0,) * 7, len(payload), *(0,) * 8)) + payload),
    }
    found = {f"JPEG {n}": bare[:2] + segment(*s) + bare[2:] for n, s in segments.items()}
    found["JPEG after the end"] = bare + payload
    found["JPEG behind the pixels"] = bare[:-2] + payload + bare[-2:]
    found["JPEG number line"] = bare[:-2] + b"\xff\xdc" + segment(0xDC, payload)[2:] + bare[-2:]
    return found


def _in_png(rng: random.Random, payload: bytes) -> Mapping[str, bytes]:
    picture = draw(rng, "RGB")
    bare = _saved(picture, "PNG")
    at = bare.index(b"IDAT") - 4
    packed = zlib.compress(_profile_with(payload, tag=False))
    chunks = {
        "text": chunk(b"tEXt", b"Comment\0" + payload),
        "copyright": chunk(b"tEXt", b"Copyright\0" + payload),
        "packed text": chunk(b"zTXt", b"Author\0\0" + zlib.compress(payload, 0)),
        "private chunk": chunk(b"prVt", payload),
        "EXIF": chunk(b"eXIf", _exif(0x8298, payload)),
        "XMP": chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + _rights(payload)),
        "profile": chunk(b"iCCP", b"x\0\0" + packed),
        "suggested palette": chunk(b"PLTE", payload + bytes(-len(payload) % 3)),
        "physical size": chunk(b"pHYs", payload),
    }
    found = {f"PNG {name}": bare[:at] + each + bare[at:] for name, each in chunks.items()}
    found["PNG after the end"] = bare + payload
    tail = chunk(b"IDAT", payload) + chunk(b"IEND", b"")
    found["PNG behind the pixels"] = bare[:-12] + tail
    stored = picture.tobytes()
    rows = [
        b"\0" + stored[n : n + 3 * picture.width] for n in range(0, len(stored), 3 * picture.width)
    ]
    more = chunk(b"IDAT", zlib.compress(b"".join(rows) + payload, 0)) + chunk(b"IEND", b"")
    found["PNG rows too many"] = bare[:at] + more
    spelled = bytearray(b"".join(rows))
    spelled[1 : 1 + len(payload)] = payload[: 3 * picture.width]
    more = chunk(b"IDAT", zlib.compress(bytes(spelled[: len(b"".join(rows))]), 0))
    found["PNG pixels stored"] = bare[:at] + more + chunk(b"IEND", b"")
    found["PNG palette"] = _saved(_palette(payload, used=True), "PNG")
    found["PNG unused palette"] = _saved(_palette(payload, used=False), "PNG")
    return found


def _palette(payload: bytes, *, used: bool) -> Image.Image:
    picture = Image.frombytes("P", (16, 16), bytes(range(256)) if used else bytes(256))
    picture.putpalette((bytes(3) + payload).ljust(768, b"\7")[:768])
    return picture


def _in_webp(rng: random.Random, payload: bytes) -> Mapping[str, bytes]:
    bare = _saved(draw(rng, "RGB"), "WEBP", lossless=True, icc_profile=profile())
    simple = _saved(draw(rng, "RGB"), "WEBP", quality=60)
    kinds = {"unknown chunk": b"PRVT", "EXIF": b"EXIF", "XMP": b"XMP "}
    bodies = {"EXIF": _exif(0x8298, payload), "XMP": _rights(payload)}
    found = {
        f"WebP {name}": _riff(bare[12:] + _chunk(kind, bodies.get(name, payload)))
        for name, kind in kinds.items()
    }
    found["WebP after the end"] = bare + payload
    found["WebP simple, after the end"] = simple + payload
    found["WebP simple, unknown chunk"] = _riff(simple[12:] + _chunk(b"PRVT", payload))
    found["WebP profile"] = _saved(
        draw(rng, "RGB"), "WEBP", icc_profile=_profile_with(payload, tag=False)
    )
    at = bare.index(b"VP8L")
    size = int.from_bytes(bare[at + 4 : at + 8], "little")
    pixels = bare[at + 8 : at + 8 + size]
    found["WebP behind the pixels"] = _riff(bare[12:at] + _chunk(b"VP8L", pixels + payload))
    return found


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def _riff(chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def _in_gif(rng: random.Random, payload: bytes) -> Mapping[str, bytes]:
    bare = _saved(draw(rng, "P"), "GIF")
    bare = b"GIF89a" + bare[6:]
    at = 13 + (3 * 2 ** ((bare[10] & 7) + 1) if bare[10] & 0x80 else 0)
    said = b"".join(
        bytes((len(part),)) + part
        for part in (payload[n : n + 255] for n in range(0, len(payload), 255))
    )
    blocks = {
        "comment": b"\x21\xfe" + said + b"\0",
        "application": b"\x21\xff\x0bPRIVATE 1.0" + said + b"\0",
        "loop": b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0" + said + b"\0",
        "text": b"\x21\x01\x0c" + bytes(12) + said + b"\0",
    }
    found = {f"GIF {name}": bare[:at] + block + bare[at:] for name, block in blocks.items()}
    found["GIF after the end"] = bare + payload
    found["GIF behind the pixels"] = bare[:-2] + said + b"\0;"
    found["GIF palette"] = _saved(_palette(payload, used=True), "GIF", optimize=False)
    found["GIF unused palette"] = _saved(_palette(payload, used=False), "GIF", optimize=False)
    return found
