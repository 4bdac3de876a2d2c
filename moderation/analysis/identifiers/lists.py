"""Lists of words that stand beside the code, in the folder ``lists``: one file a module."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def listed(module: str, name: str) -> str:
    """Return one list as it is written there.

    Args:
        module: the file, named for the module that asks
        name: key in that file

    """
    return table(module)[name]


def topics() -> Mapping[str, str]:
    """Return a pattern for the words of each topic that the law protects, whatever the case."""
    return {topic: "|".join(lines.split()) for topic, lines in table("topics").items()}


@cache
def table(module: str) -> Mapping[str, str]:
    """Return every list of a file."""
    source = files("moderation.analysis.identifiers").joinpath("lists", f"{module}.toml")
    return tomllib.loads(source.read_text("utf-8"))
