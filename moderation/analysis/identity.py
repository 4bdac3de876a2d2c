"""Keep what was made from a large value for as long as that very value is used."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """A key that is equal only for the very same object.

    Hashing a roll of 2,000 pupils takes longer than matching a page against it, and a policy
    cannot be hashed at all. The key holds the object, so its identity cannot pass to another.
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value
