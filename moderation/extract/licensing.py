"""What stands beside a file about its rights: a ``.license`` file, and ``REUSE.toml``.

After *REUSE Specification 3.3* (Free Software Foundation Europe): annotations of version 1, of
which the last that fits counts, with ``*`` for a name, ``**`` for folders too, and precedence.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from moderation.model import Declaration, ExtractionError

SIDECAR = ".license"
REUSE = "REUSE.toml"
_OWN = "LicenseRef-"
_HOLDER = re.compile(r"SPDX-(?:File|Snippet)CopyrightText:[ \t]*([^\r\n]*)")
_LICENCE = re.compile(r"SPDX-License-Identifier:[ \t]*([^\r\n]*)")
_BY = re.compile(r"SPDX-FileContributor:[ \t]*([^\r\n]*)")
_LEAD = re.compile(
    r"^(?:(?:©|\(c\)|copyright|\d{4}(?:\s*[-–,]\s*(?:\d{2,4}|present))*)[\s,:]*)+", re.IGNORECASE
)
_VERSION = 1
_PRECEDENCE = ("closest", "aggregate", "override")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of paths, compared in a time that no pattern makes longer than its own length.

    Args:
        signs: ``*`` for a name, ``**`` for folders too, and each other sign after an ``=``

    """

    signs: tuple[str, ...]

    def fits(self, path: str) -> bool:
        """Say whether a whole path is of this pattern."""
        states = self._skipped({0})
        for sign in path:
            moved = {at + 1 for at in states if self.signs[at : at + 1] == (f"={sign}",)}
            stay = {at for at in states if self.signs[at : at + 1] in (("**",), ("*",))}
            moved |= {at for at in stay if sign != "/" or self.signs[at] == "**"}
            states = self._skipped(moved)
        return len(self.signs) in states

    def _skipped(self, states: set[int]) -> set[int]:
        """Return the states, and those after wildcards that stand for nothing."""
        whole = set(states)
        for at in states:
            while self.signs[at : at + 1] in (("**",), ("*",)):
                at += 1
                whole.add(at)
        return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A paragraph of ``REUSE.toml``.

    Args:
        paths: patterns of paths, relative to the folder of the file
        holder: whose the files are
        licence: SPDX identifier, or a word of the policy's list
        overrides: it counts more than what stands nearer to a file

    """

    paths: tuple[Pattern, ...]
    holder: str
    licence: str
    overrides: bool


def is_licensing(path: str) -> bool:
    """Say whether a file only says whose another file is."""
    name = PurePosixPath(path).name
    return name == REUSE or (name.endswith(SIDECAR) and name != SIDECAR)


def read_sidecar(path: str, data: bytes) -> Declaration:
    """Read the file of licence that stands beside a file.

    Args:
        path: of the file that it speaks of, relative to the content folder
        data: bytes of the sidecar

    Raises:
        ExtractionError: it is no text, or says nothing of rights

    """
    text = _text(f"{path}{SIDECAR}", data)
    holder, licence, author = (
        "; ".join(_plain(each) for each in form.findall(text) if each.strip())
        for form in (_HOLDER, _LICENCE, _BY)
    )
    if not (holder or licence):
        raise ExtractionError(
            f"{path}{SIDECAR}: says nothing of rights; write SPDX-FileCopyrightText: and "
            "SPDX-License-Identifier:"
        )
    return Declaration(
        path=path,
        author=author or holder,
        holder=holder if author else "",
        licence=licence.removeprefix(_OWN),
    )


def write_sidecar(declaration: Declaration) -> bytes:
    """Write the file of licence for a file; its author, holder and licence fit into one."""
    holder = declaration.holder or declaration.author
    lines = [f"SPDX-FileCopyrightText: {holder}"]
    if declaration.holder and declaration.author:
        lines.append(f"SPDX-FileContributor: {declaration.author}")
    lines += ["", f"SPDX-License-Identifier: {spdx(declaration.licence)}"]
    return ("\n".join(lines) + "\n").encode()


def read_reuse(path: str, data: bytes) -> tuple[Annotation, ...]:
    """Read ``REUSE.toml``.

    Args:
        path: its path, for errors
        data: its bytes

    Raises:
        ExtractionError: it cannot be used; the message names the place

    """
    try:
        table = tomllib.loads(_text(path, data))
    except tomllib.TOMLDecodeError as error:
        raise ExtractionError(
            f"{path}: is no TOML: {str(error)[:1].lower()}{str(error)[1:]}"
        ) from None
    except (RecursionError, ValueError):  # lists in lists, a number of thousands of digits
        raise ExtractionError(f"{path}: is nested too deep, or holds too long a number") from None
    if table.get("version") != _VERSION:
        raise ExtractionError(f"{path}: version: write version = 1")
    entries = table.get("annotations", [])
    if not isinstance(entries, list):
        raise ExtractionError(f"{path}: annotations: write [[annotations]] for each")
    return tuple(
        _annotation(entry, f"{path}: annotations {n}") for n, entry in enumerate(entries, 1)
    )


def write_reuse(declarations: Iterable[Declaration], holder: str, folder: str) -> bytes:
    """Write ``REUSE.toml``: whose each declared file is, and everything else *holder*'s own work.

    Args:
        declarations: of files, with author and licence; the last of a path counts
        holder: whose pages and settings they are
        folder: where the files are, relative to the folder of the file

    """
    whole = Declaration(path="**", author=holder, licence="own-work")
    files = sorted({each.path: each for each in declarations}.values(), key=lambda each: each.path)
    parts = ["version = 1\n", _paragraph(whole, "**")]
    parts += [_paragraph(each, f"{folder}/{_plainly(each.path)}") for each in files]
    return "\n".join(parts).encode()


def _paragraph(said: Declaration, path: str) -> str:
    return (
        f"[[annotations]]\npath = {json.dumps(path)}\n"
        f"SPDX-FileCopyrightText = {json.dumps(said.holder or said.author)}\n"
        f"SPDX-License-Identifier = {json.dumps(spdx(said.licence))}\n"
    )


def _plainly(path: str) -> str:
    return path.replace("\\", "\\\\").replace("*", "\\*")


def spdx(licence: str) -> str:
    """Return a licence as REUSE knows it: words of the policy become a reference."""
    return f"{_OWN}{licence}" if licence.islower() else licence


def annotated(annotations: tuple[Annotation, ...], path: str) -> Annotation | None:
    """Return the last annotation that fits a path, which is relative to the folder of the file."""
    return next((a for a in reversed(annotations) if any(p.fits(path) for p in a.paths)), None)


def _annotation(entry: object, where: str) -> Annotation:
    if not isinstance(entry, Mapping):
        raise ExtractionError(f"{where}: write [[annotations]] for each")
    precedence = entry.get("precedence", "closest")
    if precedence not in _PRECEDENCE:
        raise ExtractionError(f"{where}: precedence: use one of {', '.join(_PRECEDENCE)}")
    paths = list(_words(entry, "path", where))
    if not paths:
        raise ExtractionError(f"{where}: path: name the files that it speaks of")
    return Annotation(
        paths=tuple(map(_pattern, paths)),
        holder="; ".join(map(_plain, _words(entry, "SPDX-FileCopyrightText", where))),
        licence=" AND ".join(_words(entry, "SPDX-License-Identifier", where)).removeprefix(_OWN),
        overrides=precedence == "override",
    )


def _words(entry: Mapping[object, object], key: str, where: str) -> Iterator[str]:
    value = entry.get(key, [])
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise ExtractionError(f"{where}: {key}: write words, or a list of them")
    yield from (each.strip() for each in listed)


def _pattern(glob: str) -> Pattern:
    """Read a glob of REUSE; a backslash takes a sign as it is."""
    parts = re.findall(r"\\.|\*+|[^\\*]|\\", glob, re.DOTALL)
    return Pattern(tuple(part[:2] if part[0] == "*" else f"={part[-1]}" for part in parts))


def _plain(holder: str) -> str:
    return _LEAD.sub("", holder.strip()).strip()


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ExtractionError(f"{path}: is not saved as UTF-8; save it as UTF-8") from None
