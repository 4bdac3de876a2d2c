"""The content security policy of each page: what a browser may run and load there, and no more.

It is the first thing in the head, so that it holds for all that follows. It names the theme's own
scripts by their digests and lets no other run, even where an article or a title held one
(https://www.w3.org/TR/CSP3/).
"""

import hashlib
import re
from base64 import b64encode

from moderation.policy.markup import PLAIN_STYLES
from moderation.publish.kit import Kit
from moderation.publish.markup import read_markup

_BEGIN = re.compile(
    r'\s*<!doctype html>\s*<html(?:\s+[a-z-]+(?:="[^"<>]*")?)*\s*>\s*<head>\s*', re.IGNORECASE
)
_OURS = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def security_policy(around: str, kit: Kit) -> str:
    """Return the policy of a page.

    Args:
        around: the page without its article, whose scripts never count
        kit: the locked theme

    """
    markup = read_markup(around)
    scripts = (body for tag, body in markup.scripts if tag.get("src") is None and kit.wrote(body))
    # 'unsafe-hashes' lets a style attribute be named by its digest: Markdown aligns cells so.
    styles = ("'unsafe-hashes'", *map(_digest, (*PLAIN_STYLES, *markup.styles)))
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *dict.fromkeys(map(_digest, scripts)))),
            " ".join(("style-src 'self'", *dict.fromkeys(styles))),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def with_policy(page: str, policy: str) -> str:
    """Return *page* with its policy put first in the head; unchanged where it has no sound head."""
    head = _BEGIN.match(page)
    if head is None:
        return page
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page[: head.end()] + tag + page[head.end() :]


def without_policy(page: str) -> tuple[str, str]:
    """Return *page* as it was before its policy was put in, and the policy; empty if it has none.

    Only what stands first in the head is taken for one.
    """
    head = _BEGIN.match(page)
    tag = _OURS.match(page, head.end()) if head else None
    if tag is None:
        return page, ""
    return page[: tag.start()] + page[tag.end() :], tag[1]


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
