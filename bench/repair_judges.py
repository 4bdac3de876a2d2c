"""Who judges what is left in a cleaned file: ExifTool, and a search of every byte it holds.

Neither of them shares code with what cleans. The search also unpacks each compressed stream.
"""

import json
import shutil
import subprocess  # nosec B404 - ExifTool, by its full path and without a shell
import tempfile
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

_ZLIB_STARTS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_LARGEST = 4_000_000
_GROUPS = frozenset(
    (
        *("ExifTool", "System", "File", "Composite", "JFIF", "IFD0", "Adobe", "APP14", "Photoshop"),
        *("ICC_Profile", "ICC-header", "ICC-view", "ICC-meas", "ICC-chrm", "IPTC", "IPTC2"),
        *("XMP-dc", "XMP-x", "XMP-photoshop", "XMP-xmpRights", "XMP-cc"),
        *("PNG", "PNG-pHYs", "PNG-cHRM", "RIFF", "GIF"),
    )
)
"""Groups of ExifTool in which a cleaned file may have something."""
_IN_IFD0 = frozenset({"Orientation", "Artist", "Copyright", "ExifByteOrder"})


def hidden_words(data: bytes, words: str) -> tuple[str, ...]:
    """Return in which ways *words* are still written somewhere in a file.

    Args:
        data: the file
        words: what was planted

    """
    streams = [data, *_unpacked(data)]
    return tuple(
        name
        for name, form in written_ways(words)
        if any(form in stream or form in stream.lower() for stream in streams)
    )


def written_ways(words: str) -> Iterator[tuple[str, bytes]]:
    """Yield each way in which words are looked for, by name."""
    plain = words.encode()
    yield "as they are", plain
    yield "in lower case", plain.lower()
    yield "in 16 bits", words.encode("utf-16-le")
    yield "in 16 bits, the other way", words.encode("utf-16-be")
    yield "as hexadecimal", plain.hex().encode()
    for shift in range(3):
        yield f"as base64 {shift}", b64encode(bytes(shift) + plain)[4:-4]
    yield "backwards", plain[::-1]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield whatever unpacks, from each place where a compressed stream may begin."""
    for start in _ZLIB_STARTS:
        at = data.find(start)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[at:], _LARGEST)
            at = data.find(start, at + 1)


def exiftool() -> str | None:
    """Return where ExifTool is, or None where it is not installed."""
    return shutil.which("exiftool")


def told_by_exiftool(files: Sequence[bytes], words: str) -> Sequence[tuple[int, str]]:
    """Return the files in which ExifTool finds *words* or what no cleaned file has, and what.

    Args:
        files: what is looked at
        words: what was planted

    """
    tool = exiftool()
    if tool is None:
        return ()
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(files):
            (Path(folder) / f"{number}.jpg").write_bytes(data)
        done = subprocess.run(  # nosec B603
            [tool, "-json", "-a", "-G1", "-U", "-ee", "-q", "-r", folder],
            capture_output=True,
            check=False,
        )
        told = json.loads(done.stdout or b"[]")
    if len(told) != len(files):
        return [(0, f"read {len(told)} of {len(files)}")]
    return [
        (int(Path(one["SourceFile"]).stem), why) for one in told for why in _strange(one, words)
    ]


def _strange(told: dict[str, object], words: str) -> Iterable[str]:
    for name, value in told.items():
        group, _, tag = name.partition(":")
        if words in str(value):
            yield f"{name} says it"
        elif tag and (group not in _GROUPS or (group == "IFD0" and tag not in _IN_IFD0)):
            yield name
