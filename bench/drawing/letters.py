"""Letters set from plain text as tagged PDF, with title and language and nothing else about them.

A letter is written in five kinds of lines: ``# title``, ``## heading``, ``- item``, a paragraph,
and an empty line between them.
"""

import shutil
from collections.abc import Mapping
from html import escape
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, sync_playwright

STYLE = """
@page { size: A4; margin: 22mm 24mm 20mm }
body { font: 12pt/1.5 "Liberation Sans", Arial, sans-serif; color: #1d2823; margin: 0 }
header { border-bottom: 2pt solid #1f4d3a; padding-bottom: 4mm; margin-bottom: 8mm }
header strong { display: block; font: bold 19pt "Liberation Serif", serif; color: #1f4d3a }
h1 { font-size: 16pt; line-height: 1.25; color: #1f4d3a; margin: 0 0 4mm }
h2 { font-size: 12.5pt; margin: 5mm 0 1mm }
p { margin: 0 0 3mm } ul { margin: 0 0 3mm; padding-left: 6mm }
"""
HEAD = (
    "<header><strong>Quillbrook Primary School</strong>"
    "Mill Lane, Quillbrook, Fenshire QB0 0ZZ · 01632 960140 · office@quillbrook.example</header>"
)


def kind(line: str) -> str:
    """Name the element that a line of a letter becomes."""
    for mark, element in (("## ", "h2"), ("# ", "h1"), ("- ", "li")):
        if line.startswith(mark):
            return element
    return "p"


def as_html(text: str) -> str:
    """Return a letter as an HTML page.

    Raises:
        ValueError: the letter does not begin with its title

    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or kind(lines[0]) != "h1":
        raise ValueError("a letter begins with its title: write '# title' in the first line")
    body = []
    for element, run in groupby(lines, kind):
        items = "".join(
            f"<{element}>{escape(line.removeprefix('- ').lstrip('# '))}</{element}>" for line in run
        )
        body.append(f"<ul>{items}</ul>" if element == "li" else items)
    title = escape(lines[0].removeprefix("# "))
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>{HEAD}<main>{''.join(body)}</main></body></html>"
    )


def set_letter(page: Page, text: str, path: Path) -> None:
    """Write one letter as PDF/1.4 with tags, then leave only title and language in it."""
    page.set_content(as_html(text))
    data = page.pdf(tagged=True, prefer_css_page_size=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.open(BytesIO(data)) as pdf:
        title = text.splitlines()[0].removeprefix("# ")
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        pdf.docinfo["/Title"] = pikepdf.String(title)
        pdf.Root.Lang = pikepdf.String("en-GB")
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        pdf.save(path, deterministic_id=True)


def set_letters(texts: Path, places: Mapping[str, Path], *, otherwise: Path) -> None:
    """Set every letter of a folder.

    Args:
        texts: folder of ``*.txt``
        places: folder to write a letter to, by its name without ending
        otherwise: folder for the letters that *places* does not name

    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        for text in sorted(texts.glob("*.txt")):
            target = places.get(text.stem, otherwise) / f"{text.stem}.pdf"
            set_letter(page, text.read_text(encoding="utf-8"), target)
            print(f"{target.name:32} {target.stat().st_size:>7,} bytes")
        browser.close()
