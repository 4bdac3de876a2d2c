"""MP3 and AAC without a container: frames one behind the other, tags before and behind them.

After ISO/IEC 11172-3 and 13818-3 (layer III) and ISO/IEC 13818-7 (ADTS).
"""

from moderation.extract.media.found import Recording, damaged, number
from moderation.extract.media.id3 import read_end, read_start

_BITRATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
"""Kilobits a second: MPEG 1, then MPEG 2 and 2.5."""
_RATES = (44_100, 48_000, 32_000)
_AAC_RATES = (
    *(96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050),
    *(16_000, 12_000, 11_025, 8_000, 7_350),
)
_MPEG_1, _LAYER_3 = 3, 1
_PADDING = bytes(1)
_MOST_REST = 4_096
"""More behind the last frame is sound that cannot be read, and not to be cut."""


def read_mp3(found: Recording) -> None:
    """Walk the frames of an MP3 file.

    Raises:
        ExtractionError: it is damaged, or another kind of file behind a tag

    """
    start = read_start(found)
    end = read_end(found, start)
    at, seconds = _skip_zeros(found, start, end), 0.0
    while at < end:
        found.step()
        head = number(found.data, at, 4)
        version, layer = head >> 19 & 3, head >> 17 & 3
        bits, rate = head >> 12 & 15, head >> 10 & 3
        if head >> 21 != 0x7FF or layer != _LAYER_3 or version == 1 or rate == 3:
            break
        if bits in (0, 15):
            break
        whole = version == _MPEG_1
        hertz = _RATES[rate] >> (0 if whole else 1 if version == 2 else 2)
        samples = 1152 if whole else 576
        size = samples // 8 * _BITRATES[not whole][bits] * 1000 // hertz + (head >> 9 & 1)
        at, seconds = at + size, seconds + samples / hertz
    found.seconds = seconds
    _finish(found, at, end)


def read_aac(found: Recording) -> None:
    """Walk the frames of an AAC file in ADTS.

    Raises:
        ExtractionError: it is damaged

    """
    at = read_start(found)
    end, seconds = read_end(found, at), 0.0
    while at < end:
        found.step()
        head = number(found.data, at, 7)
        rate, size = head >> 34 & 15, head >> 13 & 0x1FFF
        if head >> 44 != 0xFFF or head >> 41 & 3 or rate >= len(_AAC_RATES) or size < 7:
            break
        at, seconds = at + size, seconds + ((head & 3) + 1) * 1024 / _AAC_RATES[rate]
    found.seconds = seconds
    _finish(found, at, end)


def _skip_zeros(found: Recording, at: int, end: int) -> int:
    """Pass over the zeros that programs leave between a tag and the sound."""
    return at + len(found.data[at:end]) - len(found.data[at:end].lstrip(_PADDING))


def _finish(found: Recording, at: int, end: int) -> None:
    """Have cut what follows the last whole frame; only the last may be cut short."""
    if not found.seconds:
        raise damaged("the sound")
    if at >= end:
        return
    rest = found.data[at:end]
    if len(rest) > _MOST_REST:
        raise damaged("the sound")
    if rest.strip(_PADDING):
        found.say_strings("after the end", rest)
        found.part("trailing-bytes", f"data of {len(rest):,} bytes after the end of the sound")
    found.swap(at, end)
