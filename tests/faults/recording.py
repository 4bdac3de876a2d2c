"""What strace wrote of a command, read as changes of a disk."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.faults.disk import KEPT, Node, Recording, State, Step

WATCHED = (
    *("-y", "-xx", "-s", "99999999", "-e"),
    "trace=openat,creat,lseek,write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,"
    "link,linkat,unlink,unlinkat,rmdir,mkdir,mkdirat,ftruncate,truncate,fallocate,"
    "copy_file_range,sendfile,symlink,symlinkat",
)
"""What strace is told, to see everything that changes a disk."""

_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)(.*)", re.DOTALL)
_WORD = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|(?:^|, )(\w+)<((?:\\x[0-9a-f]{2})*)>')
_HANDLE = re.compile(r"\d+<((?:\\x[0-9a-f]{2})*)>")
_BEGUN, _RESUMED = " <unfinished ...>", re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)", re.DOTALL)


def read_recording(log: str, place: Path, before: State, told: str) -> Recording:
    """Read a log of strace.

    Args:
        log: what it wrote
        place: where the command ran
        before: the disk of *place* before
        told: what the command tells when it is done

    """
    reader = _Reader(place.resolve(), before, told.encode())
    for line in _whole(log):
        found = _LINE.fullmatch(line)
        if found and int(found[4]) >= 0:
            reader.call(found)
    return reader.recording


def _whole(log: str) -> Iterator[str]:
    """Yield the calls, also those that others interrupted."""
    begun: dict[str, str] = {}
    for line in log.splitlines():
        if line.endswith(_BEGUN):
            begun[line.split()[0]] = line.removesuffix(_BEGUN)
        elif found := _RESUMED.fullmatch(line):
            yield begun.pop(found[1], "") + found[2]
        else:
            yield line


class _Reader:
    def __init__(self, place: Path, before: State, told: bytes) -> None:
        self.recording = Recording(before)
        self._place = place
        self._live = before.copy()
        self._told = told
        self._position: dict[tuple[str, str], int] = {}

    def call(self, found: re.Match[str]) -> None:
        """Read one system call that succeeded."""
        pid, call, words, result, rest = found.groups()
        handle, on, texts = _parsed(words, self._place)
        paths = [folder / text.decode("utf-8", "surrogateescape") for folder, text in texts]
        if call in ("openat", "creat"):
            self._position[pid, result] = 0
            opened = _HANDLE.match(f"{result}{rest}")
            self._open(Path(_plain(opened[1]).decode()) if opened else paths[0], words)
        elif call == "lseek":
            self._position[pid, handle] = int(result)
        elif call in ("write", "pwrite64"):
            self._write(on, texts[0][1][: int(result)], self._at(pid, call, handle, found))
        elif call in ("fsync", "fdatasync"):
            self._flush(on)
        elif call == "ftruncate":
            self._cut(on, int(words.rpartition(",")[2]))
        elif any(self._inside(path) for path in (*paths, on)):
            self._named(call, paths, words)

    def _flush(self, path: Path) -> None:
        if (node := self._node(path)) is not None:
            self.recording.steps.append(node)

    def _at(self, pid: str, call: str, handle: str, found: re.Match[str]) -> int:
        if call == "pwrite64":
            return int(found[3].rpartition(",")[2])
        at = self._position.get((pid, handle), 0)
        self._position[pid, handle] = at + int(found[4])
        return at

    def _named(self, call: str, paths: list[Path], words: str) -> None:
        if call in ("mkdir", "mkdirat"):
            self._make(paths[0])
        elif call in ("unlink", "rmdir", "unlinkat"):
            self._change((paths[0], None))
        elif call in ("link", "linkat"):
            self._change((paths[1], self._need(paths[0])))
        elif call == "renameat2" and words.endswith("RENAME_EXCHANGE"):
            one, other = self._need(paths[0]), self._need(paths[1])
            self._change((paths[0], other), (paths[1], one))
        elif call.startswith("rename"):
            self._change((paths[0], None), (paths[1], self._need(paths[0])))
        else:
            raise NotImplementedError(f"{call}: {paths}")

    def _open(self, path: Path, words: str) -> None:
        if not self._inside(path) or ("O_CREAT" not in words and "O_TRUNC" not in words):
            return
        if self._node(path) is None:
            self._change((path, Node()))
        elif "O_TRUNC" in words:
            self._cut(path, 0)

    def _write(self, path: Path, data: bytes, at: int) -> None:
        if path == self._place / "out" and self._told in data and self.recording.told is None:
            self.recording.told = len(self.recording.steps)
        if self._inside(path) and (node := self._node(path)) is not None:
            self._do(Step(of=(node,), file=node, at=at, data=data))

    def _cut(self, path: Path, size: int) -> None:
        if self._inside(path):
            node = self._need(path)
            self._do(Step(of=(node,), file=node, size=size))

    def _make(self, path: Path) -> None:
        node, above = Node(), self._need(path.parent)
        self._do(Step(of=(above,), names=((above, path.name, node),), makes=node))

    def _change(self, *names: tuple[Path, Node | None]) -> None:
        placed = tuple((self._need(path.parent), path.name, node) for path, node in names)
        self._do(Step(of=tuple(folder for folder, _, _ in placed), names=placed))

    def _do(self, step: Step) -> None:
        self.recording.steps.append(step)
        self._live.do(step)

    def _inside(self, path: Path) -> bool:
        return any(path.is_relative_to(self._place / name) for name in KEPT)

    def _node(self, path: Path) -> Node | None:
        if not path.is_relative_to(self._place):
            return None
        return self._live.find(path.relative_to(self._place).parts)

    def _need(self, path: Path) -> Node:
        node = self._node(path)
        if node is None:
            raise LookupError(str(path))
        return node


def _parsed(words: str, place: Path) -> tuple[str, Path, list[tuple[Path, bytes]]]:
    """Return the first handle, what it is open on, and each text with the folder it is told in."""
    handle, on, at = "", place, place
    texts = []
    for match in _WORD.finditer(words):
        if match[2] is None:
            texts.append((at, _plain(match[1])))
            continue
        at = Path(_plain(match[3]).decode())
        if not handle:
            handle, on = match[2], at
    return handle, on, texts


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
