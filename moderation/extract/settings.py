"""The part of YAML that front matter may use, on PyYAML's events."""

import re
from collections.abc import Iterator
from datetime import date

import yaml

from moderation.extract.front_matter import Carried, SettingsError

_DEEPEST = 6
_TAG = "tag:yaml.org,2002:"
_CHUNK = re.compile(r"\s+|\S+")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Value = str | int | float | bool | date | None | list["Value"] | dict[str, "Value"]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_settings(text: str) -> tuple[dict[str, Value], list[Carried]]:
    """Read a table of settings.

    Args:
        text: YAML, without the lines of ``---``

    Returns:
        the values, and every key and value with its range in *text*

    Raises:
        SettingsError: it is not YAML, or more than the part of it that is read

    """
    reader = _Reader(text)
    try:
        values = reader.document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        trouble = "is not valid; check the colons, the indents and the quotation marks"
        raise SettingsError(mark.line + 1 if mark else 1, trouble) from None
    return values, reader.carried


class _Reader:
    """Makes values of events, one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._resolver = yaml.resolver.Resolver()
        self.carried: list[Carried] = []

    def document(self) -> dict[str, Value]:
        """Read the whole; it must be one table."""
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise SettingsError(1, "is empty; write a title such as title: Sports day")
        if isinstance(start, yaml.DocumentStartEvent) and (start.version or start.tags):
            raise _refusal(start, "has a YAML directive; delete it")
        value = self._value(next(self._events), "", 0)
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _refusal(after, "holds a second document; delete the line between them")
        if not isinstance(value, dict):
            raise SettingsError(1, "is no list of settings; write lines such as title: News")
        return value

    def _value(self, event: yaml.Event, key: str, depth: int) -> Value:
        _refuse_cleverness(event)
        if isinstance(event, yaml.ScalarEvent):
            self._carry(event, key)
            return self._scalar(event)
        if depth >= _DEEPEST:
            raise _refusal(event, f"is nested more than {_DEEPEST} deep; nest it less")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(key, depth + 1)
        return self._table(key, depth + 1)

    def _list(self, key: str, depth: int) -> list[Value]:
        found: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, key, depth))
        return found

    def _table(self, key: str, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            _refuse_cleverness(event)
            name = self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None
            if not isinstance(event, yaml.ScalarEvent) or not isinstance(name, str):
                raise _refusal(event, "has a key that is no word; put it in quotation marks")
            if name in found:
                raise _refusal(event, "has the same key twice; write it once")
            below = f"{key}.{name}" if key else name
            self._carry(event, below)
            found[name] = self._value(next(self._events), below, depth)
        return found

    def _scalar(self, event: yaml.ScalarEvent) -> Value:
        if event.style:
            return str(event.value)
        tag = self._resolver.resolve(  # type: ignore[no-untyped-call] # not in the stubs
            yaml.ScalarNode, event.value, (True, False)
        )
        kind = str(tag).removeprefix(_TAG)
        if kind == "str":
            return str(event.value)
        try:
            return _plain(kind, event.value)
        except ValueError:
            trouble = "has a value that YAML reads as something else; put it in quotation marks"
            raise _refusal(event, trouble) from None

    def _carry(self, event: yaml.ScalarEvent, key: str) -> None:
        if event.start_mark is None or event.end_mark is None:  # pragma: no cover - always there
            raise SettingsError(1, "cannot be located; write it anew")
        place = (event.start_mark.index, event.end_mark.index)
        for part, start, end in _placed(event.value, self._text, place, event.style or ""):
            self.carried.append(Carried(part, start, end, key))


def _plain(kind: str, word: str) -> Value:
    """Read a word without quotation marks in the one form in which nobody can mistake it.

    Raises:
        ValueError: YAML 1.1 takes it for a number, date or truth that it does not look like

    """
    if kind == "null":
        return None
    if kind == "bool" and word in ("true", "false"):
        return word == "true"
    if kind == "int" and _WHOLE.fullmatch(word):
        return int(word)
    if kind == "float" and _DECIMAL.fullmatch(word):
        return float(word)
    if kind == "timestamp" and _DAY.fullmatch(word):
        return date.fromisoformat(word)
    raise ValueError(kind)


def _refuse_cleverness(event: yaml.Event) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _refusal(event, "has an anchor or alias (& or *); write the value out")
    if getattr(event, "tag", None):
        raise _refusal(event, "has a tag (!); leave it out")


def _refusal(event: yaml.Event, trouble: str) -> SettingsError:
    return SettingsError(event.start_mark.line + 1 if event.start_mark else 1, trouble)


def _placed(
    value: str, text: str, place: tuple[int, int], style: str
) -> list[tuple[str, int, int]]:
    """Say where each stretch of a value stands; the whole stands for the whole if it cannot."""
    start, end = place
    if not value:
        return []
    if style in ("|", ">"):
        inner = (text.find("\n", start) + 1, end)
    elif style:
        inner = (start + 1, end - 1)
    else:
        inner = (start, end)
    if text[slice(*inner)] == value:
        return [(value, *inner)]
    return _aligned(value, text, *inner) or [(value, start, end)]


def _aligned(value: str, text: str, at: int, end: int) -> list[tuple[str, int, int]]:
    """Place a value that differs from its source in white space only; nothing if it does not."""
    found: list[tuple[str, int, int]] = []
    for match in _CHUNK.finditer(value):
        chunk = match[0]
        begin = at
        while at < end and text[at].isspace():
            at += 1
        if chunk.isspace():
            found.append((chunk, begin, at))
        elif text.startswith(chunk, at, end):
            found.append((chunk, at, at + len(chunk)))
            at += len(chunk)
        else:
            return []
    return found
