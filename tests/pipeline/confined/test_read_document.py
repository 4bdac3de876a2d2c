"""What is more than text is read in the confined process, with the same result as anywhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from moderation import Asset, check_files
from moderation.extract import extract, needs_care
from moderation.model import ExtractionError
from moderation.pipeline import confined
from moderation.pipeline.confined import call, read_document, tasks
from moderation.pipeline.executors.pool import Pool
from moderation.policy import default_policy
from tests.extract.office_files import docx, paragraph
from tests.spec_files import pdf, picture

ROOT = Path(__file__).parents[3]
LIMITS = default_policy().limits
PHOTO = picture("size = [200, 150]\nheads = [[20, 20, 110], [110, 25, 110]]")
FILES = {
    "a.jpg": PHOTO,
    "a.png": picture('format = "png"\nsize = [40, 30]'),
    "a.pdf": pdf('text = ["Hello"]'),
    "a.docx": docx(paragraph("Hello")),
    "page.md": b"---\ntitle: Hello\ndate: 2026-11-22\n---\n# Hello\n",
    "a.csv": b"a,b\n1,2\n",
}


@pytest.mark.parametrize("path", FILES)
def test_a_document_is_the_same_wherever_it_is_read(path: str) -> None:
    assert read_document(path, FILES[path]) == extract(path, FILES[path])


def test_only_what_is_more_than_text_needs_care() -> None:
    careful = {path for path, data in FILES.items() if needs_care(path, data, LIMITS)}
    assert careful == {"a.jpg", "a.png", "a.pdf", "a.docx"}
    assert needs_care("page.md", FILES["a.pdf"], LIMITS) == "moderation.extract.pdf"
    assert needs_care("a.jpg", b"Hello", LIMITS) == ""


def test_a_refusal_names_the_file() -> None:
    with pytest.raises(ExtractionError, match=r"^photos/a\.pdf: the PDF is damaged"):
        read_document("photos/a.pdf", FILES["a.pdf"][:200])


def test_pictures_are_cleaned_hidden_and_shown_there_as_well() -> None:
    faces = call(tasks.find_people, call(tasks.as_jpeg, PHOTO, LIMITS))
    assert len(faces) == 2
    assert call(tasks.clean, PHOTO, 0, LIMITS).startswith(b"\xff\xd8")
    assert call(tasks.find_people, call(tasks.hide, PHOTO, faces[:1], LIMITS)) != faces
    assert call(tasks.numbered, PHOTO, faces, LIMITS).startswith(b"\xff\xd8")
    jpeg, width, height, people = call(tasks.preview, PHOTO)
    assert (jpeg[:2], width, height, people) == (b"\xff\xd8", 200, 150, faces)
    assert all(call(tasks.prints, PHOTO))


def test_the_process_of_a_forked_one_is_its_own() -> None:
    assert confined._reader(os.getpid(), apart=False) is confined._reader(os.getpid(), apart=False)
    for other in (confined._reader(-1, apart=False), confined._reader(os.getpid(), apart=True)):
        assert confined._reader(os.getpid(), apart=False) is not other


def test_a_pool_gives_the_same_verdict_as_one_process() -> None:
    assets = [Asset(path, data) for path, data in FILES.items()]
    assert check_files(assets, executor=Pool(2, batch=2)) == check_files(assets)


_COUNT = """
import sys
import moderation
from moderation.pipeline import confined
{act}
print("subprocess" in sys.modules, confined._reader.cache_info().currsize)
"""


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("moderation.check_text('# Hello')", "False 0"),
        ("moderation.check_files(moderation.Asset('a.csv', b'a,b'))", "False 0"),
        ("moderation.check_files(moderation.Asset('a.pdf', b'%PDF-1.4'))", "True 1"),
    ],
    ids=["page", "table", "PDF"],
)
def test_text_alone_starts_no_process(act: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _COUNT.format(act=act)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == said
