"""A picture is found in whatever carries it."""

import base64
import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from moderation.analysis.copies.carried import pictures_in
from moderation.analysis.copies.known import Shows, copies_in, prints_of, shows
from moderation.model import ExtractionError, digest_of
from moderation.registers.photos import KnownPhoto
from tests.spec_files import picture

PHOTO = picture("size = [640, 480]\nspots = 80\n")
SMALL = picture("size = [320, 240]\nspots = 80\n")
OTHER = picture("size = [640, 480]\nspots = 81\n")
DIGEST = digest_of(PHOTO)
KNOWN = (
    KnownPhoto(digest=DIGEST, people=frozenset({"P-1"}), prints=prints_of(PHOTO)),
    KnownPhoto(digest=digest_of(b"a letter"), people=frozenset({"P-1"})),
)


def pdf(data: bytes, *, attach: bool = False) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(OTHER if attach else data)).save(out, "PDF")
    with pikepdf.open(io.BytesIO(out.getvalue())) as document:
        if attach:
            document.attachments["photo.jpg"] = data
        again = io.BytesIO()
        document.save(again)
    return again.getvalue()


def archive(*parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for number, part in enumerate(parts):
            made.writestr(f"word/media/image{number}.jpg", part)
    return out.getvalue()


def page(data: bytes) -> bytes:
    return b'<p><img src="data:image/jpeg;base64,' + base64.b64encode(data) + b'"></p>'


def with_thumbnail(data: bytes, small: bytes) -> bytes:
    """Return a JPEG that holds another one in a segment of its own."""
    segment = b"\xff\xec" + (len(small) + 2).to_bytes(2, "big") + small
    return data[:2] + segment + data[2:]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (SMALL, ""),
        (pdf(PHOTO), "object "),
        (pdf(PHOTO, attach=True), "object "),
        (archive(OTHER, SMALL), "part 2"),
        (archive(archive(SMALL)), "part 1, part 1"),
        (page(SMALL), "address 1"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + SMALL, "picture 1 inside"),
        (with_thumbnail(OTHER, picture("size = [160, 120]\nspots = 80\n")), "picture 1 inside"),
    ],
)
def test_a_copy_is_found_in_what_carries_it(data: bytes, place: str) -> None:
    found = list(shows(data, KNOWN))
    assert {each.digest for each in found} == {DIGEST}
    assert found[0].place.startswith(place)
    assert not any(each.exact for each in found)


@pytest.mark.parametrize("data", [OTHER, pdf(OTHER), archive(OTHER), page(OTHER), b"# Words"])
def test_other_files_show_nothing(data: bytes) -> None:
    assert list(shows(data, KNOWN)) == []


def test_the_file_itself_is_found_by_its_bytes() -> None:
    assert list(shows(PHOTO, KNOWN)) == [Shows(DIGEST, "", True)]
    assert list(shows(b"a letter", KNOWN)) == [Shows(digest_of(b"a letter"), "", True)]
    assert list(shows(b"a letter", KNOWN[1:])) == [Shows(digest_of(b"a letter"), "", True)]
    assert copies_in(PHOTO, KNOWN) == (DIGEST,)
    assert copies_in(OTHER, KNOWN) == ()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nnothing of one",
        PHOTO[:4000],
        archive(PHOTO)[:2000] + bytes(50) + archive(PHOTO)[2050:],
        archive(PHOTO)[:2000],
        archive(archive(archive(archive(PHOTO)))),
    ],
)
def test_what_cannot_be_looked_into_proves_nothing(data: bytes) -> None:
    with pytest.raises(ExtractionError):
        list(shows(data, KNOWN))


def test_icons_and_damaged_addresses_are_left_out() -> None:
    icon = picture("size = [16, 16]\n")
    text = page(icon) + b'<img src="data:image/png;base64,A"> <img src="data:image/svg+xml,%3Csvg">'
    assert list(pictures_in(text)) == []
