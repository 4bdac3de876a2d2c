"""What may be built and why each other file may not; and what was built, by digest."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from moderation.attest.canonical import DIGEST, Record, canonical, parse
from moderation.model import AssetRef

VERSION = 1
_ORDINARY = re.compile(r"[^\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A file that may not be built, and why, in plain words."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The answer of the gate.

    Args:
        admitted: files that may be built, ordered by path
        refused: every other file, ordered by path
        dated: files that are approved, and are published on other days than today, likewise
        next_day: the next day on which a date turns the answer; None if none does
        articles: path of each admitted page with the digest of the article that was approved; twice
            where enough persons approved each of two; no part of what two answers are compared by

    """

    admitted: tuple[AssetRef, ...] = ()
    refused: tuple[Refusal, ...] = ()
    dated: tuple[Refusal, ...] = ()
    next_day: date | None = None
    articles: frozenset[tuple[str, str]] = field(default=frozenset(), compare=False)

    def refusing(self, more: Iterable[Refusal]) -> "Manifest":
        """Return this manifest with *more* files refused."""
        return replace(self, refused=tuple(sorted((*self.refused, *more))))


class Origin(StrEnum):
    """Where a file of the output came from."""

    PAGE = "page"
    ASSET = "asset"
    THEME = "theme"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class OutputFile:
    """One file of the output: its path below ``site/``, its bytes, and what it was made from.

    *source* is the path of the page or file in the content folder, or of the file in the theme;
    empty for a file that MkDocs makes of all pages together.
    """

    path: str
    digest: str
    size: int
    origin: Origin
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputManifest:
    """Everything that was built, and everything it was built from.

    Args:
        files: the output, ordered by path
        content: the admitted files it was built from, ordered by path
        kit: mkdocs.yml, the files of the site's theme, and one line for each program, by digest
        epoch: the time the build was told it is, in seconds since 1970
        left_out: pages that the gate admitted and that could not be built as approved, with why
        struck: files of the content folder that were taken down, and out of the output, since

    """

    files: tuple[OutputFile, ...]
    content: tuple[AssetRef, ...]
    kit: tuple[AssetRef, ...]
    epoch: int
    left_out: tuple[Refusal, ...] = ()
    struck: tuple[str, ...] = ()

    @property
    def published(self) -> tuple[AssetRef, ...]:
        """Every file of the output by path, digest and size, ordered by path."""
        return tuple(sorted(AssetRef(each.path, each.digest, each.size) for each in self.files))

    def to_json(self) -> str:
        """Write the manifest as canonical JSON with a newline at the end."""
        body: dict[str, object] = {
            "version": VERSION,
            "files": [
                {
                    "path": f.path,
                    "digest": f.digest,
                    "size": f.size,
                    "origin": f.origin.value,
                    "source": f.source,
                }
                for f in self.files
            ],
            "content": _refs(self.content),
            "kit": _refs(self.kit),
            "epoch": self.epoch,
        }
        if self.left_out:
            body["leftOut"] = [{"path": r.path, "reason": r.reason} for r in self.left_out]
        if self.struck:
            body["struck"] = self.struck
        return canonical(body).decode() + "\n"

    @classmethod
    def from_json(cls, text: str, *, source: str) -> "OutputManifest":
        """Read an output manifest strictly.

        Raises:
            IntegrityError: it is not one; the message names the field

        """
        root = _root(text, source, "files", "content", "kit", "epoch", "leftOut", "struck")
        optional = dict(root.items())
        left_out, struck = optional.get("leftOut"), optional.get("struck")
        return cls(
            files=tuple(_output_file(each) for each in root.child("files").each()),
            content=_read_refs(root.child("content")),
            kit=_read_refs(root.child("kit")),
            epoch=root.child("epoch").number(),
            left_out=tuple(map(_refusal, left_out.each())) if left_out else (),
            struck=tuple(each.text(_ORDINARY) for each in struck.each()) if struck else (),
        )


def _root(text: str, source: str, *keys: str) -> Record:
    root = parse(text, source=source)
    root.only("version", *keys)
    version = root.child("version")
    if version.number() != VERSION:
        raise version.error(f"is not {VERSION}; update Schoolgate")
    return root


def _refs(refs: Iterable[AssetRef]) -> list[dict[str, object]]:
    return [{"path": r.path, "digest": r.digest, "size": r.size} for r in refs]


def _read_refs(table: Record) -> tuple[AssetRef, ...]:
    refs = []
    for each in table.each():
        each.only("path", "digest", "size")
        refs.append(AssetRef(_path(each), each.child("digest").text(DIGEST), _size(each)))
    return tuple(refs)


def _output_file(record: Record) -> OutputFile:
    record.only("path", "digest", "size", "origin", "source")
    return OutputFile(
        path=_path(record),
        digest=record.child("digest").text(DIGEST),
        size=_size(record),
        origin=Origin(record.child("origin").choice(list(Origin))),
        source=record.child("source").text(_ORDINARY, empty=True),
    )


def _refusal(record: Record) -> Refusal:
    record.only("path", "reason")
    return Refusal(_path(record), record.child("reason").text(_ORDINARY))


def _path(record: Record) -> str:
    return record.child("path").text(_ORDINARY)


def _size(record: Record) -> int:
    return record.child("size").number()
