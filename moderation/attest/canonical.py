"""JSON that has one reading only: no key twice, no NaN, no fraction, and one way to write it."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from moderation.model import IntegrityError

MOST = 16 * 1024 * 1024
"""Characters that are read at most; 10,000 files in one approval need about two million."""

TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""An opaque id: of a person, a submission, a site; it has no room for a name or an address."""

DIGEST = re.compile(r"[0-9a-f]{64}")
"""SHA-256 in lower-case hexadecimal."""


def canonical(value: object) -> bytes:
    """Write *value* the one way: keys in order, no spaces, UTF-8.

    Raises:
        ValueError: a float that is no number, or a lone surrogate

    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def base64_of(data: bytes) -> str:
    """Write bytes in the standard base64 alphabet, padded."""
    return b64encode(data).decode("ascii")


@dataclass(frozen=True, slots=True)
class Record:
    """A value of a JSON file that knows where it stands, so that every error names the field."""

    source: str
    path: str
    value: object

    def error(self, trouble: str) -> IntegrityError:
        """Make an error that says which field is wrong; never quotes the value."""
        return IntegrityError(": ".join(part for part in (self.source, self.path, trouble) if part))

    def child(self, key: str) -> "Record":
        """Return the value under *key*, which must be there."""
        table = self._table()
        below = Record(self.source, f"{self.path}.{key}" if self.path else key, table.get(key))
        if key not in table:
            raise below.error("is missing; restore the file from a copy")
        return below

    def only(self, *keys: str) -> None:
        """Refuse a record with any field besides *keys*."""
        if not self._table().keys() <= set(keys):
            raise self.error("holds a field that this version does not know; update Schoolgate")

    def items(self) -> Iterator[tuple[str, "Record"]]:
        """Yield names and values of a record whose names are data."""
        return ((key, self.child(key)) for key in self._table())

    def each(self, *, most: int = 100_000) -> Iterator["Record"]:
        """Yield the values of a list of at most *most*."""
        if not isinstance(self.value, list) or len(self.value) > most:
            raise self.error(f"must be a list of at most {most} values")
        for number, value in enumerate(self.value, start=1):
            yield Record(self.source, f"{self.path} {number}", value)

    def text(self, pattern: re.Pattern[str] | None = None, *, empty: bool = False) -> str:
        """Return a string that is not empty unless *empty*, and all of which fits *pattern*."""
        if not isinstance(self.value, str) or not (self.value or empty):
            raise self.error("must be text")
        if pattern and self.value and not pattern.fullmatch(self.value):
            raise self.error("is not written as it must be")
        return self.value

    def choice(self, words: Sequence[str]) -> str:
        """Return one of *words*."""
        if not isinstance(self.value, str) or self.value not in words:
            raise self.error(f"is not one of {', '.join(words)}")
        return self.value

    def number(self) -> int:
        """Return a whole number of at least nought."""
        if type(self.value) is not int or self.value < 0:
            raise self.error("must be a whole number of at least 0")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.error("must be true or false")
        return self.value

    def hex(self, size: int) -> bytes:
        """Return *size* bytes written in lower-case hexadecimal."""
        return bytes.fromhex(self.text(re.compile(f"[0-9a-f]{{{2 * size}}}")))

    def base64(self, size: int | None = None) -> bytes:
        """Return bytes, *size* of them if given, written in the one way base64 has for them."""
        text = self.text(empty=True)
        try:
            data = b64decode(text, validate=True)
        except ValueError as error:
            raise self.error("is not base64") from error
        if base64_of(data) != text or size not in (None, len(data)):
            raise self.error("is not base64 of the right length")
        return data

    def _table(self) -> Mapping[str, object]:
        if not isinstance(self.value, dict):
            raise self.error("must be a record in braces")
        return self.value


def parse(text: str | bytes, *, source: str, most: int = MOST) -> Record:
    """Read JSON that has one reading only.

    Args:
        text: the file; bytes are UTF-8
        source: name of the file, for errors
        most: characters or bytes that are read at most

    Raises:
        IntegrityError: too long, not JSON, or ambiguous

    """
    if len(text) > most:
        raise IntegrityError(f"{source}: is longer than {most} characters; restore it from a copy")
    try:
        value = json.loads(
            text.decode() if isinstance(text, bytes) else text,
            object_pairs_hook=_object,
            parse_float=_refuse,
            parse_constant=_refuse,
        )
        canonical(value)  # a lone surrogate can be read but never written again
    except (ValueError, RecursionError) as error:
        trouble = str(error) if isinstance(error, _AmbiguousError) else "is not valid JSON"
        raise IntegrityError(f"{source}: {trouble}; restore the file from a copy") from error
    return Record(source, "", value)


class _AmbiguousError(ValueError):
    """JSON that two programs could read differently."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _AmbiguousError("holds the same key twice")
    return found


def _refuse(_: str) -> NoReturn:
    raise _AmbiguousError("holds a number that is not whole")
