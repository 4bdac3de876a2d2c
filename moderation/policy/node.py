"""A value of a TOML file that knows where it stands, so that every error names the setting."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from moderation.model import PolicyError

W = TypeVar("W", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the file *source*, at the dotted *path*."""

    source: str
    path: str
    value: object

    def error(self, trouble: str) -> PolicyError:
        """Make an error that says which setting is wrong."""
        return PolicyError(f"{self.source}: {self.path or 'the file'}: {trouble}")

    def child(self, key: str) -> "Node":
        """Return the value under *key*, which must be there."""
        table = self._table()
        path = f"{self.path}.{key}" if self.path else key
        if key not in table:
            raise Node(self.source, path, None).error("is missing; add it")
        return Node(self.source, path, table[key])

    def get(self, key: str) -> "Node | None":
        """Return the value under *key*, or None."""
        return self.child(key) if key in self._table() else None

    def items(self, known: Collection[str] | None = None) -> Iterator[tuple[str, "Node"]]:
        """Yield keys and values; refuse a key that is not one of *known*."""
        for key in self._table():
            node = self.child(key)
            if known is not None and key not in known:
                raise node.error(f"is not a setting; write one of {', '.join(known)}")
            yield key, node

    def word(self) -> str:
        """Return a string that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error("must be a word in quotation marks")
        return self.value

    def words(self) -> tuple[str, ...]:
        """Return a list of strings."""
        if not isinstance(self.value, list) or not all(isinstance(w, str) for w in self.value):
            raise self.error("must be a list of words in quotation marks")
        return tuple(self.value)

    def number(self, least: int = 1) -> int:
        """Return a whole number of at least *least*."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < least:
            raise self.error(f"must be a whole number of at least {least}")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.error("must be true or false")
        return self.value

    def choice(self, words: type[W]) -> W:
        """Return one of the members of *words*."""
        if not isinstance(self.value, str) or self.value not in list(words):
            shown = f'"{self.value}"' if isinstance(self.value, str) else "this"
            raise self.error(f"{shown} is not one of {', '.join(words)}")
        return words(self.value)

    def _table(self) -> Mapping[str, object]:
        if not isinstance(self.value, dict):
            raise self.error("must be a table")
        return self.value
