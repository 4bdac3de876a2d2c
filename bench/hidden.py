"""Downloads that hide something: how many are found, and how many clean ones are suspected.

Each download comes in two forms, from the same program: with what it hides and without. *found*
counts the first for which ``check_files`` reports the rule that is about it; *clean* counts the
second, *raised* those of them for which that rule says anything.
"""

import time
from collections import defaultdict

from moderation import check_files
from moderation.model import Asset
from tests.extract.planted.concealed import Concealed, concealed


def main() -> int:
    """Print the table; return 1 where one is missed or a clean one is suspected."""
    groups: dict[str, list[Concealed]] = defaultdict(list)
    for each in concealed():
        groups[f"{each.rule}, {each.ending}"].append(each)
    print(f"{'rule and type':36} planted  found  clean  raised  ms each")
    totals = [0, 0, 0]
    for what, each_of in sorted(groups.items()):
        found, raised, spent = _measure(each_of)
        size = len(each_of)
        print(f"{what:36} {size:7} {found:6} {size:6} {raised:7} {spent / size / 2:8.1f}")
        totals = [totals[0] + size, totals[1] + found, totals[2] + raised]
    print(f"{'all':36} {totals[0]:7} {totals[1]:6} {totals[0]:6} {totals[2]:7}")
    return int(totals[1] < totals[0] or totals[2] > 0)


def _measure(planted: list[Concealed]) -> tuple[int, int, float]:
    """Count what is found and what is suspected, and the milliseconds that all took."""
    found = raised = 0
    spent = 0.0
    for each in planted:
        for hides in (True, False):
            asset = Asset(f"a{each.ending}", each.make(hides))
            start = time.perf_counter()
            verdict = check_files([asset], families=["files"])
            spent += time.perf_counter() - start
            told = any(finding.rule == each.rule for finding in verdict.findings)
            found += hides and told
            raised += not hides and told
            if told is not hides:
                print(f"   {'not found' if hides else 'suspected'}: {each.what} {each.ending}")
    return found, raised, 1000 * spent
