"""``schoolgate consent withdraw``: every photo of somebody and every copy is gone, and proved."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
import pytest
from PIL import Image

from moderation.attest.hand_in import Handed
from moderation.attest.keys import Signer, open_key
from moderation.attest.log import ApprovalLog
from moderation.attest.statement import PAYLOAD_TYPE, Decision, Statement
from moderation.commands.trusting import read_site_trust
from moderation.commands.workspace import need_workspace
from moderation.model import Asset, AssetRef, digest_of, submission_digest
from moderation.pipeline.rendering import rendered_digest
from tests.commands.conftest import PASSPHRASE, School
from tests.spec_files import picture

SPOTS = "size = [640, 480]\nspots = 80\n"
HOME = "---\ntitle: {title}\n---\n\n# {title}\n\nWords.\n\n{more}\n"
SHOWN = """---
title: {title}
assets:
  {path}:
    people: [{people}]
    author: The office
    licence: own-work
---

# {title}

![{title}](/{path})
"""


@dataclass(frozen=True)
class Site:
    """A school whose pages are approved by signing them, whatever the checks say of them."""

    school: School

    def approve(self, page: str, text: str, files: Mapping[str, bytes] | None = None) -> None:
        """Write a page with its files, and let the head sign them."""
        paths = {page: text.encode(), **(files or {})}
        for path, data in paths.items():
            self.school.write(path, data)
        refs = tuple(sorted(AssetRef(p, digest_of(d), len(d)) for p, d in paths.items()))
        log = ApprovalLog(self.school.root / ".schoolgate" / "approvals")
        seq, prev = log.next()
        signer, publisher = self._key("S-01"), self._key("S-04")
        origin = read_site_trust(need_workspace()).origin
        handed = Handed(site=origin, page=page, subjects=refs, publisher="S-04")
        made = Statement(
            decision=Decision.APPROVE,
            page=page,
            subjects=refs,
            submission=f"s-{submission_digest(page, refs)[:10]}",
            publisher="S-04",
            editors=("S-04",),
            actor="S-01",
            policy=digest_of(b"policy"),
            findings=digest_of(b"findings"),
            waivers=(),
            seq=seq,
            prev=prev,
            issued_at=datetime.now(UTC).replace(microsecond=0),
            expires_at=None,
            site=origin,
            rendered=rendered_digest(Asset(page, text.encode())),
            handed_in=handed.signed(publisher, after=seq - 1),
        )
        log.append(signer.sign(made.to_payload(), PAYLOAD_TYPE), seq)

    def _key(self, who: str) -> Signer:
        file = self.school.home / "keys" / f"{who}.key"
        return open_key(file.read_text(), PASSPHRASE, source=file.name, floor=2**10)

    def built(self) -> frozenset[str]:
        site = self.school.root / "site"
        return frozenset(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())


@pytest.fixture
def site(school: School) -> Site:
    return Site(school)


def letter(photo: bytes) -> bytes:
    """Return a PDF with a photo in it."""
    out = io.BytesIO()
    Image.open(io.BytesIO(photo)).save(out, "PDF")
    with pikepdf.open(io.BytesIO(out.getvalue())) as document:
        again = io.BytesIO()
        document.save(again, deterministic_id=True)
    return again.getvalue()


def _publish(site: Site) -> None:
    """Publish a photo, a part of it, a letter with it, and another photo."""
    photo = picture(SPOTS)
    site.approve("index.md", HOME.format(title="Home", more=""))
    for name, people, data in (
        ("fete", "P-0101", photo),
        ("cut", "", picture(f"{SPOTS}cut = 0.2\n")),
        ("other", "P-0102", picture("size = [640, 480]\nspots = 81\n")),
    ):
        path = f"photos/{name}.jpg"
        site.approve(
            f"news/{name}.md", SHOWN.format(title=name, path=path, people=people), {path: data}
        )
    page = HOME.format(title="Letter", more="[The letter](/downloads/letter.pdf)")
    site.approve("news/letter.md", page, {"downloads/letter.pdf": letter(photo)})


@pytest.mark.slow
def test_a_photo_its_copies_and_the_letter_with_it_are_gone_in_one_command(site: Site) -> None:
    _publish(site)
    site.school.run("build")
    assert {"photos/fete.jpg", "photos/cut.jpg", "downloads/letter.pdf"} <= site.built()

    told = site.school.run("consent", "withdraw", "P-0101", "--as", "S-03").output
    assert "  photos/fete.jpg: the photo\n" in told
    assert "  photos/cut.jpg: a copy of it\n" in told
    assert "  downloads/letter.pdf: a copy of it (object " in told
    assert "3 files are taken down with their pages" in told
    assert "P-0101: gone; none of 1 photos, nor a copy of one, is in the " in told
    assert "S-0" not in told
    left = site.built()
    assert not left & {"photos/fete.jpg", "photos/cut.jpg", "downloads/letter.pdf"}
    assert {"photos/other.jpg", "news/other/index.html"} <= left

    again = site.school.run("consent", "prove", "P-0101").output
    assert "P-0101: gone;" in again
    events = site.school.run("audit", "show", "--last", "9", "--format", "json").output
    assert [row["act"] for row in json.loads(events)].count("takedown") == 3


def test_the_takedown_can_be_left_to_ci_and_the_proof_made_later(site: Site) -> None:
    _publish(site)
    told = site.school.run("consent", "withdraw", "P-0101", "--no-build", "--as", "S-03").output
    assert "3 files are taken down with their pages" in told
    assert "schoolgate consent prove P-0101" in told
    out = site.school.root / "site"
    out.mkdir()
    (out / "index.html").write_text("<p>Home</p>")
    (out / "small.png").write_bytes(picture("size = [200, 150]\nspots = 80\nformat = 'png'\n"))
    told = site.school.run("consent", "prove", "P-0101", exits=4).output
    assert "site/small.png: shows a copy of the photo\n" in told
    assert "P-0101: not gone; 1 of 2 files above" in told
    (out / "small.png").write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    told = site.school.run("consent", "prove", "P-0101", exits=4).output
    assert "site/small.png: the picture cannot be decoded (OSError), so it cannot" in told
    (out / "small.png").unlink()
    (out / "link.html").symlink_to(out / "index.html")
    assert "link.html: is not" in site.school.run("consent", "prove", "P-0101", exits=4).output
    (out / "link.html").unlink()
    first = site.school.run("consent", "prove", "P-0101").output
    assert "P-0101: gone; none of 1 photos" in first
    assert site.school.run("consent", "prove", "P-0101").output == first  # the time of the first


def test_a_withdrawal_again_finds_the_photo_by_its_print_alone(site: Site) -> None:
    _publish(site)
    site.school.run("consent", "withdraw", "P-0101", "--no-build", "--as", "S-03")
    (site.school.root / "content" / "photos" / "fete.jpg").unlink()
    (site.school.root / "content" / "news" / "fete.md").unlink()
    again = picture("size = [500, 375]\nspots = 80\n")
    text = SHOWN.format(title="again", path="photos/again.jpg", people="")
    site.approve("news/again.md", text, {"photos/again.jpg": again})
    told = site.school.run("consent", "withdraw", "P-0101", "--no-build", "--as", "S-03").output
    assert "  photos/again.jpg: a copy of it\n" in told


def test_nothing_is_taken_down_for_another_channel(site: Site) -> None:
    _publish(site)
    told = site.school.run("consent", "withdraw", "P-0101", "--channel", "press").output
    assert "the website is another channel, so nothing is taken down" in told
    assert "no withdrawal is on the register" in (
        site.school.run("consent", "prove", "P-0101", exits=2).output
    )


def test_a_publisher_records_a_withdrawal_and_takes_nothing_down(site: Site) -> None:
    _publish(site)
    told = site.school.run("consent", "withdraw", "P-0101", "--no-build", "--as", "S-09", exits=3)
    assert "P-0101: withdrawn for every channel" in told.output
    shown = site.school.run("consent", "show", "P-0101", "--format", "json").output
    assert {row["state"] for row in json.loads(shown)} == {"withdrawn"}


def test_a_lost_register_keeps_no_photo_on_the_site(site: Site) -> None:
    _publish(site)
    (site.school.home / "registers" / "consent.vault").write_bytes(b"damaged")
    told = site.school.run(
        "consent", "withdraw", "P-0101", "--no-build", "--as", "S-03", exits=5
    ).output
    assert "3 files are taken down with their pages" in told
    assert "the answer could not be kept: " in told


def test_bytes_that_nobody_has_are_said(site: Site) -> None:
    _publish(site)
    (site.school.root / "content" / "photos" / "other.jpg").unlink()
    told = site.school.run(
        "consent", "withdraw", "P-0101", "--no-build", "--as", "S-03", exits=5
    ).output
    assert "photos/other.jpg: its approved bytes are neither here nor in the store" in told


def test_no_proof_without_a_site(site: Site) -> None:
    site.school.run("consent", "withdraw", "P-0101")
    told = site.school.run("consent", "prove", "P-0101", exits=2).output
    assert "site: is not there; build the site, or name its folder with --out" in told


def test_a_disk_that_fails_keeps_no_photo_on_the_site(site: Site) -> None:
    _publish(site)
    (site.school.home / "registers" / "photos.vault").mkdir()
    told = site.school.run(
        "consent", "withdraw", "P-0101", "--no-build", "--as", "S-03", exits=5
    ).output
    assert "3 files are taken down with their pages" in told
    assert "the prints could not be kept (Is a directory); make room and withdraw again" in told
