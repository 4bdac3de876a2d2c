"""From TOML to :class:`Policy`, with errors that say what, where and what to do."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from pkgutil import get_data

from moderation.model import PolicyError, Role, Severity, digest_of
from moderation.policy.consenting import read_consenting
from moderation.policy.media import Media, read_media
from moderation.policy.node import Node
from moderation.policy.reviewing import read_reviewing
from moderation.policy.schema import (
    LONDON,
    ApprovalRule,
    Clause,
    ContentKind,
    Limits,
    Policy,
    RuleSetting,
    School,
)

VERSION = 1
_SECTIONS = (
    *("version", "approval", "pages", "limits", "files"),
    *("media", "rights", "pictures", "people", "consent", "school", "rules", "clauses"),
    "review",
)


@cache
def default_policy() -> Policy:
    """Return what holds where the school says nothing."""
    return load_policy("")


def load_policy(text: str, *, source: str = "policy.toml") -> Policy:
    """Read a school's settings over the defaults.

    Args:
        text: TOML; empty gives the defaults
        source: name of the file, for errors

    Raises:
        PolicyError: the file cannot be used; the message names the setting
    """
    defaults, clauses = _packaged("defaults.toml"), _packaged("clauses.toml")
    base = {**tomllib.loads(defaults), "clauses": tomllib.loads(clauses)}
    root = _known(Node(source, "", _merge(base, _parse(text, source))))
    people = _table(root, "people", "channel", "forenames", "work_forenames")
    pictures = _table(root, "pictures", "longest", "close_up", "devices")
    rights = _table(root, "rights", "licences", "credited", "trust")
    media = read_media(root.child("media"))
    return Policy(
        digest=digest_of(f"{defaults}\0{clauses}\0{text}".encode()),
        rules=_rules(root.child("rules")),
        approval=_approval(root.child("approval")),
        statutory=root.child("pages").child("statutory").words(),
        page_types=_page_types(root.child("pages")),
        limits=_limits(root.child("limits"), media),
        types={**media.types, **_types(_only(root.child("files"), "types"))},
        licences=frozenset(rights.child("licences").words()),
        credited=frozenset(rights.child("credited").words()),
        trust=_folded(rights.child("trust")),
        channel=people.child("channel").word(),
        forenames=people.child("forenames").flag(),
        work_forenames=people.child("work_forenames").flag(),
        longest_picture=pictures.child("longest").number(),
        close_up=pictures.child("close_up").number(),
        devices=_folded(pictures.child("devices")),
        clauses=_clauses(root.child("clauses")),
        school=_school(root.child("school")),
        consenting=read_consenting(root.child("consent")),
        timezone=_timezone(root.child("school").child("timezone")),
        reviewing=read_reviewing(root.get("review")),
    )


def _folded(words: Node) -> frozenset[str]:
    return frozenset(" ".join(word.lower().split()) for word in words.words())


def _known(root: Node) -> Node:
    """Refuse sections that there are not, and other versions."""
    for _ in root.items(_SECTIONS):
        pass
    version = root.child("version")
    if version.number() != VERSION:
        raise version.error(f"is not {VERSION}; this Schoolgate reads version {VERSION} only")
    return root


def _packaged(name: str) -> str:
    return (get_data("moderation.policy", name) or b"").decode()


def _parse(text: str, source: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise PolicyError(f"{source}: is nested too deeply; write the setting as a list") from None
    except tomllib.TOMLDecodeError as error:
        trouble = str(error)
        raise PolicyError(
            f"{source}: is not valid TOML: {trouble[:1].lower()}{trouble[1:]}"
        ) from error


def _merge(base: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _merge(below, value) if both else value  # type: ignore[arg-type]
    return merged


def _table(root: Node, name: str, *keys: str) -> Node:
    """Return a table that may hold these keys only."""
    table = root.child(name)
    for _ in table.items(keys):
        pass
    return table


def _only(table: Node, key: str) -> Node:
    for _ in table.items((key,)):
        pass
    return table.child(key)


def _rules(table: Node) -> Mapping[str, RuleSetting]:
    settings = {}
    for rule, node in table.items():
        for _ in node.items(("severity", "enabled")):
            pass
        severity, enabled = node.get("severity"), node.get("enabled")
        settings[rule] = RuleSetting(
            severity.choice(Severity) if severity else None, enabled.flag() if enabled else True
        )
    return settings


def _approval(table: Node) -> Mapping[ContentKind, ApprovalRule]:
    needs = {}
    for kind, node in table.items(tuple(ContentKind)):
        for _ in node.items(("roles", "count")):
            pass
        roles = node.child("roles")
        words = [Node(roles.source, roles.path, word).choice(Role) for word in roles.words()]
        if not words:
            raise roles.error("names nobody; write at least one role")
        needs[ContentKind(kind)] = ApprovalRule(frozenset(words), node.child("count").number())
    return needs


def _limits(table: Node, media: Media) -> Limits:
    names = tuple(each.name for each in fields(Limits) if each.name != "media")
    numbers = {name: node.number() for name, node in table.items(names)}
    return replace(Limits(**numbers), media=media)  # type: ignore[arg-type]  # these are numbers


def _types(table: Node) -> Mapping[str, tuple[str, ...]]:
    return {media_type: node.words() for media_type, node in table.items()}


def _page_types(pages: Node) -> Mapping[str, tuple[str, ...]]:
    for _ in pages.items(("statutory", "types")):
        pass
    return {name: node.words() for name, node in pages.child("types").items()}


def _school(table: Node) -> School:
    names = tuple(each.name for each in fields(School))
    given = table.items((*names, "timezone"))
    return School(**{name: _details(name, node) for name, node in given if name in names})


def _timezone(node: Node) -> str:
    """Return the name of a time zone; that of the defaults needs no look at the list of them."""
    if node.word() != LONDON:
        from zoneinfo import available_timezones

        if node.word() not in available_timezones():
            raise node.error('is no time zone; write one such as "Europe/London"')
    return node.word()


def _details(name: str, node: Node) -> frozenset[str]:
    """Read contact details as they are compared, without blanks and signs."""
    details = set()
    for word in node.words():
        kept = word.strip().lstrip("@").lower()
        if name == "postcodes":
            kept = "".join(kept.split()).upper()
        elif name == "phones":
            digits = "".join(character for character in kept if character in "0123456789")
            kept = "0" + digits[2:].lstrip("0") if kept.startswith("+44") else digits
        if not kept:
            raise node.error("holds an empty entry; write it out or remove it")
        details.add(kept)
    return frozenset(details)


def _clauses(table: Node) -> Mapping[str, Clause]:
    return {
        clause: Clause(node.child("agreement").word(), node.child("sentence").word())
        for clause, node in table.items()
    }
