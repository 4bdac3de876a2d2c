"""Write which part of the country bears each usual name: ``python -m bench.roll_shares``.

Forenames are those of births (ONS, NRS and NISRA by way of ukbabynames, CC0), surnames those of the
commonest 500 (public domain); both stand in the labelled sets. A share is written in people of a
million, as a mere number a name, so that the matcher can tell a usual name from a rare one.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

from moderation.analysis.names.variants import key_of

_TARGET = Path("moderation/analysis/names/shares.txt")
_LEAST = 20
_MILLION, _HUNDRED = 1_000_000, 100


def main() -> int:
    """Write the table anew."""
    corpora = Path(os.environ["SCHOOLGATE_CORPORA"])
    lists = json.loads((corpora / "names/uk_names_lists.json").read_text("utf-8"))
    forenames: Counter[str] = Counter()
    for name, births in lists["fore"].items():
        forenames[key_of(name)] += births
    whole = sum(forenames.values())
    surnames = {key_of(n): float(share) / _HUNDRED * _MILLION for n, share in lists["sur"].items()}
    lines = ["# People of a million who bear a name: f for forenames, s for surnames."]
    usual = {key: births * _MILLION / whole for key, births in forenames.items()}
    for sign, shares in (("f", usual), ("s", surnames)):
        kept = {key: round(share) for key, share in shares.items() if share >= _LEAST and key}
        lines += [f"{sign} {key} {share}" for key, share in sorted(kept.items())]
    _TARGET.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
