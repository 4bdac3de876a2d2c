"""Tasks that behave as a reader would that a file has taken over, or that has a fault."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from moderation.model import Document, ExtractionError


def double(number: int) -> int:
    return number * 2


def process(_: int) -> int:
    return os.getpid()


def surroundings(_: int) -> tuple[str, ...]:
    return tuple(sorted(os.environ))


def refuse(word: str) -> int:
    raise ExtractionError(f"will not {word}")


def fail(word: str) -> int:
    raise RecursionError(word)


def spin(seconds: int) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return seconds


def sleep(seconds: int) -> int:
    time.sleep(seconds)
    return seconds


def hoard(size: int) -> int:
    return len(b"x" * size)


def hoard_slowly(size: int) -> int:
    kept: list[bytes] = []
    while len(kept) * 1_000_000 < size:
        kept.append(b"x" * 1_000_000)
    return len(kept)


def keep(size: int) -> int:
    KEPT.append(b"x" * size)
    return size


KEPT: list[bytes] = []


def die(code: int) -> int:
    os._exit(code)


def say_much(size: int) -> bytes:
    return b"x" * size


def lie(_: int) -> int:
    return "three"  # type: ignore[return-value]  # as a process would that a file took over


def shout(word: str) -> int:
    print(word)
    print(word, file=sys.stderr)
    os.write(1, word.encode())
    return len(word)


def call_home(port: int) -> bool:
    with socket.socket() as line:
        line.connect(("127.0.0.1", port))
    return True


def look_up(name: str) -> bool:
    return bool(socket.getaddrinfo(name, 80))


def run(program: str) -> int:
    return subprocess.run([program], check=False).returncode


def shell(program: str) -> int:
    return os.system(program)  # noqa: S605


def fork(_: int) -> int:
    return os.fork()


def write(path: str) -> int:
    return Path(path).write_bytes(b"x")


def write_below(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT)


def remove(path: str) -> bool:
    Path(path).unlink()
    return True


def document(document: Document) -> Document:
    return document


def read(path: str) -> bytes:
    return Path(path).read_bytes()


TASKS: Mapping[str, Callable[..., object]] = {
    name: value for name, value in globals().items() if callable(value) and name.islower()
}
