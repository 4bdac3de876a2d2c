"""Write a declaration into a page's front matter, leaving every other byte as it was."""

import re

import yaml

from moderation.extract.declarations import WORDS, read_declarations
from moderation.model import Declaration, Document, UsageError
from moderation.pipeline.confined import read_document

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<body>.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_TABLE = re.compile(r"^assets:[ \t]*\n(?:(?:[ \t]+[^\n]*|[ \t]*)\n)*", re.MULTILINE)
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
    if declaration.path in declared:
        text = _without(text, declaration.path)
    changed = (mark + _with(text, declaration).replace("\n", newline)).encode()
    after = read_document(path, changed)
    same = before.visible_text == after.visible_text and _others(before) == _others(after)
    if not same or read_declarations(after) != {**declared, declaration.path: declaration}:
        raise UsageError(f"{path}: its front matter is written unusually; add the entry by hand")
    return changed


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
    entry = _entry(declaration)
    block = _BLOCK.match(text)
    if block is None:
        return f"---\nassets:\n{entry}---\n\n{text}"
    start = block.start("body")
    table = _TABLE.search(block["body"])
    if table is None:
        at = block.end("body")
        return f"{text[:at]}assets:\n{entry}{text[at:]}"
    at = start + table.start() + len(table[0].rstrip()) + 1
    return f"{text[:at]}{entry}{text[at:]}"


def _without(text: str, path: str) -> str:
    entry = re.compile(
        rf"^(?P<indent>[ \t]+)[\"']?{re.escape(path)}[\"']?:[^\n]*\n(?:(?P=indent)[ \t]+[^\n]*\n)*",
        re.MULTILINE,
    )
    return entry.sub("", text, count=1)


def _entry(declaration: Declaration) -> str:
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
    return "".join(f"  {line}\n" for line in dumped.splitlines())
