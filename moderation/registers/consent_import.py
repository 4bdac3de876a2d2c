"""Reading consents from what schools export: one row an answer, or one row a person.

A list of answers has the columns reference, channel and state. What SIMS, Arbor, Bromcom, Google
Forms and Microsoft Forms export has a row for each person and a column for each question; the
person is known by reference, by the number in the school's system, or by name and class, which are
looked up on the roll and go no further.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from moderation.model import UsageError
from moderation.registers.consent import (
    Basis,
    Channel,
    Consent,
    ConsentState,
    Respondent,
)
from moderation.registers.importing import REFERENCE, Column, guess_columns, plain_heading
from moderation.registers.roll import Pupil, Roll
from moderation.registers.table import filled, head_of, read_rows

_COLUMNS = ("reference", "channel", "state")
_DATES = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d.%m.%Y",
)
_TRUE, _FALSE = {"yes", "true", "1", "y"}, {"no", "false", "0", "n", ""}
_QUESTIONS: Mapping[Channel, str] = {
    Channel.WEBSITE: r"web ?site|web ?page",
    Channel.SOCIAL: r"social|facebook|twitter|instagram",
    Channel.PRESS: r"press|newspaper|(?<!social )media",
    Channel.PROSPECTUS: r"prospectus|brochure|printed|publicity",
    Channel.VIDEO: r"video|film",
    Channel.DISPLAY: r"display|in school|notice ?board",
}
_TURNED = re.compile(r"\b(?:not|don t|do not|object|opt out|refuse|withdraw|withhold|unless)\b")
"""Words of a question to which yes means no."""

_YES = re.compile(
    r"(?:yes|y|true|1|granted|given|agreed?|consent|consented|approved|allowed"
    r"|consent (?:is |was |has been )?(?:given|granted)|permission (?:given|granted)"
    r"|(?:yes,? )?i (?:give|agree|consent|do)(?: (?:my )?(?:consent|permission))?)"
    r"(?:[,;:]? ?(?:-|and|but)? ?with(?:out)? .*\bname)?"
)
_NO = re.compile(
    r"(?:no|n|false|0|refused|declined?|denied|withheld|not (?:granted|given|agreed|allowed)"
    r"|no (?:consent|permission)(?: given)?|(?:consent|permission) (?:is |was )?"
    r"(?:not (?:given|granted)|refused|declined|denied|withheld)"
    r"|(?:no,? )?i (?:do not|don't) (?:give|agree|consent|want).*)"
)
_WITHDRAWN = re.compile(r"(?:consent |permission )?(?:has been |was )?withdrawn")
_NONE = re.compile(r"(?:|-|no response|not answered|unknown|pending|n/?a|awaiting.*)")
_WITHOUT = re.compile(r"\bwithout\b")

T = TypeVar("T", bound=StrEnum)


def guess_questions(text: str, *, source: str) -> dict[Channel, tuple[str, ...]]:
    """Say which columns may ask about which channel, by the words of their headings.

    A heading to which yes would mean no is left out.

    Raises:
        UsageError: it is no table

    """
    found: dict[Channel, list[str]] = {}
    for name in head_of(text, source=source):
        plain = plain_heading(name)
        for channel, words in _QUESTIONS.items():
            if re.search(words, plain) and not _TURNED.search(plain):
                found.setdefault(channel, []).append(name)
    return {channel: tuple(names) for channel, names in found.items()}


def read_answers(text: str, *, source: str) -> Iterator[Consent]:
    """Read a list of answers.

    Columns reference, channel, state; and with_name, until, leaves, given, by, basis and form.

    Raises:
        UsageError: a column is missing or a value is not one that is known

    """
    for number, row in filled(read_rows(text, _COLUMNS, source=source)):
        where = f"{source}: row {number}"
        value = {key: (cell or "").strip() for key, cell in row.items()}
        if not value["reference"] or not value["channel"]:
            raise UsageError(f"{where}: reference or channel is empty; fill it in")
        if not REFERENCE.fullmatch(value["reference"]):
            raise UsageError(f"{where}: write a reference such as P-0112")
        yield Consent(
            reference=value["reference"],
            channel=_one_of(Channel, value["channel"], f"{where}: channel"),
            state=_one_of(ConsentState, value["state"], f"{where}: state"),
            with_name=_flag(value.get("with_name", ""), where),
            until=_day(value.get("until", ""), f"{where}: until"),
            leaves=_day(value.get("leaves", ""), f"{where}: leaves"),
            given=_day(value.get("given", ""), f"{where}: given"),
            by=_one_of(Respondent, value.get("by") or Respondent.PARENT, f"{where}: by"),
            basis=_one_of(Basis, value.get("basis") or Basis.CONSENT, f"{where}: basis"),
            form=value.get("form", ""),
        )


def read_questions(
    text: str,
    *,
    questions: Mapping[Channel, str],
    roll: Roll | None,
    dated: str = "",
    source: str,
) -> Iterator[Consent]:
    """Read a row a person, a column a question.

    Args:
        text: the file
        questions: the heading of the column that asks about each channel
        roll: where the person is looked up
        dated: the heading of the column that says when it was answered; empty if none does
        source: name of the file, for errors

    Raises:
        UsageError: an answer is not understood, or the person is not found; names nobody

    """
    people = _People(guess_columns(text, source=source), roll)
    for number, row in filled(read_rows(text, tuple(questions.values()), source=source)):
        where = f"{source}: row {number}"
        reference = people.reference(row, where)
        given = _day((row.get(dated) or "").split(" ")[0].strip(), f"{where}: {dated}")
        for channel, heading in questions.items():
            answer = " ".join((row[heading] or "").lower().split())
            state = _understood(answer, f"{where}: the answer for {channel}")
            if state is not None:
                named = state is ConsentState.GRANTED and "name" in answer
                with_name = named and not _WITHOUT.search(answer)
                yield Consent(
                    reference=reference,
                    channel=channel,
                    state=state,
                    with_name=with_name,
                    given=given,
                )


@dataclass(frozen=True, slots=True)
class _People:
    """Who a row is about."""

    columns: Mapping[Column, str]
    roll: Roll | None

    def reference(self, row: Mapping[str, str | None], where: str) -> str:
        value = {c: " ".join((row.get(name) or "").split()) for c, name in self.columns.items()}
        if value.get(Column.REFERENCE):
            return value[Column.REFERENCE]
        if self.roll is None:
            raise UsageError(f"{where}: names a person, and no roll is here; import the roll first")
        found = list(self._found(self.roll.pupils, value))
        if len(found) != 1:
            many = "several people are" if found else "nobody on the roll is"
            raise UsageError(f"{where}: {many} meant; write the reference in a column reference")
        return found[0].reference

    @staticmethod
    def _found(pupils: Sequence[Pupil], value: Mapping[Column, str]) -> Iterator[Pupil]:
        number = value.get(Column.NUMBER, "")
        numbered = any(number == pupil.number for pupil in pupils) if number else False
        name = _sorted_words(
            value.get(Column.NAME)
            or f"{value.get(Column.FORENAME, '')} {value.get(Column.SURNAME, '')}"
        )
        group = value.get(Column.CLASS, "").casefold()
        for pupil in pupils:
            if numbered:
                matches = number == pupil.number
            else:
                named = any(name == _sorted_words(each) for each in _written(pupil))
                matches = named and group in ("", pupil.class_name.casefold())
            if matches:
                yield pupil


def _written(pupil: Pupil) -> Iterator[str]:
    for forename in {pupil.forename, pupil.preferred or pupil.forename}:
        for surname in {pupil.surname, pupil.preferred_surname or pupil.surname}:
            yield f"{forename} {surname}"


def _sorted_words(name: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"\w+", name.casefold())))


def _understood(answer: str, where: str) -> ConsentState | None:
    """Return what an answer says; None for no answer. What is not plainly one of them is none."""
    plain = answer.strip(" .!")
    if _NONE.fullmatch(plain):
        return None
    if plain in list(ConsentState):
        return ConsentState(plain)
    for words, state in (
        (_YES, ConsentState.GRANTED),
        (_NO, ConsentState.REFUSED),
        (_WITHDRAWN, ConsentState.WITHDRAWN),
    ):
        if words.fullmatch(plain):
            return state
    raise UsageError(f"{where} is not understood; write yes, no, withdrawn or nothing")


def _one_of(kind: type[T], text: str, where: str) -> T:
    try:
        return kind(text.strip().lower())
    except ValueError:
        raise UsageError(f"{where} is not one of {', '.join(kind)}") from None


def _flag(text: str, where: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise UsageError(f"{where}: with_name is not yes or no")
    return text.lower() in _TRUE


def _day(text: str, where: str) -> date | None:
    if not text:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no time
        except ValueError:
            continue
    raise UsageError(f"{where} is not a date such as 2027-07-31")
