"""Hashes of square patches: the signs of the lowest terms of their cosine transform.

Signs do not mind brightness, contrast, sharpness or compression. A mirrored patch has the same
terms but for the signs of those that are odd across it, so that nothing is transformed twice.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from moderation.analysis.copies.pixels import Floats

Words = NDArray[np.uint64]
Indices = NDArray[np.intp]
WORD = 64


@cache
def transform(size: int) -> Floats:
    """Return the matrix of the orthonormal cosine transform (DCT-II) of *size* values."""
    at, term = np.arange(size) + 0.5, np.arange(size)[:, None]
    matrix = np.cos(np.pi * term * at / size) * np.sqrt(2 / size)
    matrix[0] /= np.sqrt(2)
    made: Floats = matrix.astype(np.float32)
    return made


@cache
def lowest(count: int) -> tuple[Indices, Indices]:
    """Return rows and columns of the *count* lowest terms besides the mean, the lowest first."""
    side = int(np.sqrt(2 * count)) + 4
    terms = [(row, column) for row in range(side) for column in range(side) if row + column]
    terms = sorted(terms, key=lambda term: (term[0] ** 2 + term[1] ** 2, term))[:count]
    return np.array([row for row, _ in terms]), np.array([column for _, column in terms])


@cache
def mirrored(count: int) -> Words:
    """Return the bits that differ between a patch and itself upside down."""
    made: Words = packed((lowest(count)[0] % 2 == 1)[None])[0]
    return made


def spectra(patches: Floats) -> Floats:
    """Return the cosine transform of each of *patches*, of the shape (many, size, size)."""
    matrix = transform(patches.shape[-1])
    return np.asarray(matrix @ patches @ matrix.T, np.float32)


def signs(spectrum: Floats, count: int) -> Words:
    """Return the signs of the *count* lowest terms of each transform, as whole words.

    Args:
        spectrum: of the shape (many, size, size)
        count: a multiple of 64

    """
    rows, columns = lowest(count)
    return packed(spectrum[:, rows, columns] > 0)


def packed(bits: NDArray[np.bool_]) -> Words:
    """Pack bits, of the shape (many, multiple of 64), into words; the first is the lowest."""
    octets = np.ascontiguousarray(np.packbits(bits, axis=-1, bitorder="little"))
    return octets.view("<u8").astype(np.uint64)


def distance(first: Words, second: Words) -> NDArray[np.int64]:
    """Count the bits in which hashes differ; the last axis holds the words of one hash."""
    differing: NDArray[np.int64] = np.bitwise_count(first ^ second).sum(axis=-1, dtype=np.int64)
    return differing
