"""The ``mkdocs.yml`` that MkDocs is given: made from the checked settings, for the export alone."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

from moderation.model import PolicyError
from moderation.pipeline.targets import is_external
from moderation.policy.markdown import EXTENSION_CONFIGS, EXTENSIONS
from moderation.publish.settings import CONFIG, Settings

_PASSED = (
    *("site_name", "site_url", "site_description", "site_author", "copyright", "not_in_nav"),
    *("use_directory_urls", "extra", "extra_css", "extra_javascript"),
)
_VALIDATION = {
    "nav": {"omitted_files": "info", "not_found": "warn", "absolute_links": "warn"},
    "links": {
        "not_found": "info",
        "anchors": "info",
        "absolute_links": "info",
        "unrecognized_links": "info",
    },
}
"""Links are checked before, against what is known and not only what is built (``links.py``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The folders of one build, all of them its own.

    Args:
        root: a new folder that nobody else knows

    """

    root: Path

    @property
    def config(self) -> Path:
        """The effective ``mkdocs.yml``."""
        return self.root / CONFIG

    @property
    def docs(self) -> Path:
        """Admitted files."""
        return self.root / "docs"

    @property
    def theme(self) -> Path:
        """The site's own theme."""
        return self.root / "theme"

    @property
    def hook(self) -> Path:
        """Our own hook."""
        return self.root / "hook" / "recorder.py"

    @property
    def site(self) -> Path:
        """What MkDocs makes."""
        return self.root / "site"


def effective_config(
    settings: Settings, export: Export, *, admitted: Collection[str], known: Collection[str]
) -> str:
    """Write the configuration of one build.

    Args:
        settings: the checked settings of the school
        export: where everything stands
        admitted: paths that are built
        known: paths that the site has or had, admitted or not

    Raises:
        PolicyError: the navigation names a page that the site never had

    """
    given = settings.values
    theme = given["theme"]
    made: dict[str, object] = {key: given[key] for key in _PASSED if key in given}
    made |= {
        "docs_dir": str(export.docs),
        "site_dir": str(export.site),
        "theme": {**(theme if isinstance(theme, dict) else {}), "custom_dir": str(export.theme)},
        "plugins": _search(settings),
        "hooks": [str(export.hook)],
        "markdown_extensions": [_extension(name) for name in EXTENSIONS],
        "validation": _VALIDATION,
        "strict": True,
    }
    nav = _Navigation(frozenset(admitted), frozenset(known)).kept(given.get("nav", []))
    if nav:
        made["nav"] = nav
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=True)


def _search(settings: Settings) -> list[object]:
    plugins = settings.values.get("plugins") or []
    listed = plugins if isinstance(plugins, list) else [plugins]
    return [each for each in listed if each == "search" or _is_search(each)]


def _is_search(entry: object) -> bool:
    return isinstance(entry, dict) and "search" in entry


def _extension(name: str) -> object:
    options = EXTENSION_CONFIGS.get(name)
    return {name: dict(options)} if options else name


@dataclass(frozen=True, slots=True)
class _Navigation:
    admitted: frozenset[str]
    known: frozenset[str]

    def kept(self, entries: object) -> list[object]:
        """Return *entries* without pages that are known and not admitted."""
        if not isinstance(entries, list):
            raise PolicyError(f"{CONFIG}: nav: must be a list of pages")
        return [each for each in map(self._entry, entries) if each]

    def _entry(self, entry: object) -> object:
        if isinstance(entry, str):
            return entry if self._stays(entry) else None
        if not isinstance(entry, dict) or len(entry) != 1:
            raise PolicyError(f"{CONFIG}: nav: write each page on its own line, with a hyphen")
        ((title, target),) = entry.items()
        if isinstance(target, str):
            return {title: target} if self._stays(target) else None
        below = self.kept(target)
        return {title: below} if below else None

    def _stays(self, target: str) -> bool:
        if is_external(target):
            if not target.startswith(("https://", "http://", "mailto:")):
                raise PolicyError(f"{CONFIG}: nav: {target}: must begin with https://")
            return True
        if target not in self.admitted and target not in self.known:
            raise PolicyError(
                f"{CONFIG}: nav: {target}: is not a file of the site; correct or remove the line"
            )
        return target in self.admitted
