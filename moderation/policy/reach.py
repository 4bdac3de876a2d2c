"""Where an entry of a school's own list holds: files, kinds of page, words around the term."""

import re
from dataclasses import dataclass

_MOST_STARS = 3
_PATH = re.compile(r"(?!/)(?:[a-z0-9*?._-]+/)*[a-z0-9*?._-]+/?")
_GLOBS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where an entry holds; what is left empty does not narrow it.

    Args:
        path: pattern of paths below the content folder; ``**`` stands for any folders
        page_type: the kind of page that was meant, in the words of the policy
        pages: what that kind meant when the entry was signed: paths, or folders with a final slash
        phrase: the words within which the term must stand

    """

    path: str = ""
    page_type: str = ""
    pages: tuple[str, ...] = ()
    phrase: str = ""

    def covers(self, path: str) -> bool:
        """Say whether the file at *path* lies within it."""
        if self.path and not _pattern(self.path).fullmatch(path):
            return False
        kinds = self.pages
        here = any(path.startswith(p) if p.endswith("/") else path == p for p in kinds)
        return here or not self.page_type

    @property
    def flaw(self) -> str:
        """What is wrong with it as it is written; empty if nothing is."""
        if self.path and (not _PATH.fullmatch(self.path) or ".." in self.path):
            return (
                "path: is not a path below the content folder; write small letters as files have"
                " them, such as news/** or classes/oak.md"
            )
        if "***" in self.path or len(re.findall(r"\*+", self.path)) > _MOST_STARS:
            return f"path: has too many stars; write at most {_MOST_STARS} of * and **"
        if bool(self.page_type) != bool(self.pages):
            return "page type: means no page; choose another"
        return ""

    def __str__(self) -> str:
        """Say where in words."""
        parts = [self.path] if self.path else []
        parts += [f"pages of type {self.page_type}"] if self.page_type else []
        parts += [f"in “{self.phrase}”"] if self.phrase else []
        return ", ".join(parts) or "everywhere"


def _pattern(path: str) -> re.Pattern[str]:
    """Compile a pattern of paths; a folder with a final slash means all below it."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", f"{path}**" if path.endswith("/") else path)
    return re.compile("".join(_GLOBS.get(part, re.escape(part)) for part in parts))
