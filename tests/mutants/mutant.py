"""A seeded bug: one fragment of the source, what stands there instead, and who must notice."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


class GoneError(Exception):
    """The fragment of a mutant is not in the source any more, or not once only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One seeded bug.

    Args:
        name: what the bug does, as a reviewer would say it
        module: dotted name of the module it sits in
        old: a fragment of its source that occurs exactly once
        new: what stands there instead; the same again is no bug
        tests: files or node ids, relative to the root, one of which must fail

    """

    name: str
    module: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def file(self) -> Path:
        """The source file that it changes, in memory only."""
        return ROOT / Path(*self.module.split(".")).with_suffix(".py")

    def off(self) -> "Mutant":
        """Return this mutant without its bug: the same tests on the source as it stands."""
        return Mutant(
            name=f"off: {self.name}",
            module=self.module,
            old=self.old,
            new=self.old,
            tests=self.tests,
        )

    def applied(self) -> str:
        """Return the source with the bug in it.

        Raises:
            GoneError: the fragment is not there, or not once only

        """
        source = self.file.read_text("utf-8")
        if (count := source.count(self.old)) != 1:
            raise GoneError(f"{self.name}: its fragment occurs {count} times in {self.module}")
        return source.replace(self.old, self.new)

    def to_json(self) -> str:
        """Write it on one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Mutant":
        """Read what :meth:`to_json` wrote."""
        fields = json.loads(text)
        return cls(**{**fields, "tests": tuple(fields["tests"])})


def seeded(module: str, tests: str, *bugs: tuple[str, str, str]) -> tuple[Mutant, ...]:
    """Return the mutants of one module.

    Args:
        module: dotted name below ``moderation``
        tests: files or node ids below ``tests``, with spaces between
        bugs: name, fragment, and what stands there instead

    """
    paths = tuple(f"tests/{each}" for each in tests.split())
    return tuple(
        Mutant(name=name, module=f"moderation.{module}", old=old, new=new, tests=paths)
        for name, old, new in bugs
    )
