"""The Markdown that pages are written in; the build and the reader both follow this list."""

from collections.abc import Mapping
from types import MappingProxyType

EXTENSIONS = ("admonition", "attr_list", "tables", "sane_lists", "toc", "fenced_code")
"""Extensions of Python-Markdown that are on, and no others."""

EXTENSION_CONFIGS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {"toc": MappingProxyType({"permalink": False})}
)
"""Their settings; what is not here keeps its default."""
