"""How other libraries for Python read the rights in a picture."""

import io
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, IptcImagePlugin

from bench.credits_oracle import Value


def found_by(
    truth: Sequence[Value], read: Callable[[bytes], object], file: Path
) -> Iterator[Value]:
    """Yield those of ExifTool's values that a peer gives anywhere."""
    try:
        said = Counter(" ".join(text.split()) for text in _flat(read(file.read_bytes())))
    except Exception:  # noqa: BLE001 - whatever a peer raises, it read nothing
        return
    for name, value in truth:
        if said[value] > 0:
            said[value] -= 1
            yield name, value


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _flat(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _flat(each)
    elif isinstance(value, bytes):
        yield _bytes(value).strip("\0 ")
    else:
        yield str(value).strip("\0 ")


def _bytes(value: bytes) -> str:
    if value[1::2].count(0) * 2 > len(value[1::2]):
        return value.decode("utf-16-le", "replace")
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def peers() -> dict[str, Callable[[bytes], object]]:
    """Return the libraries at hand, each as a function that reads a picture."""
    known: dict[str, Callable[[bytes], object]] = {"Pillow": _pillow}
    if find_spec("pyexiv2"):
        known["pyexiv2"] = _pyexiv2
    return known


def _pillow(data: bytes) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as picture:
            exif = dict(picture.getexif())
            texts = {k: v for k, v in picture.info.items() if isinstance(v, str)}
            return [exif, IptcImagePlugin.getiptcinfo(picture), picture.getxmp(), texts]


def _pyexiv2(data: bytes) -> object:
    library = import_module("pyexiv2")
    library.set_log_level(4)
    said = []
    with library.ImageData(data) as picture:
        for read in (picture.read_exif, picture.read_iptc, picture.read_xmp):
            try:
                said.append(read())
            except (RuntimeError, UnicodeDecodeError):
                continue
    return said
