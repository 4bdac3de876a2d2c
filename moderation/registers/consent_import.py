"""Reading consents from what schools export: one row an answer, or one row a person.

A list of answers has the columns reference, channel and state. What SIMS, Arbor, Bromcom, Google
Forms and Microsoft Forms export has a row for each person and a column for each question; the
person is known by reference, by the number in the school's system, or by name and class, which are
looked up on the roll and go no further.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from moderation.model import UsageError
from moderation.policy.consenting import Basis
from moderation.registers.consent import (
    Channel,
    Consent,
    ConsentState,
    Respondent,
)
from moderation.registers.consent_words import WITHOUT, understood
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
_MICROSOFT, _ACCOUNT = ("start time", "completion time"), frozenset({"id", "name", "email"})
_CHILD = "(?:your |the |my )?(?:child|pupil|student|son|daughter)"
_ASKED: Mapping[Column, re.Pattern[str]] = {
    Column.NAME: re.compile(
        rf"(?:(?:please )?(?:enter |give |write )?(?:the )?(?:full )?name of {_CHILD}|"
        rf"(?:what is )?{_CHILD}s? (?:full )?name)"
    ),
    Column.CLASS: re.compile(
        rf"(?:(?:which|what) (?:class|year|form) is {_CHILD} in|{_CHILD}s? (?:class|form|year)"
        rf"(?: group)?|(?:class|form|year)(?: group)? of {_CHILD})"
    ),
}
"""How a form asks for the pupil, besides the headings of class lists."""

_MOST = 20
T = TypeVar("T", bound=StrEnum)
Row = Mapping[str, str | None]


def read_answers(text: str, *, source: str) -> Iterator[Consent]:
    """Read a list of answers.

    Columns reference, channel, state; and with_name, until, leaves, given, by, basis and form.

    Raises:
        UsageError: a column is missing or a value is not one that is known

    """
    return _each_row(read_rows(text, _COLUMNS, source=source), source, _answer)


def _answer(row: Row, where: str) -> Iterator[Consent]:
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
    people = _People(_identifying(head_of(text, source=source), source), roll)

    def read(row: Row, where: str) -> Iterator[Consent]:
        reference = people.reference(row, where)
        given = _day((row.get(dated) or "").split(" ")[0].strip(), f"{where}: {dated}")
        for channel, heading in questions.items():
            answer = " ".join((row[heading] or "").lower().split())
            state = understood(answer, f"{where}: the answer for {channel}")
            if state is not None:
                yield Consent(
                    reference=reference,
                    channel=channel,
                    state=state,
                    with_name=state is ConsentState.GRANTED and _names(answer),
                    given=given,
                )

    rows = read_rows(text, tuple(questions.values()), source=source)
    return _of_one_day(list(_each_row(rows, source, read)))


def _names(answer: str) -> bool:
    return "name" in answer and not WITHOUT.search(answer)


def _of_one_day(answers: Sequence[Consent]) -> Iterator[Consent]:
    """Date answers for one person that contradict each other alike, so that the stricter counts.

    A form does not say which parent answered: a later yes is not taken for a change of mind.
    """
    groups: dict[tuple[str, str], list[Consent]] = {}
    for answer in answers:
        groups.setdefault((answer.reference, answer.channel), []).append(answer)
    for answer in answers:
        group = groups[answer.reference, answer.channel]
        days = [each.given for each in group if each.given]
        last = max(days) if len(days) == len(group) else None  # without a day: of today
        contradicted = any(each.state is not answer.state for each in group)
        yield replace(answer, given=last) if contradicted else answer


def _each_row(
    rows: Iterable[Row], source: str, read: Callable[[Row, str], Iterable[Consent]]
) -> Iterator[Consent]:
    """Yield what every row says; where rows cannot be read, say it of all of them at once.

    Raises:
        UsageError: a row cannot be read

    """
    troubles: list[str] = []
    for number, row in filled(rows):
        try:
            answers = list(read(row, f"{source}: row {number}"))
        except UsageError as error:
            troubles.append(str(error))
            continue
        if not troubles:
            yield from answers
    if troubles:
        more = len(troubles) - _MOST
        rest = [f"and {more} more rows like these"] if more > 0 else []
        raise UsageError("\n".join([*troubles[:_MOST], *rest]))


def _identifying(headings: Sequence[str], source: str) -> dict[Column, str]:
    """Say which columns tell whom a row is about.

    Microsoft Forms counts the rows under ``ID`` and puts the account of whoever answered under
    ``Name``: neither is the pupil's.
    """
    theirs = _ACCOUNT if set(_MICROSOFT) <= set(headings) else frozenset[str]()
    left = [heading for heading in headings if heading not in theirs]
    head = io.StringIO()
    csv.writer(head).writerow(left)
    columns = guess_columns(head.getvalue(), source=source) if left else {}
    for column, words in _ASKED.items():
        found = [heading for heading in left if words.fullmatch(plain_heading(heading))]
        if column not in columns and len(found) == 1:
            columns[column] = found[0]
    return columns


@dataclass(frozen=True, slots=True)
class _People:
    """Who a row is about."""

    columns: Mapping[Column, str]
    roll: Roll | None

    def reference(self, row: Mapping[str, str | None], where: str) -> str:
        value = {c: " ".join((row.get(name) or "").split()) for c, name in self.columns.items()}
        if reference := value.get(Column.REFERENCE):
            if not REFERENCE.fullmatch(reference):
                raise UsageError(f"{where}: write a reference such as P-0112")
            return reference
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
    """Return the words of a name, without accents, so that it is found as parents type it."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(sorted(re.findall(r"\w+", bare)))


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
