"""Front matter goes into templates, so it may hold words and never tags."""

from collections.abc import Iterator

from moderation.model import Document
from moderation.policy.markup import front_matter_flaws


def front_matter_troubles(page: Document) -> Iterator[str]:
    """Yield what in the front matter of *page* a template must not be given."""
    for field, _, trouble, remedy in front_matter_flaws(page.front_matter):
        yield f"{page.path}: front matter: {field}: {trouble}; {remedy}"
