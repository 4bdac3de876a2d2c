"""The school's settings as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum

from moderation.model import Role, Rule, Severity
from moderation.policy.consenting import Consenting, looser_consenting
from moderation.policy.media import SOUND, VIDEO, Media, looser_media
from moderation.policy.reviewing import Reviewing, looser_reviewing

LONDON = "Europe/London"
"""Where the school is, unless it says otherwise."""


class ContentKind(StrEnum):
    """What a submission contains, as far as it decides who must approve."""

    TEXT = "text"
    PHOTO = "photo"
    PEOPLE = "people"
    DOWNLOAD = "download"
    STATUTORY = "statutory"


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Which roles may approve, and how many different persons must."""

    roles: frozenset[Role]
    count: int


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What the school changed about a rule; None keeps the rule's own severity."""

    severity: Severity | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read: bytes, pixels, passes, frames, characters, pages, files and days.

    What holds for sound and video stands in a table of its own.
    """

    page_bytes: int
    asset_bytes: int
    image_pixels: int
    image_scans: int
    image_frames: int
    submission_files: int
    text_characters: int
    pdf_pages: int
    approval_days: int
    term_days: int
    media: Media = field(default_factory=Media)


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """The school's own contact details, which may be published.

    Args:
        domains: its e-mail domains, in lower case; addresses of roles there are its own
        emails: further addresses, in lower case
        phones: telephone numbers, digits only, as dialled within the country
        postcodes: without blanks, in capitals
        handles: names of its accounts, in lower case without the at sign
        staff: full names of staff and governors whom it names in public, in lower case

    """

    domains: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of the school's own agreement."""

    agreement: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything a school may decide.

    Args:
        digest: SHA-256 of the school's file and the defaults it stands on, in hexadecimal
        rules: settings by rule id
        approval: who must approve, by kind of content
        statutory: pages the law asks for: paths, or folders with a final slash
        page_types: pages of each kind, likewise
        limits: the most that is read
        types: media types publishers may hand in, each with the endings it may have
        licences: accepted licences
        credited: licences whose pictures are credited on the page though they do not ask for it
        trust: names of the trust, whose own documents its executive releases, in lower case
        channel: the consent channel of this site
        clauses: sentences that rules cite, by id
        school: the school's own contact details
        forenames: whether forenames alone may stand beside photos, in captions and in lists
        work_forenames: whether they may beside pupils' own work
        longest_picture: pixels that the longer side of a published picture may have
        close_up: percent of a picture from which on a face that looks here is a close-up
        devices: make, model and perhaps serial number of the school's cameras, in lower case
        consenting: which answers count as permission to show somebody, and how long
        timezone: where the days begin on which pages appear and end
        reviewing: how long an urgent page may stand

    """

    digest: str
    rules: Mapping[str, RuleSetting]
    approval: Mapping[ContentKind, ApprovalRule]
    statutory: tuple[str, ...]
    page_types: Mapping[str, tuple[str, ...]]
    limits: Limits
    types: Mapping[str, tuple[str, ...]]
    licences: frozenset[str]
    channel: str
    clauses: Mapping[str, Clause]
    credited: frozenset[str] = frozenset()
    trust: frozenset[str] = frozenset()
    school: School = field(default_factory=School)
    forenames: bool = False
    work_forenames: bool = True
    longest_picture: int = 1200
    close_up: int = 3
    devices: frozenset[str] = frozenset()
    consenting: Consenting = field(default_factory=Consenting)
    timezone: str = LONDON
    reviewing: Reviewing = field(default_factory=Reviewing)

    def day(self, now: datetime) -> date:
        """Return the day that it is at the school at the aware time *now*."""
        from zoneinfo import ZoneInfo  # only where a day is asked for

        return now.astimezone(ZoneInfo(self.timezone)).date()

    def severity_of(self, rule: Rule) -> Severity:
        """Return the severity of *rule* at this school."""
        setting = self.rules.get(rule.id)
        return setting.severity if setting and setting.severity else rule.severity

    def weigh(self, rule: Rule, severity: Severity) -> Severity:
        """Return the severity, at this school, of a finding that *rule* made with *severity*.

        A check may hold one finding milder than its rule (quoted speech). A school that names a
        severity means every finding of the rule: none is milder if it is stricter than or the same
        as the rule's own, none is more severe if it is looser.
        """
        setting = self.rules.get(rule.id)
        if setting is None or setting.severity is None:
            return severity
        stricter = setting.severity >= rule.severity
        return (max if stricter else min)(severity, setting.severity)

    def enables(self, rule: Rule) -> bool:
        """Say whether *rule* is on at this school."""
        setting = self.rules.get(rule.id)
        return setting is None or setting.enabled

    @property
    def endings(self) -> frozenset[str]:
        """The endings that a published file may have."""
        return frozenset(ending for endings in self.types.values() for ending in endings)

    def is_statutory(self, path: str) -> bool:
        """Say whether the law asks for the page at *path*."""
        return any(path.startswith(p) if p.endswith("/") else path == p for p in self.statutory)


def looser(policy: Policy, base: Policy, rules: Mapping[str, Rule]) -> list[str]:
    """List the settings in which *policy* allows more than *base* does.

    Args:
        policy: the school's settings
        base: the defaults
        rules: every rule, by id

    Returns:
        dotted names of settings, such as ``rules.pupil-named.severity``

    """
    found = [
        f"rules.{rule.id}.{'severity' if policy.enables(rule) else 'enabled'}"
        for rule in rules.values()
        if not policy.enables(rule) or policy.severity_of(rule) < base.severity_of(rule)
    ]
    for kind, need in base.approval.items():
        mine = policy.approval[kind]
        if mine.count < need.count or not mine.roles <= need.roles:
            found.append(f"approval.{kind}")
    if not set(base.statutory) <= set(policy.statutory):
        found.append("pages.statutory")
    found += [
        f"limits.{each.name}"
        for each in fields(Limits)
        if each.name != "media"
        and getattr(policy.limits, each.name) > getattr(base.limits, each.name)
    ]
    found += looser_media(policy.limits.media, base.limits.media)
    found += _looser_types(policy, base)
    found += _looser_rights(policy, base)
    found += _looser_pictures(policy, base)
    found += _looser_people(policy, base)
    found += [
        f"clauses.{name}" for name, clause in base.clauses.items() if policy.clauses[name] != clause
    ]
    return found


def _looser_rights(policy: Policy, base: Policy) -> list[str]:
    found = [] if policy.licences <= base.licences else ["rights.licences"]
    return found if base.trust <= policy.trust else [*found, "rights.trust"]


def _looser_types(policy: Policy, base: Policy) -> list[str]:
    """Say whether more types and endings are let in than those that ``[media]`` brings along."""
    media = {t: {*VIDEO.get(t, ()), *SOUND.get(t, ())} for t in policy.limits.media.types}
    more = any(
        not set(endings) <= {*base.types.get(media_type, ()), *media.get(media_type, ())}
        for media_type, endings in policy.types.items()
    )
    return ["files.types"] if more else []


def _looser_pictures(policy: Policy, base: Policy) -> list[str]:
    """List what lets larger pictures and larger faces pass."""
    found = ["pictures.longest"] if policy.longest_picture > base.longest_picture else []
    return found + (["pictures.close_up"] if policy.close_up > base.close_up else [])


def _looser_people(policy: Policy, base: Policy) -> list[str]:
    """List what may tell more of people: the channel, names, the school's own details."""
    found = ["people.channel"] if policy.channel != base.channel else []
    found += [
        f"people.{name}"
        for name in ("forenames", "work_forenames")
        if getattr(policy, name) and not getattr(base, name)
    ]
    found += [
        f"school.{each.name}"
        for each in fields(School)
        if not getattr(policy.school, each.name) <= getattr(base.school, each.name)
    ]
    found += looser_consenting(policy.consenting, base.consenting)
    found += looser_reviewing(policy.reviewing, base.reviewing)
    return found + (["school.timezone"] if policy.timezone != base.timezone else [])
