"""An invented school with a tiny site in a folder of its own, for the tests of publishing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TypedDict, Unpack

from PIL import Image

from moderation.attest import (
    PAYLOAD_TYPE,
    ApprovalLog,
    Decision,
    Signer,
    Statement,
    Trust,
    TrustedPerson,
    write_trust,
)
from moderation.attest.envelope import parse_envelope
from moderation.attest.hand_in import Handed
from moderation.attest.trust import payload_of
from moderation.model import (
    Asset,
    AssetRef,
    HandIn,
    Role,
    SchoolgateError,
    digest_of,
    submission_digest,
)
from moderation.pipeline.rendering import rendered_digest
from moderation.policy.tightening import Tolerance

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ROLES = {
    "head": Role.HEAD,
    "dsl": Role.SAFEGUARDING_LEAD,
    "m-1": Role.MODERATOR,
    "m-2": Role.MODERATOR,
    "e-1": Role.EXECUTIVE,
    "p-1": Role.PUBLISHER,
}
SIGNERS = {who: Signer.from_seed(who, bytes.fromhex(digest_of(who.encode()))) for who in ROLES}
TRUST = Trust(
    site="oak",
    version=1,
    expires=date(2027, 11, 1),
    persons={
        who: TrustedPerson(id=who, roles=frozenset({role}), keys=(SIGNERS[who].key,))
        for who, role in ROLES.items()
    },
)
TRUST = replace(TRUST, origin=digest_of(payload_of(TRUST)))
"""As it is read back: it is the first version."""

CONFIG = """\
site_name: Oak School
site_url: https://oak.example/
docs_dir: content
strict: true
theme:
  name: material
  custom_dir: theme
  font: false
plugins:
  - search
  - schoolgate
markdown_extensions:
  - admonition
  - attr_list
  - tables
  - sane_lists
  - toc:
      permalink: false
  - fenced_code
nav:
  - Home: index.md
  - News:
      - news/fair.md
  - Gone: news/old.md
  - Council: https://council.example/
"""

HOME = """\
# Welcome

Come and see *us*. Read about [the fair](news/fair.md) and [last year](news/old.md).
"""
FAIR = """\
---
title: The "summer" fair & more
description: Stalls, cakes and a band
assets:
  photos/fair.jpg:
    people: []
    author: Oak School
    licence: own-work
---

# The fair

![Stalls on the green](../photos/fair.jpg)

| Stall | Takings |
| ----- | ------- |
| Cakes | 12      |

