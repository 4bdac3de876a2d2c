"""The print of a picture: hashes by which a copy of it is found, and no picture.

Nothing in it shows anybody: it holds signs of cosine terms, for the whole, for a grid of 8 by 8
blocks, and for the small patches around some three hundred points. It is about five kilobytes.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from moderation.analysis.copies.cosines import Words, lowest, signs, spectra
from moderation.analysis.copies.panels import Box, panels
from moderation.analysis.copies.pixels import Floats, grey_frames, values
from moderation.analysis.copies.points import Points, find_points
from moderation.model import IntegrityError

WHOLE_BITS = 256
BLOCKS, BLOCK_PIXELS, BLOCK_BITS = 8, 8, 15
SIDE = BLOCKS * BLOCK_PIXELS
_WHOLE = 32
_FLAT_WHOLE, _FLAT_BLOCK = 6.0, 2.5
_TRIM, _LEAST_LEFT = 8.0, 0.35
_VERSION = 1
_HEAD = struct.Struct("<BHHH?")
_ROW = np.dtype([("x", "<f2"), ("y", "<f2"), ("size", "<f2"), ("angle", "<f2"), ("hash", "<u8")])

Blocks = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of a picture.

    Args:
        width: of the picture brought to size
        height: likewise
        whole: hash of all of it, four words
        plain: there is too little in it for that hash to mean anything
        blocks: a hash of each block of 8 by 8, the lowest 15 bits; the highest says it is flat
        points: what is found again in a part of it

    """

    width: int
    height: int
    whole: Words
    plain: bool
    blocks: Blocks
    points: Points

    def to_bytes(self) -> bytes:
        """Write the print."""
        rows = np.zeros(len(self.points), _ROW)
        rows["x"], rows["y"] = self.points.at[:, 0], self.points.at[:, 1]
        rows["size"], rows["angle"] = self.points.size, self.points.angle
        rows["hash"] = self.points.hashes
        head = _HEAD.pack(_VERSION, self.width, self.height, len(rows), self.plain)
        whole = self.whole.astype("<u8").tobytes()
        return head + whole + self.blocks.astype("<u2").tobytes() + rows.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Print":
        """Read a print.

        Raises:
            IntegrityError: it is none, or of another version

        """
        try:
            version, width, height, count, plain = _HEAD.unpack_from(data)
            at = _HEAD.size
            whole = np.frombuffer(data, "<u8", WHOLE_BITS // 64, at).astype(np.uint64)
            at += WHOLE_BITS // 8
            blocks = np.frombuffer(data, "<u2", BLOCKS * BLOCKS, at).astype(np.uint16)
            rows = np.frombuffer(data, _ROW, count, at + 2 * BLOCKS * BLOCKS)
        except (struct.error, ValueError):
            raise _other() from None
        if version != _VERSION:
            raise _other()
        points = Points(
            at=np.stack([rows["x"], rows["y"]], axis=1).astype(np.float32),
            size=rows["size"].astype(np.float32),
            angle=rows["angle"].astype(np.float32),
            hashes=rows["hash"].astype(np.uint64),
        )
        return cls(width, height, whole, plain, blocks, points)


@dataclass(frozen=True, slots=True)
class Look:
    """A picture that is compared: its print, and pixels that are never kept.

    Args:
        kept: the print
        picture: grey, brought to size
        points: more of them than are kept
        wholes: hashes of all of it and of each panel in it, turned and mirrored each way

    """

    kept: Print
    picture: Image.Image
    points: Points
    wholes: Words


def look(picture: bytes | Image.Image) -> tuple[Look, ...]:
    """Look at a picture; of an animation at several frames.

    Args:
        picture: the bytes of a file, or a picture that is open

    Raises:
        ExtractionError: it cannot be decoded

    """
    return tuple(look_at(frame) for frame in grey_frames(picture))


def look_at(picture: Image.Image) -> Look:
    """Look at a grey picture that was brought to size."""
    spectrum, plain = _whole(picture)
    wholes = _each_way(spectrum)
    inner = [_whole(part) for part in _inside(picture)]
    wholes = np.concatenate([wholes, *(_each_way(part) for part, empty in inner if not empty)])
    points, kept_points = find_points(picture)
    kept = Print(
        width=picture.width,
        height=picture.height,
        whole=wholes[0],
        plain=plain,
        blocks=block_hashes(values(picture.resize((SIDE, SIDE), Image.Resampling.BOX))),
        points=kept_points,
    )
    return Look(kept, picture, points, wholes)


def block_hashes(squared: Floats) -> Blocks:
    """Hash each block of a picture of 64 by 64 pixels, row by row."""
    blocks = squared.reshape(BLOCKS, BLOCK_PIXELS, BLOCKS, BLOCK_PIXELS).transpose(0, 2, 1, 3)
    flat_blocks = blocks.reshape(-1, BLOCK_PIXELS, BLOCK_PIXELS)
    rows, columns = lowest(BLOCK_BITS)
    bits = spectra(flat_blocks)[:, rows, columns] > 0
    words = bits @ (1 << np.arange(BLOCK_BITS))
    flat = flat_blocks.std(axis=(1, 2)) < _FLAT_BLOCK
    made: Blocks = words.astype(np.uint16) | (flat.astype(np.uint16) << np.uint16(BLOCK_BITS))
    return made


def _whole(picture: Image.Image) -> tuple[Floats, bool]:
    """Return the terms of a whole picture, and whether there is too little in it."""
    small = values(picture.resize((_WHOLE, _WHOLE), Image.Resampling.BOX))
    spectrum: Floats = spectra(small[None])[0]
    return spectrum, bool(small.std() < _FLAT_WHOLE)


def _each_way(spectrum: Floats) -> Words:
    """Hash a picture, turned by each quarter and mirrored, from its terms."""
    odd = np.where(np.arange(_WHOLE) % 2, -1, 1).astype(np.float32)
    ways = [
        way * down[:, None] * across
        for way in (spectrum, spectrum.T)
        for down in (np.ones_like(odd), odd)
        for across in (np.ones_like(odd), odd)
    ]
    return signs(np.stack(ways), WHOLE_BITS)


def _inside(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield what lies within a border, and each panel of a picture that shows several."""
    pixels = values(picture)
    boxes = panels(pixels)
    if border := _within(pixels):
        boxes = tuple(dict.fromkeys((border, *boxes)))
    soft = picture.filter(ImageFilter.BoxBlur(1)) if boxes else picture
    for box in boxes:
        yield soft.crop(box)


def _within(pixels: Floats) -> Box | None:
    """Return what lies within an even border, or None where there is no border."""
    rows = np.flatnonzero(pixels.std(axis=1) > _TRIM)
    columns = np.flatnonzero(pixels.std(axis=0) > _TRIM)
    if not len(rows) or not len(columns):
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    shares = (bottom - top) / pixels.shape[0], (right - left) / pixels.shape[1]
    if shares == (1, 1) or min(shares) < _LEAST_LEFT:
        return None
    return int(left), int(top), int(right), int(bottom)


def _other() -> IntegrityError:
    return IntegrityError(
        "a print of a photo was made by another version; make them anew with schoolgate audit"
        " photos"
    )
