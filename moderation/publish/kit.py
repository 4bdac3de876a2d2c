"""The locked kit: the site's own theme, Material's files, and the programs that build."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from moderation.model import Asset, AssetRef, BuildError, digest_of
from moderation.publish.installed import changed_programs
from moderation.publish.settings import CONFIG, Settings
from moderation.publish.theme import theme_troubles

PROGRAMS = (
    *("mkdocs", "mkdocs-material", "markdown", "jinja2", "markupsafe", "nh3"),
    *("babel", "click", "colorama", "mergedeep", "pathspec", "pygments", "pyyaml"),
    "pyyaml-env-tag",
)
"""What a build runs, besides Schoolgate itself: all that MkDocs imports and always installs."""
COMPARED = (*PROGRAMS, "backrefs")
"""What must be as it was installed. Backrefs, by which the index of the search is cut into words,
is another package for each version of Python, so a lock of it would hold for one version only."""
_OWN = re.compile(r"\.dist-info/|\.(so|pyd|dylib),sha256=")
"""What differs from one machine to the next; a head on Windows locks for Linux too."""

_SCRIPT = re.compile(r"<script\b[^>]*>(?!\s*</script)(.*?)</script", re.DOTALL | re.IGNORECASE)
_PRINTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_PLAIN = r"[A-Za-z0-9 ._/:@%~+-]*"
"""What a template may put into one of its scripts: nothing that ends a string or a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What a build may show besides approved files.

    Args:
        own: files of the site's own theme, by path
        base: folder of Material's templates
        scripts: a pattern for each script that stands in a template

    """

    own: Mapping[str, Asset]
    base: Path
    scripts: tuple[re.Pattern[str], ...]

    def file(self, path: str) -> bytes | None:
        """Return the bytes of the theme's file at *path*, the site's own before Material's."""
        if path in self.own:
            return self.own[path].data
        target = self.base / path
        plain = ".." not in path.split("/") and not path.startswith(("/", "."))
        return target.read_bytes() if plain and target.is_file() else None

    def wrote(self, script: str) -> bool:
        """Say whether a template of the kit wrote this inline script."""
        return any(pattern.fullmatch(script) for pattern in self.scripts)


def load_kit(theme: tuple[Asset, ...], *, package: str = "material") -> Kit:
    """Bring the kit together.

    Args:
        theme: files of the site's own theme, by path below its folder
        package: the package that holds Material's templates

    Raises:
        BuildError: Material is not installed, a program is not as it was installed, or a file of
            the theme must not reach a visitor

    """
    troubles = [*theme_troubles(theme), *changed_programs(COMPARED)]
    if troubles:
        raise BuildError("\n".join(troubles))
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise BuildError("mkdocs-material: is not installed; install Schoolgate again")
    base = Path(spec.submodule_search_locations[0]) / "templates"
    own = {asset.path: asset for asset in theme}
    sources = [asset.data for path, asset in own.items() if path.endswith(".html")]
    sources += [path.read_bytes() for path in sorted(base.glob("*.html"))]
    sources += [path.read_bytes() for path in sorted((base / "partials").rglob("*.html"))]
    bodies = {body for data in sources for body in _SCRIPT.findall(data.decode("utf-8", "replace"))}
    return Kit(own=own, base=base, scripts=tuple(_pattern(body) for body in sorted(bodies)))


def locked(settings: Settings, theme: tuple[Asset, ...]) -> tuple[AssetRef, ...]:
    """Name by digest everything besides the content that shapes the output."""
    refs = [AssetRef(CONFIG, digest_of(settings.data), len(settings.data))]
    refs += [AssetRef(f"theme/{a.path}", a.digest, len(a.data)) for a in theme]
    refs += [_program(name) for name in PROGRAMS]
    return tuple(sorted(refs))


def _program(name: str) -> AssetRef:
    """Digest a program by the digests of its files, as its installer recorded them."""
    program = distribution(name)
    record = (program.read_text("RECORD") or "").splitlines()
    kept = [line for line in record if ",sha256=" in line and not _OWN.search(line)]
    data = "\n".join(sorted(line for line in kept if not line.startswith(".."))).encode()
    return AssetRef(f"{name} {program.version}", digest_of(data), len(data))


def _pattern(body: str) -> re.Pattern[str]:
    """Make a pattern of a script in a template: what it prints may be any plain word.

    A script with statements of Jinja in it gets a pattern that only its own source matches.
    """
    literal = (re.escape(part) for part in _PRINTED.split(body))
    return re.compile(_PLAIN.join(literal))
