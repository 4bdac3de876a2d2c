"""Faults that a disk, a careless hand or an attacker brings into a finished site, at random.

A fault changes the output folder, the list beside it or the release. What it changed is measured
apart from what `verify` says of it: the folder is read before and after, name by name.
"""

import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from moderation.attest import Signer
from moderation.model import IntegrityError, Role, digest_of
from moderation.publish.build import build
from moderation.publish.deploy import next_release, read_built, release_path, require_deployable
from moderation.publish.folder import manifest_path
from moderation.publish.manifest import Manifest
from moderation.publish.signed_release import sign_release
from moderation.publish.site import Site, examine, load_site
from moderation.publish.verify import differences, outdated
from tests.publish.school import NOW, TRUST, make_school, picture

DEPLOYER = Signer.from_seed("d-1", bytes.fromhex(digest_of(b"d-1")))
TRUSTING = TRUST.with_person("d-1", frozenset({Role.DEPLOYER})).with_key("d-1", DEPLOYER.key)
EPOCH = 1_700_000_000
CHOIR = """\
---
title: The choir
assets:
  photos/choir.jpg:
    people: []
---

# The choir

They sing on Mondays, and on *Thursdays* at [the fair](fair.md) or [at home](../index.md).

![Music stands](../photos/choir.jpg)
"""
CLUBS = "# Clubs\n\nChess on Tuesdays. [The choir](choir.md) needs altos.\n"

Snapshot = Mapping[str, tuple[str, bytes]]
"""Kind and bytes of everything in a folder, by path; of a link its target."""

Verifier = Callable[["FinishedSite"], str]
"""Says what is wrong with a finished site; nothing if it is whole."""

