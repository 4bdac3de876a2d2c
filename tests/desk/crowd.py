"""Many processes at one desk: publishers who hand in, moderators who decide, one who floods.

Each process notes what it was told, with how long it waited; whether that is true is asked of the
queue and the log afterwards.
"""

import json
import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cache, partial
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

from moderation.attest import Signer, Trust, TrustedPerson
from moderation.desk import open_desk, setup
from moderation.model import (
    OPEN,
    ConflictError,
    Person,
    ReviewState,
    Role,
    SchoolgateError,
    digest_of,
)
from moderation.review.actions.submit import submit
from moderation.review.blobs import FileBlobStore
from moderation.review.events import event_of
from tests.review.office import CLEAN, NOW, RULES, TRUST, Office, page

DJANGO = "django"
"""The peer: the same queue with the settings that Django has by itself."""

FLOODS = "p-flood"
PATIENCE = 300
SERVER = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Place:
    """Where the desk is, and which mistake was put into it."""

    folder: Path
    plant: str = ""

    @property
    def desk(self) -> Path:
        """The SQLite file."""
        return self.folder / "desk.sqlite3"

    def office(self) -> Office:
        """Open everything, as it should be."""
        return Office(self.folder, open_desk(self.desk), FileBlobStore(self.folder / "blobs"))

    def mistaken(self) -> Office:
        """Open everything with the mistake; only in a process that ends with it."""
        if multiprocessing.parent_process() is None:
            raise RuntimeError("a mistake would stay in this process")
        _plant(self.plant)
        return self.office()


@dataclass
class Told:
    """What a process was told: the acts that were acknowledged, errors, and seconds for each."""

    done: list[tuple[str, str]] = field(default_factory=list)
    lost: int = 0
    errors: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def attempt(self, name: str, act: Callable[[], ReviewState]) -> bool:
        """Do *act*; note what it says. Somebody quicker is no error."""
        begin = time.monotonic()
        try:
            state = act()
        except ConflictError:
            self.lost += 1
            return False
        except SchoolgateError as error:
            self.errors.append(f"{type(error).__name__}: {error}")
            return False
        finally:
            self.waits.append(time.monotonic() - begin)
        self.done.append((name, state.id))
        return True


def run(
    work: Callable[..., None], place: Place, arguments: Sequence[tuple[object, ...]]
) -> tuple[float, list[Told]]:
    """Run *work* in a process for each of *arguments*, all at once.

    Returns:
        seconds from the common start to the end of the last, and what each was told

    """
    SERVER.set_forkserver_preload(["tests.desk.warm", "tests.desk.crowd"])
    _prepare(place, 0)  # the tables are there before the crowd comes
    start = SERVER.Barrier(len(arguments) + 1)
    files = [place.folder / f"told-{number}.json" for number, _ in enumerate(arguments)]
    crowd = [
        SERVER.Process(target=work, args=(place, file, start, *each))
        for file, each in zip(files, arguments, strict=True)
    ]
    for process in crowd:
        process.start()
    start.wait(PATIENCE)
    begin = time.monotonic()
    for process in crowd:
        process.join(PATIENCE)
    seconds = time.monotonic() - begin
    ended = {process.exitcode for process in crowd}
    if ended != {0}:
        raise RuntimeError(f"processes ended with {ended}")
    return seconds, [_read(file) for file in files]


def stock(place: Place, items: int) -> None:
    """Let so many pages wait for a decision."""
    SERVER.set_forkserver_preload(["tests.desk.warm", "tests.desk.crowd"])
    _prepare(place, items)


def _prepare(place: Place, items: int) -> None:
    """Make the tables, and pages, in a process that has the mistake too."""
    place.folder.mkdir(parents=True, exist_ok=True)
    process = SERVER.Process(target=_stocking, args=(place, items))
    process.start()
    process.join(PATIENCE)
    if process.exitcode != 0:
        raise RuntimeError(f"the process that prepares ended with {process.exitcode}")


def _stocking(place: Place, items: int) -> None:
    office = place.mistaken()
    for number in range(items):
        office.submit("p-1", page("one", path=f"news/{number}.md"))


def hand_in(place: Place, file: Path, start: Barrier, who: str, count: int) -> None:
    """Hand in *count* pages of one's own, and the page that everybody hands in."""
    office, told = place.mistaken(), Told()
    actor = Person(who, frozenset({Role.PUBLISHER}))
    start.wait(PATIENCE)
    for number in range(count):
        told.attempt("submit", _handing_in(office, actor, f"news/{who}-{number}.md"))
    told.attempt("submit", _handing_in(office, actor, "shared.md"))
    _write(file, told)


