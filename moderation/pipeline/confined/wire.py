"""Values as bytes and back, by the types that both sides know: what arrives is never run.

A message is JSON with runs of bytes beside it. A value of a known class is the list of its fields,
so an answer can hold nothing but what the task's own type admits. See decision 14.
"""

import json
import struct
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import BinaryIO, NamedTuple, Union, get_args, get_origin, get_type_hints

_HEAD, _SIZE = struct.Struct(">QI"), struct.Struct(">Q")
_MOST_RUNS = 100_000
_SCALARS = (str, int, bool, float, types.NoneType)
_MANY = (tuple, frozenset, list)
_Do = Callable[[object, list[bytes]], object]


class WireError(ValueError):
    """What came from the other side is not what was agreed."""


class Message(NamedTuple):
    """A JSON value, and the runs of bytes that it counts on."""

    body: object
    runs: list[bytes]


class Way(NamedTuple):
    """How values of one type are made plain, and made again."""

    pack: _Do
    parse: _Do


def send(stream: BinaryIO, message: Message) -> None:
    """Write a message.

    Raises:
        OSError: nobody reads any more

    """
    body = json.dumps(message.body, separators=(",", ":"), check_circular=False).encode()
    stream.write(_HEAD.pack(len(body), len(message.runs)))
    stream.write(body)
    for run in message.runs:
        stream.write(_SIZE.pack(len(run)))
        stream.write(run)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> Message:
    """Read a message of at most *most* bytes.

    Raises:
        EOFError: the other side ended
        WireError: it is too large, or no message

    """
    size, count = _HEAD.unpack(_exactly(stream, _HEAD.size))
    if size > most or count > _MOST_RUNS:
        raise WireError("too large")
    text, runs = _exactly(stream, size), []
    for _ in range(count):
        (length,) = _SIZE.unpack(_exactly(stream, _SIZE.size))
        size += length
        if size > most:
            raise WireError("too large")
        runs.append(_exactly(stream, length))
    try:
        return Message(json.loads(text, parse_constant=_no_number), runs)
    except (ValueError, RecursionError):
        raise WireError("no message") from None


def pack(hints: Iterable[object], values: Iterable[object]) -> Message:
    """Make values plain.

    Args:
        hints: their types, in order
        values: as many

    Raises:
        WireError: one is not of its type

    """
    runs: list[bytes] = []
    body = [_way(hint).pack(value, runs) for hint, value in zip(hints, values, strict=True)]
    return Message(body, runs)


def parse(hints: Iterable[object], message: Message) -> list[object]:
    """Make the values of a message again.

    Raises:
        WireError: they are not of the types *hints*

    """
    wanted = tuple(hints)
    body = _list(message.body, len(wanted))
    try:
        return [
            _way(hint).parse(value, message.runs) for hint, value in zip(wanted, body, strict=True)
        ]
    except (ValueError, TypeError, IndexError, OverflowError):
        raise WireError("not of the type") from None


@cache
def signature(task: Callable[..., object]) -> tuple[tuple[object, ...], object]:
    """Return the types of a task's arguments, in order, and of what it returns."""
    hints = get_type_hints(task)
    gives = hints.pop("return")
    return tuple(hints.values()), gives


@cache
def _way(hint: object) -> Way:
    """Choose how values of a type travel."""
    origin = get_origin(hint)
    if hint in _SCALARS or hint is object:
        return _scalars(_SCALARS if hint is object else (hint,))
    if hint is bytes:
        return Way(_keep, _fetch)
    if origin in (Union, types.UnionType):
        return _either(get_args(hint))
    if origin in _MANY:
        several = get_args(hint)
        return _row(several) if origin is tuple and ... not in several else _many(origin, several)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_way(get_args(hint)[1]))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Way(lambda value, _: hint(value).value, lambda value, _: hint(value))
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    raise TypeError(f"no way for {hint}")


def _scalars(admitted: Iterable[object]) -> Way:
    allowed = frozenset(admitted)

    def same(value: object, _: list[bytes]) -> object:
        if type(value) not in allowed:
            raise WireError("not of the type")
        return value

    return Way(same, same)


def _either(hints: tuple[object, ...]) -> Way:
    """Let scalars be told from the one other type that there may be."""
    plain = frozenset(hint for hint in hints if hint in _SCALARS)
    others = [hint for hint in hints if hint not in plain]
    other = _way(others[0]) if len(others) == 1 else _scalars(())

    def either(do: _Do) -> _Do:
        return lambda value, runs: value if type(value) in plain else do(value, runs)

    return Way(either(other.pack), either(other.parse))


def _many(kind: type, hints: tuple[object, ...]) -> Way:
    way = _way(hints[0])
    make: Callable[[list[object]], object] = kind

    def packing(values: object, runs: list[bytes]) -> object:
        if not isinstance(values, kind):
            raise WireError("not of the type")
        return [way.pack(value, runs) for value in values]  # type: ignore[attr-defined]  # iterable

    return Way(packing, lambda v, runs: make([way.parse(each, runs) for each in _list(v)]))


def _row(hints: tuple[object, ...]) -> Way:
    """Let a tuple of a fixed length travel."""
    ways = tuple(_way(hint) for hint in hints)

    def packing(values: object, runs: list[bytes]) -> object:
        if not isinstance(values, tuple) or len(values) != len(ways):
            raise WireError("not of the type")
        return [way.pack(value, runs) for way, value in zip(ways, values, strict=True)]

    def parsing(values: object, runs: list[bytes]) -> object:
        found = zip(ways, _list(values, len(ways)), strict=True)
        return tuple(way.parse(value, runs) for way, value in found)

    return Way(packing, parsing)


def _mapping(way: Way) -> Way:
    def each(do: _Do) -> _Do:
        def whole(value: object, runs: list[bytes]) -> object:
            if not isinstance(value, Mapping):
                raise WireError("not of the type")
            return {str(key): do(each, runs) for key, each in value.items()}

        return whole

    return Way(each(way.pack), each(way.parse))


def _record(kind: type) -> Way:
    """Let a value of one of our classes travel as the list of its fields."""
    hints = get_type_hints(kind)
    names = tuple(field.name for field in fields(kind) if field.init)
    ways = tuple(_way(hints[name]) for name in names)
    packs, parses = [way.pack for way in ways], [way.parse for way in ways]

    def packing(value: object, runs: list[bytes]) -> object:
        if type(value) is not kind:
            raise WireError("not of the type")
        return [do(getattr(value, name), runs) for name, do in zip(names, packs, strict=True)]

    def parsing(value: object, runs: list[bytes]) -> object:
        values = _list(value, len(names))
        made = [do(each, runs) for do, each in zip(parses, values, strict=True)]
        return kind(**dict(zip(names, made, strict=True)))

    return Way(packing, parsing)


def _keep(value: object, runs: list[bytes]) -> object:
    if not isinstance(value, bytes):
        raise WireError("not of the type")
    runs.append(value)
    return len(runs) - 1


def _fetch(value: object, runs: list[bytes]) -> object:
    if type(value) is not int or not 0 <= value < len(runs):
        raise WireError("not of the type")
    return runs[value]


def _list(value: object, length: int | None = None) -> list[object]:
    if not isinstance(value, list) or length not in (None, len(value)):
        raise WireError("not of the type")
    return value


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _no_number(_: str) -> object:
    raise WireError("no message")
