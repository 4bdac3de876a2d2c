"""Mistakes that the machine must find, each put into the running code and taken out again.

A rule is often kept in several places. A seeded bug takes it out of all of them, as if nobody had
ever thought of it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.attest import people, quorum, since, standing, trust, verify
from moderation.attest.quorum import Tally, outstanding
from moderation.attest.standing import Unit
from moderation.attest.statement import Decision, Statement
from moderation.model import Person, Publication, ReviewState, digest_of
from moderation.policy import ContentKind, Policy, default_policy
from moderation.publish import gate
from moderation.registers.consent_snapshot import Snapshot
from moderation.review import memory
from moderation.review.actions import approve, submit
from moderation.review.store import Change, QueueStore
from tests.model_based import deployment

Patch = pytest.MonkeyPatch


def ones_own_work(patch: Patch) -> None:
    """Whoever made a page may approve it."""
    void = quorum._void
    patch.setattr(approve, "require_independent", _nothing)
    own = verify._own_work
    patch.setattr(verify, "_own_work", lambda s: s.decision is not Decision.APPROVE and own(s))
    patch.setattr(quorum, "_void", lambda a, trust, policy, _, now: void(a, trust, policy, (), now))


def takedowns_are_forgotten(patch: Patch) -> None:
    """The gate does not look at takedowns."""
    _ignoring(patch, lambda statement: statement.decision is Decision.TAKEDOWN)


def refusals_are_forgotten(patch: Patch) -> None:
    """The gate looks at takedowns only."""
    _ignoring(patch, lambda statement: statement.decision is not Decision.TAKEDOWN)


def _ignoring(patch: Patch, ignored: Callable[[Statement], bool]) -> None:
    take_away = standing._Replay.take_away

    def forget(self: standing._Replay, statement: Statement) -> None:
        if not ignored(statement):
            take_away(self, statement)

    patch.setattr(standing._Replay, "take_away", forget)


def the_suspended_count(patch: Patch) -> None:
    """What somebody approved counts although they are not trusted any more."""
    patch.setattr(people.TrustedPerson, "counts_at", _always)


def nothing_expires(patch: Patch) -> None:
    """An approval holds for ever."""
    patch.setattr(quorum, "is_current", _always)


def a_clock_ahead_counts(patch: Patch) -> None:
    """What was signed in the future counts today."""
    patch.setattr(verify, "SKEW", timedelta(days=9999))


def a_part_may_change(patch: Patch) -> None:
    """A page stays although the photo beside it is another one."""
    patch.setattr(gate._Court, "_incomplete", lambda *_: "")
    looks = gate._Court._document
    patch.setattr(
        gate._Court,
        "_document",
        lambda self, ref: looks(self, replace(ref, digest=self.present[ref.path].digest)),
    )


def a_retry_signs_again(patch: Patch) -> None:
    """Approving twice makes two entries."""
    patch.setattr(approve, "says_the_same", _never)


def a_retry_reopens(patch: Patch) -> None:
    """The same bytes once more wait again, whatever was decided."""
    into = submit._Entry.into

    def reopen(self: submit._Entry, queue: QueueStore, *, again: int) -> ReviewState:
        known = [s for s in queue.states() if s.digest == self.submission.digest]
        return into(self, queue, again=known[0].revision if known else again)

    patch.setattr(submit._Entry, "into", reopen)


def joining_leaves_no_trace(patch: Patch) -> None:
    """Somebody else who hands in the same bytes is no editor of them."""
    patch.setattr(submit._Entry, "_join", lambda self, queue, known: known)


def edits_forget_their_makers(patch: Patch) -> None:
    """Whoever made the version before may approve the next."""
    patch.setattr(submit, "_unpublished", lambda _: iter(()))


def the_clock_orders_versions(patch: Patch) -> None:
    """A clock that is set back turns round which version came first."""
    patch.setattr(submit, "_later", lambda now, _: now)


def the_clock_orders_decisions(patch: Patch) -> None:
    """A decision counts by the time written in it, not by its place."""
    patch.setattr(standing, "_order", lambda statement: statement.issued_at)


def approvals_are_counted(patch: Patch) -> None:
    """One person who approves twice is two."""

    def tally(
        found: Sequence[Statement], trust: people.Trust, policy: Policy, **more: object
    ) -> Tally:
        whole = real(found, trust, policy, **more)  # type: ignore[arg-type]  # passed on as they came
        ids = [person.id for person in whole.persons]
        twice = [Person(a.actor, trust.persons[a.actor].roles) for a in found if a.actor in ids]
        return replace(whole, persons=tuple(twice))

    real = quorum.tally
    patch.setattr(approve, "tally", tally)
    patch.setattr(gate, "tally", tally)


def the_policy_of_the_first_day(patch: Patch) -> None:
    """A policy that asks for more later is not looked at."""

    def old(
        persons: Collection[Person], kinds: Collection[ContentKind], _: Policy
    ) -> tuple[ContentKind, ...]:
        return outstanding(persons, kinds, default_policy())

    patch.setattr(gate, "outstanding", old)


def a_half_approved_version_replaces(patch: Patch) -> None:
    """A version that still lacks an approval takes the published one off the site."""
    patch.setattr(Unit, "complete", property(lambda self: False))


def dates_are_ornament(patch: Patch) -> None:
    """A page is published before its first day and after its last."""
    patch.setattr(Publication, "covers", _always)


def the_queue_loses(patch: Patch) -> None:
    """What was acknowledged is not saved where two states change together."""
    save_all = memory.MemoryQueueStore.save_all

    def lose(self: memory.MemoryQueueStore, changes: Sequence[Change]) -> tuple[ReviewState, ...]:
        if len(changes) == 1:
            return save_all(self, changes)
        return tuple(replace(state, revision=before + 1) for state, before, _ in changes)

    patch.setattr(memory.MemoryQueueStore, "save_all", lose)


def files_are_dropped(patch: Patch) -> None:
    """A file that was handed in is not kept."""
    put = memory.MemoryBlobStore.put
    patch.setattr(
        memory.MemoryBlobStore,
        "put",
        lambda self, data: put(self, data.replace(b"another", b"")) and digest_of(data),
    )


def consents_last(patch: Patch) -> None:
    """What people answered once is good for ever."""
    void = quorum._void
    patch.setattr(quorum, "_void", lambda a, *more: void(replace(a, consents_end=None), *more))
    patch.setattr(Snapshot, "contradicts", _never)


def old_keys_sign(patch: Patch) -> None:
    """A key that was lost signs on."""

    def of_any_key(self: people.Trust, keyid: str) -> Person:
        holders = (
            known.id
            for known in self.persons.values()
            if keyid in {key.keyid for key in known.every_key}
        )
        return self.person(next(holders))

    patch.setattr(people.TrustedPerson, "keys_at", lambda self, _: self.every_key)
    patch.setattr(people.Trust, "person_of_key", of_any_key)


def one_alone_names_heads(patch: Patch) -> None:
    """One signature changes the people of the site, however many it takes."""
    patch.setattr(trust.Version, "lacking", lambda self, asked: int(not self.signers(asked)))


def releases_go_back(patch: Patch) -> None:
    """An older release is deployed again."""
    patch.setattr(deployment, "require_newer", _nothing)


def repositories_go_back(patch: Patch) -> None:
    """A repository that forgot something is built and deployed."""
    patch.setattr(deployment, "require_not_behind", _nothing)


def hand_ins_are_used_again(patch: Patch) -> None:
    """What was handed in once can be approved after it was taken down."""
    patch.setattr(since.Decided, "since", lambda *_: 0)


def _nothing(*_: object, **__: object) -> None:
    """Refuse nothing."""


def _never(*_: object, **__: object) -> bool:
    return False


def _always(*_: object, **__: object) -> bool:
    return True


BUGS: Mapping[str, Callable[[Patch], None]] = {
    each.__name__: each
    for each in (
        ones_own_work,
        takedowns_are_forgotten,
        refusals_are_forgotten,
        the_suspended_count,
        nothing_expires,
        a_clock_ahead_counts,
        a_part_may_change,
        a_retry_signs_again,
        a_retry_reopens,
        joining_leaves_no_trace,
        edits_forget_their_makers,
        the_clock_orders_versions,
        the_clock_orders_decisions,
        approvals_are_counted,
        the_policy_of_the_first_day,
        a_half_approved_version_replaces,
        dates_are_ornament,
        the_queue_loses,
        files_are_dropped,
        consents_last,
        old_keys_sign,
        one_alone_names_heads,
        releases_go_back,
        repositories_go_back,
        hand_ins_are_used_again,
    )
}
"""By name."""
