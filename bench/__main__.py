"""Print figures beside those of our peers: ``python -m bench [NAME ...]``."""

import sys
from importlib import import_module
from importlib.util import find_spec

NAMES = (
    "startup",
    "executors",
    "language",
    "carriers",
    "hidden",
    "identifiers",
    "persons",
    "roll",
    "vision",
    "reading",
    "repair",
    "hide",
    "copies",
    "hostile",
    "documents",
    "credits",
    "cleaning",
    "rights",
    "verify",
    "concurrency",
    "mutants",
    "faults",
    "attacks",
)

LONG = frozenset({"faults"})
"""Run only when they are named: they take an hour."""


def main() -> int:
    """Run the named benchmarks, or all short ones; return 1 where one is beyond its limit."""
    names = sys.argv[1:] or [
        name for name in NAMES if name not in LONG and find_spec(f"bench.{name}")
    ]
    failed = 0
    for name in names:
        if name not in NAMES:
            print(f"{name}: is not a benchmark; use {', '.join(NAMES)}")
            return 2
        print(f"\n== {name}\n")
        failed |= import_module(f"bench.{name}").main()
    return failed


if __name__ == "__main__":
    sys.exit(main())
