"""What the confined process may not do, set by itself before the first file comes.

Everywhere: no sockets, no programs, no writing to files, and an end when its parent ends. With
``resource`` (not on Windows) also processor time, file sizes and open files, which nothing that
runs in it can raise again. Memory is held down by the kernel on Linux (``RLIMIT_DATA``, since
the address space of ONNX Runtime is larger than what it uses), and by a watch elsewhere.
"""

import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

TOO_LARGE = 77
"""Exit code of a process that took more memory than it may."""
_ORPHANED = 78
_EVERY = 0.05
_OPEN_FILES = 128
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    *("socket.", "subprocess.", "shutil.", "tempfile.", "pty.", "winreg.", "sqlite3."),
    *("ftplib.", "http.", "imaplib.", "nntplib.", "poplib.", "smtplib.", "telnetlib.", "urllib."),
    *("os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile", "os.kill"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"),
    *("os.chmod", "os.chown", "os.utime", "os.setxattr", "webbrowser."),
)
_STATM = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cage:
    """What one file may cost.

    Args:
        seconds: of the processor
        patience: seconds by the clock, for a machine that is busy with other things
        memory: bytes of the whole process, its libraries included
        answer: bytes of what it says

    """

    seconds: int = 10
    patience: int = 30
    memory: int = 512_000_000
    answer: int = 100_000_000


def lock(cage: Cage, parent: int) -> None:
    """Give up everything that reading a file does not need, for good.

    Args:
        cage: what one file may cost
        parent: number of the process that started this one

    """
    threading.Thread(target=_watch, args=(cage.memory, parent), daemon=True).start()
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:  # Windows: the parent's clock and the watch are left
        return
    for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(what, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (cage.memory, cage.memory))


def allow_seconds(seconds: int) -> None:
    """Let the process be ended when it has used the processor for *seconds* more."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, hard))


def resident() -> int:
    """Return how many bytes of memory this process holds; 0 where nobody tells."""
    if _STATM.exists():
        return int(_STATM.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS, its most so far


def _watch(most: int, parent: int) -> None:
    """End the process when it is too large, or when nobody waits for it any more."""
    while True:
        if resident() > most:
            os._exit(TOO_LARGE)
        if os.name == "posix" and os.getppid() != parent:
            os._exit(_ORPHANED)
        time.sleep(_EVERY)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what no reader of files has to do; called by Python before it is done."""
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else 0
        if not isinstance(flags, int) or not flags & _WRITING:
            return
    elif not event.startswith(_REFUSED):
        return
    raise PermissionError("a process that reads files may do nothing else")
