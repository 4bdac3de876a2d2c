"""Rows about where a file lies and what kind of thing it is: names, links and special files."""

import json
import os
import shutil
import socket
import unicodedata
from collections.abc import Callable
from pathlib import Path

from moderation.attest import PAYLOAD_TYPE, ApprovalLog, Decision
from moderation.attest.hand_in import Handed
from moderation.model import Asset
from tests.attacks.content_rows import NEVER, READ_ONCE
from tests.attacks.scenario import Act, AttackedSite, Group, Scenario
from tests.publish.school import FAIR, SIGNERS, first_version, ref, statement

LINK = "is or lies behind a link; copy the file itself into the site"
_NAME = "names a file whose path no page of the site can have"
_STOPS = "MkDocs stops at the name"
_LATER = "a path of the site has lower-case letters"
_STAND_IN = "news/stand-in.md"


_HIDDEN = "it is left out as MkDocs leaves it out; editors and systems keep such files anywhere"
_SILENT = {
    "an approved page that is one file with another": READ_ONCE,
    "a hidden file": _HIDDEN,
    "a hidden folder": _HIDDEN,
    "a file for the web server alone": _HIDDEN,
}


def _row(name: str, threat: str, act: Act, said: str, not_plain: str = "") -> Scenario:
    return Scenario(
        name=name,
        threat=threat,
        act=act,
        said=said,
        group=Group.UNAPPROVED,
        silent=_SILENT.get(name, ""),
        not_plain=not_plain,
    )


def _target(site: AttackedSite) -> Path:
    file = site.elsewhere / "page.md"
    file.write_text(site.page(), "utf-8")
    return file


def _link(site: AttackedSite) -> None:
    (site.content / f"news/{site.slug}.md").symlink_to(_target(site))


def _link_in_place(site: AttackedSite) -> None:
    """Put a link in the place of an approved page, to a file with other bytes."""
    (site.content / "index.md").unlink()
    (site.content / "index.md").symlink_to(_target(site))


def _link_to_the_same(site: AttackedSite) -> None:
    """Put a link in the place of an approved page, to the approved bytes, for now."""
    same = site.elsewhere / "index.md"
    shutil.move(site.content / "index.md", same)
    (site.content / "index.md").symlink_to(same)
    site.forced = True
    site.between = lambda: same.write_text(site.page(), "utf-8")


def _linked_folder(site: AttackedSite) -> None:
    _target(site)
    (site.content / site.slug).symlink_to(site.elsewhere, target_is_directory=True)


def _link_upwards(site: AttackedSite) -> None:
    """Link to a file of the repository that is no page."""
    site.school.put("notes.md", site.page())
    (site.content / f"news/{site.slug}.md").symlink_to("../../notes.md")


def _link_in_a_chain(site: AttackedSite) -> None:
    (site.elsewhere / "one.md").symlink_to(_target(site))
    (site.content / f"news/{site.slug}.md").symlink_to(site.elsewhere / "one.md")


def _link_to_the_state(site: AttackedSite) -> None:
    site.school.put(".schoolgate/notes.md", site.page())
    (site.content / site.slug).symlink_to("../.schoolgate", target_is_directory=True)


def _linked_content(site: AttackedSite) -> None:
    """Make the whole content folder a link, with one page more."""
    moved = site.elsewhere / "content"
    shutil.move(site.content, moved)
    (moved / "more.md").write_text(site.page(), "utf-8")
    site.content.symlink_to(moved, target_is_directory=True)


def _hard(site: AttackedSite) -> None:
    os.link(_target(site), site.content / f"news/{site.slug}.md")


def _hard_in_place(site: AttackedSite) -> None:
    """Make an approved page one file with another, which is changed from outside later."""
    twin = site.elsewhere / "twin.md"
    os.link(site.content / "index.md", twin)
    site.between = lambda: twin.write_text(site.page(), "utf-8")


def _pipe(site: AttackedSite) -> None:
    os.mkfifo(site.content / f"{site.slug}.md")


