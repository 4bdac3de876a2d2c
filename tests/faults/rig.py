"""The rig: schools ready for each act, faults at chosen system calls, and what came of them."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from moderation.publish.folder import MANIFEST_ENDING
from tests.faults import placing
from tests.faults.disk import Loss, Recording, Step, load, write_out
from tests.faults.ground import PAGE, environment, lay_out
from tests.faults.happening import ERRORS, KILLED_AT, Act, Fault, Run, Seen, Trial
from tests.faults.recording import WATCHED, read_recording

_ROOT = Path(__file__).parents[2]
_NEW = "O_CREAT"
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)$", re.DOTALL)


class Rig:
    """A driver, and a folder with a place for each act."""

    def __init__(self, folder: Path) -> None:
        """Start the driver; :meth:`close` ends it."""
        self.folder = folder
        self._count = 0
        self._driver = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.driver"],
            cwd=_ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the driver."""
        self._driver.communicate()

    def prepare(self) -> None:
        """Make the places now."""
        assert self.places.is_dir()

    def run(
        self,
        place: Path,
        *words: str,
        bug: str = "",
        strace: tuple[str, ...] = (),
    ) -> Run:
        """Run one command in *place*."""
        order = {
            "words": words,
            "place": str(place),
            "bug": bug,
            "strace": list(strace),
            "log": str(place / "strace"),
        }
        assert self._driver.stdin is not None and self._driver.stdout is not None
        self._driver.stdin.write(json.dumps(order) + "\n")
        self._driver.stdin.flush()
        answer = json.loads(self._driver.stdout.readline())
        return Run(
            answer["exit"],
            (place / "out").read_text("utf-8", "replace"),
            (place / "err").read_text("utf-8", "replace"),
        )

    def sound(self, place: Path, *words: str, bug: str = "") -> str:
        """Run one command that must succeed; return what it told."""
        done = self.run(place, *words, bug=bug)
        assert done.exit == 0, f"{words}: {done.exit}: {done.out}{done.err}"
        return done.out

    def look(self, place: Path) -> Seen:
        """Look at *place*."""
        seen: Seen = json.loads(self.sound(place, "look"))
        return seen

    def copy(self, name: str) -> Path:
        """Return a fresh copy of the place that is ready for the act *name*."""
        self._count += 1
        place = self.folder / f"trial-{self._count}"
        shutil.copytree(self.places / name, place, symlinks=True)
        return place

    @cached_property
    def places(self) -> Path:
        """The folder with a place for each act, made by the commands themselves."""
        folder = self.folder / "ready"
        place = folder / "submit"
        lay_out(place, self.sound)
        shutil.copytree(place, folder / "approve")
        place = folder / "approve"
        self.sound(place, "submit", f"content/{PAGE}", "--as", "S-04")
        self.sound(place, "review", self.id(place), "--as", "S-03")
        for name in ("build", "takedown", "place"):
            shutil.copytree(place, folder / name)
        for name in ("build", "takedown"):
            self.sound(folder / name, *self.acts["approve"].words)
        shutil.copytree(folder / "build", folder / "built")
        self.sound(folder / "built", "build")
        shutil.rmtree(folder / "place")
        shutil.copytree(folder / "build", folder / "place")
        placing.keep_next(folder / "built")
        for name in (placing.NEXT, f"{placing.NEXT}{MANIFEST_ENDING}"):
            (folder / "built" / name).rename(folder / "place" / name)
        return folder

    def id(self, place: Path) -> str:
        """Return the id of the page that waits in *place*."""
        return str(self.waiting(place)["id"])

    def waiting(self, place: Path) -> Mapping[str, object]:
        """Return what the queue says of the page that waits."""
        rows = json.loads(self.sound(place, "queue", "--format", "json"))
        row: Mapping[str, object] = rows[0]
        return row

    @cached_property
    def acts(self) -> dict[str, Act]:
        """Every act, by name; to be asked for after a page waits for approval."""
        row = self.waiting(self.folder / "ready" / "approve")
        approve = ("approve", str(row["id"]), "--digest", str(row["digest"])[:16], "--as", "S-03")
        down = ("takedown", f"content/{PAGE}", "--reason", "Wrong date", "--as", "S-03")
        return {
            "submit": Act("submit", ("submit", f"content/{PAGE}", "--as", "S-04"), "is submitted"),
            "approve": Act("approve", approve, "is approved"),
            "takedown": Act("takedown", down, "is taken down"),
            "build": Act("build", ("build",), "and verified"),
            "place": Act("place", ("place",), "is in place"),
        }

    def kills(self, act: Act, *, bug: str = "") -> list[Fault]:
        """Return every place where *act* can be killed: each writing system call of a process."""
        calls = self._calls(act, bug)
        return [Fault(call, number) for call, number, _ in calls if call != "openat"]

    def errors(self, act: Act, *, bug: str = "") -> list[Fault]:
        """Return every error that *act* can meet: at each writing call, and at each new file."""
        calls = [(c, n) for c, n, line in self._calls(act, bug) if c != "openat" or _NEW in line]
        return [Fault(call, number, error) for error in ERRORS for call, number in calls]

    def _calls(self, act: Act, bug: str) -> list[tuple[str, int, str]]:
        """Return the writing calls of *act* in order: name, number within its process, line."""
        place = self.copy(act.name)
        trace = "trace=openat," + ",".join(KILLED_AT)
        self.run(place, *act.words, bug=bug, strace=("-e", trace))
        count: Counter[tuple[str, str]] = Counter()
        calls: dict[tuple[str, int], str] = {}
        for line in (place / "strace").read_text("utf-8", "replace").splitlines():
            if found := _CALL.match(line):
                count[found[1], found[2]] += 1
                calls.setdefault((found[2], count[found[1], found[2]]), line)
        shutil.rmtree(place)
        return [(call, number, line) for (call, number), line in calls.items()]

    def reference(self, act: Act) -> Seen:
        """Return what *act* leaves behind when nothing disturbs it."""
        if act.name not in self._undisturbed:
            place = self.copy(act.name)
            self.sound(place, *act.words)
            self._undisturbed[act.name] = self.look(place)
            shutil.rmtree(place)
        return self._undisturbed[act.name]

    @cached_property
    def _undisturbed(self) -> dict[str, Seen]:
        return {}

    def trial(self, act: Act, fault: Fault, *, bug: str = "", on: bool = True) -> Trial:
        """Disturb *act* once, look, run it again undisturbed, and look again.

        Args:
            act: what
            fault: how
            bug: planted in both runs
            on: False disturbs nothing, which a harness that works tells

        """
        place = self.copy(act.name)
        strace = tuple(fault.words) if on else ("-e", "trace=none")
        done = self.run(place, *act.words, bug=bug, strace=strace)
        log = (place / "strace").read_text("utf-8", "replace")
        fired = ("(INJECTED)" if fault.error else "+++ killed by SIGKILL +++") in log
        trial = Trial(act.name, str(fault), fired)
        if act.told in done.out:
            trial.flaws += self.unkept(act, place)
        trial.flaws += self.after(act, place, bug=bug)
        shutil.rmtree(place)
        return trial

    def record(self, act: Act, *, bug: str = "") -> Recording:
        """Run *act* undisturbed and record what it does to the disk."""
        place = self.copy(act.name)
        before = load(place)
        done = self.run(place, *act.words, bug=bug, strace=tuple(WATCHED))
        assert done.exit == 0, done.err
        log = (place / "strace").read_text("utf-8", "replace")
        recording = read_recording(log, place, before, act.told)
        assert recording.told is not None, "the command told nothing"
        live = before.copy()
        for step in recording.steps:
            if isinstance(step, Step):
                live.do(step)
        assert live.listed() == load(place).listed(), "the recording misses something"
        shutil.rmtree(place)
        return recording

    def cut(self, act: Act, recording: Recording, loss: Loss, *, bug: str = "") -> Trial:
        """Cut the power once in *act*, look, run it again, and look again."""
        place = self.copy(act.name)
        write_out(loss, recording.before, place)
        trial = Trial(act.name, f"power lost after step {loss.steps}: {loss.how}", fired=True)
        if loss.told:
            trial.flaws += self.unkept(act, place)
        trial.flaws += self.after(act, place, bug=bug)
        shutil.rmtree(place)
        return trial

    def unkept(self, act: Act, place: Path) -> Iterator[str]:
        """Yield what was told and is not so (I5)."""
        wanted, seen = self.reference(act), self.look(place)
        for part in ("log", "site") if act.name != "submit" else ("states",):
            if seen[part] != wanted[part]:
                yield f"I5: told as done, and {part} does not have it"
        yield from (flaw for flaw in seen["flaws"] if flaw.startswith("I4"))

    def after(self, act: Act, place: Path, *, bug: str = "") -> Iterator[str]:
        """Yield what does not hold once the same command ran again."""
        if act.name in ("build", "place"):
            yield from self.half_built(act, place)
        again = self.run(place, *act.words, bug=bug)
        if again.exit != 0:
            yield f"I7: the next command exits with {again.exit}: {again.out}{again.err}"
            return
        wanted, seen = self.reference(act), self.look(place)
        yield from seen["flaws"]
        yield from (f"I10: {name} is left" for name in seen["left"])
        for part in ("log", "events", "states", "content", "site"):
            if seen[part] != wanted[part]:
                yield f"I6: {part} is otherwise than if it had run once"

    def half_built(self, act: Act, place: Path) -> Iterator[str]:
        """Yield what is wrong with the site that visitors see after a fault (I3)."""
        listed = self.look(place)["site"]
        before = self._before(act)
        if listed not in (before, self.reference(act)["site"]):
            yield "I3: the site is neither the old one nor the new one"

    def _before(self, act: Act) -> list[str]:
        key = f"before {act.name}"
        if key not in self._undisturbed:
            self._undisturbed[key] = self.look(self.places / act.name)
        return self._undisturbed[key]["site"]
