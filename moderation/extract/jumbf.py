"""Content credentials: where a picture says who or what made it, in JUMBF boxes.

After ISO/IEC 19566-5, *JPEG universal metadata box format*, and *C2PA Technical Specification
2.1*. What is stated is read; the signature over it is not verified, as a statement that a machine
drew a picture only ever makes the rules stricter.
"""

import json
import re
from collections.abc import Iterator

from moderation.extract.cbor import cbor_texts
from moderation.extract.picture import Container, decoded, strings

_HEADER, _LONG_HEADER, _UUID = 8, 16, 16
_DEEPEST = 8
_LABELLED = 0x02
_SUPERBOX, _DESCRIPTION = b"jumb", b"jumd"
_C2PA = b"c2pa"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")
_SOURCE_TYPE = re.compile(
    rb"digitalsourcetype/(digitalCapture|computationalCapture|negativeFilm|positiveFilm|print"
    rb"|minorHumanEdits|humanEdits|compositeWithTrainedAlgorithmicMedia|algorithmicallyEnhanced"
    rb"|softwareImage|digitalArt|digitalCreation|dataDrivenMedia|trainedAlgorithmicMedia"
    rb"|algorithmicMedia|screenCapture|virtualRecording|compositeCapture|compositeSynthetic"
    rb"|composite)"
)
"""After the IPTC's list of 2025; the bytes that follow may be letters by chance."""
_VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_MOST_TEXTS = 5_000

Texts = Iterator[tuple[str, str | bytes]]
"""Names with what they name: a text, or a picture."""


def add_credentials(data: bytes, place: str, found: Container) -> None:
    """Keep the texts of the JUMBF boxes in *data*, and tell of content credentials.

    Args:
        data: boxes one after another; what cannot be walked is read for words
        place: where they lie, such as ``JPEG APP11``
        found: gets the texts and parts

    """
    texts: list[tuple[str, str]] = []
    pictures: list[bytes] = []
    try:
        for name, value in _boxes(data, "", 0):
            if isinstance(value, bytes):
                pictures.append(value)
            else:
                texts.append((name, value))
            if len(texts) + len(pictures) > _MOST_TEXTS:
                raise ValueError("too many texts")
    except (ValueError, RecursionError):
        texts = [(f"{place} words", "\n".join(strings(data)))]
        texts += [("C2PA digitalSourceType", _stated(each)) for each in _SOURCE_TYPE.findall(data)]
    for name, text in dict.fromkeys(texts):
        found.add_text(name, text)
    for picture in pictures:
        found.small.append(("C2PA", picture))
        found.parts.append(("thumbnail", "a small copy of the picture (C2PA)"))
    if _C2PA in data:
        found.parts.append(("content-credentials", "a statement of how the picture was made"))


def _stated(name: bytes) -> str:
    return _VOCABULARY + name.decode("ascii")


def _boxes(data: bytes, label: str, depth: int) -> Texts:
    """Walk boxes that follow one another; *label* is that of the box around them."""
    if depth > _DEEPEST:
        raise ValueError("boxes too deep")
    at = 0
    while len(data) - at >= _HEADER:
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        header = _HEADER
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), _LONG_HEADER
        size = size or len(data) - at
        if size < header or size > len(data) - at:
            raise ValueError("a box that does not fit")
        body = data[at + header : at + size]
        if kind == _DESCRIPTION:
            label = _label(body)
            yield "C2PA label", label
        elif kind == _SUPERBOX:
            yield from _boxes(body, "", depth + 1)
        else:
            yield from _content(kind, body, label)
        at += size
    if data[at:].strip(b"\0"):
        yield "C2PA padding", decoded(data[at:])


def _label(body: bytes) -> str:
    if len(body) <= _UUID or not body[_UUID] & _LABELLED:
        return ""
    return body[_UUID + 1 :].partition(b"\0")[0].decode("utf-8")


def _content(kind: bytes, body: bytes, label: str) -> Texts:
    """Read one box of content: CBOR, JSON, or bytes of which only the words are read."""
    if kind == b"cbor":
        pairs = cbor_texts(body)
    elif kind == b"json":
        pairs = _json(json.loads(body), ())
    else:
        if body.startswith(_PICTURES):
            yield f"C2PA {label}", body
            return
        pairs = iter([((label,), body)])
    for keys, value in pairs:
        text = "\n".join(strings(value)) if isinstance(value, bytes) else value
        yield f"C2PA {_name(keys)}", text


def _name(keys: tuple[str, ...]) -> str:
    """Name a text by the last key that leads to it, and a name by whose it is."""
    if keys[-1:] == ("name",) and len(keys) > 1:
        return f"{keys[-2]} name"
    return keys[-1] if keys else "text"


def _json(value: object, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str | bytes]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _json(below, (*keys, str(key)))
    elif isinstance(value, list):
        for below in value:
            yield from _json(below, keys)
    elif isinstance(value, str):
        yield keys, value
