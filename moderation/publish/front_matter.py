"""Front matter goes into templates, so it may hold words and never tags."""

import re
from collections.abc import Iterator, Mapping

from moderation.model import Document
from moderation.publish.kit import Kit

_TAG = re.compile(r"<[a-z/!?]", re.IGNORECASE)


def front_matter_troubles(page: Document, kit: Kit) -> Iterator[str]:
    """Yield what in the front matter of *page* a template must not be given.

    Material takes entities out of a title again before it prints it, so escaping is not enough.
    """
    for field, value in _texts("", page.front_matter):
        if _TAG.search(value):
            yield f"{page.path}: front matter: {field}: holds a tag; write plain words"
    template = page.front_matter.get("template")
    if template is not None and not (isinstance(template, str) and kit.has_template(template)):
        yield (
            f"{page.path}: front matter: template: is no template of the site's own theme; "
            "remove the line"
        )


def _texts(field: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            name = f"{field}.{key}" if field else str(key)
            yield field or "a key", str(key)
            yield from _texts(name, each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(field, each)
    else:
        yield field, str(value)
