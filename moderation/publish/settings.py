"""The school's ``mkdocs.yml``: which settings a build may have, and each refusal in plain words.

A setting that is not listed here is refused: MkDocs has too many that run code, read files or ask
third parties, and every release may bring more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from moderation.model import PolicyError
from moderation.pipeline.targets import is_external
from moderation.policy.markdown import EXTENSION_CONFIGS, EXTENSIONS
from moderation.publish.strict_yaml import load_yaml

CONFIG = "mkdocs.yml"
CONTENT = "content"
PLUGINS = ("search", "schoolgate")
_WORDS = ("site_name", "site_url", "site_description", "site_author", "copyright", "not_in_nav")
_KNOWN = (
    *_WORDS,
    *("docs_dir", "site_dir", "theme", "plugins", "markdown_extensions", "nav", "strict"),
    *("use_directory_urls", "validation", "extra", "extra_css", "extra_javascript"),
)
_WHY_NOT = {
    "hooks": "runs programs during the build; remove it",
    "INHERIT": "brings settings from another file; write them here",
    "exclude_docs": "is decided by approval; take the page down instead",
    "draft_docs": "is decided by approval; leave the page unapproved instead",
    "repo_url": "makes every visitor's browser ask a third party; remove it",
}
_SEARCH_OPTIONS = ("lang", "separator", "pipeline")
_THEME = (
    *("name", "custom_dir", "language", "direction", "features", "font", "icon", "favicon"),
    *("logo", "palette"),
)
_THIRD_PARTY = ("analytics", "polyfills", "consent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``mkdocs.yml`` says, all of it plain data that was found harmless.

    Args:
        data: the bytes of the file
        values: the settings, by name
        theme_dir: folder of the site's own theme below its root; empty if there is none
        directory_urls: True if a page is a folder with an ``index.html``
        search: True if visitors may search

    """

    data: bytes
    values: Mapping[str, object]
    theme_dir: str
    directory_urls: bool
    search: bool

    @property
    def site_url(self) -> str:
        """Address of the site; empty if it is not said."""
        return str(self.values.get("site_url", ""))


def read_settings(data: bytes, *, source: str = CONFIG) -> Settings:
    """Read ``mkdocs.yml`` and refuse every setting that could publish or run something unseen.

    Args:
        data: the bytes of the file
        source: its name, for errors

    Raises:
        PolicyError: the message names the setting and says what to do

    """
    read = _Checked(load_yaml(data, source=source), source)
    read.keys()
    read.places()
    theme_dir = read.theme()
    read.extensions()
    read.assets()
    return Settings(
        data=data,
        values=read.values,
        theme_dir=theme_dir,
        directory_urls=read.flag("use_directory_urls"),
        search="search" in read.plugins(),
    )


@dataclass(frozen=True, slots=True)
class _Checked:
    values: Mapping[str, object]
    source: str

    def error(self, key: str, trouble: str) -> PolicyError:
        return PolicyError(f"{self.source}: {key}: {trouble}")

    def keys(self) -> None:
        for key in self.values:
            if key not in _KNOWN:
                raise self.error(key, _WHY_NOT.get(key, "is not a setting of the gate; remove it"))
        for key in _WORDS:
            if key in self.values and not isinstance(self.values[key], str):
                raise self.error(key, "must be words in quotation marks")
        if not self.values.get("site_name"):
            raise self.error("site_name", "is missing; write the name of the school")
        if not str(self.values.get("site_url", "https://")).startswith(("https://", "http://")):
            raise self.error("site_url", "must begin with https://")
        if not isinstance(self.values.get("nav", []), list):
            raise self.error("nav", "must be a list of pages")

    def flag(self, key: str) -> bool:
        value = self.values.get(key, True)
        if not isinstance(value, bool):
            raise self.error(key, "must be true or false")
        return value

    def places(self) -> None:
        if self.values.get("docs_dir") != CONTENT:
            raise self.error("docs_dir", f"must be {CONTENT}, where the gate reads")
        if not self.flag("strict"):
            raise self.error("strict", "must be true; every warning stops the build")

    def theme(self) -> str:
        theme = self.table("theme")
        for key in theme:
            if key not in _THEME:
                raise self.error(f"theme.{key}", "is not a setting of the gate; remove it")
        if theme.get("name") != "material":
            raise self.error("theme.name", "must be material; others ask third parties for files")
        if theme.get("font") is not False:
            raise self.error(
                "theme.font", "must be false, or every visitor's browser asks a third party"
            )
        for key in ("favicon", "logo"):
            picture = theme.get(key, "")
            if not isinstance(picture, str) or is_external(picture) or ".." in picture.split("/"):
                raise self.error(f"theme.{key}", "must name a file of the site's own theme")
        return self.theme_dir(theme.get("custom_dir", ""))

    def theme_dir(self, folder: object) -> str:
        if not isinstance(folder, str):
            raise self.error("theme.custom_dir", "must be the name of a folder")
        path = PurePosixPath(folder)
        first = path.parts[0] if path.parts else ""
        outside = path.is_absolute() or ".." in path.parts or "\\" in folder or ":" in folder
        if outside or first == CONTENT or first.startswith("."):
            raise self.error("theme.custom_dir", "must be a folder of the site beside content")
        return path.as_posix() if path.parts else ""

    def table(self, key: str) -> Mapping[str, object]:
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.error(key, "must be a table of settings")
        return value

    def plugins(self) -> list[str]:
        found = dict(self.entries("plugins"))
        for name, options in found.items():
            if name not in PLUGINS:
                raise self.error(f"plugins.{name}", f"remove it; use {' and '.join(PLUGINS)} only")
            known = _SEARCH_OPTIONS if name == "search" else ()
            for option in options if isinstance(options, dict) else ():
                if option not in known:
                    raise self.error(f"plugins.{name}.{option}", "remove it; the gate sets it")
        return list(found)

    def extensions(self) -> None:
        for name, options in self.entries("markdown_extensions"):
            key = f"markdown_extensions.{name}"
            if name not in EXTENSIONS:
                known = ", ".join(EXTENSIONS)
                raise self.error(key, f"is not one that the checks can read; use {known}")
            if options and options != EXTENSION_CONFIGS.get(name):
                raise self.error(key, "must not be set otherwise; remove what stands below it")

    def assets(self) -> None:
        for key in ("extra_css", "extra_javascript"):
            for name, options in self.entries(key):
                path = options.get("path", name) if isinstance(options, dict) else name
                if not isinstance(path, str) or is_external(path) or ".." in path.split("/"):
                    raise self.error(key, "must name files of the site's own theme only")
        extra = self.table("extra") if self.values.get("extra") else {}
        for key in _THIRD_PARTY:
            if key in extra:
                raise self.error(f"extra.{key}", "asks a third party; remove it")

    def entries(self, key: str) -> Iterator[tuple[str, object]]:
        """Yield the names in a list of names, each with what is set below it."""
        value = self.values.get(key) or []
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str):
                yield each, None
            elif isinstance(each, dict) and len(each) == 1:
                yield from each.items()
            elif isinstance(each, dict) and isinstance(each.get("path"), str):
                yield each["path"], each
            else:
                raise self.error(key, "must be a list of names, each on a line with a hyphen")
