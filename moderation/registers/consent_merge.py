"""Adding an export to the consent register, so that no withdrawal is undone by accident."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from moderation.model import UsageError
from moderation.registers.consent import LASTING, Consent, Consents, Respondent, strictness


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A register after an import.

    Args:
        consents: the register
        new: answers that were not there
        kept: references whose withdrawal, objection or "must not appear" stands against the export
        contradicting: references with two answers in the file; the stricter counts

    """

    consents: Consents
    new: int
    kept: tuple[str, ...]
    contradicting: tuple[str, ...]


def merge(before: Consents, answers: Iterable[Consent], *, today: date) -> Merged:
    """Add an export to the register.

    An answer without a date is one of today; it undoes no withdrawal or objection that is on the
    register: an export that nobody corrected must not bring a picture back. "Must not appear" is
    undone by no export, whatever its dates: families are not asked about it.
    """
    standing = {
        (a.reference, a.channel, a.by): a
        for reference, channel in {(a.reference, a.channel) for a in before.answers}
        for a in before.standing(reference, channel)
    }
    new: dict[tuple[str, str, Respondent], Consent] = {}
    kept: set[str] = set()
    contradicting: set[str] = set()
    for answer in sorted(answers, key=lambda each: _rank(each, today)):
        if answer.given and answer.given > today:
            raise UsageError(f"{answer.reference}: was answered after today; correct the date")
        key = answer.reference, answer.channel, answer.by
        twin = new.get(key)
        if twin and twin.state is not answer.state and twin.given == (answer.given or today):
            contradicting.add(answer.reference)
        barred = answer.state not in LASTING and before.must_not_appear(answer.reference)
        if barred or _is_undone(standing.get(key), answer):
            kept.add(answer.reference)
        elif not _is_undone(twin, answer) and not _is_same(standing.get(key), answer):
            new[key] = replace(answer, given=answer.given or today)
    added = list(new.values())
    return Merged(
        consents=before.having(added),
        new=len(added),
        kept=tuple(sorted(kept)),
        contradicting=tuple(sorted(contradicting)),
    )


def _rank(answer: Consent, today: date) -> tuple[bool, date, int]:
    """Order the answers of a file: what lasts first, then by date, of a day the strictest last."""
    return answer.state not in LASTING, answer.given or today, strictness(answer.state)


def _is_undone(before: Consent | None, answer: Consent) -> bool:
    """Say whether an answer comes too early to undo what stands."""
    if before is None or before.state not in LASTING or answer.state in LASTING:
        return False
    return answer.given is None or answer.given <= (before.given or date.max)


def _is_same(before: Consent | None, answer: Consent) -> bool:
    """Say whether an answer is the one that stands; one with a later date is news."""
    if before is None:
        return False
    return answer == before or (
        answer.given is None and replace(answer, given=before.given) == before
    )
