"""``schoolgate hide`` and ``schoolgate check --fix`` change a copy, and keep the original."""

import io
from pathlib import Path

import pytest
import skimage
from PIL import Image

from bench.repair_files import NOTICE, drawn
from moderation.extract import extract
from tests.commands.conftest import School

PORTRAIT = Path(skimage.__file__).parent / "data" / "astronaut.png"
HEIC = Path(__file__).parent.parent / "analysis" / "repair" / "drawn.heic"
PAGE = (
    "---\ntitle: Fete\ndescription: The fete.\n"
    "assets:\n  photos/two.jpg: {{people: [{people}], author: Us, licence: own-work}}\n---\n\n"
    "# The fete\n\n![Two people](../photos/two.jpg)\n"
)


def two_people(width: int = 800) -> bytes:
    """Return the astronaut twice, with a position and a notice."""
    with Image.open(PORTRAIT) as astronaut:
        portrait = astronaut.convert("RGB").crop((0, 0, 512, 300))
    whole = Image.new("RGB", (1400, 500), "seagreen")
    whole.paste(portrait, (60, 100))
    whole.paste(portrait.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (760, 100))
    exif = Image.Exif()
    exif[0x8298] = NOTICE
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    out = io.BytesIO()
    small = whole.resize((width, round(500 * width / 1400)))
    small.save(out, "JPEG", exif=exif, quality=90)
    return out.getvalue()


def originals(school: School) -> list[bytes]:
    folders = sorted(school.home.rglob("originals/*"))
    return [file.read_bytes() for file in folders]


def parts(file: Path) -> list[str]:
    return [part.kind for part in extract(file.name, file.read_bytes()).parts]


def test_people_are_listed_then_hidden_and_the_original_is_kept(school: School) -> None:
    data = two_people()
    photo = school.write("photos/two.jpg", data)
    listed = school.run("hide", str(photo)).output
    assert [line.split()[0] for line in listed.splitlines()[:2]] == ["1", "2"]
    drawn_on = sorted(school.home.rglob("review/*-numbers.jpg"))
    assert [file.name for file in drawn_on] == ["two-numbers.jpg"]
    assert photo.read_bytes() == data
    told = school.run("hide", str(photo), "--people", "2").output
    assert told.startswith("1 hidden, and not found again; two.jpg: replaced (hidden)")
    assert originals(school) == [data]
    assert parts(photo) == []
    with Image.open(photo) as picture:
        assert (picture.size, picture.getexif()[0x8298]) == ((800, 286), NOTICE)
    assert len(school.run("hide", str(photo)).output.splitlines()) == 2


def test_numbers_that_are_nobody_are_refused(school: School) -> None:
    photo = school.write("photos/two.jpg", two_people())
    for words in ("0", "3", "one", "1,", "-1", ""):
        assert "--people: " in school.run("hide", str(photo), "--people", words, exits=2).output
    school.run("hide", str(photo), "--people", "1", "--without-consent", exits=2)
    assert originals(school) == []


def test_everybody_is_hidden_where_nobody_has_consent(school: School) -> None:
    photo = school.write("photos/two.jpg", two_people())
    school.write("news/fete.md", PAGE.format(people="P-0101"))
    school.write("news/broken.md", b"\xff\xfe\x00")
    told = school.run("hide", str(photo), "--without-consent").output
    assert told.startswith("2 hidden, and not found again")
    assert "nobody is seen" in school.run("hide", str(photo), exits=2).output


def test_which_of_several_has_consent_is_asked(school: School, tmp_path: Path) -> None:
    photo = school.write("photos/two.jpg", two_people())
    answers = tmp_path / "consent.csv"
    answers.write_text("reference,channel,state\nP-0101,website,refused\nP-0102,website,granted\n")
    school.run("consent", "import", str(answers))
    page = school.write("news/fete.md", PAGE.format(people="P-0101, P-0102"))
    told = school.run("hide", str(photo), "--without-consent", exits=2).output
    assert "2 people are seen and 1 of the 2 declared may be shown" in told
    page.write_text(PAGE.format(people="P-0102, P-0102"))
    assert "may be shown" in school.run("hide", str(photo), "--without-consent", exits=2).output


def test_a_file_outside_a_site_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, school: School
) -> None:
    monkeypatch.chdir(tmp_path)
    photo = tmp_path / "two.jpg"
    photo.write_bytes(two_people())
    assert "no site here" in school.run("hide", "two.jpg", "--without-consent", exits=2).output
    assert len(school.run("hide", "two.jpg").output.splitlines()) == 2
    assert "two-hidden.jpg" in school.run("hide", "two.jpg", "--people", "1,2").output
    school.run("hide", "two.jpg", "--people", "1,2")
    assert "is there already" in school.run("hide", "two.jpg", "--people", "1", exits=2).output
    assert photo.read_bytes() == two_people()


def test_fix_cleans_the_pictures_of_a_page_and_makes_them_smaller(school: School) -> None:
    data = two_people(1400)
    photo = school.write("photos/two.jpg", data)
    page = school.write("news/fete.md", PAGE.format(people="P-0101"))
    told = school.run("check", str(page), "--fix", exits=1).stderr
    assert "fixed: two.jpg: replaced (clean); the original is kept in" in told
    assert originals(school) == [data]
    with Image.open(photo) as picture:
        assert picture.size == (1200, 429)
    assert parts(photo) == []
    assert "fixed" not in school.run("check", str(page), "--fix", exits=1).stderr
    assert "fixed" not in school.run("check", "content", "--fix", exits=1).stderr


def test_fix_says_what_it_cannot_fix(school: School) -> None:
    heic = school.write("photos/drawn.heic", HEIC.read_bytes())
    told = school.run("check", str(heic), "--fix", exits=5)
    assert "the other picture is" in told.stderr
    assert "use it on the page and take drawn.heic out of the site" in told.stderr
    assert parts(heic.with_suffix(".jpg")) == []
    heic.with_suffix(".jpg").write_bytes(b"another")
    assert "is there already" in school.run("check", str(heic), "--fix", exits=5).stderr
    cut = school.write("photos/cut.jpg", two_people()[:-2])
    told = school.run("check", str(cut), "--fix", exits=5)
    assert "not fixed: photos/cut.jpg: the end of the picture is damaged" in told.stderr
    assert originals(school) == []


def test_a_heic_picture_is_brought_in_as_jpeg(school: School, tmp_path: Path) -> None:
    page = school.write("news/fete.md", "---\ntitle: A\ndescription: B.\n---\n\n# A\n\nCome.\n")
    words = ("--nobody", "--author", "Us", "--licence", "own-work")
    school.run("add", "photo", str(page), str(HEIC), *words)
    assert parts(school.root / "content" / "photos" / "drawn.jpg") == []
    large = tmp_path / "large.png"
    drawn("RGB").resize((2400, 90)).save(large)
    school.run("add", "photo", str(page), str(large), *words)
    with Image.open(school.root / "content" / "photos" / "large.png") as picture:
        assert picture.size == (1200, 45)
