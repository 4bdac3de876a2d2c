"""The hostile pictures of the labelled sets: each refused, or read with what is wrong told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.extract.image import extract
from moderation.model import ExtractionError
from moderation.policy import default_policy

pytestmark = pytest.mark.corpus
READ = {
    "motionphoto.jpg": {"trailing-bytes"},
    "poly_jpeg_html_com.jpg": {"polyglot"},
    "poly_jpeg_named.png": set(),
    "poly_jpeg_pdf.jpg": {"trailing-bytes", "polyglot"},
    "poly_jpeg_zip.jpg": {"trailing-bytes"},
    "poly_png_php.png": {"trailing-bytes", "polyglot"},
}


def test_every_hostile_picture_is_refused_or_told(tmp_path: Path) -> None:
    corpora = os.environ.get("SCHOOLGATE_CORPORA")
    if not corpora:
        pytest.skip("SCHOOLGATE_CORPORA does not name the folder of labelled sets")
    subprocess.run(
        [sys.executable, str(Path(corpora) / "images" / "bombs.py")],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    limits = default_policy().limits
    bombs = sorted((tmp_path / "bombs").iterdir())
    read = {}
    for bomb in bombs:
        try:
            document = extract(bomb.name, bomb.read_bytes(), "0", limits)
        except ExtractionError:
            continue
        read[bomb.name] = {part.kind for part in document.parts}
    assert len(bombs) == 22
    assert read == READ
