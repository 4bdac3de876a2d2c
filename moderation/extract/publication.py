"""From which day to which a page is published: ``publish:`` and ``expires:`` in its front matter.

The days stand in the page itself, so that whoever approves it approves them. What looks like one
of them and is not is refused: a page must not appear early because of a slip of the pen.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from moderation.model import Document, ExtractionError, Publication

_FIRST, _LAST = "publish", "expires"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MEANT: Mapping[str, str] = {
    **dict.fromkeys(
        ("embargo", "embargoed", "publishfrom", "publishon", "publishdate", "publishat"), _FIRST
    ),
    **dict.fromkeys(
        ("publishafter", "notbefore", "visiblefrom", "publishing", "publishes", "golive"), _FIRST
    ),
    **dict.fromkeys(
        ("expire", "expiry", "expirydate", "expireson", "expiresat", "expiration"), _LAST
    ),
    **dict.fromkeys(
        ("expirationdate", "publishuntil", "unpublish", "notafter", "visibleuntil"), _LAST
    ),
    **dict.fromkeys(
        ("embargountil", "embargodate", "publishday", "releasedate", "releaseon", "golivedate"),
        _FIRST,
    ),
    **dict.fromkeys(
        ("availablefrom", "validfrom", "showfrom", "livefrom", "liveon", "scheduledfor"), _FIRST
    ),
    **dict.fromkeys(
        ("unpublishon", "unpublishdate", "unpublishat", "expireon", "expireafter", "removeon"),
        _LAST,
    ),
    **dict.fromkeys(
        ("availableuntil", "validuntil", "showuntil", "liveuntil", "removeafter", "hideafter"),
        _LAST,
    ),
    **dict.fromkeys(("takedownon", "deleteon", "deleteafter", "hideon"), _LAST),
    _FIRST: _FIRST,
    _LAST: _LAST,
}
"""Other words for the two settings, without blanks and signs."""

_MEANT_WITH_A_DAY: Mapping[str, str] = {
    **dict.fromkeys(("release", "releases", "schedule", "scheduled", "available", "live"), _FIRST),
    **dict.fromkeys(("takedown", "remove", "hide", "delete"), _LAST),
}
"""Words that mean one of them where a day stands beside them, and something else elsewhere."""


def read_publication(page: Document) -> Publication:
    """Read on which days a page may be published.

    Raises:
        ExtractionError: a date is none, the end lies before the beginning, or a setting has another
            name; the message names the key

    """
    settings = page.front_matter
    for key in settings:
        meant = _meant(key, settings[key])
        if meant and key != meant:
            raise ExtractionError(f"front matter: {key}: is no setting; write {meant}: 2026-12-24")
    first, last = (_day(settings, key) for key in (_FIRST, _LAST))
    if first and last and last < first:
        raise ExtractionError(
            f"front matter: {_LAST}: {last} lies before {_FIRST}: {first}; correct one of them"
        )
    return Publication(first=first, last=last)


def _meant(key: str, value: object) -> str | None:
    """Return the setting that a key is perhaps meant for, however wide its letters are."""
    word = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKC", key).lower())
    dated = isinstance(value, date) or (isinstance(value, str) and bool(_DAY.fullmatch(value)))
    return _MEANT.get(word) or (_MEANT_WITH_A_DAY.get(word) if dated else None)


def _day(settings: Mapping[str, object], key: str) -> date | None:
    if key not in settings:
        return None
    value = settings[key]
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        value = None
    if isinstance(value, date):
        return value
    raise ExtractionError(f"front matter: {key}: is no day; write one such as {key}: 2026-12-24")
