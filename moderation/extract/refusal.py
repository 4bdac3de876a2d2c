"""How a file that cannot be read is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from moderation.model import ExtractionError


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Put the path of the file before every refusal in this block.

    Args:
        path: path of the file, relative to the content folder

    Raises:
        ExtractionError: what the block raised, with the path in front

    """
    try:
        yield
    except ExtractionError as error:
        if str(error).startswith(f"{path}: "):
            raise
        raise ExtractionError(f"{path}: {error}") from error
