"""Files that come with Schoolgate: scaffolds, the theme and the worked example."""

from pathlib import Path

from moderation.model import UsageError

_PACKAGE = Path(__file__).parent.parent
_CHECKOUT = _PACKAGE.parent


def templates() -> Path:
    """Return the folder of scaffolds and theme, from the wheel or from a checkout.

    Raises:
        UsageError: the installation is not whole

    """
    return _first(_PACKAGE / "_templates", _CHECKOUT / "site_templates")


def example() -> Path:
    """Return the worked example: mkdocs.yml, content and .schoolgate of an invented school.

    Raises:
        UsageError: the installation is not whole

    """
    return _first(_PACKAGE / "_example", _CHECKOUT)


def _first(*folders: Path) -> Path:
    for folder in folders:
        if folder.is_dir():
            return folder
    raise UsageError("the installation is not whole; install schoolgate again")
