"""Would a build come out as the last one on this machine did? By a digest of all that goes in.

The answer is kept in the private folder of the machine and never in the repository: whoever could
write it could also say that a site of their own making needs no building.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from importlib.metadata import distribution
from pathlib import Path

from moderation.attest.canonical import DIGEST, canonical, parse
from moderation.model import IntegrityError, digest_of
from moderation.publish.folder import manifest_path
from moderation.publish.kit import PROGRAMS
from moderation.publish.manifest import OutputManifest
from moderation.publish.settings import CONFIG, CONTENT
from moderation.publish.site import STATE, Site
from moderation.publish.urgent import urgent_pages
from moderation.publish.verify import differences, read_ordinary

_VERSION = 1
_FIELDS = ("version", "out", "inputs", "manifest", "theme", "until", "answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The last build on this machine.

    Args:
        out: where the site was put
        inputs: digest of everything it was made from
        manifest: digest of the text of its manifest
        theme: folder of the site's own theme, empty if there is none
        until: when the first approval ends by itself, in seconds since 1970; nought if none does
        answer: what the command said of it, as JSON

    """

    out: str
    inputs: str
    manifest: str
    theme: str
    until: int
    answer: str

    def to_json(self) -> bytes:
        """Write it as canonical JSON."""
        body = {name: getattr(self, name) for name in _FIELDS[1:]}
        return canonical({"version": _VERSION, **body})

    @classmethod
    def from_json(cls, data: bytes, *, source: str) -> "Built":
        """Read it strictly.

        Raises:
            IntegrityError: it is not one

        """
        root = parse(data, source=source)
        root.only(*_FIELDS)
        if root.child("version").number() != _VERSION:
            raise root.error(f"is not of version {_VERSION}; build again")
        return cls(
            out=root.child("out").text(),
            inputs=root.child("inputs").text(DIGEST),
            manifest=root.child("manifest").text(DIGEST),
            theme=root.child("theme").text(empty=True),
            until=root.child("until").number(),
            answer=root.child("answer").text(),
        )


def inputs_digest(
    root: Path, *, theme: str, days: Iterable[date], told: str, beside: Iterable[Path] = ()
) -> str:
    """Digest everything that shapes a build, without asking what any of it means.

    Args:
        root: the folder with ``mkdocs.yml``
        theme: folder of the site's own theme below it, empty if there is none
        days: today, at the school and in UTC: pages, consents and lists begin and end on days
        told: what the environment says that changes the output or the answer of the gate
        beside: files outside *root* that the answer of the gate rests on

    Raises:
        OSError: something cannot be read
        ImportError: a program is not installed

    """
    lines = [*(f"day {day}" for day in days), f"told {told!r}"]
    lines += [_line(f"{root}/{CONFIG}", CONFIG), *(_line(str(p), p.name) for p in beside)]
    for name in (CONTENT, STATE, *([theme] if theme else ())):
        lines += _tree(f"{root}/{name}", f"{name}/")
    with resources.as_file(resources.files("moderation")) as own:
        lines += _tree(str(own), "moderation/", ending=(".py", ".toml"))
    lines += (f"{name} {_installed(name)}" for name in PROGRAMS)
    return digest_of("\n".join(lines).encode("utf-8", "surrogateescape"))


def still_stands(built: Built, out: Path, *, now: datetime) -> bool:
    """Say whether *out* is, byte for byte, what that build made, and no approval ended since.

    Args:
        built: the last build on this machine
        out: the output folder
        now: aware time

    """
    if built.out != _place(out) or (built.until and now.timestamp() >= built.until):
        return False
    try:
        text = manifest_path(out).read_bytes()
        if digest_of(text) != built.manifest:
            return False
        manifest = OutputManifest.from_json(text.decode(), source=manifest_path(out).name)
    except (OSError, ValueError, IntegrityError):
        return False
    return not differences(out, manifest)


def remembered(
    site: Site,
    made: OutputManifest,
    out: Path,
    *,
    inputs: str,
    theme: str,
    answer: str,
    now: datetime,
) -> Built:
    """Return what to keep of a build.

    Args:
        site: what was built
        made: what it became
        out: where it stands
        inputs: see :func:`inputs_digest`
        theme: folder of the site's own theme, empty if there is none
        answer: what the command said of it, as JSON
        now: aware time of the build

    """
    days = timedelta(days=site.policy.limits.approval_days)
    ends = (
        min(each.issued_at + days, each.expires_at or datetime.max.replace(tzinfo=UTC))
        for each in site.statements
    )
    alone = (each.until for each in urgent_pages(site.statements, site.policy, now=now))
    later = [int(end.timestamp()) for end in (*ends, *alone) if end > now]
    return Built(
        out=_place(out),
        inputs=inputs,
        manifest=digest_of(made.to_json().encode()),
        theme=theme,
        until=min(later, default=0),
        answer=answer,
    )


def _tree(folder: str, prefix: str, ending: tuple[str, ...] = ("",)) -> Iterator[str]:
    """Yield a line for each name below *folder*, hidden ones too, in order."""
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        name = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _tree(entry.path, f"{name}/", ending)
        elif not entry.is_file(follow_symlinks=False):
            yield f"special {name!r}"
        elif entry.name.endswith(ending):
            yield _line(entry.path, name)


def _line(path: str, name: str) -> str:
    data = read_ordinary(path)
    return f"special {name!r}" if data is None else f"{digest_of(data)} {name!r}"


def _installed(name: str) -> str:
    """Digest what the installer recorded of a program."""
    return digest_of((distribution(name).read_text("RECORD") or "").encode())


def _place(out: Path) -> str:
    return os.path.abspath(out)  # noqa: PTH100 - must not follow links