def look(place: Place, file: Path, start: Barrier, who: str, count: int) -> None:
    """Look at the first page that waits *count* times; each time is an event without a change."""
    office, told = place.mistaken(), Told()
    actor = Person(who, frozenset({Role.MODERATOR}))
    state = office.queue.states()[0]

    def note() -> ReviewState:
        office.queue.record(event_of(state, "review", actor=actor, now=NOW))
        return state

    start.wait(PATIENCE)
    for _ in range(count):
        told.attempt("review", note)
    _write(file, told)


def decide(place: Place, file: Path, start: Barrier, who: str, claims: bool) -> None:
    """Decide on whatever waits, in the same order as everybody else, until nothing does."""
    office, told = place.mistaken(), Told()
    start.wait(PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while (waiting := office.queue.states(*OPEN)) and time.monotonic() < deadline:
        for state in waiting:
            if not claims or told.attempt("claim", partial(office.claim, who, state)):
                told.attempt(*_decision(office, who, state))
    _write(file, told)


def flood_or_hand_in(
    place: Place, file: Path, start: Barrier, who: str, count: int, over: Event
) -> None:
    """Hand in *count* pages; whoever floods stops when one of the others is done."""
    office, told = place.mistaken(), Told()
    actor = Person(who, frozenset({Role.PUBLISHER}))
    start.wait(PATIENCE)
    for number in range(count):
        if who == FLOODS and over.is_set():
            break
        told.attempt("submit", _handing_in(office, actor, f"{who}/{number}.md"))
    over.set()
    _write(file, told)


def _handing_in(office: Office, actor: Person, path: str) -> Callable[[], ReviewState]:
    what = page(f"This is {path}.", path=path)
    trust = _known()
    return lambda: submit(
        what,
        CLEAN,
        actor=actor,
        signer=_key(actor.id),
        log=office.log,
        trust=trust,
        rules=RULES,
        queue=office.queue,
        blobs=office.blobs,
        now=NOW,
    )


def _key(who: str) -> Signer:
    return Signer.from_seed(who, bytes.fromhex(digest_of(who.encode())))


@cache
def _known() -> Trust:
    """Return the people of the office with everybody who may be in a crowd."""
    crowd = (FLOODS, *(f"p-{number}" for number in range(101)))
    publisher = frozenset({Role.PUBLISHER})
    persons = {who: TrustedPerson(id=who, roles=publisher, keys=(_key(who).key,)) for who in crowd}
    return replace(TRUST, persons={**persons, **TRUST.persons})


def _decision(
    office: Office, who: str, state: ReviewState
) -> tuple[str, Callable[[], ReviewState]]:
    """Choose by chance that is the same each time, and another for each person."""
    chance = int(digest_of(f"{who} {state.id}".encode())[:4], 16) % 3

    def approve() -> ReviewState:
        office.approve(who, state)
        return office.load(state)

    acts: Sequence[tuple[str, Callable[[], ReviewState]]] = (
        ("approve", approve),
        ("reject", lambda: office.reject(who, state)),
        ("return", lambda: office.return_(who, state)),
    )
    return acts[chance]


def _plant(name: str) -> None:
    """Put a mistake into the desk of this process."""
    if name == DJANGO:
        setattr(setup, "SQLITE_OPTIONS", {})  # noqa: B010 - planted
        _take_no_turns()
    elif name == "deferred":
        options = {**setup.SQLITE_OPTIONS, "transaction_mode": "DEFERRED"}
        setattr(setup, "SQLITE_OPTIONS", options)  # noqa: B010 - planted
        _take_no_turns()
    elif name == "impatient":
        setattr(setup, "SQLITE_OPTIONS", {**setup.SQLITE_OPTIONS, "timeout": 0})  # noqa: B010
        _take_no_turns()
    elif name == "no lock":
        _forget_revisions()


def _take_no_turns() -> None:
    from moderation.desk import queue

    setattr(queue, "in_turn", lambda _: nullcontext())  # noqa: B010 - planted


def _forget_revisions() -> None:
    """Save a state over whatever stands there by now."""
    from moderation.desk.queue import DjangoQueueStore

    put = DjangoQueueStore._put

    def over(self: DjangoQueueStore, state: ReviewState, expected: int) -> ReviewState:
        return put(self, state, self.load(state.id).revision if expected else 0)

    setattr(DjangoQueueStore, "_put", over)  # noqa: B010 - planted


def _write(file: Path, told: Told) -> None:
    file.write_text(json.dumps(vars(told)))


def _read(file: Path) -> Told:
    noted: Mapping[str, list[object]] = json.loads(file.read_text())
    told = Told(**noted)  # type: ignore[arg-type]  # as written by ourselves
    told.done = [(name, key) for name, key in told.done]
    return told


def all_waits(told: Sequence[Told]) -> list[float]:
    """Return every wait, shortest first."""
    return sorted(wait for each in told for wait in each.waits)


def all_done(told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    """Yield everything that was acknowledged."""
    for each in told:
        yield from each.done
