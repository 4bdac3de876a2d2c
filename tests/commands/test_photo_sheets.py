"""``schoolgate audit photos`` and the photos of ``schoolgate review``; prints that are kept."""

import base64
import io
import json
import re

import pytest
from PIL import Image

from moderation.commands.photo_sheets import print_photos
from moderation.commands.workspace import find_workspace
from moderation.model import Face, Region
from moderation.reports.inline_picture import Protocol
from moderation.reports.photo_sheet import SheetPhoto
from tests.commands.conftest import School
from tests.commands.test_consent_withdraw import SHOWN, SPOTS, Site
from tests.spec_files import picture


@pytest.fixture
def site(school: School) -> Site:
    return Site(school)


def test_every_published_photo_is_laid_out_outside_the_site(site: Site) -> None:
    for name, people in (("fete", "P-0101"), ("stall", "")):
        text = SHOWN.format(title=name, path=f"photos/{name}.jpg", people=people)
        data = picture(f"size = [640, 480]\nspots = {len(name)}\n")
        site.approve(f"news/{name}.md", text, {f"photos/{name}.jpg": data})
    told = site.school.run("audit", "photos", exits=1).output
    file = next((site.school.home).rglob("sheets/photos.html"))
    assert f"2 photos, 1 with somebody who may not be shown: {file}" in told.replace("\n", "")
    page = file.read_text("utf-8")
    assert re.findall("<h2>(.*?)</h2>", page) == ["photos/fete.jpg", "photos/stall.jpg"]
    assert "P-0101: refused" in page
    assert file.stat().st_mode & 0o077 == 0


def test_the_sheet_is_not_written_into_the_site(site: Site) -> None:
    told = site.school.run("audit", "photos", "--out", "content/photos.html", exits=2).output
    assert "photos.html: lies in the site; choose a place outside it" in told


def test_photos_whose_bytes_nobody_has_are_said(site: Site) -> None:
    text = SHOWN.format(title="fete", path="photos/fete.jpg", people="")
    site.approve("news/fete.md", text, {"photos/fete.jpg": picture(SPOTS)})
    (site.school.root / "content" / "photos" / "fete.jpg").unlink()
    told = site.school.run("audit", "photos", exits=1).output
    assert "photos/fete.jpg: its approved bytes are neither here nor in the store" in told


def test_review_shows_the_photos_with_findings_and_approval_keeps_a_print(site: Site) -> None:
    school = site.school
    school.run("consent", "grant", "P-0103", "--channel", "website", "--form", "cabinet 3")
    text = SHOWN.format(title="Fete", path="fete.jpg", people="P-0103")
    school.write("news/fete.md", text.replace("title: Fete", "title: Fete\ndescription: The fete."))
    school.write("fete.jpg", picture(SPOTS))
    row = json.loads(
        school.run("submit", "content/news/fete.md", "--as", "S-04", "--format", "json").output
    )
    shown = school.run("review", row["id"], "--as", "S-02").output
    assert "Its photos, with boxes and findings: " in shown
    page = next(school.home.rglob("review/*/photos.html")).read_text("utf-8")
    assert "<h2>fete.jpg</h2>" in page
    assert "P-0103: granted" in page
    for finding in json.loads(
        school.run("review", row["id"], "--as", "S-01", "--format", "json").output
    )["findings"]:
        if finding["needs_answer"]:
            reason = ("--reason", "A drawing of spots, made for a test")
            school.run("ack", row["id"], finding["id"], *reason, "--as", "S-01")
    school.run("approve", row["id"], "--digest", row["digest"][:12], "--as", "S-02")
    workspace = find_workspace()
    assert workspace is not None
    photos = workspace.registers().photos
    assert photos is not None
    assert [(photo.people, len(photo.prints)) for photo in photos.known] == [
        (frozenset({"P-0103"}), 1)
    ]


def test_a_terminal_that_can_is_given_the_picture_with_boxes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    region = Region(left=100, top=50, width=200, height=200)
    face = Face(region=region, score=0.9, face_on=True, share=0.1)
    jpeg = picture("size = [640, 480]\n")
    shown = SheetPhoto(path="a\x1b.jpg", jpeg=jpeg, width=640, height=480, faces=(face,))
    print_photos([shown, SheetPhoto(path="broken.jpg", trouble="broken")], Protocol.ITERM)
    told = capsys.readouterr().out
    assert "broken" not in told
    path, data = re.fullmatch("\n(.*)\n\x1b]1337;File=.*:(.*)\x07\n", told).groups()  # type: ignore[union-attr]
    assert "\x1b" not in path
    with Image.open(io.BytesIO(base64.b64decode(data))) as seen:
        pixels = seen.convert("RGB")
        assert (seen.format, pixels.size) == ("PNG", (640, 480))
        assert pixels.getpixel((100, 150)) == (255, 213, 0)
        assert pixels.getpixel((200, 150)) != (255, 213, 0)
