"""The trust file in plain words: what a change would do, and what the school should be told."""

from collections.abc import Iterable, Iterator
from datetime import date

from moderation.attest.people import MANY, Trust, TrustedPerson
from moderation.model import AssetRef

REMIND = (7, 30, 60)
"""Days before the end on which the tone of the reminder changes."""

_MOST = 6


def changes(old: Trust, new: Trust) -> tuple[str, ...]:
    """Say in plain words what *new* does differently, so that whoever signs it knows."""
    lines: list[str] = []
    for person in new.persons.values():
        lines += _person(old.persons.get(person.id), person)
    if new.threshold != old.threshold:
        lines.append(f"{_persons(new.threshold)} must sign a change, no longer {old.threshold}")
    if new.expires != old.expires:
        lines.append(f"it may be used until {new.expires.isoformat()}, not {old.expires}")
    if new.policy != old.policy:
        what = f"the policy {new.policy[:12]}" if new.policy else "no policy"
        lines.append(f"{what} is signed, in place of {old.policy[:12] or 'none'}")
    lines += [f"locked: {line}" for line in differences(old.lock, new.lock)]
    return tuple(lines) or ("nothing but its number",)


def differences(
    locked: Iterable[AssetRef], found: Iterable[AssetRef], *, most: int = _MOST
) -> tuple[str, ...]:
    """Say which files and programs differ from those locked, *most* lines of them."""
    before = {ref.path: ref.digest for ref in locked}
    after = {ref.path: ref.digest for ref in found}
    lines = [
        f"{path} changed" if path in before and path in after else _one_sided(path, path in after)
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]
    more = len(lines) - most
    return (*lines[:most], f"and {more} more") if more > 0 else tuple(lines)


def notes(trust: Trust, today: date) -> tuple[str, ...]:
    """Return what the school should be told about its trust file, the most urgent first."""
    found = [_ends(trust, today), _few(trust)]
    if not trust.lock:
        found.append(
            "nothing is locked yet: whoever can write to the repository can change mkdocs.yml and "
            "the theme; when they are as they should be, a head runs schoolgate trust lock"
        )
    return tuple(note for note in found if note)


def _ends(trust: Trust, today: date) -> str:
    days = (trust.expires - today).days
    if days > REMIND[-1]:
        return ""
    when = f"the people of the site are signed until {trust.expires.isoformat()}"
    if days < 0:
        return f"{when}, which is over: nothing is built until a head runs schoolgate trust renew"
    if days <= REMIND[0]:
        return f"{when}, in {days} days, and then nothing is built: schoolgate trust renew now"
    if days <= REMIND[1]:
        return f"{when}, in {days} days: schoolgate trust renew"
    return f"{when}: renew them before that day (schoolgate trust renew)"


def _few(trust: Trust) -> str:
    lead = len(trust.leading)
    if lead >= MANY:
        return ""
    who = "one person alone" if trust.threshold == 1 else f"only {_persons(lead)} together"
    return (
        f"{who} can change who may do what, and a lost key can end that: name {MANY} in all "
        "(schoolgate trust add WHO --role ROLE --key KEY --root), then it takes two to sign"
    )


def _person(old: TrustedPerson | None, new: TrustedPerson) -> Iterator[str]:
    if old is None:
        old = TrustedPerson(id=new.id, roles=frozenset())
        yield f"{new.id} is new"
    if new.roles != old.roles:
        yield f"{new.id} is {', '.join(sorted(new.roles)) or 'without a role'}"
    if new.named != old.named:
        yield f"{new.id} may {'' if new.named else 'no longer '}sign changes like this one"
    yield from _keys(old, new)
    if (new.suspended, new.since) != (old.suspended, old.since):
        since = f", from decision {new.since} on" if new.since else ""
        yield f"{new.id} is {f'suspended{since}' if new.suspended else 'trusted again'}"


def _keys(old: TrustedPerson, new: TrustedPerson) -> Iterator[str]:
    for key in new.keys:
        if key not in old.keys:
            yield f"{new.id} signs with the key {key.keyid[:12]}"
    for each in new.retired:
        if each not in old.retired:
            what = f"nothing after decision {each.after}" if each.after else "nothing any more"
            yield f"the key {each.key.keyid[:12]} of {new.id} signs {what}"


def _one_sided(path: str, there: bool) -> str:
    return f"{path} is new" if there else f"{path} is gone"


def _persons(count: int) -> str:
    return "1 person" if count == 1 else f"{count} persons"
