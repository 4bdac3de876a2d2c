"""Decode a video from standard input and write single pictures to standard output.

It is run as a program by :mod:`moderation.analysis.frames`, and imports nothing of this package.
"""

import io
import os
import struct
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import IO

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

_MEMORY = 1_500_000_000
_CPU_SECONDS = 120
_WALL_SECONDS = 900
_HEAD = struct.Struct(">II")
_DONE = 0xFFFF_FFFF
_NEAR = 0.02


def limit() -> None:
    """Take away memory, time, and the right to write files, where the system can."""
    try:
        import resource
        import signal
    except ImportError:  # pragma: no cover - Windows
        return
    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    signal.alarm(_WALL_SECONDS)


def write(data: bytes, out: IO[bytes], format_: str, numbers: tuple[float, ...]) -> None:
    """Write single pictures of a video, then a mark that these are all.

    Args:
        data: the video
        out: where to: the second of each picture and the length of its PNG, then that
        format_: FFmpeg's name of the only format that it may have
        numbers: seconds between two pictures, the most pictures, the most pixels of the longer
            side of each, and the most pixels that the video may have

    Raises:
        av.FFmpegError, ValueError: it cannot be decoded

    """
    step, most, longest, pixels = numbers
    options = {"protocol_whitelist": "none"}
    with av.open(io.BytesIO(data), mode="r", format=format_, options=options) as container:
        stream = container.streams.video[0]
        if stream.codec_context.width * stream.codec_context.height > pixels:
            raise ValueError("more pixels than are decoded")
        stream.codec_context.thread_count = 1
        if _widest_gap(container, stream) <= (step if step <= 1 else 2 * step):
            stream.codec_context.skip_frame = "NONKEY"
        elif step > 1:
            stream.codec_context.skip_frame = "NONREF"
        for second, frame in _chosen(container, stream, step, int(most)):
            scale = min(1.0, longest / max(frame.width, frame.height))
            width, height = (max(2, round(side * scale)) for side in (frame.width, frame.height))
            small = frame.to_ndarray(format="rgb24", width=width, height=height)
            upright = Image.fromarray(np.rot90(small, frame.rotation // 90))
            png = io.BytesIO()
            upright.save(png, "PNG", compress_level=1)
            out.write(_HEAD.pack(second, png.tell()))
            out.write(png.getvalue())
    out.write(_HEAD.pack(_DONE, 0))
    out.flush()


def _widest_gap(container: InputContainer, stream: VideoStream) -> float:
    """Return the most seconds between pictures that are decoded without others; begin again."""
    times, end = [0.0], 0.0
    for packet in container.demux(stream):
        if packet.pts is not None and packet.time_base is not None:
            end = max(end, float(packet.pts * packet.time_base))
            if packet.is_keyframe:
                times.append(end)
    container.seek(0)
    return max(after - before for before, after in pairwise([*times, end]))


def _chosen(
    container: InputContainer, stream: VideoStream, step: float, most: int
) -> Iterator[tuple[int, VideoFrame]]:
    """Yield the first picture at or behind each step, with the second that it is shown at."""
    start, number = None, 0
    for frame in container.decode(stream):
        time = frame.time if frame.pts is not None else 0.0
        start = time if start is None else start
        if time - start >= number * step - _NEAR:
            yield max(0, int(time - start + _NEAR)), frame
            number = int((time - start + _NEAR) / step) + 1
        if number >= most:
            return


def main() -> None:
    """Read the video from standard input and write its pictures to standard output."""
    data = sys.stdin.buffer.read()
    out = os.fdopen(os.dup(1), "wb")
    limit()
    format_, *numbers = sys.argv[1:]
    write(data, out, format_, tuple(float(each) for each in numbers))


if __name__ == "__main__":
    main()