Fault = Callable[[Random, "FinishedSite"], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedSite:
    """A site that was built, listed and signed as a release.

    Args:
        site: the verified repository
        manifest: the answer of the gate
        out: the output folder
        sound: all of it, as it was built
        beside: the list and the release, as they were written

    """

    site: Site
    manifest: Manifest
    out: Path
    sound: Mapping[str, bytes] = field(repr=False)
    beside: Mapping[Path, bytes] = field(repr=False)

    def mend(self) -> None:
        """Put everything back as it was built."""
        for path, (kind, data) in snapshot(self.out).items():
            if kind != "file" or self.sound.get(path) != data:
                _remove(self.out / path)
        for path, data in self.sound.items():
            if not (self.out / path).is_file():
                (self.out / path).parent.mkdir(parents=True, exist_ok=True)
                (self.out / path).write_bytes(data)
        for file, data in self.beside.items():
            file.write_bytes(data)

    def is_changed(self) -> bool:
        """Say whether a visitor or a deployer would get anything else than was built."""
        found = snapshot(self.out)
        files = {path: data for path, (kind, data) in found.items() if kind == "file"}
        beside = {f: f.read_bytes() if f.is_file() else None for f in self.beside}
        return len(files) < len(found) or files != self.sound or beside != self.beside


def finish(root: Path) -> FinishedSite:
    """Build an invented school's site and sign it."""
    pages: dict[str, str | bytes] = {"news/clubs.md": CLUBS}
    school = make_school(root / "school", pages)
    school.trust(TRUSTING)
    choir = school.write("news/choir.md", CHOIR)
    school.sign(choir, school.write("photos/choir.jpg", picture("blue")))
    site = load_site(school.root, now=NOW)
    files, manifest = examine(site, now=NOW)
    out = school.root / "site"
    made = build(files, manifest, out, limits=site.policy.limits, epoch=EPOCH, now=NOW)
    release = next_release(site, made, None, signer="d-1", now=NOW)
    release_path(out).write_text(sign_release(release, DEPLOYER, TRUSTING), "utf-8")
    sound = {path: data for path, (_, data) in snapshot(out).items()}
    beside = {each: each.read_bytes() for each in (manifest_path(out), release_path(out))}
    return FinishedSite(site=site, manifest=manifest, out=out, sound=sound, beside=beside)


def verified(finished: FinishedSite) -> str:
    """Say what ``schoolgate verify --site --release`` finds first; nothing if all is whole."""
    out = finished.out
    try:
        built = read_built(out)
        require_deployable(finished.site, release_path(out), built, (), now=NOW)
    except IntegrityError as error:
        return str(error)
    wrong = (*differences(out, built), *outdated(built, finished.manifest))
    return str(wrong[0]) if wrong else ""


def blind(_: FinishedSite) -> str:
    """Find nothing, as if verifying were switched off."""
    return ""


def without_release(finished: FinishedSite) -> str:
    """Believe the list beside the output, which nobody signed."""
    try:
        wrong = differences(finished.out, read_built(finished.out))
    except IntegrityError as error:
        return str(error)
    return str(wrong[0]) if wrong else ""


def missed(
    finished: FinishedSite, kinds: Sequence[str], verify: Verifier, *, seed: int, count: int
) -> list[str]:
    """Bring in *count* faults one by one and name each that *verify* did not tell.

    Args:
        finished: a site, which is mended after each fault
        kinds: names of faults; each is used as often as the others
        verify: what is tried
        seed: of the choice of places
        count: how many faults

    Raises:
        AssertionError: a fault changed nothing, so that telling it would be wrong

    """
    found: list[str] = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        try:
            FAULTS[kind](seeded(f"{seed} {number}"), finished)
            assert finished.is_changed(), f"{kind}: seed {seed}, number {number} changed nothing"
            if not verify(finished):
                found.append(f"{kind}: seed {seed}, number {number}")
        finally:
            finished.mend()
    return found


def seeded(seed: str) -> Random:
    """Return what chooses the same places each time."""
    return Random(seed)  # noqa: S311 - it has to be repeatable


def snapshot(folder: Path) -> Snapshot:
    """Read everything in *folder* without following links."""
    return dict(_walk(folder, ""))


def _walk(folder: Path, below: str) -> Iterator[tuple[str, tuple[str, bytes]]]:
    with os.scandir(folder / below) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            path = f"{below}{entry.name}"
            if entry.is_symlink():
                yield path, ("link", os.fsencode(Path(entry.path).readlink()))
            elif entry.is_dir():
                yield from _walk(folder, f"{path}/")
            elif entry.is_file():
                yield path, ("file", Path(entry.path).read_bytes())
            else:
                yield path, ("special", b"")


def _remove(path: Path) -> None:
    """Remove a file, and the folder that a fault made for it."""
    path.unlink()
    with suppress(OSError):
        path.parent.rmdir()


# --- where a fault strikes ---------------------------------------------------------------------


def _any(random: Random, site: FinishedSite, *endings: str) -> str:
    return random.choice([p for p in sorted(site.sound) if p.endswith(endings or ("",))])


def _pair(random: Random, site: FinishedSite, *endings: str) -> tuple[str, str]:
    """Choose two files that differ."""
    one = _any(random, site, *endings)
    others = {p for p, data in site.sound.items() if data != site.sound[one]}
    return one, random.choice([p for p in sorted(others) if p.endswith(endings or ("",))])


def _change(site: FinishedSite, path: str, data: bytes) -> None:
    (site.out / path).parent.mkdir(parents=True, exist_ok=True)
    (site.out / path).write_bytes(data)


def _page(random: Random, site: FinishedSite) -> str:
    return random.choice(["index.html", *(f"news/{n}/index.html" for n in ("fair", "choir"))])


def _article(page: bytes) -> bytes:
    start = page.index(b"<article")
    return page[page.index(b">", start) + 1 : page.index(b"</article>")]


# --- the faults --------------------------------------------------------------------------------


def _flip_bit(random: Random, site: FinishedSite) -> None:
    path = random.choice([p for p in sorted(site.sound) if site.sound[p]])
    data = bytearray(site.sound[path])
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    _change(site, path, bytes(data))


def _flip_bit_of_page(random: Random, site: FinishedSite) -> None:
    path = _page(random, site)
    data = bytearray(site.sound[path])
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    _change(site, path, bytes(data))


def _truncate(random: Random, site: FinishedSite) -> None:
    path = random.choice([p for p in sorted(site.sound) if site.sound[p]])
    _change(site, path, site.sound[path][: random.randrange(len(site.sound[path]))])


def _append(random: Random, site: FinishedSite) -> None:
    path = _any(random, site)
    _change(site, path, site.sound[path] + random.choice([b"\n", b"\0", b" ", b"<!-- -->"]))


def _zeroes(random: Random, site: FinishedSite) -> None:
    """A block that was never written, as after a power cut."""
    path = random.choice([p for p in sorted(site.sound) if site.sound[p].strip(b"\0")])
    data = site.sound[path]
    start = random.randrange(len(data)) // 512 * 512
    if not data[start : start + 512].strip(b"\0"):
        start = 0
    block = data[start : start + 512]
    _change(site, path, data[:start] + bytes(len(block)) + data[start + 512 :])


def _empty_article(random: Random, site: FinishedSite) -> None:
    path = _page(random, site)
    _change(site, path, site.sound[path].replace(_article(site.sound[path]), b""))


def _move_text(random: Random, site: FinishedSite) -> None:
    """Put the text of one page onto another."""
    one, other = random.sample(["index.html", "news/fair/index.html", "news/choir/index.html"], 2)
    text = _article(site.sound[one])
    _change(site, other, site.sound[other].replace(_article(site.sound[other]), text))


def _swap_files(random: Random, site: FinishedSite) -> None:
    one, other = _pair(random, site)
    _change(site, one, site.sound[other])
    _change(site, other, site.sound[one])


def _swap_pages(random: Random, site: FinishedSite) -> None:
    one, other = _pair(random, site, ".html")
    _change(site, one, site.sound[other])
    _change(site, other, site.sound[one])


def _swap_photos(_: Random, site: FinishedSite) -> None:
    _change(site, "photos/fair.jpg", site.sound["photos/choir.jpg"])
    _change(site, "photos/choir.jpg", site.sound["photos/fair.jpg"])


def _swap_links(random: Random, site: FinishedSite) -> None:
    path = _page(random, site)
    page = site.sound[path]
    parts = page.split(b'href="')
    targets = [part.partition(b'"')[0] for part in parts[1:]]
    one, other = random.sample(sorted(set(targets)), 2)
    marked = page.replace(b'href="%s"' % one, b"\0").replace(b'href="%s"' % other, b"\1")
    marked = marked.replace(b"\0", b'href="%s"' % other).replace(b"\1", b'href="%s"' % one)
    _change(site, path, marked)


def _lead_away(random: Random, site: FinishedSite) -> None:
    path = _page(random, site)
    page = site.sound[path]
    target = random.choice(page.split(b'href="')[1:]).partition(b'"')[0]
    _change(site, path, page.replace(b'href="%s"' % target, b'href="https://evil.example/"', 1))


def _swap_words(random: Random, site: FinishedSite) -> None:
    path = _page(random, site)
    words = site.sound[path].split(b" ")
    at = random.choice([n for n in range(len(words) - 1) if words[n] != words[n + 1]])
    words[at], words[at + 1] = words[at + 1], words[at]
    _change(site, path, b" ".join(words))


def _script(random: Random, site: FinishedSite) -> None:
    path = _any(random, site, ".html")
    page = site.sound[path]
    _change(site, path, page.replace(b"</body>", b"<script>alert(1)</script></body>", 1) + b"\n")


def _remote_image(random: Random, site: FinishedSite) -> None:
    path = _page(random, site)
    image = b'<img src="https://evil.example/x.png"></article>'
    _change(site, path, site.sound[path].replace(b"</article>", image, 1))


def _own_script(random: Random, site: FinishedSite) -> None:
    path = _any(random, site, ".js")
    _change(site, path, b"fetch('https://evil.example/');" + site.sound[path])


def _other_lines(random: Random, site: FinishedSite) -> None:
    """Line ends as another system writes them."""
    path = random.choice([p for p in sorted(site.sound) if b"\n" in site.sound[p]])
    _change(site, path, site.sound[path].replace(b"\n", b"\r\n"))


def _mark_of_order(random: Random, site: FinishedSite) -> None:
    path = _any(random, site, ".html", ".js", ".css", ".json", ".xml")
    _change(site, path, b"\xef\xbb\xbf" + site.sound[path])


def _capitals(random: Random, site: FinishedSite) -> None:
    path = _any(random, site, ".html")
    _change(site, path, site.sound[path].swapcase())


def _add(random: Random, site: FinishedSite) -> None:
    folder = random.choice(["", "news/", "news/fair/", "new/deep/", "assets/"])
    name = random.choice(["page.html", "index.htm", "a", "x.js", "robots.txt", "CNAME", "a b.pdf"])
    _change(site, folder + name, random.randbytes(random.randrange(40)))


def _add_hidden(random: Random, site: FinishedSite) -> None:
    names = [".htaccess", ".git/config", ".well-known/x", "news/.x", ".env", "photos/.DS_Store"]
    _change(site, random.choice(names), b"x")


def _add_odd_name(random: Random, site: FinishedSite) -> None:
    names = ["index.html ", "ind\u0435x.html", "index.html.", "\u202ex", "a\nb", "~", "-rf", "a\\b"]
    _change(site, random.choice(names), b"x")


def _delete(random: Random, site: FinishedSite) -> None:
    (site.out / _any(random, site)).unlink()


def _delete_folder(random: Random, site: FinishedSite) -> None:
    folder = random.choice(["news/", "photos/", "search/", "news/fair/"])
    for path in site.sound:
        if path.startswith(folder):
            (site.out / path).unlink()


def _rename(random: Random, site: FinishedSite) -> None:
    path = _any(random, site)
    (site.out / path).rename(site.out / f"{path}{random.choice(['~', '.bak', '.html', '1'])}")


def _duplicate(random: Random, site: FinishedSite) -> None:
    path = _any(random, site)
    _change(site, f"copy/{path}", site.sound[path])


def _other_case(random: Random, site: FinishedSite) -> None:
    """The same bytes once more, under a name in capitals."""
    path = _any(random, site)
    _change(site, path.swapcase(), site.sound[path])


def _other_case_instead(random: Random, site: FinishedSite) -> None:
    path = _any(random, site)
    (site.out / path).unlink()
    _change(site, path.swapcase(), site.sound[path])


def _link_to_same(random: Random, site: FinishedSite) -> None:
    """A link to the very same bytes elsewhere, which can be changed at any time."""
    path = _any(random, site)
    aside = site.out.with_name("aside")
    aside.write_bytes(site.sound[path])
    (site.out / path).unlink()
    (site.out / path).symlink_to(aside)


def _link_out(random: Random, site: FinishedSite) -> None:
    target = random.choice(["/etc/hosts", "..", "../content", "../.schoolgate", "index.html", "x"])
    (site.out / random.choice(["link", "news/link", "photos/link.jpg"])).symlink_to(target)


def _link_of_folder(_: Random, site: FinishedSite) -> None:
    aside = site.out.with_name("aside-folder")
    aside.mkdir(exist_ok=True)
    for path in ("photos/fair.jpg", "photos/choir.jpg"):
        (site.out / path).unlink()
        (aside / path.rpartition("/")[2]).write_bytes(site.sound[path])
    (site.out / "photos").rmdir()
    (site.out / "photos").symlink_to(aside)


def _pipe(random: Random, site: FinishedSite) -> None:
    path = _any(random, site)
    (site.out / path).unlink()
    os.mkfifo(site.out / path)


def _folder_instead(random: Random, site: FinishedSite) -> None:
    path = _any(random, site)
    (site.out / path).unlink()
    _change(site, f"{path}/index.html", site.sound[path])


def _search_index(random: Random, site: FinishedSite) -> None:
    """Words of one page found under the address of another."""
    path = "search/search_index.json"
    index = json.loads(site.sound[path])
    one, other = random.sample(range(len(index["docs"])), 2)
    texts = [index["docs"][one], index["docs"][other]]
    texts[0]["location"], texts[1]["location"] = texts[1]["location"], texts[0]["location"]
    _change(site, path, json.dumps(index).encode())


def _sitemap(_: Random, site: FinishedSite) -> None:
    path = "sitemap.xml"
    _change(site, path, site.sound[path].replace(b"oak.example", b"elm.example"))


def _rewrite(site: FinishedSite, path: str, data: bytes | None) -> None:
    """Change a file of the output, and the unsigned list beside it so that both agree."""
    body = json.loads(site.beside[manifest_path(site.out)])
    files = [each for each in body["files"] if each["path"] != path]
    if data is None:
        (site.out / path).unlink()
    else:
        _change(site, path, data)
        made = {"path": path, "digest": digest_of(data), "size": len(data)}
        files.append({**made, "origin": "generated", "source": ""})
    body["files"] = sorted(files, key=lambda each: str(each["path"]))
    manifest_path(site.out).write_text(json.dumps(body), "utf-8")


def _agreed_change(random: Random, site: FinishedSite) -> None:
    path = _page(random, site)
    _rewrite(site, path, site.sound[path].replace(b"</article>", b"<p>Mine</p></article>", 1))


def _agreed_file(random: Random, site: FinishedSite) -> None:
    _rewrite(site, random.choice(["news/mine.html", ".htaccess", "x.js"]), random.randbytes(9))


def _agreed_removal(random: Random, site: FinishedSite) -> None:
    _rewrite(site, _any(random, site), None)


def _list_damaged(random: Random, site: FinishedSite) -> None:
    """A list that is not there, cut off, doubled or of another build."""
    file, data = manifest_path(site.out), site.beside[manifest_path(site.out)]
    body = json.loads(data)
    wrongs = [
        data[: random.randrange(len(data) - 1)],
        data + data,
        json.dumps({**body, "epoch": body["epoch"] + 1}).encode(),
        json.dumps({**body, "content": body["content"][1:]}).encode(),
        json.dumps({**body, "kit": body["kit"][1:]}).encode(),
        json.dumps({**body, "version": 2}).encode(),
    ]
    file.write_bytes(random.choice(wrongs))


def _list_gone(_: Random, site: FinishedSite) -> None:
    manifest_path(site.out).unlink()


def _release_damaged(random: Random, site: FinishedSite) -> None:
    file, data = release_path(site.out), bytearray(site.beside[release_path(site.out)])
    at = random.randrange(len(data) - 1)
    data[at] = ord("A") if data[at] != ord("A") else ord("B")
    file.write_bytes(bytes(data))


def _release_cut(random: Random, site: FinishedSite) -> None:
    data = site.beside[release_path(site.out)]
    release_path(site.out).write_bytes(data[: random.randrange(len(data) - 1)])


def _release_gone(_: Random, site: FinishedSite) -> None:
    release_path(site.out).unlink()


FAULTS: Mapping[str, Fault] = {
    "a flipped bit": _flip_bit,
    "a flipped bit of a page": _flip_bit_of_page,
    "a file cut off": _truncate,
    "something appended": _append,
    "a block of zeroes": _zeroes,
    "an empty article": _empty_article,
    "text moved to another page": _move_text,
    "two files swapped": _swap_files,
    "two pages swapped": _swap_pages,
    "two photos swapped": _swap_photos,
    "two links swapped": _swap_links,
    "a link led away": _lead_away,
    "two words swapped": _swap_words,
    "a script added": _script,
    "a remote image added": _remote_image,
    "a script of the theme changed": _own_script,
    "other line ends": _other_lines,
    "a byte order mark": _mark_of_order,
    "capitals changed": _capitals,
    "a file added": _add,
    "a hidden file added": _add_hidden,
    "an odd name added": _add_odd_name,
    "a file removed": _delete,
    "a folder emptied": _delete_folder,
    "a file renamed": _rename,
    "a file duplicated": _duplicate,
    "a name in other capitals": _other_case,
    "a name in other capitals instead": _other_case_instead,
    "a link to the same bytes": _link_to_same,
    "a link that leads out": _link_out,
    "a folder that is a link": _link_of_folder,
    "a pipe": _pipe,
    "a folder in place of a file": _folder_instead,
    "the search index mixed up": _search_index,
    "another address in the site map": _sitemap,
    "a page and the list changed": _agreed_change,
    "a file and the list added": _agreed_file,
    "a file removed from both": _agreed_removal,
    "the list damaged": _list_damaged,
    "the list gone": _list_gone,
    "the release damaged": _release_damaged,
    "the release cut off": _release_cut,
    "the release gone": _release_gone,
}
"""By name. Those from *a page and the list changed* on are told by the signed release alone."""


# --- what changes nothing ------------------------------------------------------------------------


def _same_bytes(random: Random, site: FinishedSite) -> None:
    path = _any(random, site)
    (site.out / path).unlink()
    _change(site, path, site.sound[path])


def _there_and_back(random: Random, site: FinishedSite) -> None:
    path = site.out / _any(random, site)
    path.rename(path.with_name("x")).rename(path)


def _flip_twice(random: Random, site: FinishedSite) -> None:
    path = _page(random, site)
    data = bytearray(site.sound[path])
    at, bit = random.randrange(len(data)), 1 << random.randrange(8)
    for _ in range(2):
        data[at] ^= bit
        _change(site, path, bytes(data))


def _added_and_removed(random: Random, site: FinishedSite) -> None:
    _add(random, site)
    for path in snapshot(site.out):
        if path not in site.sound:
            _remove(site.out / path)


def _another_time(random: Random, site: FinishedSite) -> None:
    os.utime(site.out / _any(random, site), (0, 0))


def _another_mode(random: Random, site: FinishedSite) -> None:
    path = site.out / _any(random, site)
    path.chmod(stat.S_IMODE(path.stat().st_mode) ^ 0o111)


def _empty_folder(_: Random, site: FinishedSite) -> None:
    (site.out / "empty").mkdir(exist_ok=True)


NOTHING: Mapping[str, Fault] = {
    "the same bytes written again": _same_bytes,
    "a name changed there and back": _there_and_back,
    "a bit flipped twice": _flip_twice,
    "a file added and removed": _added_and_removed,
    "another time": _another_time,
    "another mode": _another_mode,
    "an empty folder": _empty_folder,
}
"""What changes no published byte and no name of one, and is therefore not told."""
