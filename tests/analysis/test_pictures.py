"""A cleaned picture shows the same and tells nothing else."""

import io

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from moderation.analysis.pictures import without_private_data
from moderation.extract import extract
from moderation.model import ExtractionError

_PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _picture(kind: str, orientation: int = 1, extra: bytes = b"") -> bytes:
    picture = Image.linear_gradient("L").resize((96, 64)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Somebody Private"
    exif[0x8298] = "Fernlea Primary School"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, icc_profile=_PROFILE)
    return out.getvalue() + extra


def _shown(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        from PIL import ImageOps

        return ImageOps.exif_transpose(picture).convert("RGB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_private_data_is_gone_and_the_picture_is_the_same(kind: str, orientation: int) -> None:
    ending = kind.lower().replace("jpeg", "jpg")
    data = _picture(kind, orientation, extra=b"" if kind == "WEBP" else b"hidden after the end")
    before = extract(f"a.{ending}", data)
    assert "gps" in {part.kind for part in before.parts}
    clean = without_private_data(data)
    after = extract(f"a.{ending}", clean)
    assert after.parts == ()
    assert "Somebody Private" not in after.text
    assert "Fernlea Primary School" in after.text
    assert b"hidden after the end" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.info.get("icc_profile") == _PROFILE
        assert picture.getexif().get(0x0112, 1) == 1
    assert _shown(clean).size == _shown(data).size
    difference = ImageStat.Stat(ImageChops.difference(_shown(clean), _shown(data)))
    assert max(difference.mean) < 1.5


def test_cleaning_again_changes_no_pixel() -> None:
    once = without_private_data(_picture("PNG"))
    assert without_private_data(once) == once


def test_an_animation_keeps_its_frames() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "lime", "blue")]
    out = io.BytesIO()
    frames[0].save(
        out, "GIF", save_all=True, append_images=frames[1:], duration=90, comment=b"taken by"
    )
    clean = without_private_data(out.getvalue())
    with Image.open(io.BytesIO(clean)) as picture:
        assert getattr(picture, "n_frames", 1) == 3
    assert b"taken by" not in clean


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ExtractionError, match="cannot be written without its metadata"):
        without_private_data(b"not a picture")