!!! note "Thank you"

    To everybody who came. Write to <office@oak.example>, see the
    [council](https://council.example/fairs) or go [home](../index.md#welcome).
"""
OLD = "# Last year\n\nIt rained.\n"


class Fields(TypedDict, total=False):
    """The fields of a statement that a test may change."""

    decision: Decision
    page: str
    subjects: tuple[AssetRef, ...]
    submission: str
    publisher: str
    editors: tuple[str, ...]
    actor: str
    issued_at: datetime
    expires_at: datetime | None
    lacking: tuple[str, ...]
    terms: tuple[str, ...]
    terms_head: str
    site: str
    rendered: str
    rules: tuple[Tolerance, ...]
    handed_in: HandIn | None


def picture(colour: str = "green") -> bytes:
    """Return a small JPEG."""
    out = BytesIO()
    Image.new("RGB", (16, 12), colour).save(out, "JPEG")
    return out.getvalue()


PHOTO = picture()


def rendering(*assets: Asset) -> str:
    """Return the digest of the article of the first of *assets*, if it can be read."""
    try:
        return rendered_digest(assets[0])
    except (SchoolgateError, IndexError):
        return digest_of(b"no article")


def ref(asset: Asset) -> AssetRef:
    """Return *asset* without its bytes."""
    return AssetRef(asset.path, asset.digest, len(asset.data))


def signer_of(who: str) -> Signer:
    """Return the key of *who*, also of somebody who is nobody here."""
    return SIGNERS.get(who) or Signer.from_seed(who, bytes.fromhex(digest_of(who.encode())))


def handed_of(fields: Fields) -> Handed:
    """Return what the publisher of an approval handed in."""
    return Handed(
        site=fields["site"],
        page=fields["page"],
        subjects=fields["subjects"],
        publisher=fields["publisher"],
    )


def statement(seq: int, *assets: Asset, prev: str = "", **changes: Unpack[Fields]) -> Statement:
    """Return number *seq* of a log: the moderator approves the first of *assets* with the others.

    It was signed *seq* minutes before :data:`NOW` less a day, so later numbers are later.
    """
    subjects = tuple(ref(asset) for asset in assets)
    page = assets[0].path if assets else ""
    fields: Fields = {
        "decision": Decision.APPROVE,
        "page": page,
        "subjects": subjects,
        "submission": f"s-{submission_digest(page, subjects)[:10]}",
        "publisher": "p-1",
        "editors": ("p-1",),
        "actor": "m-1",
        "issued_at": NOW - timedelta(days=1) + timedelta(minutes=seq),
        "expires_at": None,
        "site": TRUST.origin,
        "rendered": rendering(*assets),
    }
    fields.update(changes)
    if fields["decision"] is Decision.APPROVE:
        by = signer_of(fields["publisher"])
        fields.setdefault("handed_in", handed_of(fields).signed(by, after=seq - 1))
    return Statement(
        **fields,
        policy=digest_of(b"policy"),
        findings=digest_of(b"findings"),
        waivers=(),
        seq=seq,
        prev=prev or ("" if seq == 1 else digest_of(b"before")),
    )


def _first_versions(state: Path) -> tuple[Path, Path]:
    return state / "trust" / "000001.json", state / "trust.json"


def first_version(state: Path) -> str:
    """Return the digest of the first version of the trust file of a folder; TRUST's if none."""
    for file in _first_versions(state):
        if file.is_file():
            return digest_of(parse_envelope(file.read_text("utf-8"), source=file.name).payload)
    return TRUST.origin


@dataclass(frozen=True, slots=True)
class School:
    """A site in the folder *root*."""

    root: Path

    def write(self, path: str, data: str | bytes) -> Asset:
        """Write a file of the content folder."""
        raw = data.encode() if isinstance(data, str) else data
        self.put(f"content/{path}", raw)
        return Asset(path, raw)

    def put(self, path: str, data: str | bytes) -> None:
        """Write any file of the site."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)

    def trust(self, trust: Trust = TRUST) -> None:
        """Let the head sign who may decide: as the first version, or the one after it."""
        head, state = SIGNERS["head"], self.root / ".schoolgate"
        first = write_trust(replace(trust, version=1, previous=""), head)
        earlier = next((file for file in _first_versions(state) if file.is_file()), None)
        if earlier is None or earlier.read_text("utf-8") == first:
            self.put(".schoolgate/trust.json", first)
            return
        self.put(".schoolgate/trust/000001.json", earlier.read_text("utf-8"))
        second = replace(trust, version=2, previous=first_version(state))
        self.put(".schoolgate/trust.json", write_trust(second, head))

    def sign(self, *assets: Asset, **changes: Unpack[Fields]) -> None:
        """Add a decision on *assets* to the log; an approval by the moderator unless changed."""
        log = ApprovalLog(self.root / ".schoolgate" / "approvals")
        seq, prev = log.next()
        changes.setdefault("site", first_version(self.root / ".schoolgate"))
        value = statement(seq, *assets, prev=prev, **changes)
        log.append(SIGNERS[value.actor].sign(value.to_payload(), PAYLOAD_TYPE), seq)


def make_school(
    root: Path,
    pages: Mapping[str, str | bytes] | None = None,
    *,
    config: str = CONFIG,
    trust: Trust = TRUST,
) -> School:
    """Write a whole site: home and fair are approved, last year's fair was taken down."""
    school = School(root)
    school.put("mkdocs.yml", config)
    school.put("theme/main.html", '{% extends "base.html" %}\n')
    school.trust(trust)
    home, fair = school.write("index.md", HOME), school.write("news/fair.md", FAIR)
    photo, old = school.write("photos/fair.jpg", PHOTO), school.write("news/old.md", OLD)
    school.sign(home)
    school.sign(fair, photo)
    school.sign(old)
    for path, data in (pages or {}).items():
        school.sign(school.write(path, data))
    school.sign(old, decision=Decision.TAKEDOWN)
    return school
