"""LibreOffice opens clean copies, and shows the same words as in the originals."""

import shutil
import subprocess
from pathlib import Path

import pytest

from moderation.analysis.cleaning.document import clean_document
from moderation.extract import extract
from moderation.model import Carrier, Document
from moderation.policy import default_policy
from tests.extract.planted.concealed import concealed

LIMITS = default_policy().limits
_BY = ("python-docx", "openpyxl", "python-pptx")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    chosen = [each for each in concealed() if each.what.endswith(_BY)]
    for folder in ("before", "after"):
        (tmp_path / folder).mkdir()
    for number, each in enumerate(chosen):
        data = each.make(False)
        name = f"{number}{each.ending}"
        (tmp_path / "before" / name).write_bytes(data)
        (tmp_path / "after" / name).write_bytes(clean_document(data, LIMITS).data)
    shown = [_printed(tmp_path, folder, len(chosen)) for folder in ("before", "after")]
    assert shown[0] == shown[1]
    assert all(shown[0])


def _printed(place: Path, folder: str, count: int) -> list[str]:
    home, out = f"-env:UserInstallation=file://{place}/home", place / f"{folder}-pdf"
    files = map(str, sorted((place / folder).iterdir()))
    command = ("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(out))
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=240)
    names = [f"{number}.pdf" for number in range(count)]
    return [_words(extract(name, (out / name).read_bytes(), LIMITS)) for name in names]


def _words(document: Document) -> str:
    pages = document.carried(Carrier.BODY)
    return " ".join(" ".join(document.text[p.start : p.end].split()) for p in pages)
