"""A disk that loses power: what may be on it at every moment of a recorded command.

What is written reaches the disk when its file is flushed, and a name when one of its folders is.
Before that anything may be there or not: nothing, all, names without bytes, half a write, any one
thing missing, any one thing alone. A rename is one step, as every journal makes it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

KEPT = ("school", "home")
"""The folders of a place that are on the disk; the others are the rig's own, or scratch."""

MOST = 24
"""Of more things that are under way at once, the first and the last of so many are tried singly."""


@dataclass(eq=False, slots=True)
class Node:
    """A file or a folder, whatever it is called."""


@dataclass(eq=False, slots=True, kw_only=True)
class Step:
    """One change.

    Args:
        of: what must be flushed for it to last: a file, or any of some folders
        names: entries that it sets in folders, or takes away (None)
        file: whose bytes it changes
        at: where *data* goes; None gives the file the length *size*
        data: what it writes
        size: see *at*
        makes: a new folder

    """

    of: tuple[Node, ...]
    names: tuple[tuple[Node, str, Node | None], ...] = ()
    file: Node | None = None
    at: int | None = None
    data: bytes = b""
    size: int = 0
    makes: Node | None = None


@dataclass(slots=True)
class State:
    """What is on a disk.

    Args:
        root: the folder of all
        folders: what is in each folder, by name
        files: the bytes of each file

    """

    root: Node
    folders: dict[Node, dict[str, Node]] = field(default_factory=dict)
    files: dict[Node, bytes] = field(default_factory=dict)

    def copy(self) -> "State":
        """Return another disk with the same on it."""
        folders = {node: dict(names) for node, names in self.folders.items()}
        return State(self.root, folders, dict(self.files))

    def do(self, step: Step) -> None:
        """Make one change."""
        if step.makes is not None:
            self.folders.setdefault(step.makes, {})
        for folder, name, node in step.names:
            names = self.folders.setdefault(folder, {})
            if node is None:
                names.pop(name, None)
            else:
                names[name] = node
        if step.file is not None:
            self.files[step.file] = _written(self.files.get(step.file, b""), step)

    def find(self, parts: Sequence[str]) -> Node | None:
        """Return what a path leads to."""
        node: Node | None = self.root
        for part in parts:
            node = self.folders.get(node, {}).get(part) if node is not None else None
        return node

    def listed(self) -> dict[str, bytes | None]:
        """Return the bytes of every file by its path, and None for every folder."""
        return dict(self._below(self.root, ""))

    def _below(self, folder: Node, prefix: str) -> Iterator[tuple[str, bytes | None]]:
        for name, node in self.folders[folder].items():
            if node in self.folders:
                yield f"{prefix}{name}", None
                yield from self._below(node, f"{prefix}{name}/")
            else:
                yield f"{prefix}{name}", self.files.get(node, b"")


@dataclass(slots=True)
class Recording:
    """What a command did to the disk, in order.

    Args:
        before: the disk before
        steps: changes; a Node stands for the flush of it
        told: how many steps had been made when the command told that it was done

    """

    before: State
    steps: list[Step | Node] = field(default_factory=list)
    told: int | None = None


def load(place: Path) -> State:
    """Read the disk of *place*."""
    state = State(Node())
    state.folders[state.root] = {name: _read(place / name, state) for name in KEPT}
    return state


def _read(path: Path, state: State) -> Node:
    node = Node()
    if path.is_dir():
        state.folders[node] = {child.name: _read(child, state) for child in path.iterdir()}
    else:
        state.files[node] = path.read_bytes()
    return node


def _written(data: bytes, step: Step) -> bytes:
    if step.at is None:
        return data[: step.size].ljust(step.size, b"\0")
    return data[: step.at].ljust(step.at, b"\0") + step.data + data[step.at + len(step.data) :]


@dataclass(slots=True)
class Loss:
    """What may be on the disk after the power went.

    Args:
        steps: how many had been made
        how: what of the ones under way arrived
        told: whether the command had told that it was done
        state: what is there

    """

    steps: int
    how: str
    told: bool
    state: State


def losses(recording: Recording) -> Iterator[Loss]:
    """Yield every different disk that a power cut may leave, in order; see the module."""
    seen: set[int] = set()
    for made in range(len(recording.steps) + 1):
        told = recording.told is not None and made >= recording.told
        base, open_ = _settled(recording, made)
        for how, chosen in _choices(open_):
            state = base.copy()
            for step in chosen:
                state.do(step)
            key = hash((told, frozenset(state.listed().items())))
            if key not in seen:
                seen.add(key)
                yield Loss(made, how, told, state)


def _settled(recording: Recording, made: int) -> tuple[State, list[Step]]:
    """Return the disk with what was flushed of the first steps, and what was not flushed."""
    lasting, open_ = _parted(recording, made)
    state = recording.before.copy()
    for step in lasting:
        state.do(step)
    return state, open_


def _parted(recording: Recording, made: int) -> tuple[list[Step], list[Step]]:
    lasting: list[Step] = []
    open_: list[Step] = []
    for step in recording.steps[:made]:
        if isinstance(step, Node):
            lasting += [each for each in open_ if step in each.of]
            open_ = [each for each in open_ if step not in each.of]
        else:
            open_.append(step)
    return lasting, open_


def _choices(steps: list[Step]) -> Iterator[tuple[str, list[Step]]]:
    names = [step for step in steps if step.names]
    yield "nothing that was not flushed", []
    if not steps:
        return
    yield "all", steps
    yield "names without bytes", names
    yield "names, and zeros for bytes", [s if s.names else _zeros(s) for s in steps]
    yield "bytes without names", [step for step in steps if not step.names]
    written = [number for number, step in enumerate(steps) if step.data]
    if written:
        last = written[-1]
        yield "all, the last write torn", [*steps[:last], _torn(steps[last]), *steps[last + 1 :]]
    singly: Sequence[int] = range(len(steps))
    if len(steps) > MOST:
        singly = (*range(MOST // 2), *range(len(steps) - MOST // 2, len(steps)))
    for number in singly:
        yield f"all but step {number} of those", [*steps[:number], *steps[number + 1 :]]
        yield f"step {number} of those alone", [steps[number]]


def _zeros(step: Step) -> Step:
    return Step(of=step.of, file=step.file, at=step.at, data=bytes(len(step.data)), size=step.size)


def _torn(step: Step) -> Step:
    return Step(of=step.of, file=step.file, at=step.at, data=step.data[: len(step.data) // 2])


def write_out(loss: Loss, before: State, place: Path) -> None:
    """Turn *place*, which holds the disk before, into the disk that the power cut left."""
    old, new = before.listed(), loss.state.listed()
    for path in sorted(old.keys() - new.keys(), reverse=True):
        gone = place / path
        gone.rmdir() if old[path] is None else gone.unlink()
    for path, data in sorted(new.items()):
        if data is None:
            (place / path).mkdir(exist_ok=True)
        elif path not in old or old[path] != data:
            (place / path).write_bytes(data)
