"""Write a declaration into a page's front matter, leaving every other byte as it was."""

from typing import NamedTuple

import yaml

from moderation.extract.declarations import WORDS, read_declarations
from moderation.extract.front_matter import BLOCK
from moderation.model import Declaration, Document, ExtractionError, UsageError
from moderation.pipeline.confined import read_document

_MARK = "\ufeff"


def declare(path: str, page: bytes, declaration: Declaration, *, replace: bool) -> bytes:
    """Return the bytes of *page* with *declaration* among its front matter.

    Raises:
        UsageError: the file is declared already and *replace* is not set, or the front matter is
            written in a way that cannot be changed safely
        ExtractionError: the page cannot be read

    """
    before = read_document(path, page)
    declared = dict(read_declarations(before))
    if declaration.path in declared and not replace:
        raise UsageError(f"{path}: declares {declaration.path} already; change it with --replace")
    text, mark, newline = _plain(path, page)
    changed = (mark + _with(text, declaration).replace("\n", newline)).encode()
    if not _says(path, changed, before, {**declared, declaration.path: declaration}):
        raise UsageError(f"{path}: its front matter is written unusually; add the entry by hand")
    return changed


def _says(path: str, page: bytes, before: Document, wanted: dict[str, Declaration]) -> bool:
    """Say whether a changed page declares what is wanted, and is otherwise as it was."""
    try:
        after = read_document(path, page)
    except ExtractionError:
        return False  # the page as it was could be read, so that its line would mean nothing
    same = before.visible_text == after.visible_text and _others(before) == _others(after)
    return same and read_declarations(after) == wanted


def _plain(path: str, page: bytes) -> tuple[str, str, str]:
    """Return the text with plain line ends, the mark before it, and the line end it uses."""
    try:
        text = page.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not saved as UTF-8; save it as UTF-8 and try again") from None
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    newline = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    if plain.replace("\n", newline) != text:
        raise UsageError(f"{path}: mixes two kinds of line ends; save it anew and try again")
    return plain, mark, newline


def _others(page: Document) -> dict[str, object]:
    return {key: value for key, value in page.front_matter.items() if key != "assets"}


def _with(text: str, declaration: Declaration) -> str:
    """Return a page with the entry, in the place of the one that it replaces."""
    block = BLOCK.match(text)
    if block is None:
        return f"---\nassets:\n{_entry(declaration, 2)}---\n\n{text}"
    lines = block[1].splitlines(keepends=True)
    place = _place(block[1], declaration.path)
    lines[place.start : place.stop] = [place.lead, _entry(declaration, place.indent)]
    return text[: block.start(1)] + "".join(lines) + text[block.end(1) :]


class _Place(NamedTuple):
    """Which lines of the front matter an entry takes, what is before it, and how far it is in."""

    start: int
    stop: int
    lead: str = ""
    indent: int = 2


def _place(settings: str, path: str) -> _Place:
    """Return where the entry of a file stands, or is to stand."""
    root = yaml.compose(settings, Loader=yaml.SafeLoader)
    last = len(settings.splitlines())
    if not isinstance(root, yaml.MappingNode):
        return _Place(last, last, "assets:\n")
    table = next((pair for pair in root.value if pair[0].value == "assets"), None)
    if table is None:
        return _Place(last, last, "assets:\n")
    key, entries = table
    line = key.start_mark.line
    if not entries.value or isinstance(entries, yaml.ScalarNode):
        empty = isinstance(entries, yaml.ScalarNode) and not entries.value
        return _Place(line + 1, line + 1) if empty else _Place(line, line + 1, "assets:\n")
    indent = entries.value[0][0].start_mark.column
    found = next((pair for pair in entries.value if pair[0].value == path), None)
    name, value = found or entries.value[-1]
    stop = _after(settings, name.start_mark.line, value.end_mark)
    return _Place(name.start_mark.line if found else stop, stop, indent=indent)


def _after(settings: str, start: int, end: yaml.Mark) -> int:
    """Return the line after a value, without the blank lines and comments that follow it."""
    lines = settings.splitlines()
    stop = end.line + (1 if end.column and lines[end.line][: end.column].strip() else 0)
    while stop > start + 1 and (not (plain := lines[stop - 1].strip()) or plain[0] == "#"):
        stop -= 1
    return stop


def _entry(declaration: Declaration, indent: int) -> str:
    values: dict[str, object] = {}
    if declaration.people is not None:
        values["people"] = list(declaration.people)
    for key in WORDS:
        if word := getattr(declaration, key.replace("-", "_")):
            values[key] = word
    if declaration.until is not None:
        values["until"] = declaration.until.isoformat()
    if declaration.decorative:
        values["decorative"] = True
    dumped = yaml.safe_dump(
        {declaration.path: values}, sort_keys=False, allow_unicode=True, default_flow_style=None
    )
    return "".join(f"{' ' * indent}{line}".rstrip() + "\n" for line in dumped.splitlines())
