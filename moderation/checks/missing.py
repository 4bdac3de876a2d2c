"""Which rules have nothing to look things up in, because a register is not there.

Such a rule reports nothing, which must not look as if it had found nothing.
"""

from collections.abc import Collection

from moderation.checks.base import FAMILIES, all_rules
from moderation.registers import Registers

NEED_ROLL = frozenset(
    {
        *("name-in-metadata", "name-in-picture", "pupil-in-file-name"),
        *("pupil-named", "pupil-named-with-photo"),
    }
)
"""Rules that look for the pupils on the roll; the keyed filter stands in for it."""

NEED_CONSENTS = frozenset(
    {
        *("consent-ends-before-publication", "consent-expired", "consent-not-for-channel"),
        *("consent-refused", "consent-withdrawn", "must-not-appear"),
    }
)
"""Rules that look answers up; ``consent-missing`` is none, for it reports that there are none."""


def not_run(registers: Registers, families: Collection[str] = ()) -> tuple[str, ...]:
    """Return the ids of the rules that could not look, sorted.

    Args:
        registers: those at hand
        families: of the rules that were to run; every family if none is given

    """
    rules, wanted = all_rules(), families or FAMILIES
    lacking: frozenset[str] = frozenset()
    if registers.roll is None and registers.keyed is None:
        lacking |= NEED_ROLL
    if registers.consents is None:
        lacking |= NEED_CONSENTS
    return tuple(sorted(each for each in lacking if rules[each].family in wanted))
