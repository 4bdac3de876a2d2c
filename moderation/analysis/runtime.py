"""What ONNX Runtime raises, as errors of ours; its exceptions have no class of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from moderation.model import ExtractionError

_NO_MEMORY = ("alloc", "out of memory")


@contextmanager
def opening(name: str, remedy: str) -> Iterator[None]:
    """Say of a network that it cannot be opened.

    Args:
        name: of the network
        remedy: what to do about it

    Raises:
        ExtractionError: its file is missing, damaged or of another version

    """
    with _reported(f"the network {name} cannot be opened; {remedy}"):
        yield


@contextmanager
def running(name: str) -> Iterator[None]:
    """Say of a network that it failed over a picture.

    Args:
        name: of the network

    Raises:
        ExtractionError: it failed
        MemoryError: there is too little memory for a picture of that size

    """
    with _reported(
        f"the network {name} failed over the picture; open it in an editor and export it again"
    ):
        yield


@contextmanager
def _reported(told: str) -> Iterator[None]:
    try:
        yield
    except _raised() as error:
        if any(words in str(error).lower() for words in _NO_MEMORY):
            raise MemoryError from error
        raise ExtractionError(told) from error


@cache
def _raised() -> tuple[type[Exception], ...]:
    """Return every class that it may raise: they are all apart, and more come with each version."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    there = (each for each in vars(state).values() if isinstance(each, type))
    own = (each for each in there if issubclass(each, Exception))
    return (*own, RuntimeError, OSError, ValueError)
