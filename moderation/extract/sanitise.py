"""An article without anything a browser could run or ask another site for, in one form.

The work is nh3's (https://nh3.readthedocs.io), which reads HTML as browsers do; what it may keep is
listed in ``policy.markup``. The build publishes what comes out of here, and an approval binds it.
"""

import re
from functools import lru_cache

import nh3

from moderation.policy.markup import ATTRIBUTES_OF, SCHEMES, TAGS, is_plain_style, wakes_theme

_UNSEEN = re.compile("[\x00-\x20\x7f-\x9f]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
_ROUNDS = 4
_DROPPED = frozenset(("script", "style", "template", "noscript", "iframe", "svg", "math"))
"""Elements that go with all that stands in them; of others only the tags go."""


def sanitised(article: str) -> str:
    """Return *article* as it may be published; what comes out stays as it is the next time.

    Args:
        article: HTML of a page, without the theme

    """
    for _ in range(_ROUNDS):
        cleaned = _cleaner().clean(article)
        if cleaned == article:
            return article
        article = cleaned
    return nh3.clean_text(article)  # HTML that never settles is shown as text


def _kept(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute, or None for one that goes."""
    if wakes_theme(name, value):
        return None
    if name == "style" and not is_plain_style(value):
        return None
    if tag == "img" and name == "src" and _ELSEWHERE.match(_UNSEEN.sub("", value)):
        return None
    return value


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(_DROPPED),
        attributes={tag: set(names) for tag, names in ATTRIBUTES_OF.items()},
        attribute_filter=_kept,
        strip_comments=True,
        link_rel=None,
        generic_attribute_prefixes={"aria-"},
        url_schemes=set(SCHEMES),
        url_relative="pass_through",
    )
