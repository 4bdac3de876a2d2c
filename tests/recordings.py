"""Make small recordings with real programs: PyAV, which brings FFmpeg along."""

import io
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream
from PIL import Image

KINDS: Mapping[str, tuple[str, str, str, str]] = MappingProxyType(
    {
        ".mp4": ("mp4", "libx264", "aac", "video/mp4"),
        ".mov": ("mov", "libx264", "aac", "video/quicktime"),
        ".webm": ("webm", "libvpx", "libopus", "video/webm"),
        ".mkv": ("matroska", "libx264", "aac", "video/x-matroska"),
        ".avi": ("avi", "mpeg4", "libmp3lame", "video/x-msvideo"),
        ".mp3": ("mp3", "", "libmp3lame", "audio/mpeg"),
        ".m4a": ("ipod", "", "aac", "audio/mp4"),
        ".aac": ("adts", "", "aac", "audio/aac"),
        ".ogg": ("ogg", "", "libopus", "audio/ogg"),
        ".flac": ("flac", "", "flac", "audio/flac"),
        ".wav": ("wav", "", "pcm_s16le", "audio/wav"),
    }
)
"""By ending: FFmpeg's names of container, pictures and sound, and the media type."""
TOLD = MappingProxyType(
    {
        "title": "Sports day with Amelia Thornbury",
        "artist": "Olive Underhill",
        "comment": "recorded at home",
        "copyright": "(c) Oak School",
        "creation_time": "2026-11-20T10:00:00.000000Z",
    }
)
PLACE = "+51.3883-000.5181/"
_RATE = 10
_HERTZ = 48_000


@cache
def plain(ending: str, seconds: int = 1) -> bytes:
    """Return a recording of which nothing is told."""
    return record(ending, seconds=seconds, told={})


@cache
def told(ending: str) -> bytes:
    """Return a recording that tells who, what, when and where."""
    return record(ending, told={**TOLD, "location": PLACE})


def record(
    ending: str,
    *,
    seconds: int = 1,
    told: Mapping[str, str] | None = None,
    pictures: Mapping[int, Image.Image] | None = None,
) -> bytes:
    """Record grey pictures and a tone.

    Args:
        ending: one of :data:`KINDS`
        seconds: how long
        told: what the container says
        pictures: shown from that second on, in place of grey ones

    """
    format_, moving, sounding, _ = KINDS[ending]
    out = io.BytesIO()
    with av.open(out, "w", format=format_) as container:
        container.metadata.update(told or {})
        shown = pictures or {0: Image.new("RGB", (160, 120), "grey")}
        stream = _moving(container, moving, shown) if moving else None
        sound = container.add_stream(sounding, rate=_HERTZ)
        assert isinstance(sound, AudioStream)
        sound.layout = "mono"
        if stream:
            for number in range(seconds * _RATE):
                latest = max(second for second in shown if second * _RATE <= number)
                pixels = np.asarray(shown[latest].convert("RGB"))
                container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
            container.mux(stream.encode())
        for piece in _tone(sound, seconds):
            container.mux(sound.encode(piece))
        container.mux(sound.encode())
    return out.getvalue()


def _moving(
    container: OutputContainer, codec: str, shown: Mapping[int, Image.Image]
) -> VideoStream:
    stream = container.add_stream(codec, rate=_RATE)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = shown[min(shown)].size
    stream.pix_fmt = "yuv420p"
    return stream


def _tone(sound: AudioStream, seconds: int) -> list[av.AudioFrame]:
    resampler = av.AudioResampler(
        format=sound.format.name, layout="mono", rate=_HERTZ, frame_size=sound.frame_size or 960
    )
    tone = (np.sin(np.arange(seconds * _HERTZ) * 0.05) * 20_000).astype(np.int16)
    heard = av.AudioFrame.from_ndarray(tone[None, :], format="s16", layout="mono")
    heard.sample_rate, heard.pts = _HERTZ, 0
    return [*resampler.resample(heard), *resampler.resample(None)]


def packets(data: bytes) -> list[tuple[int, bytes, int | None]]:
    """Return the coded sound and pictures of a recording, with the times of each."""
    with av.open(io.BytesIO(data), "r") as container:
        return [(p.stream.index, bytes(p), p.pts) for p in container.demux() if p.size]


def says(data: bytes) -> str:
    """Return what FFmpeg reads of what a recording says, all in one."""
    with av.open(io.BytesIO(data), "r") as container:
        texts = [str(dict(container.metadata))]
        return "\n".join(texts + [str(dict(stream.metadata)) for stream in container.streams])
