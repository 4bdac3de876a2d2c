"""From TOML to :class:`Policy`, with errors that say what, where and what to do."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pkgutil import get_data

from moderation.model import PolicyError, Role, Severity, digest_of
from moderation.policy.node import Node
from moderation.policy.schema import (
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
    *("rights", "pictures", "people", "school", "rules", "clauses"),
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
    own = _parse(text, source)
    base = {**tomllib.loads(defaults), "clauses": tomllib.loads(clauses)}
    root = Node(source, "", _merge(base, own))
    for _ in root.items(_SECTIONS):
        pass
    version = root.child("version")
    if version.number() != VERSION:
        raise version.error(f"is not {VERSION}; this Schoolgate reads version {VERSION} only")
    people = _table(root, "people", "channel", "forenames", "work_forenames")
    pictures = _table(root, "pictures", "longest", "close_up", "devices")
    return Policy(
        digest=digest_of(f"{defaults}\0{clauses}\0{text}".encode()),
        rules=_rules(root.child("rules")),
        approval=_approval(root.child("approval")),
        statutory=root.child("pages").child("statutory").words(),
        page_types=_page_types(root.child("pages")),
        limits=_limits(root.child("limits")),
        types=_types(_only(root.child("files"), "types")),
        licences=frozenset(_only(root.child("rights"), "licences").words()),
        channel=people.child("channel").word(),
        forenames=people.child("forenames").flag(),
        work_forenames=people.child("work_forenames").flag(),
        longest_picture=pictures.child("longest").number(),
        close_up=pictures.child("close_up").number(),
        devices=frozenset(" ".join(w.lower().split()) for w in pictures.child("devices").words()),
        clauses=_clauses(root.child("clauses")),
        school=_school(root.child("school")),
    )


def _packaged(name: str) -> str:
    return (get_data("moderation.policy", name) or b"").decode()


def _parse(text: str, source: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
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


def _limits(table: Node) -> Limits:
    names = tuple(each.name for each in fields(Limits))
    return Limits(**{name: node.number() for name, node in table.items(names)})


def _types(table: Node) -> Mapping[str, tuple[str, ...]]:
    return {media_type: node.words() for media_type, node in table.items()}


def _page_types(pages: Node) -> Mapping[str, tuple[str, ...]]:
    for _ in pages.items(("statutory", "types")):
        pass
    return {name: node.words() for name, node in pages.child("types").items()}


def _school(table: Node) -> School:
    names = tuple(each.name for each in fields(School))
    return School(**{name: _details(name, node) for name, node in table.items(names)})


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