def _socket(site: AttackedSite) -> None:
    here = Path.cwd()
    os.chdir(site.content)  # the name of a socket may have some hundred letters only
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(f"{site.slug}.md")
    os.chdir(here)


def _sparse(site: AttackedSite) -> None:
    with (site.content / f"downloads/{site.slug}.pdf").open("wb") as file:
        file.write(site.canary.encode())
        file.truncate(30 * 1024 * 1024)


def _submodule(site: AttackedSite) -> None:
    site.school.write(f"{site.slug}/.git", "gitdir: ../../.git/modules/more\n")
    site.school.write(f"{site.slug}/page.md", site.page())
    site.school.put(".gitmodules", f'[submodule "more"]\n\tpath = content/{site.slug}\n')


def _pointer(path: str) -> Act:
    """Put what Git LFS leaves behind in the place of an approved file, and the file elsewhere."""

    def act(site: AttackedSite) -> None:
        text = f"version https://git-lfs.example/spec/v1\noid sha256:{site.canary}\nsize 9\n"
        site.school.write(path, text)

    return act


def _attributes(site: AttackedSite) -> None:
    """Let git change line ends and put its own words in where a page is checked out."""
    site.school.put(".gitattributes", "*.md ident eol=crlf filter=more\n")
    page = (site.content / "index.md").read_text("utf-8")
    changed = f"{page}\n$Id: {site.canary} $\n".replace("\n", "\r\n")
    (site.content / "index.md").write_bytes(changed.encode())


def _named(name: str) -> Act:
    def act(site: AttackedSite) -> None:
        site.school.write(name.replace("SLUG", site.slug), site.page())

    return act


def _signed(name: str, file: str = "") -> Act:
    """Sign for a name that Schoolgate itself would not sign for, with a program of one's own."""

    def act(site: AttackedSite) -> None:
        path = name.replace("SLUG", site.slug)
        data = site.page().encode()
        site.school.put(file or f"content/{path}", data)
        log = ApprovalLog(site.root / ".schoolgate" / "approvals")
        seq, prev = log.next()
        origin = first_version(site.root / ".schoolgate")
        handed = Handed(site=origin, page=path, subjects=(ref(Asset(path, data)),), publisher="p-1")
        value = statement(
            seq,
            Asset(_STAND_IN, data),
            prev=prev,
            actor="head",
            site=origin,
            handed_in=handed.signed(SIGNERS["p-1"], after=seq - 1),
        )
        payload = value.to_payload()
        written = json.dumps(path, ensure_ascii=False)[1:-1].encode()
        assert _STAND_IN.encode() in payload
        payload = payload.replace(_STAND_IN.encode(), written)
        log.add(SIGNERS["head"].sign(payload, PAYLOAD_TYPE), seq, prev)

    return act


def _twin(name: str) -> Act:
    """Write a file whose name differs from that of an approved one in its spelling only."""

    def act(site: AttackedSite) -> None:
        site.school.write(name, FAIR + site.page())

    return act


def _normal_forms(site: AttackedSite) -> None:
    """Write one name in the composed and in the decomposed form."""
    for form in ("NFC", "NFD"):
        site.school.write(unicodedata.normalize(form, "news/fête.md"), site.page(form))


def _folder_for_a_file(site: AttackedSite) -> None:
    """Make a folder of the name of an approved page, with a page in it."""
    (site.content / "news/lunch.md").unlink()
    site.school.write("news/lunch.md/index.md", site.page())


def _taken_down_elsewhere(site: AttackedSite) -> None:
    """Put a page back that was taken down, in another spelling of its name."""
    page = site.school.write(f"news/{site.slug}.md", site.page())
    site.school.sign(page)
    site.school.sign(page, decision=Decision.TAKEDOWN)
    (site.content / page.path).rename(site.content / f"news/{site.slug.upper()}.md")


