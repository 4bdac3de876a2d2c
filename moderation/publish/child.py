"""MkDocs in a process of its own: clean environment, a time limit, and its complaints in words."""

import os
import re
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from moderation.model import BuildError
from moderation.publish.effective import Export
from moderation.publish.output import OutputError

_NEEDED = ("SYSTEMROOT", "HOME", "USERPROFILE", "APPDATA", "LD_LIBRARY_PATH")
_COMPLAINT = re.compile(r"^(?:WARNING|ERROR|CRITICAL)\s+-\s+(.*)$", re.MULTILINE)
_QUOTED = re.compile(r"""(['"])(.*?)\1""")
_TEMPLATE = re.compile(r'^  File "(?P<file>[^"]+\.(?:html|xml))", line (?P<line>\d+)', re.MULTILINE)
_RAISED = re.compile(r"^(?:\w+\.)*(?P<name>[A-Z]\w+(?:Error|NotFound|Exception))\b", re.MULTILINE)
_STOPPED = re.compile(r"^ERROR\s+-\s+Error (?:reading|building) page '([^']+)':", re.MULTILINE)
_MOST_COMPLAINTS = 20
_USUAL = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
_OTHERWISE = {"PYTHONHASHSEED": "20011", "LC_ALL": "C", "TZ": "<+14>-14"}
"""What must make no difference: the order of sets, the language of the machine, where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """How MkDocs is run.

    Args:
        epoch: the time that it believes it is, in seconds since 1970
        seconds: the most that it may take
        otherwise: True for other surroundings than usual, in which it must make the same
        program: the module that builds; ``properdocs`` is the same program under another name

    """

    epoch: int
    seconds: float
    otherwise: bool = False
    program: str = "mkdocs"


def run_mkdocs(export: Export, child: Child, *, paths: Collection[str]) -> None:
    """Build the export, strictly.

    Args:
        export: the folders
        child: how it is run
        paths: file names that a message may repeat; everything else that MkDocs quotes may come
            from a page and is left out

    Raises:
        OutputError: MkDocs stopped at a page, which the error names
        BuildError: MkDocs failed, complained, or took too long

    """
    start = [sys.executable, "-P", "-X", "utf8", "-m", child.program]
    command = [*start, "build", "--clean", "--strict"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
            [*command, "--config-file", str(export.config)],
            cwd=export.root,
            env=_environment(os.environ, export, child),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=child.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BuildError(
            f"mkdocs: took longer than {child.seconds:g} seconds and was stopped; take the page "
            "that was approved last down and build again"
        ) from None
    output = done.stdout.decode("utf-8", "replace")
    if done.returncode or _COMPLAINT.search(output):
        trouble = in_words(output, export, paths)
        stopped = {page: [trouble] for page in _STOPPED.findall(output) if page in paths}
        raise OutputError([trouble], stopped) if stopped else BuildError(trouble)


def in_words(output: str, export: Export, paths: Collection[str]) -> str:
    """Say in plain words what MkDocs complained of, without quoting any page."""
    lines = [_line(match[1], paths) for match in _COMPLAINT.finditer(output)]
    failures = list(_TEMPLATE.finditer(output))
    if failures:
        template = failures[-1]  # the frames before it only led there
        name = template["file"].removeprefix(f"{export.theme}{os.sep}").rpartition("templates/")[2]
        raised = _RAISED.findall(output)
        trouble = f" ({raised[-1]})" if raised else ""
        lines.append(f"the theme's {name} failed at line {template['line']}{trouble}; mend it")
    if not lines:
        raised = _RAISED.findall(output)
        lines = [f"could not build the site{f' ({raised[-1]})' if raised else ''}"]
    return "\n".join(f"mkdocs: {line}" for line in dict.fromkeys(lines[:_MOST_COMPLAINTS]))


def _line(complaint: str, paths: Collection[str]) -> str:
    """Keep the names of files that are known, and leave out everything else in quotes."""
    head = complaint if "reading page" not in complaint else complaint.partition(":")[0]
    shown = _QUOTED.sub(lambda m: m[2] if m[2] in paths else "(left out)", head)
    return shown[:1].lower() + shown[1:].rstrip(".")


def _environment(given: Mapping[str, str], export: Export, child: Child) -> dict[str, str]:
    """Pass on what an interpreter needs to start, and nothing that could change the build."""
    return {
        **{name: given[name] for name in _NEEDED if name in given},
        "TMPDIR": str(export.root),
        "TEMP": str(export.root),
        "TMP": str(export.root),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(child.epoch),
        **(_OTHERWISE if child.otherwise else _USUAL),
    }
