"""Single pictures out of a video, so that what looks at pictures can look at them.

The video is decoded by another process, which has little memory and time, no other files and no
network: what decodes video is large, and videos come from anywhere.
"""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from moderation.model import ExtractionError

MOST = 60
"""Pictures that are taken of one video: one a second of a minute, fewer of each of more."""
_LONGEST_SIDE = 1280
_MOST_PIXELS = 9_000_000
"""4096 by 2160 is what the largest telephones record."""
_CHILD = Path(__file__).with_name("frame_child.py")
_HEAD = struct.Struct(">II")
_MOST_BYTES = 8_000_000
"""A picture of that size in RGB without any compression has five million."""
_DONE = 0xFFFF_FFFF
_FORMATS = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "video/webm": "matroska",
    "video/x-matroska": "matroska",
    "video/x-msvideo": "avi",
    "video/ogg": "ogg",
}


def is_available() -> bool:
    """Say whether videos can be decoded on this machine."""
    return find_spec("av") is not None


def frames(data: bytes, media_type: str, seconds: int) -> Iterator[tuple[int, bytes]]:
    """Yield pictures of a video as they are displayed, the first and about one a second.

    Args:
        data: the video
        media_type: as its content says
        seconds: how long it is

    Returns:
        the second at which each is shown, and the picture as PNG, its longer side at most 1280
        pixels

    Raises:
        ExtractionError: it cannot be decoded, or not with the memory and time that it is given

    """
    count = 0
    with _started(media_type, seconds) as child:
        assert child.stdin is not None and child.stdout is not None  # noqa: S101 - both are pipes
        try:
            _send(child.stdin, data)
            for second, picture in _received(child.stdout):
                count += 1
                yield second, picture
        finally:
            child.kill()
    if not count:
        raise undecodable()


def undecodable() -> ExtractionError:
    """Make the error for a video of which no pictures could be taken."""
    return ExtractionError(
        "the pictures of the video cannot be decoded, so nobody can be looked for in it; "
        "export it again as MP4"
    )


def _started(media_type: str, seconds: int) -> "subprocess.Popen[bytes]":
    step = max(1.0, seconds / MOST)
    numbers = (f"{step:.3f}", min(MOST, seconds), _LONGEST_SIDE, _MOST_PIXELS)
    return subprocess.Popen(  # noqa: S603 - our own script, by this interpreter
        [sys.executable, "-I", str(_CHILD), _FORMATS[media_type], *map(str, numbers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"OPENBLAS_NUM_THREADS": "1", **_environment()},
    )


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}


def _send(pipe: IO[bytes], data: bytes) -> None:
    try:
        pipe.write(data)
    except OSError as error:
        raise undecodable() from error
    finally:
        with suppress(OSError):  # the other side has ended, which the answer shows
            pipe.close()


def _received(pipe: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    while True:
        head = pipe.read(_HEAD.size)
        if len(head) != _HEAD.size:
            raise undecodable()
        second, size = _HEAD.unpack(head)
        if second == _DONE:
            return
        picture = pipe.read(min(size, _MOST_BYTES))
        if len(picture) != size:
            raise undecodable()
        yield second, picture