_MAKERS: tuple[tuple[str, str, Callable[[AttackedSite], object], str, str], ...] = (
    ("a link to a page outside", "T8", _link, LINK, ""),
    ("a link in the place of an approved page", "T8", _link_in_place, LINK, ""),
    ("a link to approved bytes that are swapped", "T8", _link_to_the_same, LINK, ""),
    ("a folder that is a link", "T8", _linked_folder, LINK, ""),
    ("a link to a file of the repository", "T8", _link_upwards, LINK, ""),
    ("a link to a link", "T8", _link_in_a_chain, LINK, ""),
    ("a link to the signed state", "T8", _link_to_the_state, LINK, ""),
    ("a content folder that is a link", "T8", _linked_content, "put the pages there, not a", ""),
    ("a page that is one file with another outside", "T8", _hard, NEVER, ""),
    ("an approved page that is one file with another", "T8", _hard_in_place, "", ""),
    ("a pipe", "T8", _pipe, "is not a file", "MkDocs waits at the pipe for ever"),
    ("a socket", "T8", _socket, "cannot be read", "MkDocs stops at the socket"),
    ("a file that is mostly holes", "T8", _sparse, "is too large", ""),
    ("a module of git in the content folder", "T5", _submodule, NEVER, ""),
    ("a pointer in the place of a photo", "T5", _pointer("photos/fair.jpg"), "changed since", ""),
    ("a pointer in the place of a page", "T5", _pointer("index.md"), "changed since", ""),
    ("a filter of git that changes a page", "T5", _attributes, "changed since", ""),
    ("a name in capitals", "T9", _signed("news/SLUG-Page.md"), _NAME, ""),
    ("a name with a blank", "T9", _signed("news/SLUG page.md"), _NAME, ""),
    ("a name with a sign of percent", "T9", _signed("news/SLUG%2e.md"), _NAME, ""),
    ("a name that is turned round", "T9", _signed("news/SLUG\u202edm.md"), _NAME, ""),
    ("a name with a backslash", "T9", _signed("news/..\\SLUG.md"), _NAME, _STOPS),
    ("a name with a line break", "T9", _named("news/SLUG\n.md"), NEVER, ""),
    ("a name that Windows keeps for itself", "T9", _signed("news/con.md"), _LATER, ""),
    ("a name in a seventh folder", "T9", _signed("a/b/c/d/e/f/g.md"), _LATER, ""),
    ("a name of letters that look alike", "T9", _signed("news/fаir.md"), _NAME, ""),
    ("a name with two endings", "T9", _signed("photos/SLUG.jpg.md"), _NAME, ""),
    ("a hidden file", "T9", _named(".SLUG.md"), "", "MkDocs leaves hidden files out as well"),
    ("a hidden folder", "T9", _named(".SLUG/page.md"), "", "MkDocs leaves them out as well"),
    (
        "a file for the web server alone",
        "T9",
        _named(".well-known/SLUG.md"),
        "",
        "MkDocs leaves hidden folders out as well",
    ),
    ("an approved page once more in capitals", "T10", _twin("news/FAIR.md"), "in another sp", ""),
    ("an approved page with a capital ending", "T10", _twin("news/fair.MD"), "in another sp", ""),
    ("an approved folder once more in capitals", "T10", _twin("News/fair.md"), "in another", ""),
    ("a name in two forms of Unicode", "T10", _normal_forms, "in another spelling", ""),
    ("a folder in the place of a page", "T10", _folder_for_a_file, NEVER, ""),
    ("a page taken down, in another spelling", "T10", _taken_down_elsewhere, NEVER, ""),
    (
        "an approval for a path that leaves the folder",
        "T9",
        _signed("../notes.md", "notes.md"),
        _NAME,
        "the file is no file of the content folder",
    ),
    (
        "an approval for a path from the root",
        "T9",
        _signed("/notes.md", "notes.md"),
        _NAME,
        "the file is no file of the content folder",
    ),
)
ROWS: tuple[Scenario, ...] = tuple(_row(*each) for each in _MAKERS)
