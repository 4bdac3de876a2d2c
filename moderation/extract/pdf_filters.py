"""What is wrapped around a picture in a PDF: letters for bytes, and compression.

After ISO 32000-2, 7.4: filters are applied in their order, and the picture's own comes last.
"""

import base64
import re
import zlib
from collections.abc import Callable, Iterable, Mapping

from moderation.model import ExtractionError

_MAX_PICTURE = 50_000_000
_BLANKS = re.compile(rb"[\0\t\n\f\r ]+")


def unwrapped(data: bytes, filters: Iterable[object]) -> bytes:
    """Return the bytes of a picture without what is wrapped around them.

    Args:
        data: as they stand in the file
        filters: names of the filters before the picture's own, in order

    Raises:
        ExtractionError: a filter is none that pictures come in, or its data are damaged

    """
    for name in filters:
        take_off = _FILTERS.get(str(name))
        if take_off is None:
            raise ExtractionError(
                "a picture in the PDF is packed in a way that is not read; print it to a new PDF"
            )
        try:
            data = take_off(data)
        except (ValueError, zlib.error) as error:
            raise ExtractionError(
                "a picture in the PDF is damaged; print the file to a new PDF"
            ) from error
    return data


def _ascii85(data: bytes) -> bytes:
    plain = _BLANKS.sub(b"", data).removeprefix(b"<~").partition(b"~")[0]
    return base64.a85decode(plain)


def _hexadecimal(data: bytes) -> bytes:
    plain = _BLANKS.sub(b"", data).partition(b">")[0]
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _MAX_PICTURE)


_FILTERS: Mapping[str, Callable[[bytes], bytes]] = {
    "/ASCII85Decode": _ascii85,
    "/ASCIIHexDecode": _hexadecimal,
    "/FlateDecode": _inflated,
}
