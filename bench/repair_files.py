"""Pictures of every kind that are read, with private data planted in every place we know of.

Each planted text holds :data:`PUPIL`, and each notice that may stay holds :data:`NOTICE`, so that
a cleaned file can be searched for both. The pictures are drawn by arithmetic from a seed.
"""

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageCms, PngImagePlugin

PUPIL = "Ottoline Quillfeather"
NOTICE = "Fernlea Primary School"
_WIDE_PUPIL = PUPIL.encode("utf-16-le")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A file, and what a cleaned copy must still have.

    Args:
        name: the kind of picture and what was planted
        data: the file
        bare: the same picture before anything was planted, decoded to compare the pixels with
        profile: the colour profile
        notice: whether the copyright notice was written

    """

    name: str
    data: bytes
    bare: bytes
    profile: bytes = b""
    notice: bool = False


def samples(count: int, seed: int = 5) -> Iterator[Sample]:
    """Yield *count* files, the same ones for the same seed."""
    from bench.repair_converted import CONVERTED  # which is made of what is here

    rng = seeded(seed)
    makers = (_jpeg, _png, _jpeg, _webp, _jpeg, _gif, *CONVERTED.values())
    for number in range(count):
        yield makers[number % len(makers)](rng)


def seeded(seed: int) -> random.Random:
    """Return numbers that are the same on every run."""
    return random.Random(seed)


def drawn(mode: str, seed: int = 2) -> Image.Image:
    """Draw one picture, the same on every run."""
    return draw(seeded(seed), mode)


def draw(rng: random.Random, mode: str, least: int = 8) -> Image.Image:
    """Draw a picture of three gradients with some noise."""
    size = (rng.randint(least, 120), rng.randint(least, 90))
    bands = [Image.linear_gradient("L"), Image.radial_gradient("L"), _noise(rng.randrange(50))]
    rng.shuffle(bands)
    turned = [band.rotate(90 * rng.randrange(4)).resize(size) for band in bands]
    picture = Image.merge("RGB", turned)
    if mode == "I;16":
        return picture.convert("I").point(lambda value: value * 200).convert("I;16")
    if mode in ("RGBA", "LA"):
        picture.putalpha(turned[0])
    return picture.convert(mode)


@cache
def _noise(seed: int) -> Image.Image:
    rng = seeded(seed)
    return Image.frombytes("L", (64, 64), rng.randbytes(64 * 64)).resize((256, 256))


@cache
def profile() -> bytes:
    """Return a colour profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def exif(rng: random.Random, orientation: int, *, notice: bool) -> bytes:
    """Return a TIFF structure with everything a telephone writes, and a small copy."""
    block = Image.Exif()
    block[ORIENTATION] = orientation
    block[0x010E], block[0x0110], block[0x010F] = PUPIL, f"{PUPIL}'s phone", "Examplephone"
    block[0x9C9B] = _WIDE_PUPIL
    if notice:
        block[0x8298] = f"(c) {NOTICE}"
    position = {1: "N", 2: (51.0, 10.0, 44.0), 3: "W", 4: (1.0, 49.0, 34.0), 27: PUPIL.encode()}
    block.get_ifd(0x8825).update(position)
    camera: dict[int, object] = {
        0x927C: b"MAKER" + PUPIL.encode(),
        0x9286: b"ASCII\0\0\0" + PUPIL.encode(),
    }
    camera |= {0xA430: PUPIL, 0xA431: "SN-123456", 0xA420: "0123456789abcdef"}
    block.get_ifd(0x8769).update(camera)
    whole = block.tobytes().removeprefix(b"Exif\0\0")
    return whole + small_copy(rng)


def small_copy(rng: random.Random) -> bytes:
    """Return a JPEG as cameras keep it, with a name in it."""
    out = io.BytesIO()
    draw(rng, "RGB").save(out, "JPEG", comment=PUPIL)
    return out.getvalue()


