"""Pictures in a PDF are read through what is wrapped around them, and never guessed at."""

import base64
import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from moderation.extract.pdf import extract
from moderation.extract.pdf_filters import unwrapped
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import default_policy

A85, HEX, FLATE = Name.ASCII85Decode, Name.ASCIIHexDecode, Name.FlateDecode


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "R. Reed"
    out = io.BytesIO()
    Image.new("RGB", (16, 12), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def letters(data: bytes) -> bytes:
    return base64.a85encode(data, adobe=True, wrapcol=60).removeprefix(b"<~")


def digits(data: bytes) -> bytes:
    return data.hex(" ", 20).encode() + b" >"


def document(data: bytes, *filters: Name) -> Document:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        picture = pdf.make_stream(
            data, Type=Name.XObject, Subtype=Name.Image, Filter=Array([*filters])
        )
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(P=picture))
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return extract("a.pdf", out.getvalue(), "0", default_policy().limits)


@pytest.mark.parametrize(
    ("wrap", "filters"),
    [
        (letters, (A85,)),
        (digits, (HEX,)),
        (zlib.compress, (FLATE,)),
        (lambda data: letters(zlib.compress(data)), (A85, FLATE)),
        (lambda data: zlib.compress(digits(data)), (FLATE, HEX)),
    ],
)
def test_a_picture_is_read_through_its_wrapping(
    wrap: Callable[[bytes], bytes], filters: tuple[Name, ...]
) -> None:
    read = document(wrap(photo()), *filters, Name.DCTDecode)
    told = [(p.field, read.text[p.start : p.end]) for p in read.carried(Carrier.EXIF)]
    assert told == [("picture 1 EXIF Artist", "R. Reed")]


def test_a_picture_in_wavelets_is_read_through_its_wrapping() -> None:
    read = document(letters(b"\0\0jP  \1xml made by R. Reed\0"), A85, Name.JPXDecode)
    places = {p.field: read.text[p.start : p.end] for p in read.carried(Carrier.PROPERTY)}
    assert places["JPEG 2000 picture 1"] == "xml made by R. Reed"


def test_the_letters_may_have_a_beginning_and_the_digits_an_odd_end() -> None:
    assert unwrapped(base64.a85encode(b"green", adobe=True), ["/ASCII85Decode"]) == b"green"
    assert unwrapped(b"67 72>", ["/ASCIIHexDecode"]) == b"gr"
    assert unwrapped(b"677>", ["/ASCIIHexDecode"]) == b"gp"
    assert unwrapped(b"green", []) == b"green"


@pytest.mark.parametrize(
    ("data", "filters", "trouble"),
    [
        (b"green", ("/LZWDecode",), "packed in a way that is not read"),
        (b"green", (None,), "packed in a way that is not read"),
        (b"\x80zz", ("/ASCII85Decode",), "is damaged"),
        (b"xyz>", ("/ASCIIHexDecode",), "is damaged"),
        (b"\xc3\xa9>", ("/ASCIIHexDecode",), "is damaged"),
        (b"green", ("/FlateDecode",), "is damaged"),
    ],
)
def test_what_cannot_be_unwrapped_is_refused(
    data: bytes, filters: tuple[object, ...], trouble: str
) -> None:
    with pytest.raises(ExtractionError, match=trouble):
        unwrapped(data, filters)
