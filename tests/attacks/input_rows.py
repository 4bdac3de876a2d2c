"""Rows about input that harms its reader: bombs, tricks of YAML and of archives, half a file."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

from tests.attacks.invisible_rows import body, download, handed_in, photo_page
from tests.attacks.scenario import Act, AttackedSite, Group, Outcome, Scenario
from tests.extract.office_files import docx, paragraph, zipped
from tests.extract.test_document_bombs import packed, page
from tests.publish.school import CONFIG, picture

SECONDS = 8.0
"""The most that reading one submission may cost, on a machine that others use too."""
_HANGS = "plain MkDocs spends minutes or stops, and no page of it comes out"
_STOPS = "plain MkDocs stops at the file, and publishes nothing at all"
_SETTINGS = "the settings are data for a program; what they cost is what the row is about"


def in_time(scenario: Scenario, site: AttackedSite) -> Outcome:
    """Hand it in, and measure what it costs this process to say no."""
    start = time.process_time()
    outcome = handed_in(scenario, site)
    spent = time.process_time() - start
    if spent > SECONDS:
        return replace(outcome, through=(*outcome.through, f"{spent:.1f} s to refuse it"))
    return outcome


def _page(name: str, text: str, said: str, threat: str, not_plain: str = "") -> Scenario:
    def act(site: AttackedSite) -> None:
        site.hand(text.replace("CANARY", site.canary))

    return _row(name, act, said, threat, not_plain)


def _bytes(name: str, data: bytes, said: str, threat: str, not_plain: str = "") -> Scenario:
    def act(site: AttackedSite) -> None:
        path = f"news/{site.slug}.md"
        whole = data.replace(b"CANARY", site.canary.encode())
        site.handed = [site.school.write(path, whole)]

    return _row(name, act, said, threat, not_plain)


def _file(name: str, ending: str, make: Callable[[str], bytes], said: str, threat: str) -> Scenario:
    """Return a row about a photo or a download; plain MkDocs copies each as it is."""

    def act(site: AttackedSite) -> None:
        folder = "photos" if ending in ("jpg", "png", "gif", "webp") else "downloads"
        text = photo_page(ending) if folder == "photos" else download(ending)
        file = f"{folder}/{site.slug}.{ending}"
        site.hand(text.replace("SLUG", site.slug), {file: make(site.canary)})

    return _row(name, act, said, threat)


def _row(name: str, act: Act, said: str, threat: str, not_plain: str = "") -> Scenario:
    return Scenario(
        name=name,
        threat=threat,
        act=act,
        said=said,
        group=Group.INPUT,
        way=in_time,
        not_plain=not_plain,
    )


def _settings(name: str, text: str, said: str) -> Scenario:
    """Return a row about ``mkdocs.yml``, which the gate alone reads."""

    def act(site: AttackedSite) -> None:
        site.school.put("mkdocs.yml", text.replace("CANARY", site.canary))

    return Scenario(
        name=name, threat="T14", act=act, said=said, group=Group.INPUT, not_plain=_SETTINGS
    )


def _front(lines: str) -> str:
    return f"---\n{lines}\n---\n\n# News\n\nThe word is CANARY.\n"


def _aliases(deep: int) -> str:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, deep)]
    return "\n".join(rows)


def _wide_png(word: str) -> bytes:
    """Return a PNG of nine hundred million pixels, as its first lines say."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"tEXt", b"Comment\0" + word.encode())]
    parts += [(b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def _half(word: str) -> bytes:
    data = picture("olive") + word.encode()
    return data[: len(data) // 2]


def _zeros(_: str) -> bytes:
    return page(packed(b"\0" * 30_000_000, 3))


def _many_pages(_: str) -> bytes:
    """Return a PDF whose tree of pages leads back to itself."""
    return page(b"<</Length 0>>stream\n\nendstream").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")


def _letter(body_xml: str, *, doctype: str = "") -> bytes:
    """Return a letter whose document has a declaration of its own."""
    data = io.BytesIO(docx(paragraph("Dear parents,")))
    with zipfile.ZipFile(data) as packed_letter:
        parts = {each: packed_letter.read(each) for each in packed_letter.namelist()}
    name = "word/document.xml"
    text = parts[name].decode()
    parts[name] = (doctype + text.replace("Dear parents,", body_xml)).encode()
    return zipped(parts)


def _laughs(_: str) -> bytes:
    rows = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    return _letter("&l9;", doctype=f"<!DOCTYPE d [{rows}]>")


def _outside(_: str) -> bytes:
    return _letter("&x;", doctype='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>')


def _slip(word: str) -> bytes:
    """Return a letter with a part that would be unpacked beside the folder."""
    return _added({f"../../{word}.txt": word})


def _twice(word: str) -> bytes:
    """Return a letter with the name of its text twice."""
    out = io.BytesIO(docx(paragraph("Dear parents,")))
    with zipfile.ZipFile(out, "a") as letter:
        with letter.open(zipfile.ZipInfo("word/Document.xml"), "w") as part:
            part.write(f"<x>{word}</x>".encode())
        letter.infolist()[-1].filename = "word/document.xml"
    return out.getvalue()


def _added(more: dict[str, str]) -> bytes:
    out = io.BytesIO(docx(paragraph("Dear parents,")))
    with zipfile.ZipFile(out, "a") as letter:
        for name, text in more.items():
            letter.writestr(name, text)
    return out.getvalue()


def _swollen(_: str) -> bytes:
    """Return a letter that unpacks to a thousand times its size."""
    out = io.BytesIO(docx(paragraph("Dear parents,")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as letter:
        letter.writestr("word/media/more.bin", b"\0" * 20_000_000)
    return out.getvalue()


ROWS: tuple[Scenario, ...] = (
    _page(
        "aliases of aliases in the front matter",
        _front(_aliases(9)),
        "has an anchor or alias",
        "T14",
    ),
    _page(
        "a key twice in the front matter", _front("consent: 'no'\nconsent: 'yes'"), "twice", "T14"
    ),
    _page(
        "a tag in the front matter",
        _front("title: !!python/name:os.system"),
        "has a tag (!)",
        "T14",
    ),
    _page(
        "an anchor in the front matter",
        _front("title: &a x\nauthor: *a"),
        "has an anchor or",
        "T14",
    ),
    _page(
        "five thousand levels in the front matter",
        _front("a: " + "[" * 5_000 + "]" * 5_000),
        "is nested more than 6 deep",
        "T14",
    ),
    _page(
        "ten thousand keys in the front matter",
        _front("\n".join(f"k{n}: {n}" for n in range(10_000))),
        "is longer than 16 KiB",
        "T14",
    ),
    _page(
        "a no that is a yes in the front matter",
        _front("title: yes"),
        "that YAML reads as something else",
        "T14",
    ),
    _page(
        "a list in the place of settings", _front("- one\n- two"), "is no list of settings", "T14"
    ),
    _page(
        "settings that do not end",
        "---\ntitle: CANARY\n\n# News\n\nText.\n",
        "is not closed",
        "T14",
    ),
    _page(
        "fifty thousand brackets",
        body("[" * 50_000 + "CANARY"),
        "more brackets, markup or HTML",
        "T11",
        _HANGS,
    ),
    _page(
        "twenty thousand quotations", body(">" * 20_000 + "CANARY"), "are nested too deeply", "T11"
    ),
    _page(
        "a million letters of one word",
        body("CANARY " + "a" * 1_100_000),
        "is larger than",
        "T12",
    ),
    _bytes(
        "a byte that is no letter",
        b"# News\n\nThe word \xff is CANARY.\n",
        "is not UTF-8 text (byte 17)",
        "T11",
        _STOPS,
    ),
    _bytes(
        "a page in another encoding",
        "\ufeff# News\n\nThe word.\n".encode("utf-16-le"),
        "is not saved as UTF-8",
        "T11",
        _STOPS,
    ),
    _bytes(
        "a page of nothing", b" \n", "holds no text", "T11", "there is nothing in it to publish"
    ),
    _settings(
        "aliases of aliases in the settings",
        f"{CONFIG}extra:\n  " + _aliases(9).replace("\n", "\n  ") + "\n",
        "anchors and aliases are not allowed",
    ),
    _settings(
        "a hundred levels in the settings",
        f"{CONFIG}extra: {'[' * 100}{']' * 100}\n",
        "is nested more than 12 deep",
    ),
    _settings(
        "half a megabyte of settings",
        CONFIG + "# CANARY\n" * 40_000,
        "is larger than",
    ),
    _settings("settings that are a list", "- site_name: CANARY\n", "must be a table of settings"),
    _file("a picture of too many pixels", "png", _wide_png, "30,000 by 30,000 pixels", "T12"),
    _file("half a photo", "jpg", _half, "the structure of the picture is damaged", "T11"),
    _file("a photo of nothing", "jpg", lambda _: b"", "is empty", "T11"),
    _file(
        "a letter in the place of a photo",
        "jpg",
        lambda _: docx(paragraph("A")),
        "file-type",
        "T11",
    ),
    _file("zeros in zeros in a PDF", "pdf", _zeros, "draws more than 8,000,000 bytes", "T12"),
    _file("a PDF that leads back to itself", "pdf", _many_pages, "the PDF is damaged", "T11"),
    _file("laughs in a letter", "docx", _laughs, "the office file is damaged", "T13"),
    _file(
        "a file of the machine in a letter", "docx", _outside, "the office file is damaged", "T13"
    ),
    _file(
        "a letter that swells", "docx", _swollen, "unpacks to more than 200,000,000 bytes", "T12"
    ),
    _file(
        "a part beside the folder of a letter", "docx", _slip, "the office file is damaged", "T8"
    ),
    _file("the text of a letter twice", "docx", _twice, "the office file is damaged", "T8"),
)