def xmp(*, notice: bool) -> bytes:
    """Return a packet with a history, the names of faces, a position and a picture."""
    rights = f"<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>(c) {NOTICE}</rdf:li></rdf:Alt>"
    rights = f"{rights}</dc:rights>" if notice else ""
    return (
        f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{_RDF}'><rdf:Description "
        "rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:xmpMM='http://ns.adobe.com/xap/1.0/mm/' "
        "xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='51,10.7N' "
        "xmlns:mwg-rs='http://www.metadataworkinggroup.com/schemas/regions/'>"
        f"{rights}<dc:description>{PUPIL}</dc:description>"
        f"<xmpMM:History><rdf:Seq><rdf:li>{PUPIL}</rdf:li></rdf:Seq></xmpMM:History>"
        f"<mwg-rs:Name>{PUPIL}</mwg-rs:Name></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def iptc(*, notice: bool) -> bytes:
    """Return Photoshop's blocks with a caption, keywords, a place and a path name."""
    entries = {25: PUPIL, 120: f"{PUPIL} at the fete", 90: PUPIL, 122: PUPIL}
    entries |= {116: f"(c) {NOTICE}"} if notice else {}
    record = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(text)) + text.encode()
        for number, text in sorted(entries.items())
    )
    blocks = b""
    for kind, body in ((0x0404, record), (0x03F3, PUPIL.encode()), (0x0BB7, PUPIL.encode())):
        blocks += b"8BIM" + struct.pack(">HHI", kind, 0, len(body)) + body + bytes(len(body) % 2)
    return blocks


def saved(picture: Image.Image, kind: str, **settings: object) -> bytes:
    """Return a picture as a file of that kind, as Pillow writes it."""
    out = io.BytesIO()
    picture.save(out, kind, **settings)
    return out.getvalue()


def _tail(rng: random.Random) -> bytes:
    return rng.choice((b"", PUPIL.encode() * 3, b"\0" * 9 + small_copy(rng), rng.randbytes(40)))


def segment(marker: int, body: bytes) -> bytes:
    """Return a JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _jpeg(rng: random.Random) -> Sample:
    mode = rng.choice(("RGB", "RGB", "RGB", "L", "CMYK"))
    settings: dict[str, object] = {"quality": rng.randint(30, 97)}
    settings |= {"progressive": rng.random() < 0.3, "optimize": rng.random() < 0.5}
    if mode == "RGB":
        settings["subsampling"] = rng.randrange(3)
    if rng.random() < 0.2:
        settings["restart_marker_blocks"] = rng.randint(1, 5)
    icc = profile() if rng.random() < 0.6 else b""
    picture, turn = draw(rng, mode), rng.randint(1, 8)
    bare = saved(picture, "JPEG", icc_profile=icc, **settings)
    notice = rng.random() < 0.7
    places: list[tuple[str, bytes]] = [
        ("iptc", segment(0xED, b"Photoshop 3.0\0" + iptc(notice=notice))),
        ("xmp", segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(notice=notice))),
        ("comment", segment(0xFE, PUPIL.encode())),
        ("extended", segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + PUPIL.encode() * 4)),
        ("mpf", segment(0xE2, b"MPF\0II*\0" + PUPIL.encode())),
        ("jfxx", segment(0xE0, b"JFXX\0\x10" + small_copy(rng))),
        ("other", segment(rng.randint(0xE3, 0xEC), PUPIL.encode() + rng.randbytes(9))),
    ]
    chosen = [(n, b) for n, b in places if rng.random() < 0.5]
    rng.shuffle(chosen)
    block = exif(rng, turn, notice=notice)
    first = segment(0xE1, b"Exif\0\0" + block)
    data = bare[:2] + first + b"".join(b for _, b in chosen) + bare[2:] + _tail(rng)
    upright = bare[:2] + segment(0xE1, b"Exif\0\0" + _turn(turn)) + bare[2:]
    name = f"JPEG {mode} {' '.join(n for n, _ in chosen)}"
    return Sample(name=name, data=data, bare=upright, profile=icc, notice=notice)


def _turn(orientation: int) -> bytes:
    block = Image.Exif()
    block[ORIENTATION] = orientation
    return block.tobytes().removeprefix(b"Exif\0\0")


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(rng: random.Random) -> Sample:
    mode = rng.choice(("RGB", "RGBA", "L", "LA", "P", "1", "I;16", "RGB"))
    icc = profile() if rng.random() < 0.5 else b""
    picture, turn = draw(rng, mode), rng.randint(1, 8)
    settings: dict[str, object] = {"icc_profile": icc} if icc else {}
    if mode == "P" and rng.random() < 0.5:
        settings["transparency"] = rng.randrange(200)
    if mode in ("RGB", "RGBA") and rng.random() < 0.2:
        more = [picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), picture.rotate(180)]
        settings |= {"save_all": True, "append_images": more, "duration": [50, 70, 90]}
    notice = rng.random() < 0.7
    texts = PngImagePlugin.PngInfo()
    if rng.random() < 0.6:
        texts.add_text("Comment", PUPIL, zip=rng.random() < 0.5)
        texts.add_itxt("Description", PUPIL, tkey=PUPIL)
    if rng.random() < 0.4:
        texts.add_itxt("XML:com.adobe.xmp", xmp(notice=notice).decode())
    bare = saved(picture, "PNG", exif=_turn(turn), **settings)
    data = saved(picture, "PNG", exif=exif(rng, turn, notice=notice), pnginfo=texts, **settings)
    extra = chunk(b"tIME", b"\x07\xea\x0b\x15\x0c\x00\x00") + chunk(b"prVt", PUPIL.encode())
    at = data.index(b"IDAT") - 4
    data = data[:at] + extra + data[at:] + _tail(rng)
    return Sample(name=f"PNG {mode}", data=data, bare=bare, profile=icc, notice=notice)


def _webp(rng: random.Random) -> Sample:
    icc = profile() if rng.random() < 0.5 else b""
    picture, turn = draw(rng, rng.choice(("RGB", "RGBA"))), rng.randint(1, 8)
    settings: dict[str, object] = {"icc_profile": icc} if icc else {}
    settings |= {"lossless": rng.random() < 0.5, "quality": rng.randint(20, 95)}
    if rng.random() < 0.3:
        more = [picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), picture.rotate(180)]
        settings |= {"save_all": True, "append_images": more, "duration": [50, 70, 90]}
    notice = rng.random() < 0.7
    packet = {"xmp": xmp(notice=notice)} if rng.random() < 0.5 else {}
    bare = saved(picture, "WEBP", exif=_turn(turn), **settings)
    data = saved(picture, "WEBP", exif=exif(rng, turn, notice=notice), **settings, **packet)
    body = PUPIL.encode() + b"!"
    data += b"PRVT" + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
    data = data[:4] + struct.pack("<I", len(data) - 8) + data[8:]
    kind = "lossless" if settings["lossless"] else "lossy"
    return Sample(
        name=f"WEBP {kind}", data=data + _tail(rng), bare=bare, profile=icc, notice=notice
    )


def _gif(rng: random.Random) -> Sample:
    picture = draw(rng, rng.choice(("RGB", "L", "P")))
    settings: dict[str, object] = {}
    if rng.random() < 0.6:
        more = [picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), picture.rotate(180)]
        settings = {"save_all": True, "append_images": more, "duration": [50, 70, 90], "loop": 0}
        settings["disposal"] = rng.randrange(3)
    bare = saved(picture, "GIF", **settings)
    at = 13 + (3 * 2 ** ((bare[10] & 7) + 1) if bare[10] & 0x80 else 0)
    said = bytes((len(PUPIL),)) + PUPIL.encode() + b"\0"
    ramp = b"\1" + bytes(range(255, -1, -1)) + b"\0"
    extra = b"\x21\xfe" + said + b"\x21\xff\x0bXMP DataXMP" + xmp(notice=False) + ramp
    extra += b"\x21\xff\x0bPRIVATE 1.0" + said + b"\x21\x01\x0c" + bytes(12) + said
    data = b"GIF89a" + bare[6:at] + extra + bare[at:] + _tail(rng)
    return Sample(name="GIF", data=data, bare=bare)


MAKERS: dict[str, Callable[[random.Random], Sample]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WEBP": _webp,
    "GIF": _gif,
}
